"""Equal workloads: one neutral list of figures, written as an emcollab folder and as each peer's own files.

`python -m tests.bench.workloads FOLDER --figures 100000` fills FOLDER with

    data/               the ledger, as `data/README.md` of the project describes it
    earlier/            the same without each hundredth project, to be compared with
    figures.journal     a journal for hledger and ledger, a transaction of two postings for each figure
    figures.beancount   the same for beancount
    figures.csv, datapackage.json   a row for each figure, with its Table Schema
    expected.json       what all of them must come to, worked out here in whole pence

With `--tables 20`, `data/published/` holds so many printed tables, each as the ledger was on the day of its paper.

The journals are lean, to the peers' advantage: one file, no tags or metadata, category and cashability as account
names, the second amount left out. The same seed gives the same bytes. The bench calls this in a process of its own,
because the memory of the process that measures is a floor below which no peak can be seen.
"""

import argparse
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple


class Figure(NamedTuple):
    """One amount: `written` as a paper has it (`£0.478m`), `pence` exactly; `place` is the table in the paper."""

    project: str
    benefit: str
    area: str
    category: str
    cashability: str
    source: str
    place: int
    basis: str
    year: str
    written: str
    pence: int


class Expected(NamedTuple):
    """What every reader of a workload must come to: its size, and for one `year` the pence of each area."""

    figures: int
    files: int
    faults: int
    year: str
    areas: dict[str, int]


_AREAS = [
    f"{field}-{what}"
    for field in ("custody", "fleet", "forensics", "firearms", "procurement", "training", "intelligence", "dispatch")
    for what in ("savings", "staff", "premises", "systems", "support")
]
_FORCES = 43
_SOURCES = [f"committee-{2021 + number // 25}-paper-{number}" for number in range(100)]
_BENEFITS = 4
_KINDS = [
    ("saving", "cash-releasing"),
    ("saving", "not-cash-releasing"),
    ("saving", "cashable"),
    ("saving", "non-cashable"),
    ("saving", ""),
    ("funding", ""),
    ("unclassified", ""),
]
_SMALL = 1_000
"""Ledgers of fewer figures are regional: three years, one statement a benefit. Others: ten years, two statements."""


def years_of(count: int) -> list[str]:
    """Return the financial years of a workload of `count` figures."""
    first, span = (2008, 3) if count < _SMALL else (2010, 10)
    return [f"{year}/{(year + 1) % 100:02}" for year in range(first, first + span)]


def make_projects(count: int, seed: int) -> Iterator[list[Figure]]:
    """Yield `count` figures, those of one project together; each benefit has one figure a year, so each stands."""
    chance = random.Random(f"{seed}/{count}")  # noqa: S311 - the same figures on every run are wanted
    years = years_of(count)
    made = 0
    while made < count:
        project = f"project-{made // (_BENEFITS * len(years)) + 1:05}"
        figures = [figure for number in range(_BENEFITS) for figure in _make_benefit(project, number, years, chance)]
        yield figures[: count - made]
        made += len(figures)


def _make_benefit(project: str, number: int, years: list[str], chance: random.Random) -> Iterator[Figure]:
    category, cashability = chance.choice(_KINDS)
    subject = (project, f"benefit-{number + 1}", chance.choice(_AREAS), category, cashability)
    half = (len(years) + 1) // 2 if len(years) > 3 else len(years)
    for some, basis in ((years[:half], "actual"), (years[half:], "estimate")):
        source, place = chance.choice(_SOURCES), chance.randrange(1, 20)
        for year in some:
            yield Figure(*subject, source, place, basis, year, *_make_amount(chance))


def _make_amount(chance: random.Random) -> tuple[str, int]:
    """Return an amount as papers write it, mostly in millions to three places, and its pence."""
    minus, sign = ("-", -1) if chance.random() < 0.05 else ("", 1)
    form = chance.random()
    if form < 0.8:
        number = chance.randrange(1, 10_000)
        return f"{minus}£{number // 1000}.{number % 1000:03}m", sign * number * 100_000
    if form < 0.9:
        number = chance.randrange(1, 1_000)
        return f"{minus}£{number}k", sign * number * 100_000
    number = chance.randrange(100, 100_000_000)
    return f"{minus}£{number // 100}.{number % 100:02}", sign * number


def write(folder: Path, count: int, seed: int, faulty: int = 0, tables: int = 0) -> Expected:
    """Fill `folder`, emptied first, with `count` figures, the first `faulty` projects with ten faults each.

    The last `tables` papers have a printed table each: the areas, over five years, as known on the paper's day.
    """
    shutil.rmtree(folder, ignore_errors=True)
    data, earlier = folder / "data", folder / "earlier"
    years = years_of(count)
    year = years[len(years) // 2]
    sums: Counter[tuple[str, str, str]] = Counter()
    _write_head(earlier, years)
    files = _write_head(data, years) + tables
    with (
        (folder / "figures.journal").open("w", encoding="utf-8") as journal,
        (folder / "figures.beancount").open("w", encoding="utf-8") as beancount,
        (folder / "figures.csv").open("w", encoding="utf-8") as table,
    ):
        journal.writelines(f"account {account}\n" for account in _accounts())
        beancount.writelines(f"2000-01-01 open {account}\n" for account in _accounts())
        table.write(",".join(_COLUMNS) + "\n")
        for number, figures in enumerate(make_projects(count, seed)):
            text = format_project(figures)
            if number < faulty:
                text = spoil(text, random.Random(f"{seed}/faults/{number}"))  # noqa: S311 - the same on every run
            for ledger in (data, earlier) if number % 100 else (data,):
                (ledger / "projects" / f"{figures[0].project}.yaml").write_text(text, encoding="utf-8")
            journal.write("".join(map(_format_transaction, figures)))
            beancount.write("".join(map(_format_directive, figures)))
            table.writelines(map(_format_row, figures))
            for figure in figures:
                sums[figure.source, figure.area, figure.year] += figure.pence
            files += 1
    for number, source in enumerate(_SOURCES[len(_SOURCES) - tables :]):
        text = format_published(source, sums, years[number % max(len(years) - 4, 1) :][:5])
        (data / "published" / f"{source}.yaml").write_text(text, encoding="utf-8")
    areas: Counter[str] = Counter()
    for (_, area, each), pence in sums.items():
        areas[area] += pence if each == year else 0
    (folder / "datapackage.json").write_text(json.dumps(_describe_table(), indent=1), encoding="utf-8")
    expected = Expected(count, files, faulty * FAULTS, year, {area: pence for area, pence in areas.items() if pence})
    (folder / "expected.json").write_text(json.dumps(expected._asdict()), encoding="utf-8")
    return expected


def read_expected(folder: Path) -> Expected:
    """Return what the workload in `folder` must come to."""
    return Expected(**json.loads((folder / "expected.json").read_text(encoding="utf-8")))


# --- as an emcollab folder


def _write_head(data: Path, years: list[str]) -> int:
    """Make the folders of a ledger and write the files that every one has; return how many there are."""
    for folder in ("projects", "published"):
        (data / folder).mkdir(parents=True)
    head = {
        "ledger": f"title: A made-up ledger\nunit: £m\nplaces: 3\nfirst_year: {years[0]}\nlast_year: {years[-1]}\n",
        "areas": "".join(f"{area}: {area.replace('-', ' ').capitalize()}\n" for area in _AREAS),
        "forces": "".join(f"force-{number}:\n  name: Force {number}\n" for number in range(_FORCES)),
        "sources": "".join(
            f"{source}:\n  title: Paper {number}\n  body: Committee\n  date: {source[10:14]}-06-{number % 25 + 1:02}\n"
            for number, source in enumerate(_SOURCES)
        ),
    }
    for name, text in head.items():
        (data / f"{name}.yaml").write_text(text, encoding="utf-8")
    return len(head)


def format_project(figures: list[Figure]) -> str:
    """Return the file of one project, as a person would write it."""
    number = int(figures[0].project.rpartition("-")[2])
    forces = sorted({number % _FORCES, number * 7 % _FORCES, number * 11 % _FORCES})
    lines = [
        f"name: Project {number}",
        f"summary: What {len(forces)} forces do together under the number {number}.",
        "statements:",
        f"  - source: {figures[0].source}",
        "    status: live",
        f"    forces: [{', '.join(f'force-{force}' for force in forces)}]",
        "benefits:",
    ]
    for benefit, some in groupby(figures, lambda figure: figure.benefit):
        stated = list(some)
        lines += [f"  {benefit}:", f"    area: {stated[0].area}", f"    category: {stated[0].category}"]
        lines += [f"    cashability: {stated[0].cashability}"] if stated[0].cashability else []
        lines.append("    statements:")
        for basis, group in groupby(stated, lambda figure: figure.basis):
            said = list(group)
            amounts = ", ".join(f"{figure.year}: {figure.written}" for figure in said)
            lines += [
                f"      - source: {said[0].source}",
                f"        at: Table {said[0].place}",
                f"        quote: Project {number} {' '.join(figure.written.strip('-£m') for figure in said)}",
                f"        {basis}: {{{amounts}}}",
            ]
    return "\n".join(lines) + "\n"


def format_published(source: str, sums: Mapping[tuple[str, str, str], int], years: list[str]) -> str:
    """Return the file of a table of areas and years, printed in the paper `source` from the figures up to its day.

    `sums` are the pence of each paper, area and year; papers are in the order of their days.
    """
    papers = set(_SOURCES[: _SOURCES.index(source) + 1])
    pence: dict[tuple[str, str], int] = {}
    for (paper, area, year), amount in sums.items():
        if paper in papers and year in years:
            pence[area, year] = pence.get((area, year), 0) + amount
    totals = [sum(amount for (_, each), amount in pence.items() if each == year) for year in years]
    lines = [f"source: {source}", "at: Table 1", "title: Areas", "by: area", "unit: £m"]
    lines += [f"years: [{', '.join(years)}]", "rows:"]
    for area in _AREAS:
        cells = [_millions(pence[area, year]) if (area, year) in pence else '"-"' for year in years]
        lines.append(f"  {area}: [{', '.join(cells)}]")
    return "\n".join([*lines, f"totals: [{', '.join(map(_millions, totals))}]"]) + "\n"


def _millions(pence: int) -> str:
    """Return a cell as papers print it, to three places of a million, rounded half up."""
    return f'"{(Decimal(pence) / 10**8).quantize(Decimal("0.001"), ROUND_HALF_UP):,}"'


# --- with faults

FAULTS = 10
"""The faults of a spoilt project: two of each kind."""


def spoil(text: str, chance: random.Random) -> str:
    """Return the file of a project of four benefits and eight statements with two of each fault that people make."""
    slips: list[tuple[int, str, Callable[[re.Match[str]], str]]] = [
        (4, r"    area: \w+", lambda found: found[0][:-1]),  # a misspelt area
        (4, r"    category: .*\n", lambda found: found[0] * 2),  # a duplicate key
        (8, r"        quote:", lambda _: "        qoute:"),  # an unknown key
        (8, r"\{(....)/..", lambda found: f"{{{found[1]}/{(int(found[1]) + 2) % 100:02}"),  # a bad year
        (8, r"£([0-9.]+)[mk]?\}", lambda found: f"{found[1]}}}"),  # a bare amount
    ]
    for places, pattern, slip in slips:
        chosen = chance.sample(range(places), 2)
        found = list(re.finditer(pattern, text))
        for number in sorted(chosen, reverse=True):
            match = found[number]
            text = text[: match.start()] + slip(match) + text[match.end() :]
    return text


# --- as the peers have it

_COLUMNS = ("project", "benefit", "area", "category", "cashability", "year", "basis", "amount", "source", "place")


def account_of(area: str, category: str, cashability: str) -> str:
    """Return the account of a figure; the area is its second part, with a capital, as beancount wants it."""
    kind = [category, cashability or "unstated"] if category == "saving" else [category]
    return ":".join(["Assets", *(part.capitalize() for part in (area, *kind))])


def _accounts() -> list[str]:
    return [account_of(area, *kind) for area in _AREAS for kind in _KINDS] + ["Equity:Stated"]


def _format_transaction(figure: Figure) -> str:
    account = account_of(figure.area, figure.category, figure.cashability)
    subject = f"{figure.project}/{figure.benefit}, Table {figure.place}, {figure.basis}"
    amount = f"{'-' if figure.pence < 0 else ''}£{_pounds(abs(figure.pence))}"
    return f"\n{_day(figure)} * ({figure.source}) {subject}\n    {account}  {amount}\n    Equity:Stated\n"


def _format_directive(figure: Figure) -> str:
    account = account_of(figure.area, figure.category, figure.cashability)
    subject = f"{figure.project}/{figure.benefit}, Table {figure.place}, {figure.basis}"
    amount = f"{_pounds(figure.pence)} GBP"
    return f'\n{_day(figure)} * "{figure.source}" "{subject}"\n  {account}  {amount}\n  Equity:Stated\n'


def _format_row(figure: Figure) -> str:
    kind = (figure.area, figure.category, figure.cashability, figure.year, figure.basis)
    cells = (figure.project, figure.benefit, *kind, _pounds(figure.pence), figure.source, f"Table {figure.place}")
    return ",".join(cells) + "\n"


def _day(figure: Figure) -> str:
    """Return the last day of a figure's financial year, a 31 March."""
    return f"{int(figure.year[:4]) + 1}-03-31"


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


def _describe_table() -> dict[str, object]:
    """Return the data package of the table, its schema as strict as Table Schema can be."""
    names = "^[a-z0-9]+(-[a-z0-9]+)*$"
    constraints: dict[str, dict[str, object]] = {
        "project": {"pattern": names},
        "benefit": {"pattern": names},
        "area": {"enum": _AREAS},
        "category": {"enum": ["saving", "funding", "unclassified"]},
        "cashability": {"enum": sorted({cashability for _, cashability in _KINDS if cashability})},
        "year": {"pattern": "^[0-9]{4}/[0-9]{2}$"},
        "basis": {"enum": ["plan", "estimate", "reported", "actual"]},
        "amount": {"minimum": -(10**12), "maximum": 10**12},
        "source": {"enum": _SOURCES},
        "place": {"maxLength": 300},
    }
    fields = [
        {
            "name": name,
            "type": "number" if name == "amount" else "string",
            "constraints": {"required": name != "cashability", **rules},
        }
        for name, rules in constraints.items()
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["project", "benefit", "year", "basis"]}
    return {
        "name": "figures",
        "resources": [{"name": "figures", "path": "figures.csv", "format": "csv", "schema": schema}],
    }


def main() -> None:
    """Write the workload that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write one workload, in the format of each peer.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--figures", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faulty", type=int, default=0, help="how many projects, from the first, have faults")
    parser.add_argument("--tables", type=int, default=0, help="how many printed tables there are")
    chosen = parser.parse_args()
    write(chosen.folder, chosen.figures, chosen.seed, chosen.faulty, chosen.tables)


if __name__ == "__main__":
    main()
