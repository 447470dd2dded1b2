"""The paper for Word: A4, headings and captions as styles, tables whose first row is repeated on every page.

The same paper gives the same bytes: nothing in the file tells when or where it was written.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from html import escape
from itertools import zip_longest
from typing import NamedTuple, cast

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from emcollab.publish.paper.document import Document
from emcollab.render.formats.cells import ESTIMATE, first_part, format_cell, is_estimate
from emcollab.render.formats.safe import safe, width
from emcollab.render.page import Block, Heading, Items, Labelled, Paragraph, Quotation, Row, Table

_FONT = "Arial"
_SHORT, _LONG, _MARGIN = 210, 297, 20
"""The sides of a page, and its margins: millimetres."""

_SIZE, _SMALLEST = 9.0, 6.0
"""Points of the text of tables, and of the smallest that can be read."""

_MOST_COLUMNS = 21
"""So many can still be read on a page on its side; Word opens no table of more than 63."""

_WHOLE = 35
"""So many rows fit on a page: a table of no more is not divided."""


def format_document(document: Document) -> bytes:
    """Return the paper as a .docx file."""
    word = docx.Document()
    _drop_extras(word)
    _set_styles(word)
    _set_properties(word, document)
    _lay_out(word, landscape=False)
    _add_paragraph(word, document.page.title, "Title")
    _add_footer(word, safe(document.page.title))
    blocks = [part for block in document.page.blocks for part in _divide(block)]
    landscape = False
    for block, following in zip_longest(blocks, blocks[1:]):
        if _is_wide(following if isinstance(block, Heading) else block) != landscape:
            landscape = not landscape
            word.add_section(WD_SECTION.NEW_PAGE)
            _lay_out(word, landscape=landscape)
        _add_block(word, block, following)
    return _save(word)


def _drop_extras(word: Word) -> None:
    """Take out of the template what no reader of the paper needs, and what says that another program wrote it."""
    for rels in (word.part.rels, word.part.package.rels):
        for id_, rel in list(rels.items()):
            if rel.reltype.rpartition("/")[2] in {"customXml", "extended-properties", "stylesWithEffects", "thumbnail"}:
                del rels[id_]


def _set_styles(word: Word) -> None:
    for name, size, before, after in (
        ("Normal", 11, 0, 6), ("Title", 20, 0, 8), ("Heading 1", 14, 14, 4), ("Heading 2", 11.5, 10, 2),
        ("Caption", 10, 10, 4), ("List Bullet", 11, 0, 3), ("Quote", 11, 0, 6), ("Footer", 9, 0, 0),
    ):  # fmt: skip
        style = cast("ParagraphStyle", word.styles[name])
        _set_style(style, size, before, after)
        style.font.bold = name in {"Title", "Heading 1", "Heading 2", "Caption"}
        style.paragraph_format.keep_with_next = name in {"Title", "Heading 1", "Heading 2", "Caption"}
    for border in word.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for name, space in (("Table Text", 1.5), ("Table Note", 1)):
        style = cast("ParagraphStyle", word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        style.base_style = word.styles["Normal"]
        _set_style(style, _SIZE, space, space)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for language in word.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")


def _set_style(style: ParagraphStyle, size: float, before: float, after: float) -> None:
    """Set a style in our font, in black, `size` points high, with so many points before and after a paragraph."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    style.font.size = Pt(size)
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.1
    style.paragraph_format.widow_control = True


def _set_properties(word: Word, document: Document) -> None:
    about = word.core_properties
    about.title = safe(document.page.title)
    about.author = about.last_modified_by = safe(document.publisher)
    about.comments = ""
    about.language = "en-GB"
    about.created = about.modified = datetime.combine(document.day or date(1980, 1, 1), time(), UTC)


def _add_footer(word: Word, title: str) -> None:
    """Put the title and the number of the page at its foot."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in ((f"{title} – page ", "PAGE"), (" of ", "NUMPAGES")):  # noqa: RUF001 - an en dash is meant
        paragraph.add_run(text)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), field)
        run = OxmlElement("w:r")
        shown = OxmlElement("w:t")
        shown.text = "1"
        run.append(shown)
        number.append(run)
        paragraph._p.append(number)  # noqa: SLF001 - python-docx has no fields


def _add_block(word: Word, block: Block, following: Block | None) -> None:
    match block:
        case Table():
            _add_table(word, block)
        case Heading():
            _add_paragraph(word, block.text, f"Heading {block.level - 1}")
        case Paragraph():
            paragraph = word.add_paragraph(safe(block.text))
            paragraph.paragraph_format.keep_with_next = True if isinstance(following, Items) else None
        case Quotation():
            _add_paragraph(word, f"“{block.text}”", "Quote")
        case Labelled():
            for label, text in block.pairs:
                paragraph = word.add_paragraph()
                paragraph.paragraph_format.left_indent = Mm(40)
                paragraph.paragraph_format.first_line_indent = Mm(-40)
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.add_run(safe(label)).bold = True
                paragraph.add_run(f"\t{safe(text)}")
        case _:
            for text in block.texts:
                _add_paragraph(word, text, "List Bullet")


def _add_paragraph(word: Word, text: str, style: str) -> WordParagraph:
    paragraph = word.add_paragraph(safe(text))
    _give_style(paragraph, style)
    return paragraph


def _give_style(paragraph: WordParagraph, style: str) -> None:
    """Set the style of a paragraph; python-docx looks through all styles each time it is given a name."""
    paragraph._p.style = style.replace(" ", "")  # noqa: SLF001 - the id is the name without blanks


# --- tables


def _divide(block: Block) -> Iterator[Block]:
    """Yield a block as it is; a table of more years than a page has room for as several, each of some years.

    In each of these are the rows of which anything is stated in its years.
    """
    if not isinstance(block, Table) or len(block.headings) <= _MOST_COLUMNS or not all(block.numeric[1:]):
        yield block
        return
    for start in range(1, len(block.headings), _MOST_COLUMNS - 1):
        shown = slice(start, start + _MOST_COLUMNS - 1)
        headings = block.headings[shown]
        rows = [row._replace(cells=(row.cells[0], *row.cells[shown])) for row in block.rows]
        stated = tuple(row for row in rows if row.total or row.part or any(cell is not None for cell in row.cells[1:]))
        left = ("Rows of which nothing is stated in these years are left out.",) if len(stated) < len(rows) else ()
        yield Table(
            f"{block.title}, {headings[0]} to {headings[-1]}",
            (block.headings[0], *headings), (False, *block.numeric[shown]), stated, (*block.notes, *left),
        )  # fmt: skip


def _add_table(word: Word, table: Table) -> None:
    """Add a table with its title above and its notes below."""
    _add_paragraph(word, table.title, "Caption")
    _add_grid(word, table, _LONG if _is_wide(table) else _SHORT)
    notes = [_add_paragraph(word, note, "Table Note") for note in table.notes or ("",)]
    notes[0].paragraph_format.space_before = Pt(4)
    notes[-1].paragraph_format.space_after = Pt(8)


def _is_wide(block: Block | None) -> bool:
    """Return whether it is a table that an upright page has not room for."""
    return isinstance(block, Table) and sum(_find_widths(block, wide=False)) > _SHORT - 2 * _MARGIN


def _lay_out(word: Word, *, landscape: bool) -> None:
    """Set the last section of the paper on A4, upright or on its side."""
    section = word.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides: tuple[Length, Length] = (Mm(_LONG), Mm(_SHORT)) if landscape else (Mm(_SHORT), Mm(_LONG))
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)


def _add_grid(word: Word, table: Table, side: int) -> None:
    room = side - 2 * _MARGIN
    widths = _fit(table, room)
    part = min(1, room / sum(widths))
    widths = [each * part for each in widths]
    size = max(_SIZE * part, _SMALLEST)
    rows = _with_lead(table)
    grid = word.add_table(0, len(table.headings))
    grid.autofit = False
    _describe(grid, table)
    layout = _Layout(
        [Mm(each).twips for each in widths],
        table.numeric,
        [any(is_estimate(row.cells[column]) for row in table.rows) for column in range(len(table.headings))],
        size,
        f'<w:sz w:val="{int(2 * size)}"/>' if part < 1 else "",
    )
    for position, row in enumerate([Row(tuple(table.headings)), *rows]):
        keeps = (len(rows) <= _WHOLE or row.total or row.part > 0) and (position < len(rows) or bool(table.notes))
        grid._tbl.append(_make_row(row, layout, is_head=not position, keeps=keeps))  # noqa: SLF001 - it takes no rows that are written as text
    for column, each in zip(grid.columns, widths, strict=True):
        column.width = Mm(each)


class _Layout(NamedTuple):
    """The columns of a table: their widths (twentieths of a point), which are numeric, and which have estimates.

    `size` is that of the text in points, and `sized` what says so, if it is not that of the style.
    """

    widths: list[int]
    numeric: tuple[bool, ...]
    marked: list[bool]
    size: float
    sized: str


def _make_row(row: Row, layout: _Layout, *, is_head: bool, keeps: bool) -> BaseOxmlElement:
    """Return a row that is kept on one page; a head is repeated on every page.

    It is written as text: python-docx takes some twenty times as long to set its cells one by one.
    """
    strong = is_head or row.total
    line = f'<w:{"bottom" if is_head else "top"} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    border = f"<w:tcBorders>{line}</w:tcBorders>" if strong else ""
    shape = f"{'<w:b/>' if strong else ''}{layout.sized}"
    cells = []
    for column, cell in enumerate(row.cells):
        indent = align = ""
        if layout.numeric[column]:
            align = '<w:jc w:val="right"/>'
            # A mark hangs beyond the digits, so that these stay in line.
            if layout.marked[column] and not is_estimate(cell):
                indent = f'<w:ind w:right="{Pt(0.4 * layout.size).twips}"/>'
        elif not column and row.part:
            indent = f'<w:ind w:left="{Mm(4 * row.part).twips}"/>'
        text = escape(format_cell(cell) + (ESTIMATE if is_estimate(cell) else ""), quote=False)
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{layout.widths[column]}"/>{border}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{"<w:keepNext/>" if keeps else ""}{indent}{align}</w:pPr>'
            f'<w:r><w:rPr>{shape}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
        )
    head = "<w:tblHeader/>" if is_head else ""
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>")


def _with_lead(table: Table) -> list[Row]:
    """Return the rows, and before the parts of the total that they are such."""
    rows = list(table.rows)
    first = first_part(table)
    if first is not None:
        rows.insert(first, Row(("of which", *("" for _ in table.headings[1:]))))
    return rows


def _describe(grid: WordTable, table: Table) -> None:
    """Say what the table is and shows, to those who cannot see it; lines only where rows begin and end."""
    properties = grid._tbl.tblPr  # noqa: SLF001 - python-docx does not say it otherwise
    borders = OxmlElement("w:tblBorders")
    for side, colour in (("top", "767676"), ("bottom", "767676"), ("insideH", "C8C8C8")):
        borders.append(_line(side, colour))
    properties.find(qn("w:tblLayout")).addprevious(borders)  # Word wants them in this order
    description = f"{len(table.rows)} rows: {', '.join(filter(None, table.headings))}."
    for name, text in (("tblCaption", table.title), ("tblDescription", description)):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), safe(text))
        properties.append(element)


def _line(side: str, colour: str) -> BaseOxmlElement:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _find_widths(table: Table, *, wide: bool) -> list[float]:
    """Return the millimetres that columns need: `wide`, so that no text is broken, else so that no word is."""
    columns: list[list[str]] = [[heading] for heading in table.headings]
    for row in table.rows:
        for column, cell in zip(columns, row.cells, strict=True):
            column.append(format_cell(cell) + ESTIMATE)
        columns[0].append("    " * row.part + columns[0].pop())
    return [
        _measure([texts[0].split(), texts[1:]] if numeric else [texts if wide else _words(texts)])
        for texts, numeric in zip(columns, table.numeric, strict=True)
    ]


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split()]


def _measure(texts: Iterable[Sequence[str]]) -> float:
    """Return the millimetres that the longest of some texts takes in a cell."""
    return 5 + 0.19 * _SIZE * max((width(text) for some in texts for text in some), default=0)


def _fit(table: Table, room: float) -> list[float]:
    """Return the widths of columns, in millimetres: what texts need beyond their longest word they share."""
    least, most = _find_widths(table, wide=False), _find_widths(table, wide=True)
    spare = max(room - sum(least), 0)
    wanted = [max(many - few, 0) for few, many in zip(least, most, strict=True)]
    part = min(1, spare / (sum(wanted) or 1))
    return [few + part * more for few, more in zip(least, wanted, strict=True)]


# --- the file


def _save(word: Word) -> bytes:
    """Return the file, with no day in its archive."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3  # Unix, whatever system this is
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return fixed.getvalue()
