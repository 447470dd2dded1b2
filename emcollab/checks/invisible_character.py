"""The file has a character that nobody sees: a no-break space, a zero-width space, a soft hyphen.

It comes with text pasted from papers and web pages. Two ids that look the same are then different, and an
indentation is none.

Wrong: `area:` and a no-break space before `mobile-data-savings`.
Right: an ordinary space.
"""
