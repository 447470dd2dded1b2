"""The records that data files hold, and the ledger that they make. Nothing is imported here."""
