"""The file has a control, private-use or replacement character.

Such characters cannot be seen, drive terminals, or mark text that was lost when a file was converted
(U+FFFD).

Wrong: `name: Mobile` and a bell, or a `�` where a £ was.
Right: the text typed again.
"""
