"""The file has more than two million bytes, or more than 250,000 values.

A record is a page or two. A file of such a size was put there by mistake.

Wrong: a project file of 3 MB.
Right: the data divided into its projects.
"""
