"""Printed documents: functions from content to PDF bytes."""
