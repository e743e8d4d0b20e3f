"""From bytes to documents, offsets kept."""
