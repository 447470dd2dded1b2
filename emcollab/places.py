"""Where values stand in a text: from keys back to lines and columns.

Values carry no positions, so that good files pay nothing for them; the parser's events are walked again when
a problem needs a line.
"""

from typing import Any, NamedTuple, Protocol

import yaml

from emcollab.problems import Keys

MAX_DEPTH = 12
"""How many levels of lists and mappings are read."""

LEAKS = (ValueError, OverflowError, UnicodeError)
"""What PyYAML raises besides its own errors, for odd escapes."""


class Events(Protocol):
    """A parser of PyYAML, which gives the events of a text one by one."""

    def get_event(self) -> Any:  # noqa: ANN401 - PyYAML's events have no types of their own
        """Return the next event."""


class Spot(NamedTuple):
    """Where a value stands: line and column of its name (in a list: of the value) and of the value, from 1.

    A list or mapping that begins below its name stands at its name; and so does what is not there at all.
    """

    key: tuple[int, int]
    value: tuple[int, int]


def walk(parser: Events, places: dict[Keys, Spot]) -> None:  # noqa: C901 - one loop over the events
    """Fill `places` from the events, by the rules of `nodes`: the first of equal names, `MAX_DEPTH` levels.

    Raises:
        yaml.YAMLError: the text cannot be parsed to its end; `places` are those up to there.
    """
    frames: list[tuple[Keys, str, Any]] = []
    path: Keys = ()
    shape = ""
    step: Any = None
    name_mark: Any = None
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    starts = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    scalar = yaml.ScalarEvent
    while True:
        event = parser.get_event()
        kind = type(event)
        if kind is yaml.StreamEndEvent:
            return
        if kind in ends:
            path, shape, step = frames.pop()
        elif kind is scalar or kind is yaml.AliasEvent or kind in starts:
            if len(frames) >= MAX_DEPTH and kind in starts:
                return
            mark = event.start_mark
            empty = kind is scalar and not event.value and is_nothing(event)
            here = mark.line + 1, mark.column + (0 if empty else 1)
            if shape == "mapping" and step is None and kind is scalar:
                step, name_mark = event.value, here
                continue
            keys = path
            if shape == "list":
                step = 0 if step is None else step + 1
                keys, name_mark = (*path, step), here
            elif shape == "mapping":
                keys = (*path, step)
            below = empty or (kind in starts and not event.flow_style)
            places.setdefault(keys, Spot(name_mark or here, name_mark if below and name_mark else here))
            if kind in starts:
                frames.append((path, shape, step))
                path, shape, step = keys, ("mapping" if kind is yaml.MappingStartEvent else "list"), None
                name_mark = None
                continue
        else:
            continue
        if shape == "mapping":
            step = _NO_NAME if step is None else None  # a list or mapping where a name should be


_NO_NAME = object()


def place_of(event: Any) -> tuple[int, int]:  # noqa: ANN401 - PyYAML's events have no types
    """Return line and column of an event, from 1; of an item with nothing in it, those of its hyphen."""
    mark = event.start_mark
    return mark.line + 1, mark.column + (0 if type(event) is yaml.ScalarEvent and is_nothing(event) else 1)


def is_nothing(scalar: Any) -> bool:  # noqa: ANN401 - PyYAML's events have no types
    """Return whether nothing at all is written where a value should be."""
    return not (scalar.value or scalar.style or scalar.anchor or scalar.tag)


def line_of(lines: list[str], number: int) -> str:
    """Return the line of a number from 0; nothing, if there is none."""
    return lines[number] if number < len(lines) else ""
