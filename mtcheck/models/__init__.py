"""The embedded weights with their cards."""
