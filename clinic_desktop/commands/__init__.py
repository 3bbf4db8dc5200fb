"""The commands of clinic-desktop that need no window, one module each."""
