"""A course of care as a case file, and the panel's answer to it for other programs."""
