"""What follows from a ledger: which figures stand, totals, shares, reconciliations, appraisals, traces, changes."""
