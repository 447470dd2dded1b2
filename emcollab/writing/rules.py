"""`import.yaml`, the rules of a sheet: read like a data file, and written so that the next import needs no options."""

from emcollab.loading.load import Loaded, load, place
from emcollab.loading.mending import read_record
from emcollab.loading.parser import Value, read_document
from emcollab.records.rules import Rules
from emcollab.values.problems import Problem
from emcollab.writing.headings import Layout
from emcollab.writing.lines import format_file


def read_rules(path: str, data: bytes) -> tuple[Rules, list[Problem]]:
    """Return the rules in a file, and what is wrong with it, at its place; then the rules say nothing."""
    document = read_document(path, data)
    reading = read_record(path, Rules, document.value)
    loaded = Loaded(load({}).ledger, document.problems, {path: document.text}, frozenset(), {path: reading}, {})
    problems = place(loaded, [])
    return reading.record if reading.record and not problems else Rules(), problems


def format_rules(rules: Rules, layout: Layout) -> str:
    """Return the text of a file with `rules`, and the headings that the columns of `layout` have."""
    columns = {field: layout.headings[column] for field, column in layout.fields.items() if layout.headings[column]}
    said: dict[str, Value] = rules.model_dump(exclude_defaults=True, exclude={"columns"})
    return format_file({"columns": {**columns}, **said} if columns else said)
