"""Tables and pages as fragments of HTML: with captions, and headings that say what they head."""

from collections.abc import Callable, Iterable
from html import escape as _escape

from emcollab.render.formats.cells import ESTIMATE, format_cell, is_estimate
from emcollab.render.formats.safe import break_signs, safe
from emcollab.render.page import (
    Amount,
    Block,
    Cell,
    Heading,
    Items,
    Labelled,
    Lines,
    Link,
    Page,
    Paragraph,
    Quotation,
    Row,
    Table,
)

HEAD = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="emcollab">
<meta name="color-scheme" content="light dark">
"""
"""How every page of its own begins, up to its title."""


def escape(text: str) -> str:
    """Return `text` as HTML that shows exactly it, in elements and in attributes."""
    return break_signs(_escape(safe(text)), "#&#35;")  # no command to a CI


def format_table(table: Table) -> str:
    """Return `table` as one `<table>`, its total and the parts of it in the foot, and its notes as paragraphs after."""
    return _write_table(table) + _write_notes(table)


def _write_table(table: Table) -> str:
    kinds = ["", *("" if numeric else ' class="text"' for numeric in table.numeric[1:])]
    columns = zip(table.headings, kinds, strict=True)
    heads = "".join(f'<th scope="col"{kind}>{escape(heading)}</th>' for heading, kind in columns)
    body = [_row(row, kinds) for row in table.rows if not (row.total or row.part)]
    foot = [_row(row, kinds) for row in table.rows if row.total or row.part]
    lines = ["<table>", f"<caption>{escape(table.title)}</caption>", f"<thead><tr>{heads}</tr></thead>"]
    if body:
        lines += ["<tbody>", *body, "</tbody>"]
    if foot:
        lines += ["<tfoot>", *foot, "</tfoot>"]
    return "\n".join([*lines, "</table>"]) + "\n"


def _write_notes(table: Table) -> str:
    return "".join(f"<p>{escape(note)}</p>\n" for note in table.notes)


def format_wide_table(table: Table) -> str:
    """Return `table` in a box that can be scrolled on a narrow screen, also by keyboard; below it its notes."""
    box = f'<div class="scroll" role="group" aria-label="{escape(table.title)}" tabindex="0">'
    return f"{box}\n{_write_table(table)}</div>\n{_write_notes(table)}"


def format_page(page: Page) -> str:
    """Return `page` as an `<article>` whose title is a heading of the first level."""
    blocks = format_blocks(page.blocks, format_table)
    return f"<article>\n<h1>{escape(page.title)}</h1>\n{blocks}</article>\n"


def format_blocks(blocks: Iterable[Block], write_table: Callable[[Table], str]) -> str:
    """Return `blocks` one after another, tables as `write_table` writes them."""
    return "".join(write_table(block) if isinstance(block, Table) else _format_block(block) for block in blocks)


def _format_block(block: Heading | Paragraph | Quotation | Items | Labelled | Lines) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>\n"
        case Paragraph():
            return f"<p>{escape(block.text)}</p>\n"
        case Quotation():
            return f"<blockquote><p>“{escape(block.text)}”</p></blockquote>\n"
        case Lines():
            return "<pre>{}</pre>\n".format("\n".join(map(escape, block.texts)))
        case Labelled():
            pairs = "".join(f"<dt>{escape(label)}</dt>\n<dd>{escape(text)}</dd>\n" for label, text in block.pairs)
            return f"<dl>\n{pairs}</dl>\n"
        case _:
            items = "".join(f"<li>{escape(item)}</li>\n" for item in block.texts)
            return f"<ul>\n{items}</ul>\n"


def _row(row: Row, kinds: list[str]) -> str:
    kind = ' class="total"' if row.total else f' class="part part-{row.part}"' if row.part else ""
    lead = "of which " if row.part == 1 else "of these " if row.part else ""
    name, *amounts = row.cells
    cells = "".join(f"<td{of}>{_cell(cell)}</td>" for cell, of in zip(amounts, kinds[1:], strict=True))
    return f'<tr{kind}><th scope="row">{lead}{_cell(name)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    mark = f'<abbr title="estimate">{ESTIMATE}</abbr>' if is_estimate(cell) else ""
    text = escape(format_cell(cell)) + mark
    href = cell.href if isinstance(cell, Amount | Link) else ""
    return f'<a href="{escape(href)}">{text}</a>' if href else text
