"""Results in words: tables and pages of them (`pages`), and the formats in which these are printed (`formats`)."""
