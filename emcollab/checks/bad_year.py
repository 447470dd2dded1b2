"""A financial year that is not written as years are, or whose halves do not follow each other.

Wrong: `2010-11`, `2010/12`.
Right: `2010/11`, from 1 April 2010 to 31 March 2011.
"""
