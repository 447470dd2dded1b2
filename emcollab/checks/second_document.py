"""A `---` begins a second document in the file.

One file holds one record. What stands after the `---` would be read by some and left out by others.

Wrong: two projects in one file, parted by `---`.
Right: two files.
"""
