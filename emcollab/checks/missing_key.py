"""A record lacks something that it must have.

Very little must be there: the name of a project; the area, category and one statement of a benefit; the paper
and one figure of a statement.

Wrong: a benefit without `category`.
Right: `category: unclassified`, if the paper does not say which it is.
"""
