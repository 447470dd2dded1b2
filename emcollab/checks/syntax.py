"""The text cannot be read as YAML.

What is wrong may be in the line above the one that is named: quotes that are not closed, or a line indented
too far.

Wrong: `note: Phase 1: scoping`, with a second colon.
Right: `note: "Phase 1: scoping"`.
"""
