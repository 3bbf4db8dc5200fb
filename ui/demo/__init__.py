"""The worked example, charted through the real window."""
