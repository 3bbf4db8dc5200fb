"""What takes time: threads beside the window's, long work, and room to breathe."""
