"""What happened, and what changes because of it."""
