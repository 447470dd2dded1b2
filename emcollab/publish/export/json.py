"""All records as one JSON document: under the name of each table, its rows as objects; amounts exact."""

from collections.abc import Iterator

from emcollab.publish.export.flat import Anew, Flat
from emcollab.render.formats.json import format_rows


def format_export(flat: Flat) -> Anew[str]:
    """Return pieces of the text of every table by name; `null` where there is no value, texts to the letter."""
    return Anew(lambda: _write(flat))


def _write(flat: Flat) -> Iterator[str]:
    for place, table in enumerate(flat.tables):
        yield f'{"," if place else "{"}\n  "{table.name}": '
        yield from format_rows([column.name for column in table.columns], table.rows, "\n  ")
    yield "\n}\n"
