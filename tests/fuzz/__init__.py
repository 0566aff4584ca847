"""Hostile input for the readers: how it is made (seeds, mutations), and what must hold for all of it (properties)."""
