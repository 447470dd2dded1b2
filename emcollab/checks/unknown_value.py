"""A value that is not one of those there are for this key.

Wrong: `category: savings`.
Right: `category: saving`.
"""
