"""Typography: spacing and brackets that a pipeline broke."""
