"""The clinic behind the charts: settings, people, backups."""
