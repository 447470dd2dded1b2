"""A `#` after a space makes the rest of the line a comment, though it looks like text.

`PNC #2` is read as `PNC`: the rest is lost without a word. A comment has a space after its `#`.

Wrong: `name: PNC #2`.
Right: `name: "PNC #2"`; or `name: PNC  # the second of them`.
"""
