"""The use cases, one function each; the only place where the rooms meet."""
