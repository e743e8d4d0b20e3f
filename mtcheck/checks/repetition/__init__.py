"""Repetition: what a decoder or a layout said twice."""
