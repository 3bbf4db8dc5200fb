"""The audit trail: entered, read and told in words."""
