"""An amount that is not written as amounts are, or not exact to the penny.

Money has its sign and its unit, as papers write it: `£0.478m`, `£30k`, `£1,324,000`, `-£0.082m`. So nobody need
guess whether 0.478 is pounds or millions. Posts and hours are plain numbers. Between `{` and `}` a comma ends
a value, so an amount with commas stands in quotes there.

Wrong: `{2009/10: 0.478}`, `{2009/10: £1,324,000}`.
Right: `{2009/10: £0.478m}`, `{2009/10: "£1,324,000"}`.
"""
