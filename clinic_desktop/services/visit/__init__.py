"""One visit under somebody's hands: edited, kept, signed; and entries put right."""
