"""A data file holds nothing.

It may have been cut off when it was saved.

Wrong: a project file without a line in it.
Right: at least `name: …`; or no file.
"""
