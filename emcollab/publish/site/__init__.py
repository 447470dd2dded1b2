"""The report: plain pages for a committee, a panel and the public. No script, no request to anywhere.

Everything in it is what other commands print, laid out to be read on paper and on a telephone, with a link
from each figure to the paper, the place and the words that it rests on.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from emcollab.publish.edition import Edition
from emcollab.publish.imprint import say_imprint
from emcollab.publish.paper.brief import Particulars
from emcollab.publish.paper.document import make_document
from emcollab.publish.paper.html import format_document
from emcollab.publish.site import pages
from emcollab.publish.site.downloads import list_downloads, make_downloads
from emcollab.render.formats.html import format_blocks, format_wide_table
from emcollab.render.formats.safe import safe
from emcollab.render.page import Block, Table
from emcollab.values.dates import format_day

STYLE = "style.css"
PAPER = "paper.html"
_TEMPLATES = Path(__file__).parent / "templates"


def count_pages(edition: Edition) -> int:
    """Return how many files the report will have."""
    return len(list(_list_pages(edition))) + len((STYLE, PAPER)) + len(list_downloads(edition))


def make_site(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of the report, in a fixed order."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    environment.filters["day"] = format_day
    environment.filters["table"] = _write_table
    environment.filters["blocks"] = _write_blocks
    imprint = list(say_imprint(edition.ledger.settings))
    yield STYLE, (_TEMPLATES / STYLE).read_text(encoding="utf-8")
    for path, make, argument in _list_pages(edition):
        template, values = make(edition, argument)
        up = "../" * path.count("/")
        page = environment.get_template(f"{template}.html")
        yield (
            path,
            page.render(values, edition=edition, ledger=edition.ledger, imprint=imprint, up=up, style=STYLE, path=path),
        )
    yield PAPER, format_document(make_document(edition, Particulars()))
    yield from make_downloads(edition)


def _list_pages(edition: Edition) -> Iterator[tuple[str, Callable[[Edition, str], pages.Values], str]]:
    """Yield each page's path, what makes it, and of what."""
    yield "index.html", pages.front, ""
    yield "projects.html", pages.listed_projects, ""
    yield from ((f"projects/{id_}.html", pages.about_project, id_) for id_ in edition.ledger.projects)
    yield "forces.html", pages.listed_forces, ""
    yield from ((f"forces/{id_}.html", pages.about_force, id_) for id_ in edition.ledger.forces)
    yield from ((f"areas/{id_}.html", pages.traced, id_) for id_ in edition.ledger.areas)
    yield "reconciliation.html", pages.reconciled, ""
    yield "appraisal.html", pages.appraised, ""
    yield "recommendations.html", pages.recommended, ""
    yield "sources.html", pages.rested_on, ""
    yield "glossary.html", pages.glossary, ""


def _finalize(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Make text safe that is no markup of our own."""
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _write_blocks(blocks: tuple[Block, ...]) -> Markup:
    return Markup(format_blocks(blocks, format_wide_table))  # noqa: S704 - escaped by what writes them


def _write_table(table: Table) -> Markup:
    return Markup(format_wide_table(table))  # noqa: S704 - escaped by what writes it
