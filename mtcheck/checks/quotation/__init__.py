"""Quotations: marks lost, turned or misplaced, and quotations that cannot be what was said."""
