"""Characters that hide: what no data file may hold is what nothing printed shows, for every code point there is."""

import string

from emcollab.loading.text import HIDDEN_CODES, hidden_pattern, name_hidden
from emcollab.render.formats.safe import safe

EVERYTHING = "".join(map(chr, range(0x110000)))


def test_what_no_file_may_hold_is_what_is_never_shown_as_it_is() -> None:
    hidden = set(hidden_pattern().findall(EVERYTHING))
    shown = set(safe(EVERYTHING)) | {character for character in map(chr, range(128)) if safe(character) == character}
    assert set(EVERYTHING) - shown == hidden | {"\n"}
    assert not hidden & set(f"{string.printable[:-5]} £€é\N{EN DASH}漢\N{GRINNING FACE}\N{COMBINING ACUTE ACCENT}")


def test_each_kind_has_its_code_and_words() -> None:
    one_of_each = "\t\r\u202e\u200b\ufffd\x1b\ufdd0\U0001fffe\U000e1000\U000efffd\U0010ffff"
    named = [name_hidden(character) for character in one_of_each]
    assert {code for code, *_ in named} == HIDDEN_CODES
    assert [message.rpartition("(")[2] for _, message, _ in named] == [f"U+{ord(each):04X})" for each in one_of_each]
    assert all(help_ for *_, help_ in named)
