"""Exam forms drawn from the catalogue: inputs, rows, sections, tabs."""
