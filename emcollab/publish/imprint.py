"""The imprint: who publishes a ledger, whom to ask, when it is brought up to date, and on what terms it may be used."""

from collections.abc import Iterator

from emcollab.records.settings import Settings
from emcollab.values.dates import format_when


def say_imprint(settings: Settings) -> Iterator[str]:
    """Yield what the ledger says of itself, a line each; nothing of what it leaves out."""
    if settings.publisher:
        yield f"Published by: {settings.publisher}"
    if settings.contact:
        yield f"Contact: {settings.contact}"
    if settings.next_update:
        yield f"Next update: {format_when(settings.next_update)}"
    if settings.licence:
        yield f"Licence: {settings.licence}"
