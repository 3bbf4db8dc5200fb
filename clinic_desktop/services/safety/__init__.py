"""Backups, rescue, copies elsewhere: what keeps a record from being lost."""
