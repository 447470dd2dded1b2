"""Pages: a title and blocks, for answers that are more than one table. As tables, they hold no markup."""

from typing import NamedTuple

from emcollab.tables import Table


class Heading(NamedTuple):
    """A heading within a page; `level` is 2 for a section and 3 for a part of one."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Sentences that belong together."""

    text: str


class Quotation(NamedTuple):
    """A paper's own words."""

    text: str


class Items(NamedTuple):
    """A list of short texts."""

    texts: tuple[str, ...]


Block = Heading | Paragraph | Quotation | Items | Table


class Page(NamedTuple):
    """A titled sequence of blocks."""

    title: str
    blocks: tuple[Block, ...]
