"""Encoding: damage between bytes and characters."""
