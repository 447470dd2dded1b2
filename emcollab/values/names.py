"""Names as readers take them: which look the same, though they are written otherwise."""

import re
from unicodedata import normalize


def fold_name(name: str) -> str:
    """Return what all names have in common that readers take for this one.

    Small and large letters are the same, blanks count once, letters of other scripts that look like ours are ours; and
    so is a large I or a figure within a word for a small l or an o.
    """
    plain = normalize("NFKC", name).translate(_ALIKE)
    for look, letter in _WITHIN:
        plain = look.sub(letter, plain)
    return " ".join(plain.casefold().split())


_ALIKE = str.maketrans(
    "АВЕЁКМНОРСТУХІЇЈЅԚԜавеёкмнорстухіїјѕԁһԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεηικνορτυχϲϳıɑɡ",
    "ABEEKMHOPCTYXIIJSQWabeekmhopctyxiijsdhqwlABEZHIKMNOPTYXaenikvoptuxcjiag",
)
"""Letters of Cyrillic and Greek, and three of ours that are hardly others."""

_WITHIN = ((re.compile("(?<=[A-Za-z])[I1](?=[a-z])"), "l"), (re.compile("(?<=[A-Za-z])0(?=[a-z])"), "o"))
