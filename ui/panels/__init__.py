"""What stands beside the form and follows it."""
