"""The vocabulary: spans, documents, facts, checks, findings, report, errors. No heavy imports."""
