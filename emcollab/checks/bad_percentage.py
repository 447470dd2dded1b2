"""A share that is not written as a percentage.

Wrong: `{leicestershire: 0.6, northamptonshire: 0.4}`.
Right: `{leicestershire: 60%, northamptonshire: 40%}`.
"""
