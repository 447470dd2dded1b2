"""A record has a key that such records do not have.

A misspelt key would be left out without a word.

Wrong: `cashabilty: non-cashable`.
Right: `cashability: non-cashable`.
"""
