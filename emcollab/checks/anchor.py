"""A `&name` marks a value so that it can be repeated elsewhere.

Every figure of the ledger is written where it belongs, once, so that it can be read and changed there.
A text that begins with `&` is also taken for one: `note: &c` says nothing.

Wrong: `reported: &same {2008/09: £0.236m}`.
Right: `reported: {2008/09: £0.236m}`; a text that begins with `&` in quotes.
"""
