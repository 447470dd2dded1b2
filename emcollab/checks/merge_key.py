"""A `<<` takes in the keys of another mapping.

What a record holds is written in it. A merge key adds what is written elsewhere, and lets one line override
another in silence.

Wrong: `<<: *defaults`.
Right: the keys written out.
"""
