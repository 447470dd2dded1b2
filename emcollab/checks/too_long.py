"""A text longer than such texts are.

A name has at most 300 characters, a text 20,000, an id 80, a printed cell 100. Longer ones were pasted in the
wrong place.

Wrong: a whole paper as `name`.
Right: its title as `name`; a sentence or two of it as `quote`.
"""
