"""YAML text to plain values: texts, lists and mappings, nothing else; and the places where they stand.

This is the one reader, and a strict one. Every scalar stays the text its author typed, because the guesses
of YAML 1.1 (`NO`, `1:30`, `010`) have no place in a ledger; what is usually dropped in silence (a second key
of the same name, an empty value) or can hide (aliases, tags, invisible characters) is a problem.

It builds from the parser's events with a stack of its own, so that depth and size are bounded while reading. A place
is asked for by few, and found by building its file again and noting marks on the way. libyaml parses where PyYAML has
it. When it refuses a text, the pure-Python parser is asked again and decides, so that the answer does not depend on how
PyYAML was built; what only libyaml would accept (tabs) is refused before either sees it. A text of many pages is not
read again for better words and places.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Union

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from emcollab.loading import plain, syntax
from emcollab.loading.text import FileText, blank_hidden, decode, find_hidden, hidden_pattern, list_first, name_hidden
from emcollab.values.problems import Keys, Problem

Value = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - it names itself, so it must be a text

MAX_VALUES = 250_000
MAX_READ_TWICE = 50_000
"""Characters of a text that the slow pure-Python parser is asked about when libyaml has refused it."""


class Document(NamedTuple):
    """One file as read: its text, its value (`None` if it could not be built) and what was wrong on the way."""

    text: str
    value: Value | None
    problems: list[Problem]


class Spot(NamedTuple):
    """Where a value stands: line and column of its name (in a list: of the value) and of the value, from 1.

    A list or mapping that begins below its name stands at its name; and so does what is not there at all.

    `end` is line and column behind the last character of the value (behind the line breaks that belong to a block of
    text); `style` the sign that a value begins with, if it has one: a quotation mark, `|`, `>`, `{` or `[`.
    """

    key: tuple[int, int]
    value: tuple[int, int]
    end: tuple[int, int] = (0, 0)
    style: str = ""


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

FastParser: Callable[[str], syntax.Events] = CParser
"""libyaml's parser, where PyYAML was built with it. Tests put `PythonParser` in its place."""


def read_document(path: str, data: bytes) -> Document:
    """Return the document that `data` holds, with every reading problem in it, in the order of the text.

    `path` is what problems call the file. A document with problems still has a value if one could be
    built, so that the rest of the file is looked at in the same run.
    """
    text, problems = decode(path, data)
    if problems:
        return Document("", None, problems)
    file = FileText(path, text)
    hidden, more = find_hidden(file)
    value: Value | None = None
    swallowed: list[Problem] = []
    try:
        value = _parse(file, problems, swallowed)
    except _Stopped as stopped:
        # A tab or an odd break may well be what the parser stumbled over: that one is the fault to mend.
        if not hidden:
            problems.append(stopped.args[0])
    if not problems and not hidden and not swallowed:
        return Document(text, value, [])
    problems = sorted({*hidden, *syntax.whole_amounts(syntax.without_lost(problems, swallowed)), *swallowed})
    return Document(text, value, list_first(path, problems, more))


def find_places(text: str, wanted: Iterable[Keys] | None = None) -> Mapping[Keys, Spot]:
    """Return where every value of `text` stands, by its keys; `()` is the whole. For this it is built once more.

    Where only the places `wanted` are asked for, those on the way to them are there too, and no others, and where lists
    and mappings end is not known of them. Of a name given twice, the first counts, as it does in the value. A text that
    cannot be read to its end gives the places up to there.
    """
    places = _Places(wanted)
    with suppress(_Stopped):
        _parse(FileText("", text), [], [], places)
    return places.spots


# --- text to value


class _Stopped(Exception):  # noqa: N818 - never leaves this module
    """The text cannot be built any further, because of a problem."""


class _Doubtful(Exception):  # noqa: N818 - never leaves this module
    """libyaml takes for a text what the pure-Python parser does not."""


_LOOSE_HEADER = re.compile("[|>][-+0-9]{0,2}#")  # of a block of text, a comment stuck to it; only libyaml accepts it


def _parse(file: FileText, problems: list[Problem], swallowed: list[Problem], places: "_Places | None" = None) -> Value:
    """Return the value of a file; what is wrong goes to `problems`, what a `#` has swallowed to `swallowed`."""
    if "#" not in file.clean or not _LOOSE_HEADER.search(file.clean):
        try:
            return _build(FastParser(file.clean), file, problems, swallowed, places)
        except (yaml.YAMLError, _Doubtful, *syntax.LEAKS) as error:
            is_too_deep = "nesting" in str(error)  # of which the other parser finds the place
            if isinstance(error, yaml.MarkedYAMLError) and len(file.clean) > MAX_READ_TWICE and not is_too_deep:
                raise _Stopped(syntax.explain(error, file)) from None
            problems.clear()
            swallowed.clear()
            if places:
                places.clear()
    parser = None
    try:
        parser = PythonParser(file.clean)
        return _build(parser, file, problems, swallowed, places)
    except yaml.MarkedYAMLError as error:
        raise _Stopped(syntax.explain(error, file)) from None
    except (yaml.YAMLError, *syntax.LEAKS):
        message = "the text has an escape that stands for no character"
        raise _Stopped(syntax.find_escape(file, parser.index if parser else 0, message)) from None


def _build(  # noqa: C901, PLR0912, PLR0915 - one loop over the events
    parser: syntax.Events, file: FileText, problems: list[Problem], swallowed: list[Problem], places: "_Places | None"
) -> Value:
    """Return the value of the one document that `parser` gives.

    What is wrong but can be passed over goes to `problems`, what a `#` has taken to `swallowed`; where values stand to
    `places`, if asked for.

    A frame is a mapping or a list under construction and, for a mapping, where its keys stand and the key that
    waits for its value: `None` when a key comes next, `_SKIP` when the value is to be dropped, and a pair when this
    stands where a name should: as many problems as there were before it, and the one that it is.
    """
    root: list[Any] = []
    into: Any = root
    key: Any = None
    marks: dict[str, Any] = {}
    opened: Any = None
    begun: Any = None
    flow = 0
    columns = [-1]
    asks, escapes = "?" in file.clean, "\\" in file.clean
    fast = type(parser) is not PythonParser
    may_ask_again = fast and len(file.clean) <= MAX_READ_TWICE
    frames: list[tuple[Any, Any, dict[str, Any]]] = []
    values = 0
    documents = 0
    get_event = syntax.watch_swallowed(
        plain.watch_comments(parser.get_event, file, problems, swallowed), file, swallowed
    )
    value: Any
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent

    def tell(event: Any, code: str, message: str, remedy: str) -> None:  # noqa: ANN401 - PyYAML's events have no types
        problems.append(file.problem_at(event.start_mark, code, message, remedy))

    while True:
        event = get_event()
        kind = type(event)
        if places is not None and kind in _BEGINNINGS:
            places.begin(frames, (into, key, marks), event)
        elif places is not None and kind in _ENDS:
            places.end(frames, into, event)
        if kind is scalar:
            value = event.value
            if event.anchor or event.tag:
                if event.tag and may_ask_again:
                    raise _Doubtful  # the parsers do not agree where a tag ends
                problems += _find_decoration(file, event)
            if asks and flow and (value or event.style) and file.clean[event.start_mark.index - 1] == "?":
                problems.append(plain.find_stuck_sign(file, event))
                key = _SKIP
                continue
            if event.style:
                if event.style == '"' and escapes and (hidden := hidden_pattern().search(value)):
                    code, message, remedy = name_hidden(hidden[0])
                    tell(event, code, f"{message}, written as an escape", remedy)
                    value = blank_hidden(value)
                if event.end_mark.line != event.start_mark.line:
                    problems += plain.find_loose_lines(file, event, columns[-1])
            elif value in _ODD or value[0] in "?:":
                if _is_nothing(event):
                    if not frames:
                        break
                    if key is None and type(into) is dict:
                        if may_ask_again:
                            raise _Doubtful  # the parsers do not agree where nothing stands
                        problems.append(_find_no_name(file, frames[-1][0], opened, event))
                        key = _SKIP
                        continue
                    if key is not _SKIP:
                        problems.append(_find_no_value(file, key, event, marks))
                    if flow and type(key) is str and syntax.put_back(into, key):
                        key = None
                        continue
                elif value in _NULLS:
                    if key is not None or type(into) is list:
                        tell(event, "empty-value", f"'{value}' is nothing, to other readers", _NO_VALUE)
                elif value and (value == "-" or value[:2].rstrip() == value[0]):
                    message = f"a bare '{value}' means something else to other readers"
                    tell(event, "not-plain-yaml", message, f'quote it: write "{value}"')
            elif flow and fast and "?" in value:
                raise _Doubtful
        elif kind is mapping or kind is sequence:
            if event.anchor or event.tag:
                if event.tag and may_ask_again:
                    raise _Doubtful  # the parsers do not agree where a tag ends
                problems += _find_decoration(file, event)
            if len(frames) >= syntax.MAX_DEPTH:
                words = f"more than {syntax.MAX_DEPTH} levels", "no record is so deep: check the indentation"
                raise _Stopped(file.problem_at(event.start_mark, "too-deep", *words))
            if flow or event.flow_style:
                flow += 1
                begun = event.start_mark if flow == 1 else begun
            else:
                columns.append(event.start_mark.column)
            if key is None and type(into) is dict:
                key = (len(problems), _find_odd_name(file, opened, event))
            opened = event.start_mark
            frames.append((into, key, marks))
            into, key, marks = ({} if kind is mapping else []), None, {}
            continue
        elif kind is mapping_end or kind is sequence_end:
            if not flow:
                columns.pop()
            elif flow > 1:
                flow -= 1
            else:
                flow = 0
                if event.end_mark.line != begun.line:
                    problems += plain.find_outdented(file, begun, event.end_mark, columns[-1], "#")
            value = into
            into, key, marks = frames.pop()
            if type(key) is tuple:
                problems[key[0] :] = [key[1]]
                key = _SKIP
                continue
        elif kind is yaml.AliasEvent:
            if key is not _SKIP:
                message = f"'*{event.anchor}' stands for something written elsewhere"
                tell(event, "alias", message, "write it out, or put the text in quotes")
            value = ""
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _Stopped(file.problem_at(event.start_mark, *syntax.SECOND_DOCUMENT))
            if event.version or event.tags:
                if may_ask_again:
                    raise _Doubtful  # the parsers do not agree where a directive ends
                tell(event, "not-plain-yaml", "a YAML directive", "take the line out")
            continue
        elif kind is yaml.StreamEndEvent:
            break
        else:
            continue
        values += 1
        if values > MAX_VALUES:
            words = f"the file has more than {MAX_VALUES:,} values", "divide it"
            raise _Stopped(file.problem_at(event.start_mark, "too-large", *words))
        if type(into) is list:
            into.append(value)
        elif key is not None:
            if key is not _SKIP:
                into[key] = value
            key = None
        elif value == "<<" and not event.style:
            tell(event, "merge-key", "'<<' takes in what is written elsewhere", "write it out")
            key = _SKIP
        elif value in into:
            remedy = f"line {marks[value].line + 1} has it already: give it once"
            tell(event, "duplicate-key", f"'{value}' is given twice", remedy)
            key = _SKIP
        else:
            key = value
            marks[key] = event.start_mark
    if not root:
        remedy = "write the record, or remove the file"
        raise _Stopped(file.problem(1, 1, "empty-file", "the file holds no value", remedy))
    return root[0]  # type: ignore[no-any-return]  # a value built above


_SKIP = object()
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_ODD = _NULLS | {"", "-"}
_MOST_BLANKS = 100  # a comma further away is no longer looked for
_NO_VALUE = "write a value, take the name out, or put the text in quotes"
_BEGINNINGS = frozenset({yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})

_Frame = tuple[Any, Any, dict[str, Any]]
"""A mapping or list under construction, the key that waits for its value, and where the keys of a mapping stand."""


def _keys_of(frames: list[_Frame]) -> Keys:
    """Return the keys of the value that comes next."""
    return tuple(len(into) if type(into) is list else key for into, key, _ in frames[1:])


class _Everything:
    """In the place of a tree of keys: all of them."""

    def get(self, key: object) -> "_Everything | None":
        return self if type(key) in {int, str} else None


class _Places:
    """The spots of values, noted on the way through a text: of those wanted and what is above them, or of all.

    `_ways` has, for the root and each list or mapping under construction, the tree of the keys below it that are
    wanted; `None` where nothing is, so that what is passed by costs next to nothing.
    """

    def __init__(self, wanted: Iterable[Keys] | None) -> None:
        self.spots: dict[Keys, Spot] = {}
        self._tree: Any = _Everything() if wanted is None else {}
        for keys in wanted or ():
            below: Any = self._tree
            for key in keys:
                below = below.setdefault(key, {})
        self.clear()

    def clear(self) -> None:
        self.spots.clear()
        self._ways: list[Any] = [{0: self._tree}]

    def begin(self, frames: list[_Frame], frame: _Frame, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no types
        """Note where the value that begins with `event` stands, unless it is a name, or to be dropped."""
        into, key, marks = frame
        way = self._ways[-1]
        below = None if way is None else way.get(len(into) if type(into) is list else key)
        if isinstance(event, yaml.CollectionStartEvent):
            self._ways.append(below)
        if below is not None:
            here = _place_of(event)
            name = (marks[key].line + 1, marks[key].column + 1) if key in marks else here
            is_below = not event.flow_style if isinstance(event, yaml.CollectionStartEvent) else _is_nothing(event)
            end = event.end_mark.line + 1, event.end_mark.column + 1
            self.spots[_keys_of([*frames, frame])] = Spot(name, name if is_below else here, end, _style_of(event))

    def end(self, frames: list[_Frame], ended: Any, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no types
        """Note where the list or mapping `ended` ends: of one in lines of its own, with the last thing in it."""
        if self._ways.pop() is None:
            return
        keys = _keys_of(frames)
        end = event.end_mark.line + 1, event.end_mark.column + 1
        if not self.spots[keys].style and ended:
            last = len(ended) - 1 if type(ended) is list else next(reversed(ended))
            end = self.spots.get((*keys, last), self.spots[keys]).end
        self.spots[keys] = self.spots[keys]._replace(end=end)


def _style_of(event: Any) -> str:  # noqa: ANN401 - PyYAML's events have no types
    """Return the sign that the value begins with."""
    if isinstance(event, yaml.CollectionStartEvent):
        return ("{" if type(event) is yaml.MappingStartEvent else "[") if event.flow_style else ""
    return getattr(event, "style", "") or ""


def _place_of(event: Any) -> tuple[int, int]:  # noqa: ANN401 - PyYAML's events have no types
    """Return line and column of an event, from 1; of an item with nothing in it, those of its hyphen."""
    return event.start_mark.line + 1, event.start_mark.column + (0 if _is_nothing(event) else 1)


def _is_nothing(event: Any) -> bool:  # noqa: ANN401 - PyYAML's events have no types
    """Return whether nothing at all is written where a value should be."""
    return type(event) is yaml.ScalarEvent and not (event.value or event.style or event.anchor or event.tag)


def _find_no_value(file: FileText, key: Any, event: Any, marks: dict[str, Any]) -> Problem:  # noqa: ANN401 - PyYAML's events have no types
    """Return the problem of a name, or a list item, with nothing after it.

    The parsers do not agree where nothing stands: what has no value is its name.
    """
    if key is None:
        remedy = "write a value, or take the line out"
        return file.problem(*_place_of(event), "empty-value", "nothing is written here", remedy)
    remedy = "write a space after the ':'" if ":" in key else "write a value, or take the line out"
    before = file.lines[marks[key].line][max(marks[key].column - _MOST_BLANKS, 0) : marks[key].column]
    if before.rstrip().endswith(",") and (" " in key or ":" not in key):
        ends = "a comma ends a text between { and }" if " " in key else "write a value"
        remedy = f"{ends}; if this belongs to what stands before it, quote all of it"
    return file.problem_at(marks[key], "empty-value", f"'{key}' has no value", remedy)


def _find_no_name(file: FileText, outer: Any, opened: Any, event: Any) -> Problem:  # noqa: ANN401 - PyYAML's events and marks have no types
    """Return the problem of a value without a name; in `[?]` and `[: b]` it is a sign that ought to be quoted."""
    sign = file.lines[opened.line][opened.column : opened.column + 1]
    if type(outer) is list and sign in {"?", ":"}:
        message = f"a bare '{sign}' means something else to other readers"
        return file.problem_at(opened, "not-plain-yaml", message, f'quote it: write "{sign}"')
    message = "nothing is written where a name should be"
    return file.problem_at(event.start_mark, "not-plain-yaml", message, "write a name")


def _find_odd_name(file: FileText, opened: Any, event: Any) -> Problem:  # noqa: ANN401 - PyYAML's events and marks have no types
    """Return the problem of a list or mapping where a name should be; in templates that is `{{`, shown as a whole."""
    mark = event.start_mark
    if event.flow_style and (mark.line, mark.column) == (opened.line, opened.column + 1):
        remedy = "put the value in quotes, or write it without brackets"
        return file.problem_at(opened, "not-plain-yaml", "'{{' begins a mapping in a mapping", remedy)
    return file.problem_at(mark, "not-plain-yaml", "a name must be a text, not a list or a mapping", "write a name")


def _find_decoration(file: FileText, event: Any) -> Iterator[Problem]:  # noqa: ANN401 - PyYAML's events have no types
    """Yield the problem of an anchor, and of a tag."""
    if event.anchor:
        remedy = "take it out and write each value out, or put the text in quotes"
        yield file.problem_at(event.start_mark, "anchor", f"'&{event.anchor}' names a value to be repeated", remedy)
    if event.tag:
        message = f"'{event.tag.replace('tag:yaml.org,2002:', '!!')}' says how to read a value"
        yield file.problem_at(event.start_mark, "tag", message, "take it out, or put the text in quotes")
