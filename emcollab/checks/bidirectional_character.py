"""The file has a character that turns the direction of writing.

Such characters are invisible, and make a line look other than it reads: a reviewer approves one figure and
the ledger adds another.

Wrong: a right-to-left override in a name, usually from pasted text.
Right: the name typed again.
"""
