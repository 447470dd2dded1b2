"""The report: plain pages for a committee, a panel and the public."""
