"""One file a page: its addresses and what they answer with."""
