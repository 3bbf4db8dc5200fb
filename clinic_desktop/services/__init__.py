"""Use cases: what the program does, one verb a function; the outside world behind protocols."""
