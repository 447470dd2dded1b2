"""A `!name` says how to read a value.

Every value is read as it is typed; what it means follows from its key. Tags make other readers of the file
take it for something else, or run code.

Wrong: `date: !!str 2010-02-22`.
Right: `date: 2010-02-22`; a text that begins with `!` in quotes.
"""
