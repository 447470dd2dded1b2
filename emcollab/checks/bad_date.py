"""A date that is not written as dates are, or a day that does not exist.

A paper's date decides which of two figures is the later, so it has to be a day.

Wrong: `date: 22/02/2010`, `date: 2010-02-30`.
Right: `date: 2010-02-22`; of a milestone also `2010-02` or `2010`.
"""
