"""The paper for a committee: one document, as Word, HTML or Markdown.

It says what other commands print, in the form that papers of committees have. It has no clock: its days are those that
are asked for, or that of the latest paper.
"""

from collections.abc import Callable

from emcollab.publish import import_format
from emcollab.publish.edition import Edition
from emcollab.publish.paper.brief import Particulars
from emcollab.publish.paper.document import Document, make_brief, make_document

FORMATS = {".docx": "word", ".html": "html", ".md": "markdown"}
"""The modules that write the paper, by the end of the file's name. To add one: write it, and list it here."""


def format_paper(edition: Edition, particulars: Particulars, suffix: str) -> str | bytes:
    """Return the paper in the format of files whose name ends with `suffix`, one of `FORMATS`.

    Raises:
        Unwritable: the format needs a package that is not there.
    """
    lacking = "a Word paper needs the package python-docx; install it with: pip install 'emcollab[docx]'"
    module = import_format(f"{__name__}.{FORMATS[suffix]}", "docx", lacking)
    write: Callable[[Document], str | bytes] = module.format_document
    return write(make_document(make_brief(edition, particulars)))
