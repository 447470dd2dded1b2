"""The records that data files hold, one type a module, and the ledger that they make. Nothing is imported here."""
