"""The data folder holds something that is no data file.

A file whose name or place is not one of those that are read would be left out of every total, and nobody
would notice.

Wrong: `projects/anpr.yml`, or a folder in `projects/`.
Right: `projects/anpr.yaml`.
"""
