"""Results to tables and pages, in words; and to documents for other programs."""
