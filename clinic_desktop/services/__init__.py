"""Use cases: what the program does, one verb a function, with the outside world behind small protocols."""
