"""A name is given twice in one mapping.

Most readers keep the last and drop the first without a word. Both lines are named; only one can be meant.

Wrong: `{2009/10: £0.637m, 2009/10: £0.685m}`.
Right: `{2009/10: £0.637m, 2010/11: £0.685m}`.
"""
