"""The data folder is empty.

An empty folder totals nothing, which is not the same as nothing saved.

Wrong: `--data` with the wrong folder.
Right: the folder with ledger.yaml in it.
"""
