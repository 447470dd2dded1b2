"""Tables and pages in GitHub-flavoured Markdown, for reports and job summaries."""

import re

from emcollab.render.formats.cells import ESTIMATE, first_part, format_cell, is_estimate
from emcollab.render.formats.safe import safe, without_commands
from emcollab.render.page import Block, Heading, Labelled, Lines, Page, Paragraph, Quotation, Table

_ENTITIES = {r"\<": "&lt;", r"\>": "&gt;", "://": ":&#47;/", "::": ":&#58;", "www.": "www&#46;"}
"""What a backslash is not enough for: markup, links, and commands to a CI."""

_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>+!|~$]")

_EMOJI = r":(?=(?:(?![0-9]+:)[\w+-]+|100|1234):)"
_COMMIT = "(?<![0-9a-z])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,40}(?![0-9a-z])"  # no plain number, no plain word
_FIRST = "(?-i:(?=[@#:-]|[0-9a-fA-F]{7}))"  # what any of them begins with; to look for it first is quick
_SIGNS = re.compile(rf"{_FIRST}((?:[@#]|(?<=GH)-(?=[0-9])|{_EMOJI})+|{_COMMIT})", re.IGNORECASE)
"""What mentions people, issues and commits, and begins the code of a picture, `:tada:`; of digits there are but two."""


def escape(text: str) -> str:
    """Return `text` as Markdown that shows exactly it: no markup, no link, no mention, no picture, no new cell.

    GitHub looks for mentions, commits and codes of pictures in what has been rendered, where no escape is left, but not
    in code: their signs are code.
    """
    parts = enumerate(_SIGNS.split(safe(text)))
    return "".join(f"`{part}`" if position % 2 else _escape(part) for position, part in parts)


def _escape(text: str) -> str:
    plain = _SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;"))
    for special, harmless in _ENTITIES.items():
        plain = plain.replace(special, harmless)
    return plain


def format_table(table: Table) -> str:
    """Return `table` with its title as a paragraph before it and its notes as one after."""
    blocks = [_bold(escape(table.title))]
    if table.rows:
        rule = ["---:" if numeric else "---" for numeric in table.numeric]
        lines = [_line([escape(heading) for heading in table.headings]), _line(rule)]
        first = first_part(table)
        for position, row in enumerate(table.rows):
            if position == first:
                lines.append(_line(["*of which*", *("" for _ in table.headings[1:])]))
            cells = [escape(format_cell(cell)) + (f"\\{ESTIMATE}" if is_estimate(cell) else "") for cell in row.cells]
            if row.total:
                cells = [_bold(cell) for cell in cells]
            lines.append(_line(["&emsp;" * row.part + cells[0], *cells[1:]]))
        blocks.append("\n".join(lines))
    if table.notes:
        blocks.append("  \n".join(_note(note) for note in table.notes))
    return "\n\n".join(blocks) + "\n"


def format_page(page: Page) -> str:
    """Return `page` under a heading of the first level."""
    return "\n".join([f"# {escape(page.title)}\n", *(_format_block(block) for block in page.blocks)])


def _format_block(block: Block) -> str:  # noqa: PLR0911 - one a kind of block
    match block:
        case Table():
            return format_table(block)
        case Heading():
            return f"{'#' * block.level} {escape(block.text)}\n"
        case Paragraph():
            return f"{_note(block.text)}\n"
        case Quotation():
            return f"> “{escape(block.text)}”\n"
        case Lines():
            return without_commands("".join(f"    {safe(line)}\n" for line in block.texts))
        case Labelled():
            return "  \n".join(f"{_bold(f'{escape(label)}:')} {escape(text)}" for label, text in block.pairs) + "\n"
        case _:
            return "".join(f"- {_note(item)}\n" for item in block.texts)


def _note(note: str) -> str:
    """Return a text as a line that begins no list, rule, heading or table, and is not indented."""
    text = re.sub(r"^(?=[-=:])|^[0-9]+(?=\.( |$))", r"\g<0>\\", escape(note))
    return re.sub("^ ", "&#32;", text)


def _bold(text: str) -> str:
    return f"**{text.strip()}**" if text.strip() else ""  # a space inside, or nothing, would show the stars


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
