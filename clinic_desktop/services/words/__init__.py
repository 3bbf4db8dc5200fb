"""Language, numbers, days and findings, the same wherever they are shown."""
