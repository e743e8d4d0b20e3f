"""Accuracy: what was lost or changed, seen through the round trip or the source."""
