"""Consistency: a page that contradicts itself."""
