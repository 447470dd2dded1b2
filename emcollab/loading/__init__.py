"""Files to a ledger: folders and revisions, text, YAML, records, with every fault on the way at its place."""
