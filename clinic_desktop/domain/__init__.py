"""What is charted and what follows from it: plain values and pure functions, standard library
only."""
