"""Whole commands on made-up ledgers that validate: nothing leaks, and every sum is the one worked out here.

`python -m tests.fuzz_commands --seed 1 --count 20000` (or `make fuzz`). A ledger has records of every type; of it are
asked totals, set beside sums that share nothing with the code under test, and some other commands.
"""

import argparse
import csv
import io
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from emcollab.values.terms import APPRAISAL_FORMATS, GROUPINGS, MEASURES, PAGE_FORMATS, REPORT_FORMATS, TABLE_FORMATS
from tests.conftest import check_files, invoke
from tests.ledgers import DAYS, FORCES, Raw, day_counted, make_ledgers, print_what_the_ledger_holds, write_files

_CHUNK = 500
_TODAY = date(9999, 12, 31)

COMMANDS = [
    *(f"totals --by {by} --format {form}" for by in GROUPINGS for form in TABLE_FORMATS),
    "totals --basis plan --by project", "totals --sum-years", "totals --force thornshire --category cost",
    "totals --measure posts --unit £m", "totals --measure hours --from 2013/14 --to 2014/15 --format csv",
    *(f"trace {what} --format {form}" for what in ("vehicles 2013/14", "one 2014/15", "two") for form in PAGE_FORMATS),
    *(f"statement --all --format {form}" for form in PAGE_FORMATS),
    *(f"appraisal --by {by} --format {form}" for by in ("project", "benefit", "force") for form in APPRAISAL_FORMATS),
    *(f"{what} --format {form}" for what in ("projects", "forces", "recommendations") for form in PAGE_FORMATS),
    *(f"reconcile --format {form}" for form in PAGE_FORMATS),
    *(f"validate --format {form}" for form in REPORT_FORMATS),
    "export --format json", "export --format datapackage --output OUT/package",
    "export --format xlsx --output OUT/out.xlsx",
    "report --output OUT/report", "report --output OUT/report --force marlshire",
    *(f"diff --from-date 2016-04-01 --format {form}" for form in ("table", "markdown", "json")),
    "schema project", "explain unknown-force",
]  # fmt: skip
"""What is asked of a ledger beside its sums."""

_THREE = st.lists(st.sampled_from(COMMANDS), min_size=3, max_size=3)


# --- the independent sum


class Stood(NamedTuple):
    """A figure for a year that stands, as the data says it: `parts` are what a paper gives each force."""

    benefit: str
    year: str
    basis: str
    amount: Decimal
    parts: dict[str, Decimal]
    rank: tuple[bool, date, date, bool]


class Sums(NamedTuple):
    """What the figures that stand come to, by what a row stands for and year; costs are of the category `cost`."""

    by: dict[str, dict[tuple[str, str], Decimal]]
    total: dict[str, Decimal]


def sum_up(raw: Raw, day: date, measure: str, *, costs: bool) -> Sums:
    """Return the sums of one measure, of costs or of all else, as the papers of `day` and before have it."""
    benefits: Raw = {
        f"{id_}/{name}": benefit
        for id_, project in raw["projects"].items()
        for name, benefit in project.get("costs" if costs else "benefits", {}).items()
        if any(_day_of(raw, statement) <= day for statement in benefit["statements"])  # else it is not there yet
    }
    standing = {
        (name, figure.year): figure
        for name, benefit in benefits.items()
        for figure in _find_standing(raw, name.partition("/")[0], benefit, day)
    }
    for name, year in list(_find_displaced(benefits, standing)):
        del standing[name, year]
    sums = Sums({by: defaultdict(Decimal) for by in GROUPINGS}, defaultdict(Decimal))
    for figure in standing.values():
        benefit = benefits[figure.benefit]
        if benefit.get("measure", "money") != measure:
            continue
        category = benefit.get("category", "cost")
        sums.total[figure.year] += figure.amount
        for by, row in {
            "area": benefit["area"], "project": figure.benefit.partition("/")[0], "basis": figure.basis,
            "category": category,
            "cashability": benefit.get("cashability", "unstated") if category == "saving" else category,
        }.items():  # fmt: skip
            sums.by[by][row, figure.year] += figure.amount
        for force, part in _divide(raw, figure, benefit, day).items():
            sums.by["force"][force, figure.year] += part
    return sums


def _day_of(raw: Raw, statement: Raw) -> date:
    return day_counted(raw["sources"][statement["source"]]["date"])


def _reported_to(raw: Raw, statement: Raw) -> date:
    source = raw["sources"][statement["source"]]
    return day_counted(statement.get("as_at") or source.get("as_at") or source["date"])


def _find_standing(raw: Raw, project: str, benefit: Raw, day: date) -> Iterator[Stood]:
    closed, known = _find_closure(raw, raw["projects"][project], day)
    best: dict[str, Stood] = {}
    for statement in benefit["statements"]:
        paper = _day_of(raw, statement)
        for basis in ("estimate", "reported", "actual"):
            for year, stated in statement.get(basis, {}).items() if paper <= day else ():
                begins = date(int(year[:4]), 4, 1) if re.fullmatch("[0-9]{4}/[0-9]{2}", year) else None
                if begins is None or (basis != "actual" and paper < known and begins > closed):
                    continue
                parts = {force: _read(text) for force, text in stated.items()} if isinstance(stated, dict) else {}
                amount = sum(parts.values(), Decimal(0)) if parts else _read(stated)
                rank = (basis == "actual", paper, _reported_to(raw, statement), basis == "reported")
                name = next(name for name, each in _all_benefits(raw) if each is benefit)
                figure = Stood(name, year, basis, amount, parts, rank)
                if year not in best or rank > best[year].rank or (rank == best[year].rank and parts):
                    best[year] = figure
    yield from best.values()


def _all_benefits(raw: Raw) -> Iterator[tuple[str, Raw]]:
    for id_, project in raw["projects"].items():
        for kind in ("benefits", "costs"):
            yield from ((f"{id_}/{name}", benefit) for name, benefit in project.get(kind, {}).items())


def _find_closure(raw: Raw, project: Raw, day: date) -> tuple[date, date]:
    """Return by which day a project was closed, and since when that is known; both far off, if it was not."""
    closed: date | None = None
    said: list[tuple[date | None, date]] = []
    statements = [each for each in project.get("statements", []) if _day_of(raw, each) <= day]
    for statement in sorted(statements, key=lambda each: (_day_of(raw, each), _reported_to(raw, each))):
        when = statement.get("closed", {}).get("date")
        if when:
            closed = day_counted(when)
        elif "closed" in statement or statement.get("status") == "closed":
            closed = closed or _reported_to(raw, statement)
        elif "status" in statement:
            closed = None
        else:
            continue
        said.append((closed, _day_of(raw, statement)))
    if closed is None:
        return date.max, date.min
    return closed, min(known for when, known in said if when == closed)


def _read(text: str) -> Decimal:
    """Return an amount in pounds, posts or hours."""
    number = text.removeprefix("£").replace(",", "")
    factor = {"k": 1_000, "m": 1_000_000}.get(number[-1], 1)
    return Decimal(number.rstrip("km")) * factor


def _find_displaced(benefits: Raw, standing: dict[tuple[str, str], Stood]) -> set[tuple[str, str]]:
    gone: set[tuple[str, str]] = set()
    for (name, year), figure in standing.items():
        olds = [
            standing[old, year]
            for old in _reach(benefits, name)
            if (old, year) in standing and _measure(benefits[old]) == _measure(benefits[name])
        ]
        if figure.basis == "estimate" and any(old.basis == "actual" for old in olds):
            gone.add((name, year))
        else:
            gone |= {(old.benefit, year) for old in olds}
    return gone


def _measure(benefit: Raw) -> str:
    return str(benefit.get("measure", "money"))


def _reach(benefits: Raw, name: str) -> set[str]:
    """Return the benefits whose place one takes, and those whose place these took."""
    direct = {other for other in benefits[name].get("replaces", []) if other in benefits}
    return direct.union(*(_reach(benefits, other) for other in direct))


def _divide(raw: Raw, figure: Stood, benefit: Raw, day: date) -> dict[str, Decimal]:
    """Return what of a figure is each force's."""
    if figure.parts:
        return figure.parts
    shares = benefit.get("shares")
    if isinstance(shares, str):
        key = raw["shares"][shares]
        since = [year for year in key["years"] if year <= figure.year]
        shares = key["years"][max(since)] if since and day_counted(raw["sources"][key["source"]]["date"]) <= day else {}
        shares = shares if day_counted(raw["sources"][key["source"]]["date"]) <= day else None
    elif shares and day_counted(raw["sources"][benefit["shares_source"]]["date"]) > day:
        shares = None
    if shares:
        return _by_largest_remainder(figure.amount, shares, 100 if _measure(benefit) == "money" else 1000)
    forces = _forces(raw, raw["projects"][figure.benefit.partition("/")[0]], day)
    return {forces[0] if shares is None and len(forces) == 1 else "not-apportioned": figure.amount}


def _by_largest_remainder(amount: Decimal, shares: dict[str, str], grains: int) -> dict[str, Decimal]:
    """Divide in whole grains, of which a unit has so many; a grain left over goes to the largest remainder first."""
    forces = [force for force in FORCES if force in shares]
    exact = [int(amount * grains) * int(shares[force].rstrip("%")) for force in forces]  # hundredths of a grain
    parts = [number // 100 for number in exact]
    by_remainder = sorted(range(len(forces)), key=lambda place: -(exact[place] % 100))
    for place in by_remainder[: int(amount * grains) - sum(parts)]:
        parts[place] += 1
    return {force: Decimal(part) / grains for force, part in zip(forces, parts, strict=True)}


def _forces(raw: Raw, project: Raw, day: date) -> list[str]:
    forces: list[str] = []
    statements = [each for each in project.get("statements", []) if _day_of(raw, each) <= day]
    for statement in sorted(statements, key=lambda each: (_day_of(raw, each), _reported_to(raw, each))):
        forces = [] if "force_count" in statement else statement.get("forces", forces)
    return forces


# --- what is asked


def try_ledger(raw: Raw, commands: list[str], measure: str, day: str, folder: Path) -> Iterator[str]:
    """Ask a ledger for a sum in every grouping and some formats, and `commands`; yield what came of it.

    It is `ledger` for one that validates, else `refused`; and `command` for each command.
    """
    print_what_the_ledger_holds(raw)
    files = write_files(raw)
    if check_files(files)[1]:
        yield "refused"
        return
    yield "ledger"
    data = folder / "data"
    for path, text in files.items():
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(text)
    for costs in (False, True):
        yield from _check_totals(raw, measure, day, data, costs=costs)
    yield from _check_exports(raw, data, folder)
    for command in commands:
        words = command.replace("OUT", str(folder)).split()
        ran = invoke(*words, "--data", data) if words[0] not in {"schema", "explain"} else invoke(*words)
        refused = "--sum-years" in words and ran.status == 2  # what is new in a year is not added over years
        assert ran.status == 0 or refused, (command, ran)
        assert "\x1b" not in ran.stdout, command
        if command.endswith("json") and ran.stdout:
            json.loads(ran.stdout)
        if command.endswith("csv") and ran.stdout:
            assert len({len(row) for row in csv.reader(io.StringIO(ran.stdout))}) == 1, command
        yield "command"


def _check_totals(raw: Raw, measure: str, day: str, data: Path, *, costs: bool) -> Iterator[str]:
    """Compare the totals of a day with the independent sums, by one grouping."""
    sums = sum_up(raw, date.fromisoformat(day), measure, costs=costs)
    by = GROUPINGS[len(json.dumps(raw)) % len(GROUPINGS)]
    words = ["totals", "--by", by, "--format", "json", "--measure", measure, "--as-at", day, "--data", str(data)]
    ran = invoke(*words, *(["--category", "cost"] if costs else []))
    assert ran.status == 0, ran
    yield "command"
    document = json.loads(ran.stdout, parse_float=Decimal)
    rows = {
        (row["id"], year): Decimal(amount)
        for row in document["rows"]
        for year, amount in row["amounts"].items()
        if amount is not None
    }
    assert rows == sums.by[by], (by, rows, dict(sums.by[by]))
    total = {year: Decimal(amount) for year, amount in document["total"].items() if amount is not None}
    assert total == sums.total, (total, sums.total)


def _check_exports(raw: Raw, data: Path, folder: Path) -> Iterator[str]:
    """Compare money, by year, in the formats that are taken away with the independent sums."""
    expected = dict(sum_up(raw, _TODAY, "money", costs=False).total)
    found: dict[str, Decimal] = defaultdict(Decimal)
    ran = invoke("export", "--format", "csv", "--data", data)
    for row in csv.DictReader(io.StringIO(ran.stdout)):
        if row["stands"] == "true" and row["measure"] == "money" and row["category"] != "cost" and row["year"]:
            found[row["year"]] += Decimal(row["amount"])
    assert found == expected, (found, expected)
    yield "command"
    database = folder / "out.sqlite"
    assert invoke("export", "--format", "sqlite", "--output", database, "--data", data).status == 0
    with closing(sqlite3.connect(database)) as connection:
        pence = connection.execute(
            "SELECT year, sum(pence) FROM standing WHERE measure = 'money' AND category <> 'cost' AND year NOT NULL "
            "GROUP BY year"
        )
        assert {year: Decimal(amount) / 100 for year, amount in pence} == expected
        for view in ("table_1", "table_1_breakdown"):
            connection.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608 - our own names
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    yield "command"


# --- many of them


def run_chunk(task: tuple[int, int, int]) -> Counter[str]:
    """Return how many of `count` ledgers validate, how many commands ran, and what failed.

    What went wrong is printed with the seed that makes it again.
    """
    number, start, count = task
    counts: Counter[str] = Counter()

    @seed(number * 1_000_003 + start)
    @settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(make_ledgers(), _THREE, st.sampled_from(MEASURES), st.sampled_from(DAYS))
    def try_one(raw: Raw, commands: list[str], measure: str, day: str) -> None:
        with TemporaryDirectory() as folder:
            try:
                for outcome in try_ledger(raw, commands, measure, day, Path(folder)):
                    counts[outcome] += 1
            except Exception as error:  # noqa: BLE001 - any exception at all is what is looked for
                counts[f"failure: {type(error).__name__}"] += 1
                sys.stdout.write(f"seed {number}, from {start}: {commands}, {measure}, {day}: {error!r}: {raw!r}\n")

    try_one()
    return counts


def fuzz(number: int, count: int, workers: int = 2) -> Counter[str]:
    """Return the outcomes of about `count` ledgers; the same for the same seed, whatever the number of workers."""
    tasks = [(number, start, min(_CHUNK, count - start)) for start in range(0, count, _CHUNK)]
    counts: Counter[str] = Counter()
    if workers == 1:
        return sum(map(run_chunk, tasks), counts)
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(run_chunk, tasks), counts)


def main() -> int:
    """Run from the command line; return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    counts = fuzz(options.seed, options.count, options.workers)
    bad = sum(number for outcome, number in counts.items() if outcome.startswith("failure"))
    sys.stdout.write(
        f"seed {options.seed}: {counts['ledger']:,} ledgers that validate ({counts['refused']:,} more refused), "
        f"{counts['command']:,} commands, {bad:,} failures\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
