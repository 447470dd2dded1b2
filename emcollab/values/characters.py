"""Characters that hide: nobody sees them, or a terminal or an editor obeys them. Each kind is a class of `re`.

No data file may hold one, and whatever is printed shows it spelt out: both ask here, so that they agree.
"""

TABS = "\t"
LINE_BREAKS = "\r\x85\u2028\u2029"
"""Ends of a line to some programs, and to others not; the ordinary one hides nothing."""

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""They turn the direction of writing."""

INVISIBLE = (
    "\xa0\xad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u202f\u205f-\u2065\u206a-\u206f\u2800\u3000"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f"
    "\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
REPLACEMENT = "\ufffd"
"""It stands where another was lost."""

CONTROL = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffc\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 14))
    + "\U000e1000-\U0010ffff"
)
"""Controls, what is private to those who agree on it, and what will never be a character."""

HIDDEN = f"{TABS}{LINE_BREAKS}{TURNING}{INVISIBLE}{REPLACEMENT}{CONTROL}"
