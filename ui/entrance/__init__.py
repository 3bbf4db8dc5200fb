"""What stands before the record is open."""
