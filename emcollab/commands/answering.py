"""Answering with a page for people, or a document for programs."""

from collections.abc import Callable

from emcollab.commands.opening import hand_over
from emcollab.pages import Page
from emcollab.render.formats import PAGE_FORMATS
from emcollab.render.json import format_json


def answer(
    format_: str, output: str | None, make_page: Callable[[], Page], make_document: Callable[[], object]
) -> None:
    """Make the page, or for `json` the document, and print it or write it to the file `output`.

    Raises:
        OSError: it cannot be written.
    """
    if format_ == "json":
        hand_over(format_json(make_document()), output)
    else:
        hand_over(PAGE_FORMATS[format_](make_page()), output)
