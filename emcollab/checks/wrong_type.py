"""A text where a list or a mapping should be, or the other way round.

Wrong: `forces: leicestershire`.
Right: `forces: [leicestershire]`.
"""
