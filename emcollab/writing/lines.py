"""Values to the lines of a data file, as people write them: in lines of their own, figures between { and } on one.

What is written reads back the same by the reader of `loading`, and by any other of YAML 1.2.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from textwrap import wrap
from typing import NamedTuple

from emcollab.loading.parser import Value
from emcollab.values.terms import BASES


class Layout(NamedTuple):
    """How far things are indented: names below a name, dashes below a name, and what follows a dash from it."""

    names: int = 2
    dashes: int = 2
    after_dash: int = 2


OURS = Layout()
"""The layout of files that are new."""

_LONGEST = 100  # columns of a line of text; what has more is folded
_LONGEST_ROW = 120  # columns of a line of figures or cells

_ON_ONE_LINE = frozenset({*BASES, "closed", "shares", "totals"})
"""The names of mappings that are written between { and }, if they fit into a line."""

_ITEMS_ON_ONE_LINE = frozenset({"columns", "rows", "accepted_differences", "years"})
"""The names of lists and mappings, each of whose items is written so."""


def format_lines(value: Value, indent: int = 0, layout: Layout = OURS, within: str = "") -> list[str]:
    """Return the lines, without their ends, of the entries of a mapping or the items of a list, `indent` deep.

    `within` is the name under which the mapping or list is there.
    """
    return list(_format(value, indent, layout, within))


def format_file(value: dict[str, Value]) -> str:
    """Return the text of a new data file that holds `value`."""
    return "\n".join([*(format_lines(value) if value else ["{}"]), ""])


def _format(value: Value, indent: int, layout: Layout, within: str) -> Iterator[str]:
    """Yield the lines of what is in a mapping or list, which is there under the name `within`."""
    if not isinstance(value, dict):
        for item in value:
            yield from _format_item(item, indent, layout, within)
        return
    for name, item in value.items():
        head = f"{' ' * indent}{_quote(name)}:"
        if isinstance(item, str):
            yield from _format_text(head, item, indent + layout.names)
        elif row := _format_row(head, item, within, name):
            yield row
        else:
            yield head
            yield from _format(item, indent + (layout.names if isinstance(item, dict) else layout.dashes), layout, name)


def _format_item(item: Value, indent: int, layout: Layout, within: str) -> Iterator[str]:
    dash = f"{' ' * indent}-"
    inner = indent + layout.after_dash
    if isinstance(item, str):
        yield from _format_text(dash, item, inner)
    elif row := _format_row(dash, item, within, ""):
        yield row
    else:
        first, *others = _format(item, inner, layout, "")
        yield dash.ljust(inner) + first[inner:]
        yield from others


def _format_row(head: str, item: Value, within: str, name: str) -> str:
    """Return the one line of a mapping or list that is written so, by its name or as a list of texts, and fits in.

    Of any other, it is empty.
    """
    if item and name not in _ON_ONE_LINE and within not in _ITEMS_ON_ONE_LINE and not _is_of_texts(item):
        return ""
    flow = _format_flow(item)
    return f"{head} {flow}" if not item or len(head) + len(flow) < _LONGEST_ROW else ""


def _is_of_texts(item: Value) -> bool:
    return isinstance(item, list) and all(isinstance(each, str) and "\n" not in each for each in item)


def _format_flow(value: Value) -> str:
    if isinstance(value, str):
        return _quote(value, in_flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(_format_flow, value))}]"
    entries = (f"{_quote(name, in_flow=True)}: {_format_flow(item)}" for name, item in value.items())
    return f"{{{', '.join(entries)}}}"


def _format_text(head: str, text: str, indent: int) -> Iterator[str]:
    """Yield the lines of a text behind `head`: a long one folded, one of several lines as it is."""
    if len(head) + 1 + len(text) <= _LONGEST and "\n" not in text:
        yield f"{head} {_quote(text)}"
        return
    lines = text.split("\n")
    tidy = text.isprintable() or all(line.isprintable() for line in lines)
    tidy = tidy and all(line == line.strip() for line in lines) and bool(lines[0] and lines[-1])
    inner = " " * indent
    if lines[1:] and tidy:
        yield f"{head} |-"
        yield from (f"{inner}{line}".rstrip() for line in lines)
    elif tidy and "  " not in text and " " in text:
        yield f"{head} >-"
        folded = wrap(text, _LONGEST - indent, break_long_words=False, break_on_hyphens=False)
        yield from (inner + line for line in folded)
    else:
        yield f"{head} {_quote(text)}"


_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`=<")  # what a text without quotation marks does not begin with
_WORDS = frozenset({"", "~", "null", "yes", "no", "on", "off", "y", "n"})  # what other readers take for something else
_NEVER = re.compile(r": |:$| #|^ | $|^\.\.\.")
_NEVER_IN_FLOW = re.compile(r"[,\[\]{}?:#]")


@lru_cache(maxsize=10_000)  # names, years and papers come again and again
def _quote(text: str, *, in_flow: bool = False) -> str:
    """Return a text as it is written on one line: in quotation marks only where it must be."""
    begins = text[:1] in _SIGNS and not re.match("-[^- ]", text)
    plain = not (begins or text.casefold() in _WORDS or _NEVER.search(text)) and text.isprintable()
    if plain and not (in_flow and _NEVER_IN_FLOW.search(text)):
        return text
    if text.isprintable() and re.search(r'["\\]', text):
        return "'{}'".format(text.replace("'", "''"))
    return json.dumps(text, ensure_ascii=False)
