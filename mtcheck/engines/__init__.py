"""What loads a model, a table or an index."""
