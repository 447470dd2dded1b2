"""Tables and pages for a terminal."""

import textwrap
from collections.abc import Callable

from tabulate import SEPARATING_LINE, tabulate

from emcollab.render.formats.cells import ESTIMATE, first_part, format_cell, is_estimate
from emcollab.render.formats.safe import safe, width, without_commands
from emcollab.render.page import Block, Heading, Labelled, Lines, Page, Paragraph, Quotation, Row, Table

_STEADY = 100  # columns, where there is no terminal
_GAP = 2  # between columns
_PADDING = 2  # beside a heading: so tabulate has it
_NARROWEST = 15  # of a column of longer texts
_SECTION = 2  # the level of headings that are underlined


def format_table(table: Table, columns: int | None = None) -> str:
    """Return `table` under its title, figures aligned, estimates marked, notes below.

    It fits the `columns` of a terminal, or 100 where there is none: texts are wrapped, or where that is not enough,
    each row is a block of lines, one for each amount that is stated.
    """
    blocks = [fill(table.title, columns=columns)]
    if table.rows:
        blocks.append(_lay_out(table, columns or _STEADY))
    if table.notes:
        blocks.append("\n".join(fill(note, rest="  ", columns=columns) for note in table.notes))
    return without_commands("\n\n".join(blocks) + "\n")


def format_page(page: Page, columns: int | None = None) -> str:
    """Return `page` with its title underlined, lists with dashes; in lines of 100 characters, or of a terminal's."""
    blocks = "\n".join(_format_block(block, columns) for block in page.blocks)
    return without_commands(f"{_underline(page.title, '=', columns)}\n{blocks}")


def _format_block(block: Block, columns: int | None) -> str:  # noqa: PLR0911 - one a kind of block
    match block:
        case Table():
            return format_table(block, columns)
        case Heading() if block.level == _SECTION:
            return _underline(block.text, "-", columns)
        case Heading() | Paragraph():
            return fill(block.text, columns=columns) + "\n"
        case Quotation():
            return fill(f"“{block.text}”", "    ", "    ", columns) + "\n"
        case Lines():
            return "".join(f"    {safe(line)}\n" for line in block.texts)
        case Labelled():
            return "".join(fill(f"{label}: {text}", rest="  ", columns=columns) + "\n" for label, text in block.pairs)
        case _:
            return "".join(fill(item, "- ", "  ", columns) + "\n" for item in block.texts)


def _underline(text: str, sign: str, columns: int | None) -> str:
    heading = fill(text, columns=columns)
    return f"{heading}\n{sign * max(map(width, heading.splitlines()), default=0)}\n"


def fill(line: str, first: str = "", rest: str = "", columns: int | None = None) -> str:
    """Return `line` in lines of 100 characters, or fewer `columns`; `first` before the first, `rest` before others."""
    text, room = safe(line).rstrip(), min(columns or _STEADY, _STEADY)
    if text and len(first) + len(text) <= room:
        return first + text
    return textwrap.fill(
        text, room, initial_indent=first, subsequent_indent=rest,
        expand_tabs=False, replace_whitespace=False, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _lay_out(table: Table, columns: int) -> str:
    # A column with a marked cell has a blank where others have no mark, so that the digits stay in line.
    marked = [any(map(is_estimate, column)) for column in zip(*(row.cells for row in table.rows), strict=True)]
    headings = [safe(heading) + " " * mark for heading, mark in zip(table.headings, marked, strict=True)]
    rows = [_texts(row, marked) for row in table.rows]
    for padding in (_PADDING, 0):
        widths, fits = _share_out(headings, rows, table.numeric, columns, padding)
        if sum(widths) + _GAP * (len(widths) - 1) <= columns:
            break
    else:
        return _list_rows(table, headings, rows, columns)
    parts: list[list[list[str]]] = [[]]
    first = first_part(table)
    for position, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        if row.total and position and not table.rows[position - 1].total:
            parts.append([])
        if position == first:
            parts[-1].append(["of which", *("" for _ in table.headings[1:])])
        parts[-1].append(texts if fits else _wrap(texts, widths, "  " * (row.part + 1)))
    # To tabulate, what stands between two rules is one row, of cells of many lines: it looks at each cell many times.
    stacked = (["\n".join(column) for column in zip(*part, strict=True)] for part in parts)
    lines = [line for row in stacked for line in (SEPARATING_LINE, row)][1:]
    heads = headings if fits else _wrap(headings, [most - padding for most in widths])
    sides = ["right" if numeric else "left" for numeric in table.numeric]
    if padding:
        return tabulate(lines, heads, disable_numparse=True, preserve_whitespace=True, colalign=sides)
    # Headings that are a row of their own are not padded; there are rules above and below it all then.
    lines = [heads, SEPARATING_LINE, *lines]
    shown = tabulate(lines, disable_numparse=True, preserve_whitespace=True, colalign=sides)
    return "\n".join(shown.split("\n")[1:-1])


def _texts(row: Row, marked: list[bool]) -> list[str]:
    name, *others = [
        format_cell(cell) + ((ESTIMATE if is_estimate(cell) else " ") if mark else "")
        for cell, mark in zip(row.cells, marked, strict=True)
    ]
    return ["  " * row.part + name, *others]


def _share_out(
    headings: list[str], rows: list[list[str]], numeric: tuple[bool, ...], columns: int, padding: int
) -> tuple[list[int], bool]:
    """Return the width of each column: what its texts take, or so much less that all fit into `columns`, if they can.

    And whether nothing need be wrapped. A heading takes `padding` more than its text. Texts are wrapped between words,
    or if they must at hyphens too; no word and no number is broken.
    """
    room = columns - _GAP * (len(headings) - 1)
    texts = [set(column) for column in zip(*rows, strict=True)]

    def find_widths(split: Callable[[str], list[str]]) -> list[int]:
        heads = [max(map(width, split(heading)), default=0) + padding for heading in headings]
        return [
            max([head, *(width(piece) for text in column for piece in split(text))])
            for head, column in zip(heads, texts, strict=True)
        ]

    widest = find_widths(lambda text: [text])
    if sum(widest) <= room:
        return widest, True
    words = find_widths(str.split)
    pieces = find_widths(lambda text: textwrap.wrap(text, 1, break_long_words=False))
    for least in (words, pieces):
        floors = [
            word if number else max(some, min(wide, _NARROWEST))
            for word, some, wide, number in zip(words, least, widest, numeric, strict=True)
        ]
        for most in range(max(widest), 0, -1):
            widths = [max(min(wide, most), floor) for wide, floor in zip(widest, floors, strict=True)]
            if sum(widths) <= room:
                return widths, False
    return widest, False


def _wrap(texts: list[str], widths: list[int], rest: str = "") -> list[str]:
    """Return the texts of a row, all in as many lines as any column asks for; `rest` before others of the first."""
    indents = [rest, *("" for _ in texts[1:])]
    wrapped = [
        text if width(text) <= most else textwrap.fill(text, most, subsequent_indent=indent, break_long_words=False)
        for text, most, indent in zip(texts, widths, indents, strict=True)
    ]
    lines = max(text.count("\n") for text in wrapped)
    return [text + "\n" * (lines - text.count("\n")) for text in wrapped]


def _list_rows(table: Table, headings: list[str], rows: list[list[str]], columns: int) -> str:
    """Return each row as a block of lines: its name, and below it what stands under each heading.

    Of amounts those that are stated: most that are not would be most of the lines.
    """
    label = max(map(width, headings[1:]), default=0)
    numbers = [text for row in rows for text, number in zip(row, table.numeric, strict=True) if number]
    widest = max(map(width, numbers), default=0)
    mark = " " if any(text.endswith(ESTIMATE) for text in numbers) else ""
    blocks = []
    for position, (name, *texts) in enumerate(rows):
        lines = ["of which", ""] if position == first_part(table) else []
        lines.append(textwrap.fill(name, columns))
        cells = zip(headings[1:], texts, table.numeric[1:], table.rows[position].cells[1:], strict=True)
        for heading, text, number, cell in cells:
            if number and cell is None:
                continue
            lead = f"    {heading:{label}}  "
            shown = (text if text.endswith(ESTIMATE) else text.rstrip() + mark).rjust(widest) if number else text
            room = max(columns, len(lead) + _NARROWEST)
            lines.append(textwrap.fill(shown, room, initial_indent=lead, subsequent_indent=" " * len(lead)).rstrip())
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
