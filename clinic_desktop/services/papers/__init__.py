"""What stands on each paper, made from a chart."""
