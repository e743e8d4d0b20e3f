"""Measurements that one command repeats (``mtcheck bench``): on annotated data that lies outside the project."""
