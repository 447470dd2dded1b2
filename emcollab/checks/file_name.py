"""The name of a data file is not an id.

The id of a project, a published table or a set of recommendations is the name of its file: small letters,
digits and single hyphens, then `.yaml`.

Wrong: `projects/Mobile Data.yaml`.
Right: `projects/mobile-data.yaml`.
"""
