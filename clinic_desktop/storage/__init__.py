"""The record on disk: the only place that knows the database."""
