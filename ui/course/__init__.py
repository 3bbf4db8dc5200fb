"""A course over its visits: the board, progress, what it is about and how it ends."""
