"""A file that every ledger has is not there.

A ledger has ledger.yaml, areas.yaml, forces.yaml and sources.yaml: without them nothing else can be checked.

Wrong: a data folder without sources.yaml.
Right: a sources.yaml with the papers in it.
"""
