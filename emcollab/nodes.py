"""YAML text to plain values: texts, lists and mappings, nothing else; and back to the places they stood at.

This is the one reader, and a strict one. Every scalar stays the text its author typed, because the guesses
of YAML 1.1 (`NO`, `1:30`, `010`) have no place in a ledger; what is usually dropped in silence (a second key
of the same name, an empty value) or can hide (aliases, tags, invisible characters) is a problem.

It builds from the parser's events with a stack of its own, so that depth and size are bounded while
reading. libyaml parses where PyYAML has it. When it refuses a text, the pure-Python parser is asked again
and decides, so that the answer does not depend on how PyYAML was built; what only libyaml would accept
(tabs) is refused before either sees it.

Values carry no positions. `find_places` walks the events of one file again when a problem needs a line.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, Union

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from emcollab.money import parse_money
from emcollab.problems import BadValue, Keys, Problem

Value = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - it names itself, so it must be a text

MAX_BYTES = 2_000_000
MAX_VALUES = 250_000
MAX_DEPTH = 12


class Document(NamedTuple):
    """One file as read: its text, its value (`None` if it could not be built) and what was wrong on the way."""

    text: str
    value: Value | None
    problems: list[Problem]


class Spot(NamedTuple):
    """Where a value stands: line and column of its name (in a list: of the value) and of the value, from 1."""

    key: tuple[int, int]
    value: tuple[int, int]


class _Events(Protocol):
    def get_event(self) -> Any: ...  # noqa: ANN401 - PyYAML's events have no types of their own


class PythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, without the layers that make objects of what it finds."""

    def __init__(self, text: str) -> None:
        """Get ready to give the events of `text`."""
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


try:
    from yaml.cyaml import CParser as FastParser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover - a PyYAML built without libyaml; tests put PythonParser in its place
    FastParser = PythonParser  # type: ignore[misc, assignment]


def _events(parser: _Events) -> "Iterator[Any]":
    """Yield the events of a text one by one, without looking ahead."""
    while type(event := parser.get_event()) is not yaml.StreamEndEvent:
        yield event


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """The text cannot be built any further: a code, what is wrong, what would be right, line and column from 0."""


def read_document(path: str, data: bytes) -> Document:
    """Return the document that `data` holds, with every reading problem in it, in the order of the text.

    `path` is what problems call the file. A document with problems still has a value if one could be
    built, so that the rest of the file is looked at in the same run.
    """
    text, problems = _decode(path, data)
    if problems and not text:
        return Document("", None, problems)
    hidden = list(_find_hidden(path, text))
    clean = _HIDDEN.sub(" ", text) if hidden else text
    faults: list[_Fault] = []
    try:
        value = _parse(clean, faults)
    except _Refused as refusal:
        value = None
        # A tab or an odd break may well be what the parser stumbled over: that one is the fault to mend.
        if not hidden:
            faults.append(_Fault(*refusal.args))
    lines = text.split("\n")
    faults = [*_whole_amounts(faults, lines), *_find_swallowed(clean)]
    places = find_places(text) if any(fault.again for fault in faults) else {}
    built = [
        Problem(path, f.line + 1, f.column + 1, f.code, f.message, _first(f, places), _line(lines, f.line))
        for f in faults
    ]
    return Document(text, value, sorted([*problems, *hidden, *built]))


def find_places(text: str) -> dict[Keys, Spot]:
    """Return where every value of `text` stands, by its keys; `()` is the whole.

    Of a name given twice, the first counts, as it does in the value. A text that cannot be parsed to its
    end gives the places up to there.
    """
    places: dict[Keys, Spot] = {}
    clean = _HIDDEN.sub(" ", text)
    for parser in (FastParser, PythonParser):
        places.clear()
        try:
            _walk(parser(clean), places)
        except (yaml.YAMLError, _Refused, *_LEAKS):
            continue
        break
    return places


def is_place(problem: Problem) -> bool:
    """Return whether the problem is about a line of its file, and not about the file as a whole."""
    return problem.line > 0


# --- bytes to text

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def _decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    def refuse(line: int, column: int, code: str, message: str, remedy: str) -> tuple[str, list[Problem]]:
        return "", [Problem(path, line, column, code, message, remedy, "")]

    if len(data) > MAX_BYTES:
        return refuse(1, 1, "too-large", f"the file has more than {MAX_BYTES:,} bytes", "divide it")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        if data[:2] in _MARKS:
            return refuse(1, 1, "not-utf-8", "the file is in UTF-16", "save it as UTF-8")
        before = data[: error.start].decode("utf-8")
        column = len(before.rpartition("\n")[2]) + 1
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        return refuse(before.count("\n") + 1, column, "not-utf-8", message, "save the file as UTF-8, not Windows-1252")
    if not text.strip():
        return refuse(1, 1, "empty-file", "the file is empty", "write the record, or remove the file")
    return text, []


# --- characters that hide

_NO_CHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(1, 15) for low in (0xFFFE, 0xFFFF))
_HIDDEN_KINDS = {
    "tab": ("\t", "a tab", "write spaces"),
    "odd-line-break": ("\r\x85\u2028\u2029", "an odd line break", "start a new line, or take it out"),
    "bidirectional-character": (
        "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
        "a character that turns the direction of writing",
        "take it out",
    ),
    "invisible-character": (
        (
            "\xa0\xad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u202f\u205f-\u2065\u206a-\u206f"
            "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
        ),
        "an invisible character",
        "write an ordinary space, or take it out",
    ),
    "control-character": (
        (
            f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffc-\uffff"
            f"{_NO_CHARACTERS}\U000f0000-\U0010ffff"
        ),
        "a control, private or replacement character",
        "take it out",
    ),
}
HIDDEN_CODES = frozenset(_HIDDEN_KINDS)
_HIDDEN = re.compile("[" + "".join(characters for characters, _, _ in _HIDDEN_KINDS.values()) + "]")
_KINDS = [
    (code, re.compile(f"[{characters}]"), name, remedy) for code, (characters, name, remedy) in _HIDDEN_KINDS.items()
]


def _name_hidden(character: str) -> tuple[str, str, str]:
    code, name, remedy = next((code, name, remedy) for code, kind, name, remedy in _KINDS if kind.match(character))
    return code, f"{name} (U+{ord(character):04X})", remedy


def _find_hidden(path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each stretch of one hidden character in a line."""
    last = (-1, "")
    for found in _HIDDEN.finditer(text):
        start = found.start()
        follows = last == (start - 1, found[0])
        last = (start, found[0])
        if follows:
            continue
        code, message, remedy = _name_hidden(found[0])
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        excerpt = text[line_start : line_end if line_end >= 0 else None]
        place = (text.count("\n", 0, start) + 1, start - line_start + 1)
        yield Problem(path, *place, code, message, remedy, excerpt)


_SWALLOWED = re.compile(r"(?m)^.*[^\s#] +(#)[^\s#]")


def _find_swallowed(text: str) -> "Iterator[_Fault]":
    """Yield a fault for each `#` that makes a comment of what looks like the rest of a text: `PNC #2`."""
    suspects = {found.start(1) for found in _SWALLOWED.finditer(text)}
    if not suspects:
        return
    try:
        for event in _events(PythonParser(text)):
            if type(event) is yaml.ScalarEvent and not event.style and event.value:
                mark: Any = event.end_mark
                rest = text[mark.index :].partition("\n")[0]
                start = mark.index + len(rest) - len(rest.lstrip(" "))
                if start in suspects:
                    message = f"'{rest.strip()[:30]}' is taken for a comment, and is lost"
                    remedy = "put the whole text in quotes, or a space after the '#'"
                    yield _Fault("swallowed-text", message, remedy, mark.line, start - mark.index + mark.column)
    except (yaml.YAMLError, *_LEAKS):
        return


# --- text to value


_PIECE = re.compile("[0-9.]+(?:k|m|bn)?")
"""What a comma cuts off an amount; it is no name."""

_CUT = re.compile(r"-?£[0-9.]*(?:,[0-9.]+)+(?:k|m|bn)?")


def _whole_amounts(faults: "list[_Fault]", lines: list[str]) -> "Iterator[_Fault]":
    """Yield `faults`, an amount that its commas cut into several once and whole.

    In `{2009/10: £1,324,000}` each comma ends a value, for YAML; what follows is a name without a value.
    """
    seen: set[tuple[int, int]] = set()
    for fault in faults:
        cuts = _CUT.finditer(_line(lines, fault.line)) if fault.code == "empty-value" else ()
        cut = next((cut for cut in cuts if cut.start() < fault.column <= cut.end()), None)
        if cut is None:
            yield fault
        elif (fault.line, cut.start()) not in seen:
            seen.add((fault.line, cut.start()))
            message = f"'{cut[0]}' is cut at its comma, which ends a value between {{ and }}"
            try:
                parse_money(cut[0])
                remedy = f'put it in quotes: "{cut[0]}"'
            except BadValue as bad:
                remedy = bad.help
            yield _Fault("bad-amount", message, remedy, fault.line, cut.start())


class _Fault(NamedTuple):
    """A fault as the builder meets it: line and column from 0; `again` is the way to a name given before."""

    code: str
    message: str
    help: str
    line: int
    column: int
    again: Keys = ()


_LEAKS = (ValueError, OverflowError, UnicodeError)  # what PyYAML raises besides YAMLError, for odd escapes


class _Doubtful(Exception):  # noqa: N818 - never leaves this module
    """libyaml takes for a text what the pure-Python parser does not."""


_LOOSE_HEADER = re.compile("[|>][-+0-9]{0,2}#")
"""The head of a block of text with a comment stuck to it; only libyaml accepts it."""


def _parse(text: str, faults: list[_Fault]) -> Value:
    if not _LOOSE_HEADER.search(text):
        try:
            return _build(FastParser(text), faults)
        except (yaml.YAMLError, _Doubtful, *_LEAKS):
            faults.clear()
    try:
        return _build(PythonParser(text), faults)
    except yaml.MarkedYAMLError as error:
        raise _Refused("syntax", *_in_words(error), *_mark_of(error, text)) from None
    except (yaml.YAMLError, *_LEAKS):
        raise _Refused("syntax", "the text has an escape that stands for no character", "take it out", 0, 0) from None


def _build(parser: _Events, faults: list[_Fault]) -> Value:  # noqa: C901, PLR0912, PLR0915 - one loop over the events
    """Return the value of the one document that `parser` gives; what is wrong but can be passed over goes to `faults`.

    A frame is a mapping or a list under construction and, for a mapping, the key that waits for its value:
    `None` when a key comes next, `_SKIP` when the value is to be dropped.
    """
    root: list[Any] = []
    into: Any = root
    key: Any = None
    key_mark: Any = None
    flow = 0
    fast = type(parser) is not PythonParser
    frames: list[tuple[Any, Any]] = []
    values = 0
    documents = 0
    get_event = parser.get_event

    def fault(code: str, message: str, remedy: str) -> None:
        faults.append(_Fault(code, message, remedy, event.start_mark.line, event.start_mark.column))

    while True:
        event = get_event()
        kind = type(event)
        value: Any
        if kind is yaml.ScalarEvent:
            value = event.value
            if not event.style:
                if value == "-" or (value and value[0] in "?:" and value[:2].rstrip() == value[0]):
                    fault(
                        "not-plain-yaml",
                        f"a bare '{value}' means something else to other readers",
                        f'quote it: write "{value}"',
                    )
                elif value == "" and (key is not None or type(into) is list):
                    # The parsers do not agree where nothing stands: what has no value is its name.
                    mark = event.start_mark if key is None else key_mark
                    what = f"'{key}' has no value" if type(key) is str else "nothing is written here"
                    remedy = "write a value, or take the line out"
                    faults.append(_Fault("empty-value", what, remedy, mark.line, mark.column))
                elif flow and fast and "?" in value:
                    raise _Doubtful
            elif event.style == '"' and (hidden := _HIDDEN.search(value)):
                code, message, remedy = _name_hidden(hidden[0])
                fault(code, f"{message}, written as an escape", remedy)
                value = _HIDDEN.sub(" ", value)
            _refuse_decoration(event, fault)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _refuse_decoration(event, fault)
            if len(frames) >= MAX_DEPTH:
                _stop(event, "too-deep", f"more than {MAX_DEPTH} levels", "no record is so deep: check the indentation")
            flow += 1 if flow or event.flow_style else 0
            frames.append((into, key))
            into, key = ({} if kind is yaml.MappingStartEvent else []), None
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            flow -= 1 if flow else 0
            value = into
            into, key = frames.pop()
        elif kind is yaml.AliasEvent:
            if key is not _SKIP:
                fault("alias", f"'*{event.anchor}' stands for something written elsewhere", "write it out")
            value = ""
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                _stop(event, "second-document", "a second document begins here", "one file holds one record")
            if event.version or event.tags:
                fault("not-plain-yaml", "a YAML directive", "take the line out")
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
            if key is not _SKIP and not (value == "" and _PIECE.fullmatch(key)):
                into[key] = value
            key = None
        elif type(value) is not str:
            fault("not-plain-yaml", "a name must be a text, not a list or a mapping", "write a name")
            key = _SKIP
        elif value == "<<" and not event.style:
            fault("merge-key", "'<<' takes in what is written elsewhere", "write it out")
            key = _SKIP
        elif value in into:
            fault("duplicate-key", f"'{value}' is given twice", "give it once")
            faults[-1] = faults[-1]._replace(again=(*_way_to(frames), value))
            key = _SKIP
        else:
            key, key_mark = value, event.start_mark
    if not root:
        raise _Refused("empty-file", "the file holds no value", "write the record, or remove the file", 0, 0)
    return root[0]  # type: ignore[no-any-return]


_SKIP = object()


def _way_to(frames: list[tuple[Any, Any]]) -> Keys:
    return tuple(len(into) if type(into) is list else key for into, key in frames[1:])


def _first(fault: _Fault, places: dict[Keys, Spot]) -> str:
    """Return the help of a fault; for a name given before, with the line where it was."""
    spot = places.get(fault.again) if fault.again else None
    return f"line {spot.key[0]} has it already: {fault.help}" if spot else fault.help


def _refuse_decoration(event: Any, fault: Any) -> None:  # noqa: ANN401 - PyYAML's events have no types
    if event.anchor:
        fault("anchor", f"'&{event.anchor}' names a value to be repeated", "take it out, and write each value out")
    if event.tag:
        fault("tag", f"'{event.tag}' says how to read a value", "take it out: every value is read as it is typed")


def _stop(event: Any, code: str, message: str, remedy: str) -> None:  # noqa: ANN401
    raise _Refused(code, message, remedy, event.start_mark.line, event.start_mark.column)


# --- events to places


def _walk(parser: _Events, places: dict[Keys, Spot]) -> None:  # noqa: C901 - one loop over the events
    """Fill `places` from the events, by the rules of `_build`: the first of equal names, `MAX_DEPTH` levels."""
    frames: list[tuple[Keys, str, Any]] = []
    path: Keys = ()
    shape = ""
    step: Any = None
    name_mark: Any = None
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    starts = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    while True:
        event = parser.get_event()
        kind = type(event)
        if kind is yaml.StreamEndEvent:
            return
        if kind in ends:
            path, shape, step = frames.pop()
        elif kind is yaml.ScalarEvent or kind is yaml.AliasEvent or kind in starts:
            if len(frames) >= MAX_DEPTH and kind in starts:
                return
            here = (event.start_mark.line + 1, event.start_mark.column + 1)
            if shape == "mapping" and step is None and kind is yaml.ScalarEvent:
                step, name_mark = event.value, here
                continue
            keys = path
            if shape == "list":
                step = 0 if step is None else step + 1
                keys, name_mark = (*path, step), here
            elif shape == "mapping":
                keys = (*path, step)
            nothing = kind is yaml.ScalarEvent and not event.value and not event.style
            places.setdefault(keys, Spot(name_mark or here, name_mark if nothing and name_mark else here))
            if kind in starts:
                frames.append((path, shape, step))
                path, shape, step = keys, ("mapping" if kind is yaml.MappingStartEvent else "list"), None
                continue
        else:
            continue
        if shape == "mapping":
            step = _SKIP if step is None else None  # a list or mapping where a name should be


# --- the parser's complaints, in words


def _mark_of(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int]:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 0, 0
    return (mark.line, mark.column) if mark.line < text.count("\n") + 1 else (text.rstrip("\n").count("\n"), 0)


_COMPLAINTS = [
    (
        "mapping values are not allowed here",
        "a second ': ' in one line, or a line indented too far",
        "put a text that holds ': ' in quotes, or mend the indentation",
    ),
    (
        "could not find expected ':'",
        "a line that is neither 'name: value' nor '- item'",
        "write the ':' and a space after the name, or mend the indentation",
    ),
    ("cannot start any token", "a value cannot begin with this character", "put the value in quotes"),
    (
        "expected <block end>, but found",
        "this line does not fit the lines above it",
        "give it the indentation of its neighbours",
    ),
    ("expected ',' or ']'", "a list that is not closed, or lacks a ','", "write ',' between items and ']' at the end"),
    (
        "expected ',' or '}'",
        "a mapping that is not closed, or lacks a ','",
        "write ',' between values and '}' at the end",
    ),
    ("found unexpected end of stream", "quotes that are not closed", "write the closing quote"),
    ("block sequence entries are not allowed", "a list cannot begin here", "start the list on a line of its own"),
    ("found unknown escape character", "a '\\' escape that does not exist", "double the '\\', or use single quotes"),
    (
        "expected the node content, but found",
        "a value was expected here",
        "write the value, in quotes if it begins with a special character",
    ),
    ("block mapping", "this line does not fit the lines above it", "give it the indentation of its neighbours"),
]


def _in_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    problem = str(error.problem or error.context or "")
    for sign, message, remedy in _COMPLAINTS:
        if sign in problem:
            return message, remedy
    return f"the text cannot be read as YAML ({problem})", "mend the line, or put the value in quotes"


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""
