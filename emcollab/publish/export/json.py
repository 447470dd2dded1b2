"""All records as one JSON document: under the name of each table, its rows as objects; amounts exact."""

from collections.abc import Iterator

from emcollab.publish.export.flat import Anew, Flat, FlatTable, format_rows
from emcollab.render.formats.json import SCALARS


def format_export(flat: Flat) -> Anew[str]:
    """Return pieces of the text of every table by name; `null` where there is no value, texts to the letter."""
    return Anew(lambda: _write(flat))


def _write(flat: Flat) -> Iterator[str]:
    for place, table in enumerate(flat.tables):
        yield f'{"," if place else "{"}\n  "{table.name}": '
        yield from _write_rows(table)
    yield "\n}\n"


def _write_rows(table: FlatTable) -> Iterator[str]:
    cells = ",".join(f'\n      "{column.name}": %s' for column in table.columns)
    lead = "["
    for rows in format_rows(table, SCALARS):
        yield lead + ",".join(map(f"\n    {{{cells}\n    }}".__mod__, rows))
        lead = ","
    yield "[]" if lead == "[" else "\n  ]"
