"""What pages are built of: painted ground, lists, lines, words, what lies over a page."""
