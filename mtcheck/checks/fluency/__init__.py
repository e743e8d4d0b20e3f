"""Fluency: what no writer of the language writes."""
