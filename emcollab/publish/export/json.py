"""All records as one JSON document: under the name of each table, its rows as objects; amounts exact."""

from collections.abc import Iterator

from emcollab.publish.export.flat import Anew, Flat, FlatTable
from emcollab.render.formats.json import format_items


def format_export(flat: Flat) -> Anew[str]:
    """Return pieces of the text of every table by name; `null` where there is no value, texts to the letter."""
    return Anew(lambda: _write(flat))


def _write(flat: Flat) -> Iterator[str]:
    for place, table in enumerate(flat.tables):
        yield f'{"," if place else "{"}\n  "{table.name}": '
        yield from format_items(_list_rows(table), "\n  ")
    yield "\n}\n"


def _list_rows(table: FlatTable) -> Iterator[dict[str, object]]:
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows)
