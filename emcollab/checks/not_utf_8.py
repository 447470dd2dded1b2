"""The file is not in UTF-8.

In another encoding a £ or a dash is some other character. Editors call it "UTF-8"; Excel and older editors save
as Windows-1252.

Wrong: a file saved as Windows-1252, in which £ is the byte 0xa3.
Right: the same file saved as UTF-8.
"""
