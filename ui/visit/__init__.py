"""One visit on screen, and what stands round its form."""
