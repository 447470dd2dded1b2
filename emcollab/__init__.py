"""A benefits-realisation ledger for police collaboration: what did it actually save?"""

__version__ = "0.1.0"
