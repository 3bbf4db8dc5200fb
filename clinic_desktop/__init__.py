"""Clinic Desktop: charting for physical therapists who treat runners with hamstring pain."""

__version__ = "0.1.0"
