"""Numbered changes of the schema, run in order; they know neither rows nor domain."""
