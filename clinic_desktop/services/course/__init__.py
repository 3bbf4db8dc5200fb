"""A course of care over its visits: told, judged, answered for."""
