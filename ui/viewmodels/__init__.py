"""View-models: the visit as signals, without a widget."""
