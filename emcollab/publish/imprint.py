"""The imprint: who publishes a ledger, whom to ask, when it is brought up to date, and on what terms it may be used."""

from collections.abc import Iterator

from emcollab.records.settings import Settings
from emcollab.values.dates import format_when


def list_imprint(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what the ledger says of itself, each with the label before it; nothing of what it leaves out."""
    if settings.publisher:
        yield "Published by", settings.publisher
    if settings.contact:
        yield "Contact", settings.contact
    if settings.next_update:
        yield "Next update", format_when(settings.next_update)
    if settings.licence:
        yield "Licence", settings.licence


def say_imprint(settings: Settings) -> Iterator[str]:
    """Yield the same, a line each."""
    yield from (f"{label}: {text}" for label, text in list_imprint(settings))
