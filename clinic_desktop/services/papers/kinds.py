"""Under which kinds the record keeps the PDFs of papers."""

HANDOUT = "handout"
NOTE = "note"
REPORT = "report"
LETTER = "letter"
