"""Pages: a title and blocks, for answers that are more than one table. As tables, they hold no markup."""

from dataclasses import dataclass

from emcollab.tables import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a page; `level` is 2 for a section and 3 for a part of one."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A paper's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts."""

    texts: tuple[str, ...]


Block = Heading | Paragraph | Quotation | Items | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A titled sequence of blocks."""

    title: str
    blocks: tuple[Block, ...]
