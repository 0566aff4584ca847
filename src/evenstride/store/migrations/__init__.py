"""How the tables came to be, one file per step, oldest first. A step that has been released is never changed."""
