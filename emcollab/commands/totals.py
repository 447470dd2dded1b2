"""`emcollab totals`: the summary table."""
