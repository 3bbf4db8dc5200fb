"""Catalogue, rules, plan and drawings: read from their files, checked, told in words."""
