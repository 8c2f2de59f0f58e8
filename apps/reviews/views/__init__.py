"""The pages of this app, one module an occasion."""
