"""The file has a line break that editors do not show as one.

YAML starts a new line at some characters that look like nothing, so one line on the screen is two in the
file, and the second may hold a key of its own.

Wrong: a note with a line separator (U+2028), pasted from a word processor.
Right: an ordinary new line, or a space.
"""
