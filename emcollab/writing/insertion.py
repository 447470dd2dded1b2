"""Text put into a data file at the place where it belongs, in the style of the file; nothing else is touched.

The places are those of the file's own values, as the reader finds them. So comments, blank lines, quotation marks and
indentation stay what they are, which no library that writes YAML anew can promise.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from emcollab.loading.faults import fields_at
from emcollab.loading.folder import find_kind
from emcollab.loading.parser import Document, Spot, Value, find_places, read_document
from emcollab.loading.text import FileText
from emcollab.values.problems import Keys, Problem
from emcollab.writing.lines import OURS, Layout, format_lines

CODE = "cannot-add"
_BOM = "\ufeff"


class CannotAddError(ValueError):
    """Something cannot be added to a file; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, at least one."""
        super().__init__(f"{problems[0].path}: {problems[0].message}")
        self.problems = problems


class Insertion(NamedTuple):
    """Lines to be put below line `after` (from 1) of a file; `depth` is how deep in its values they belong.

    `instead` is that line as it is to be from then on, if what it ends with is an empty `{}` or `[]`.
    """

    after: int
    depth: int
    lines: list[str]
    instead: str | None = None


def merge(old: Value, more: Value) -> Value:
    """Return `old` with all that is in `more`: new names in its mappings, new items at the ends of its lists.

    What is there already is not added again. Where a text is at odds, the old one stays.
    """
    if isinstance(old, dict) and isinstance(more, dict):
        return {**old, **{name: merge(old[name], item) if name in old else item for name, item in more.items()}}
    if isinstance(old, list) and isinstance(more, list):
        return [*old, *_list_new(old, more)]
    return old


def nest(keys: Keys, value: Value) -> dict[str, Value]:
    """Return the mapping in which `value` stands at `keys`, names all of them, one at least."""
    for key in reversed(keys):
        value = {str(key): value}
    return value  # type: ignore[return-value]  # a mapping, after the first of them


def find_item(path: str, data: bytes, keys: Keys, item: Value) -> int:
    """Return the line of an `item` that is in the list at `keys` of the file that is `data`."""
    document = read_document(path, data)
    file = _File(path, document)
    position = file.value_at(keys).index(item)
    return file.places[(*keys, position)].key[0]


def insert(path: str, data: bytes, document: Document, more: Value) -> bytes:
    """Return the bytes of a file with all that is in `more` and is not in it yet (see `merge`).

    `document` is what the reader made of `data`, without problems; `path` is relative to the data folder.

    Raises:
        CannotAddError: another value is there already, or the place is between brackets.
    """
    file = _File(path, document)
    lines = data.decode().split("\n")
    found = file.find_insertions(file.value, more, ())
    for insertion in sorted(found, key=lambda each: (-each.after, each.depth)):
        _put_in(lines, insertion)
    return "\n".join(lines).encode()


def _list_new(old: list[Value], more: list[Value]) -> list[Value]:
    """Return the items of `more` that are not among the `old`, each once."""
    new: list[Value] = []
    for item in more:
        if item not in old and item not in new:
            new.append(item)
    return new


def _put_in(lines: list[str], insertion: Insertion) -> None:
    """Put the lines of `insertion` among those of a file, which still have the carriage returns that are in it."""
    at = insertion.after
    is_ended = at < len(lines)
    end = "\r" if lines[at - 1 if is_ended else max(at - 2, 0)].endswith("\r") else ""
    new = [line + end for line in insertion.lines]
    if insertion.instead is not None:
        mark = _BOM if lines[at - 1].startswith(_BOM) else ""
        new[:0] = [insertion.instead + end] if insertion.instead else []
        new[0] = mark + new[0]
        del lines[at - 1]
        at -= 1
    elif not is_ended:
        lines[at - 1] += end
    if not is_ended:
        new[-1] = new[-1].removesuffix("\r")
    lines[at:at] = new


class _File:
    """A data file, its value and the places of all that is in it."""

    def __init__(self, path: str, document: Document) -> None:
        self.path = path
        self.text = FileText(path, document.text)
        self.lines = self.text.lines
        self.value: Value = document.value or {}
        self.places: Mapping[Keys, Spot] = find_places(document.text)
        self.layout = self._find_layout()

    def find_insertions(self, old: Value, more: Value, keys: Keys) -> Iterator[Insertion]:
        """Yield what is to be put in so that all that is in `more` is also at `keys`, where `old` is."""
        if isinstance(old, dict) and isinstance(more, dict):
            yield from self._insert_names(old, {name: item for name, item in more.items() if name not in old}, keys)
            for name, item in more.items():
                if name in old:
                    yield from self.find_insertions(old[name], item, (*keys, name))
        elif isinstance(old, list) and isinstance(more, list):
            if new := _list_new(old, more):
                yield self._insert(keys, new, len(old) - 1 if old else None)
        elif old != more:
            there = f"is '{old}'" if isinstance(old, str) else "is something else"
            remedy = "leave it as it is, or change it by hand if it is a slip"
            raise self._refuse(keys, f"'{_name(keys)}' is there already, and {there}", remedy)

    def _insert_names(self, old: dict[str, Value], new: dict[str, Value], keys: Keys) -> Iterator[Insertion]:
        """Yield the insertions of the `new` entries of a mapping, each behind those that it follows in its record."""
        order = list(fields_at(find_kind(self.path).model, keys))
        groups: dict[str | None, dict[str, Value]] = {}
        for name, item in new.items():
            earlier = order[: order.index(name)] if name in order else old
            before = [other for other in old if other in earlier] or list(old)
            groups.setdefault(before[-1] if before else None, {})[name] = item
        for before_them, entries in groups.items():
            yield self._insert(keys, entries, before_them)

    def _insert(self, keys: Keys, new: dict[str, Value] | list[Value], last: str | int | None) -> Insertion:
        """Return the insertion of `new` at `keys`, behind the entry or item `last` of what is there, if any is."""
        if last is None:
            return self._fill(keys, new)
        if self.places[keys].style:
            raise self._refuse(keys, "this is written between brackets", "write it in lines of its own first")
        child = (*keys, last)
        lines = format_lines(new, self._column_of(child) - 1, self.layout, within=_name(keys))
        blank = [""] if self._is_apart(child) else []
        return Insertion(self._last_line(child), len(keys), [*blank, *lines])

    def _fill(self, keys: Keys, new: dict[str, Value] | list[Value]) -> Insertion:
        """Return the insertion into an empty mapping or list, whose brackets go."""
        spot = self.places[keys]
        line, column = spot.value
        if spot.end[0] != line:
            raise self._refuse(keys, "this is written between brackets", "take them out first")
        text = self.lines[line - 1]
        before, rest = text[: column - 1].rstrip(), text[spot.end[1] - 1 :].strip()
        deep = self.layout.names if isinstance(new, dict) else self.layout.dashes
        indent = self._column_of(keys) - 1 + deep if keys else 0
        lines = format_lines(new, indent, self.layout, within=_name(keys))
        return Insertion(line, len(keys), lines, f"{before}  {rest}".strip() if keys else rest)

    def _refuse(self, keys: Keys, message: str, remedy: str) -> CannotAddError:
        return CannotAddError([self.text.problem(*self.places[keys].value, CODE, message, remedy)])

    def _column_of(self, keys: Keys) -> int:
        """Return the column of a name in a mapping, or of the dash of an item in a list."""
        line, column = self.places[keys].key
        return self._find_dash(line, column) if isinstance(keys[-1], int) else column

    def _find_dash(self, line: int, column: int) -> int:
        """Return the column of the dash before what stands at a line and column: it may be on a line above."""
        before = self.lines[line - 1][: column - 1].rstrip()
        while not before.endswith("-"):
            line -= 1
            before = self.lines[line - 1].partition("#")[0].rstrip()
        return len(before)

    def _last_line(self, keys: Keys) -> int:
        """Return the last line of what stands at `keys`, with the comments below it that belong to it."""
        spot = self.places[self._find_leaf(keys)]
        line = spot.end[0] - (spot.end[1] == 1)
        header = self.lines[spot.value[0] - 1][spot.value[1] - 1 :].partition("#")[0]
        if not (spot.style in {"|", ">"} and "+" in header):  # else the blank lines below are part of the text
            while not self.lines[line - 1].strip():
                line -= 1
        outer = self._column_of(keys[:-1]) if keys[1:] else 0
        column = self._column_of(keys)
        column += not self._is_last(keys) or column == outer
        for position, text in enumerate(self.lines[line:], start=line + 1):
            bare = text.lstrip()
            if bare[:1] not in {"", "#"} or (bare and len(text) - len(bare) + 1 < column) or (keys[1:] and not bare):
                break
            line = position if bare else line
        return line

    def _is_last(self, keys: Keys) -> bool:
        return keys[-1] == _last_key(self.value_at(keys[:-1]))

    def _find_leaf(self, keys: Keys) -> Keys:
        """Return the keys of the last thing in what stands at `keys`."""
        value = self.value_at(keys)
        while not isinstance(value, str) and not self.places[keys].style:
            keys = (*keys, _last_key(value))
            value = self.value_at(keys)
        return keys

    def value_at(self, keys: Keys) -> Any:  # noqa: ANN401 - texts, lists and mappings, as the keys may be
        value: Any = self.value
        for key in keys:
            value = value[key]
        return value

    def _is_apart(self, keys: Keys) -> bool:
        """Return whether a blank line stands before an entry or item that is not the first, as may be the habit."""
        holder = self.value_at(keys[:-1])
        if keys[-1] == (0 if isinstance(holder, list) else next(iter(holder))):
            return False
        line = self.places[keys].key[0] - 1
        while self.lines[line - 1].lstrip().startswith("#"):
            line -= 1
        return not self.lines[line - 1].strip()

    def _find_layout(self) -> Layout:
        """Return how the file indents: as the first places do that show it; where none does, as ours."""
        names, dashes, after_dash = [], [], []
        for keys, spot in self.places.items():
            if not keys or self.places[keys[:-1]].style:
                continue
            if isinstance(keys[-1], int):
                if self.lines[spot.key[0] - 1][: spot.key[1] - 1].strip():
                    after_dash.append(spot.key[1] - self._column_of(keys))
                dashes += [self._column_of(keys) - self._column_of(keys[:-1])] if keys[1:] else []
            elif keys[1:] and isinstance(keys[-2], str):
                names.append(spot.key[1] - self._column_of(keys[:-1]))
        return Layout(
            *(found[0] if found else ours for found, ours in zip((names, dashes, after_dash), OURS, strict=True))
        )


def _last_key(value: list[Value] | dict[str, Value]) -> str | int:
    return len(value) - 1 if isinstance(value, list) else next(reversed(value))


def _name(keys: Keys) -> str:
    """Return the name under which a mapping or list is there."""
    return str(keys[-1]) if keys else ""
