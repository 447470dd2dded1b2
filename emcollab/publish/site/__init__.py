"""The report: plain pages for a committee, a panel and the public. No script, no request to anywhere.

Everything in it is what other commands print, laid out to be read on paper and on a telephone, with a link
from each figure to the paper, the place and the words that it rests on.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from emcollab.publish.edition import Edition
from emcollab.publish.imprint import say_imprint
from emcollab.publish.paper.brief import Brief, Particulars
from emcollab.publish.paper.document import make_brief, make_document
from emcollab.publish.paper.html import format_document
from emcollab.publish.site import pages
from emcollab.publish.site.downloads import list_downloads, make_downloads
from emcollab.publish.site.lists import Pages, list_appraisal, list_papers, list_projects, list_reconciliations
from emcollab.render.formats.html import HEAD, escape, format_blocks, format_wide_table
from emcollab.render.page import Block, Table
from emcollab.values.dates import format_day

STYLE = "style.css"
PAPER = "paper.html"
_TEMPLATES = Path(__file__).parent / "templates"


def count_pages(edition: Edition) -> int:
    """Return how many files the report will have."""
    pages = list(_list_pages(make_brief(edition, Particulars())))
    return len(pages) + len((STYLE, PAPER)) + len(list_downloads(edition))


def make_site(edition: Edition) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and the content of each file of the report, in a fixed order."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    environment.globals["head"] = Markup(HEAD)  # noqa: S704 - our own
    environment.filters["day"] = format_day
    environment.filters["table"] = _write_table
    environment.filters["blocks"] = _write_blocks
    brief = make_brief(edition, Particulars())  # of the paper, and of the first page
    imprint = list(say_imprint(edition.ledger.settings))
    yield STYLE, (_TEMPLATES / STYLE).read_text(encoding="utf-8")
    for path, make in _list_pages(brief):
        template, values = make()
        up = "../" * path.count("/")
        page = environment.get_template(f"{template}.html")
        yield (
            path,
            page.render(values, edition=edition, ledger=edition.ledger, imprint=imprint, up=up, style=STYLE, path=path),
        )
    yield PAPER, format_document(make_document(brief))
    yield from make_downloads(edition)


def _list_pages(brief: Brief) -> Pages:
    """Yield each page's path, and what makes it."""
    edition = brief.edition
    yield "index.html", partial(pages.front, brief)
    yield from list_projects(edition)
    yield from ((f"projects/{id_}.html", partial(pages.about_project, edition, id_)) for id_ in edition.ledger.projects)
    yield "forces.html", partial(pages.listed_forces, edition)
    yield from ((f"forces/{id_}.html", partial(pages.about_force, edition, id_)) for id_ in edition.ledger.forces)
    for id_ in edition.ledger.areas:
        yield from pages.trace_area(edition, id_)
    yield from list_reconciliations(edition)
    yield from list_appraisal(edition)
    yield "recommendations.html", partial(pages.recommended, edition)
    yield from list_papers(edition)
    yield "glossary.html", partial(pages.glossary, edition)


def _finalize(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Return text that is no markup of our own as markup that shows exactly it."""
    return _show(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(8192)  # most of what pages print are papers, days and amounts that others print too
def _show(text: str) -> Markup:
    return Markup(escape(text))  # noqa: S704 - it is escaped


def _write_blocks(blocks: tuple[Block, ...]) -> Markup:
    return Markup(format_blocks(blocks, format_wide_table))  # noqa: S704 - escaped by what writes them


def _write_table(table: Table) -> Markup:
    return Markup(format_wide_table(table))  # noqa: S704 - escaped by what writes it
