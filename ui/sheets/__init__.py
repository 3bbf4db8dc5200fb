"""What lies over the page for a moment: help, manual, trail, import."""
