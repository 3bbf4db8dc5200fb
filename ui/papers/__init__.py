"""Papers before they leave the house."""
