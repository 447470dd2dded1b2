"""A `*name` stands for something written elsewhere in the file.

An alias makes a value mean what another line says, so that neither line can be read or changed by itself;
and a few of them can stand for more than any memory holds.

Wrong: `actual: *same`.
Right: the value written out: `actual: {2009/10: £0.612m}`.
"""
