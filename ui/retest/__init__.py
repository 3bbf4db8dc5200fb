"""Signs taken again after a treatment."""
