"""A name has no value, or a list an empty item.

Nothing is what a left-out line says; a name with nothing after it may be a value that was lost.

Wrong: `lead:` with nothing after it.
Right: `lead: Programme Director`; or no line. A cell that was printed empty is `""`.
"""
