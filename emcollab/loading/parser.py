"""YAML text to plain values: texts, lists and mappings, nothing else.

This is the one reader, and a strict one, of values and of the places where they stand. Every scalar stays the text its author typed, because the guesses
of YAML 1.1 (`NO`, `1:30`, `010`) have no place in a ledger; what is usually dropped in silence (a second key
of the same name, an empty value) or can hide (aliases, tags, invisible characters) is a problem.

It builds from the parser's events with a stack of its own, so that depth and size are bounded while
reading. libyaml parses where PyYAML has it. When it refuses a text, the pure-Python parser is asked again
and decides, so that the answer does not depend on how PyYAML was built; what only libyaml would accept
(tabs) is refused before either sees it.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple, Union

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from emcollab.loading.syntax import (
    LEAKS,
    MAX_DEPTH,
    SECOND_DOCUMENT,
    Complaint,
    Events,
    explain,
    find_swallowed,
    line_of,
    of_escape,
    put_back,
    whole_amounts,
    without_lost,
)
from emcollab.loading.text import decode, find_hidden, hidden_pattern, may_hide, name_hidden
from emcollab.values.problems import MOST_PROBLEMS, TOO_MANY, Keys, Problem, say_too_many

Value = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - it names itself, so it must be a text

MAX_BYTES = 2_000_000
MAX_VALUES = 250_000


class Spot(NamedTuple):
    """Where a value stands: line and column of its name (in a list: of the value) and of the value, from 1.

    A list or mapping that begins below its name stands at its name; and so does what is not there at all.
    """

    key: tuple[int, int]
    value: tuple[int, int]


def place_of(event: Any) -> tuple[int, int]:  # noqa: ANN401 - PyYAML's events have no types
    """Return line and column of an event, from 1; of an item with nothing in it, those of its hyphen."""
    mark = event.start_mark
    return mark.line + 1, mark.column + (0 if is_nothing(event) else 1)


def is_nothing(event: Any) -> bool:  # noqa: ANN401 - PyYAML's events have no types
    """Return whether nothing at all is written where a value should be."""
    return type(event) is yaml.ScalarEvent and not (event.value or event.style or event.anchor or event.tag)


class Document(NamedTuple):
    """One file as read: its text, its value (`None` if it could not be built) and what was wrong on the way."""

    text: str
    value: Value | None
    problems: list[Problem]


class PythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, without the layers that make objects of what it finds."""

    def __init__(self, text: str) -> None:
        """Get ready to give the events of `text`."""
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # its stubs leave it out
except ImportError:  # pragma: no cover - a PyYAML built without libyaml
    CParser = PythonParser  # type: ignore[misc, assignment]  # another class, with the same events

FastParser: Callable[[str], Events] = CParser
"""libyaml's parser, where PyYAML was built with it. Tests put `PythonParser` in its place."""


def read_document(path: str, data: bytes) -> Document:
    """Return the document that `data` holds, with every reading problem in it, in the order of the text.

    `path` is what problems call the file. A document with problems still has a value if one could be
    built, so that the rest of the file is looked at in the same run.
    """
    text, problems = decode(path, data, MAX_BYTES)
    if problems:
        return Document("", None, problems)
    hidden = list(find_hidden(path, text)) if may_hide(text) else []
    clean = hidden_pattern().sub(" ", text) if hidden else text
    faults: list[Complaint] = []
    value = None
    try:
        value = _parse(clean, faults)
    except _Refused as refusal:
        # A tab or an odd break may well be what the parser stumbled over: that one is the fault to mend.
        if not hidden:
            faults.append(Complaint(*refusal.args))
    swallowed = list(find_swallowed(clean, PythonParser))
    if not faults and not swallowed and not hidden:
        return Document(text, value, [])
    lines = text.split("\n")
    faults = [*whole_amounts(without_lost(faults, swallowed), lines), *swallowed]
    built = [Problem(path, f.line + 1, f.column + 1, f.code, f.message, f.help, line_of(lines, f.line)) for f in faults]
    told = sorted([*hidden, *built])
    if more := len(told[MOST_PROBLEMS:]):
        told = [Problem(path, 1, 1, TOO_MANY, *say_too_many(more), ""), *told[:MOST_PROBLEMS]]
    return Document(text, value, told)


@lru_cache(maxsize=1)  # faults of a record and what checks find in it are placed one after the other
def find_places(text: str) -> Mapping[Keys, Spot]:
    """Return where every value of `text` stands, by its keys; `()` is the whole. For this it is built once more.

    Of a name given twice, the first counts, as it does in the value. A text that cannot be read to its end gives
    the places up to there.
    """
    places: dict[Keys, Spot] = {}
    with suppress(_Refused):
        _parse(hidden_pattern().sub(" ", text) if may_hide(text) else text, [], places)
    return places


# --- faults


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """The text cannot be built any further: a code, what is wrong, what would be right, line and column from 0."""


class _Doubtful(Exception):  # noqa: N818 - never leaves this module
    """libyaml takes for a text what the pure-Python parser does not."""


# --- text to value

_LOOSE_HEADER = re.compile("[|>][-+0-9]{0,2}#")
"""The head of a block of text with a comment stuck to it; only libyaml accepts it."""


def _parse(text: str, faults: list[Complaint], places: dict[Keys, Spot] | None = None) -> Value:
    if "#" not in text or not _LOOSE_HEADER.search(text):
        try:
            return _build(FastParser(text), text, faults, places)
        except (yaml.YAMLError, _Doubtful, *LEAKS):
            faults.clear()
            if places:
                places.clear()
    parser = None
    try:
        parser = PythonParser(text)
        return _build(parser, text, faults, places)
    except yaml.MarkedYAMLError as error:
        raise _Refused(*explain(error, text)) from None
    except (yaml.YAMLError, *LEAKS):
        raise _Refused(*of_escape(text, parser.index if parser else 0, _NO_CHARACTER)) from None


_NO_CHARACTER = "the text has an escape that stands for no character"


def _build(parser: Events, text: str, faults: list[Complaint], places: dict[Keys, Spot] | None) -> Value:  # noqa: C901, PLR0912, PLR0915 - one loop over the events
    """Return the value of the one document that `parser` gives; what is wrong but can be passed over goes to `faults`.

    Where every value stands goes to `places`, if they are asked for.

    A frame is a mapping or a list under construction and, for a mapping, where its keys stand and the key that
    waits for its value: `None` when a key comes next, `_SKIP` when the value is to be dropped, and a pair when this
    stands where a name should: as many faults as there were before it, and the one that it is.
    """
    root: list[Any] = []
    into: Any = root
    key: Any = None
    marks: dict[str, Any] = {}
    opened: Any = None
    flow = 0
    fast = type(parser) is not PythonParser
    frames: list[tuple[Any, Any, dict[str, Any]]] = []
    values = 0
    documents = 0
    get_event = parser.get_event
    value: Any
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    while True:
        event = get_event()
        kind = type(event)
        if places is not None and kind in _BEGINNINGS:
            _note_place(places, [*frames, (into, key, marks)], event)
        if kind is scalar:
            value = event.value
            if event.anchor or event.tag:
                if event.tag and flow and fast:
                    raise _Doubtful  # the parsers do not agree whether a comma ends a tag
                _refuse_decoration(event, faults)
            if event.style:
                if event.style == '"' and not value.isprintable() and (hidden := hidden_pattern().search(value)):
                    code, message, remedy = name_hidden(hidden[0])
                    faults.append(_at(event, code, f"{message}, written as an escape", remedy))
                    value = hidden_pattern().sub(" ", value)
            elif value in _ODD or value[0] in "?:":
                if is_nothing(event):
                    if not frames:
                        raise _Refused("empty-file", "the file holds no value", _NO_FILE, 0, 0)
                    if key is None and type(into) is dict:
                        faults.append(_of_no_name(frames[-1][0], opened, event, text))
                        key = _SKIP
                        continue
                    if key is not _SKIP:
                        faults.append(_of_no_value(key, event if key is None else None, marks.get(key)))
                    if flow and type(key) is str and put_back(into, key):
                        key = None
                        continue
                elif value in _NULLS:
                    if key is not None or type(into) is list:
                        faults.append(_at(event, "empty-value", f"'{value}' is nothing, to other readers", _NO_VALUE))
                elif value and (value == "-" or value[:2].rstrip() == value[0]):
                    message = f"a bare '{value}' means something else to other readers"
                    faults.append(_at(event, "not-plain-yaml", message, f'quote it: write "{value}"'))
            elif flow and fast and "?" in value:
                raise _Doubtful
        elif kind is mapping or kind is sequence:
            if event.anchor or event.tag:
                if event.tag and flow and fast:
                    raise _Doubtful  # the parsers do not agree whether a comma ends a tag
                _refuse_decoration(event, faults)
            if len(frames) >= MAX_DEPTH:
                _stop(event, "too-deep", f"more than {MAX_DEPTH} levels", "no record is so deep: check the indentation")
            flow += 1 if flow or event.flow_style else 0
            if key is None and type(into) is dict:
                key = (len(faults), _of_odd_name(event, opened))
            opened = event.start_mark
            frames.append((into, key, marks))
            into, key, marks = ({} if kind is mapping else []), None, {}
            continue
        elif kind is mapping_end or kind is sequence_end:
            flow -= 1 if flow else 0
            value = into
            into, key, marks = frames.pop()
            if type(key) is tuple:
                faults[key[0] :] = [key[1]]
                key = _SKIP
                continue
        elif kind is yaml.AliasEvent:
            if key is not _SKIP:
                message = f"'*{event.anchor}' stands for something written elsewhere"
                faults.append(_at(event, "alias", message, "write it out, or put the text in quotes"))
            value = ""
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                _stop(event, "second-document", *SECOND_DOCUMENT)
            if event.version or event.tags:
                faults.append(_at(event, "not-plain-yaml", "a YAML directive", "take the line out"))
            continue
        elif kind is yaml.StreamEndEvent:
            break
        else:
            continue
        values += 1
        if values > MAX_VALUES:
            _stop(event, "too-large", f"the file has more than {MAX_VALUES:,} values", "divide it")
        if type(into) is list:
            into.append(value)
        elif key is not None:
            if key is not _SKIP:
                into[key] = value
            key = None
        elif value == "<<" and not event.style:
            faults.append(_at(event, "merge-key", "'<<' takes in what is written elsewhere", "write it out"))
            key = _SKIP
        elif value in into:
            remedy = f"line {marks[value].line + 1} has it already: give it once"
            faults.append(_at(event, "duplicate-key", f"'{value}' is given twice", remedy))
            key = _SKIP
        else:
            key = value
            marks[key] = event.start_mark
    if not root:
        raise _Refused("empty-file", "the file holds no value", _NO_FILE, 0, 0)
    return root[0]  # type: ignore[no-any-return]  # a value built above


def _note_place(places: dict[Keys, Spot], frames: list[tuple[Any, Any, dict[str, Any]]], event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no types
    """Note where the value that begins with `event` stands, unless it is a name, or to be dropped."""
    keys = tuple(len(into) if type(into) is list else key for into, key, _ in frames[1:])
    if all(type(key) in {int, str} for key in keys):
        here = place_of(event)
        mark = frames[-1][2].get(frames[-1][1])
        name = (mark.line + 1, mark.column + 1) if mark else here
        below = not event.flow_style if isinstance(event, yaml.CollectionStartEvent) else is_nothing(event)
        places[keys] = Spot(name, name if below else here)


_BEGINNINGS = frozenset({yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})
_SKIP = object()
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_ODD = _NULLS | {"", "-"}
_NO_FILE = "write the record, or remove the file"
_NO_VALUE = "write a value, take the name out, or put the text in quotes"


def _at(event: Any, code: str, message: str, remedy: str) -> Complaint:  # noqa: ANN401 - PyYAML's events have no types
    return Complaint(code, message, remedy, event.start_mark.line, event.start_mark.column)


def _of_no_value(key: Any, event: Any, key_mark: Any) -> Complaint:  # noqa: ANN401 - PyYAML's events and marks have no types
    """Return the fault of a name, or a list item, with nothing after it.

    The parsers do not agree where nothing stands: what has no value is its name.
    """
    line, column = place_of(event) if event else (key_mark.line + 1, key_mark.column + 1)
    what = f"'{key}' has no value" if key is not None else "nothing is written here"
    spaced = ":" in key if key is not None else False
    remedy = "write a space after the ':'" if spaced else "write a value, or take the line out"
    return Complaint("empty-value", what, remedy, line - 1, column - 1)


def _of_no_name(outer: Any, opened: Any, event: Any, text: str) -> Complaint:  # noqa: ANN401 - PyYAML's events and marks have no types
    """Return the fault of a value without a name; in `[?]` and `[: b]` it is a sign that ought to be quoted."""
    sign = line_of(text.split("\n"), opened.line)[opened.column : opened.column + 1]
    if type(outer) is list and sign in {"?", ":"}:
        message = f"a bare '{sign}' means something else to other readers"
        return Complaint("not-plain-yaml", message, f'quote it: write "{sign}"', opened.line, opened.column)
    return _at(event, "not-plain-yaml", "nothing is written where a name should be", "write a name")


def _of_odd_name(event: Any, opened: Any) -> Complaint:  # noqa: ANN401 - PyYAML's events and marks have no types
    """Return the fault of a list or mapping where a name should be; of `{{` as templates have it, at its beginning."""
    mark = event.start_mark
    if event.flow_style and (mark.line, mark.column) == (opened.line, opened.column + 1):
        remedy = "put the value in quotes, or write it without brackets"
        message = "'{{' begins a mapping in a mapping"
        return Complaint("not-plain-yaml", message, remedy, opened.line, opened.column)
    return _at(event, "not-plain-yaml", "a name must be a text, not a list or a mapping", "write a name")


def _refuse_decoration(event: Any, faults: list[Complaint]) -> None:  # noqa: ANN401 - PyYAML's events and marks have no types
    if event.anchor:
        remedy = "take it out and write each value out, or put the text in quotes"
        faults.append(_at(event, "anchor", f"'&{event.anchor}' names a value to be repeated", remedy))
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        remedy = "take it out, or put the text in quotes"
        faults.append(_at(event, "tag", f"'{tag}' says how to read a value", remedy))


def _stop(event: Any, code: str, message: str, remedy: str) -> None:  # noqa: ANN401 - PyYAML's events and marks have no types
    raise _Refused(code, message, remedy, event.start_mark.line, event.start_mark.column)
