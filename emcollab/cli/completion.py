"""What the shell offers: the ids of the data folder, its years, and the codes of problems.

Only what is asked for is read, and nothing is checked: while somebody types, a broken file offers nothing.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from emcollab.loading.parser import read_document


def list_offers(kind: str, folder: Path, typed: str) -> list[str]:
    """Return the names of this kind that begin with what was typed; none, if the data `folder` cannot be read."""
    try:
        return [name for name in dict.fromkeys(OFFERS[kind](folder, typed)) if name.startswith(typed)]
    except OSError:
        return []


def _read(path: Path) -> dict[str, Any]:
    value = read_document(path.name, path.read_bytes()).value
    return value if isinstance(value, dict) else {}


def _names_in(file: str) -> Callable[[Path, str], Iterable[str]]:
    return lambda folder, _: _read(folder / file)


def _files_in(within: str) -> Callable[[Path, str], list[str]]:
    return lambda folder, _: sorted(path.stem for path in (folder / within).glob("[!.]*.yaml"))


def _list_benefits(folder: Path, typed: str) -> list[str]:
    """Return the projects; of the only one that is meant, its benefits and costs too, as project/benefit."""
    meant = [id_ for id_ in _files_in("projects")(folder, "") if id_.startswith(typed) or typed.startswith(f"{id_}/")]
    if not meant[1:]:
        for id_ in meant[:1]:
            project = _read(folder / "projects" / f"{id_}.yaml")
            meant += [f"{id_}/{name}" for kind in ("benefits", "costs") for name in project.get(kind) or ()]
    return meant


def _list_subjects(folder: Path, typed: str) -> list[str]:
    return [*_read(folder / "areas.yaml"), *_list_benefits(folder, typed)]


def _list_years(folder: Path, _: str) -> list[str]:
    """Return the years that figures may be of, as the ledger says; where it does not, those that there are."""
    from emcollab.loading.folder import read_folder
    from emcollab.loading.load import load
    from emcollab.values.dates import years_between

    ledger = load(*read_folder(folder)).ledger
    first, last = ledger.settings.first_year, ledger.settings.last_year
    return list(years_between(first, last) if first and last else ledger.years())


def _list_codes(_: Path, __: str) -> list[str]:
    return sorted(page.stem for page in (Path(__file__).parent.parent / "checks" / "pages").iterdir())


def _list_records(_: Path, __: str) -> list[str]:
    from emcollab.records.kinds import KINDS

    return [kind.record for kind in KINDS]


OFFERS: dict[str, Callable[[Path, str], Iterable[str]]] = {
    "area": _names_in("areas.yaml"),
    "force": _names_in("forces.yaml"),
    "paper": _names_in("sources.yaml"),
    "project": _files_in("projects"),
    "benefit": _list_benefits,
    "subject": _list_subjects,
    "table": _files_in("published"),
    "year": _list_years,
    "code": _list_codes,
    "record": _list_records,
}
"""What is listed for each kind of name, by the data folder and what was typed. To add one: list its function here."""
