"""Provenance: where a text comes from and what could not be judged; informs, never accuses."""
