"""The page on which the program opens."""
