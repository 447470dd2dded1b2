"""The paper in GitHub-flavoured Markdown."""

from emcollab.publish.paper.document import Document
from emcollab.render.formats.markdown import format_page


def format_document(document: Document) -> str:
    """Return the paper as its page."""
    return format_page(document.page)
