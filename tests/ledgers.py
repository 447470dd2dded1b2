"""Whole ledgers, made up: everything that papers can say, as data, for properties that hold of any ledger."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from hypothesis import strategies as st

from emcollab.loading.load import load
from emcollab.records.ledger import Ledger
from emcollab.results.reconcile import reconcile

Raw = dict[str, Any]
"""A ledger as data: by the name of a file or folder, what it holds."""

DATES = ["2015", "2016-03", "2016-03-31", "2016-06-16", "2017-04", "2017-12-31", "2018-02-28", "2018-02"]
DAYS = [
    "2015-12-30",
    "2015-12-31",
    "2016-03-30",
    "2016-03-31",
    "2016-06-16",
    "2017-04-29",
    "2017-12-30",
    "2018-02-27",
    "2018-03-01",
]
YEARS = ["2012/13", "2013/14", "2014/15", "2018/19"]
PERIODS = [*YEARS, "2013/14 to 2014/15", "2014/15 to 2014-11", "a year", "in all"]
FORCES = ["thornshire", "marlshire", "saltisle"]
LAST = {"title": "Last", "body": "Board", "date": "2018-03-01"}
"""A paper that is later than all that state figures: what it says of closures binds all of them."""
AREAS = ["vehicles", "estates"]
BENEFITS = [("one", "hire"), ("one", "fuel"), ("two", "hire"), ("three", "hire"), ("three", "sale")]
COSTS = [("one", "tools"), ("two", "tools")]


# --- whole ledgers


@st.composite
def make_ledgers(draw: st.DrawFn) -> Raw:
    """Make a ledger of three projects, of which each paper may say anything."""
    dates = draw(st.lists(st.sampled_from(DATES), min_size=2, max_size=5, unique=True))
    papers = [f"paper-{position}" for position in range(len(dates))]
    sources: Raw = {
        id_: {"title": id_.title(), "body": "Board", "date": when} | maybe(draw, as_at=st.just("2015-12-01"))
        for id_, when in zip(papers, dates, strict=True)
    }
    paper = st.sampled_from(papers)
    raw: Raw = {
        "sources": {"charter": {"title": "Charter", "body": "Board", "date": "2015-01-01"}, **sources, "last": LAST},
        "shares": {
            "by-officers": {
                "source": draw(paper),
                "years": {"2013/14": {"thornshire": "60%", "marlshire": "40%"}, "2014/15": {"thornshire": "100%"}},
            }
        },
        "projects": {id_: make_project(draw, id_, papers) for id_ in ("one", "two", "three")},
        "published": {},
        "recommendations": {},
    }
    for position, source in enumerate(draw(st.lists(paper, max_size=3))):
        raw["published"][f"table-{position}"] = make_table(draw, source)
    if draw(st.booleans()):
        raw["recommendations"]["panel"] = {
            "made_by": "Panel",
            "source": draw(paper),
            "items": {str(number): make_recommendation(draw, paper) for number in range(1, 4)},
        }
    drop_unknown_names(raw)
    return raw


def maybe(draw: st.DrawFn, **values: st.SearchStrategy[Any]) -> Raw:
    """Return some of `values`, or none."""
    return {name: draw(value) for name, value in values.items() if draw(st.booleans())}


def make_project(draw: st.DrawFn, id_: str, papers: list[str]) -> Raw:
    project: Raw = {"name": f"Project {id_}"}
    paper = st.sampled_from(papers)
    is_divided = draw(st.booleans())  # then all forces take part, as far as any are named
    some = draw(st.lists(paper, max_size=4))
    if some:
        project["statements"] = [make_project_statement(draw, source, is_divided=is_divided) for source in some]
    for kind, names in (("benefits", BENEFITS), ("costs", COSTS)):
        made = {
            name: make_benefit(draw, id_, name, papers, is_divided=is_divided)
            for name in [name for project_id, name in names if project_id == id_]
            if draw(st.booleans())
        }
        project |= {kind: made} if made else {}
    if draw(st.booleans()):
        project["outcomes"] = {
            f"outcome-{place}": {"kind": "resilience", "text": "More of it.", "source": source}
            for place, source in enumerate(draw(st.lists(paper, min_size=1, max_size=2)))
        }
    if draw(st.booleans()):
        project["milestones"] = [
            {"name": "A step", "source": source, "end": "2015-11"}
            for source in draw(st.lists(paper, min_size=1, max_size=2, unique=True))
        ]
    return project


def make_project_statement(draw: st.DrawFn, source: str, *, is_divided: bool) -> Raw:
    said: Raw = draw(
        st.sampled_from(
            [
                {"status": "live"}, {"status": "closed"}, {"closed": {"date": "2013-06"}},
                {"closed": {"reason": "Cost."}}, {"status": "completed"}, {"forces": ["thornshire"]},
                {"forces": ["thornshire"]}, {"forces": ["saltisle"]}, {"status": "live", "forces": ["marlshire"]},
                {"forces": ["thornshire", "marlshire", "saltisle"]}, {"force_count": "3"}, {"lead": "Director"},
                {"priority": "true"}, {"quote": "a thing"},
            ]
        )
    )  # fmt: skip
    statement: Raw = deepcopy(said)
    if is_divided and "forces" in statement:
        statement["forces"] = list(FORCES)
    if "closed" in statement or statement.get("status") == "closed":
        source = draw(st.sampled_from([source, "last", "last"]))
    return statement | {"source": source} | maybe(draw, at=st.just("para 1"), as_at=st.just("2015-06-30"))


def make_benefit(draw: st.DrawFn, project: str, name: str, papers: list[str], *, is_divided: bool) -> Raw:
    benefit: Raw = {"area": draw(st.sampled_from(AREAS))}
    if (project, name) in BENEFITS:
        benefit |= draw(
            st.sampled_from(
                [
                    {"category": "saving", "cashability": "cashable"}, {"category": "saving"}, {"category": "funding"},
                    {"category": "saving", "cashability": "non-cashable"}, {"category": "unclassified"},
                ]
            )
        )  # fmt: skip
    measure = draw(st.sampled_from([*["money"] * 8, "posts", "hours"]))
    benefit |= {"measure": measure} if measure != "money" else {}
    benefit |= maybe(
        draw,
        label=st.just("A £5 *label* for @all, =1+1"),
        recurrence=st.sampled_from(["recurring", "one-off"]),
        counts=st.sampled_from(["level", "new"]),
        note=st.just("A note: of #1\nand of two lines."),
    )
    others: list[str] = [f"{id_}/{other}" for id_, other in (BENEFITS if (project, name) in BENEFITS else COSTS)]
    later = others[others.index(f"{project}/{name}") + 1 :]
    is_newer: bool = draw(st.booleans())
    if later and is_newer:
        benefit["replaces"] = draw(st.lists(st.sampled_from(later), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        benefit["possible_duplicate_of"] = draw(
            st.sampled_from([other for other in others if other != f"{project}/{name}"])
        )
    divided = draw(st.sampled_from(["", "key", "written"] if is_divided else [""]))
    if divided == "key":
        benefit["shares"] = "by-officers"
    if divided == "written":
        benefit["shares"] = {"thornshire": "70%", "saltisle": "30%"}
        benefit["shares_source"] = draw(st.sampled_from(papers))
    some = draw(st.lists(st.sampled_from(papers), min_size=1, max_size=4, unique=True))
    benefit["statements"] = [
        make_statement(draw, source, measure, by_force=is_divided and not divided) for source in some
    ]
    return benefit


def make_statement(draw: st.DrawFn, source: str, measure: str, *, by_force: bool) -> Raw:
    statement: Raw = {"source": source}
    bases = ["plan", "estimate", "reported", "actual", "at_risk", "delayed", "not_achievable"]
    for basis in draw(
        st.lists(st.sampled_from(bases), min_size=draw(st.sampled_from([0, 1, 2])), max_size=4, unique=True)
    ):
        periods = [each for each in PERIODS if basis != "actual" or each != "2018/19"]
        statement[basis] = {
            period: make_amount(draw, measure, by_force=by_force)
            for period in draw(st.lists(st.sampled_from(periods), min_size=1, max_size=4, unique=True))
        }
    statement |= maybe(draw, baseline=st.just("£2m"), owner=st.just("Director"), as_at=st.just("2015-06-30"))
    if draw(st.booleans()) or len(set(statement) - {"source", "as_at"}) == 0:
        statement |= {"assurance": draw(st.sampled_from(["green", "red"]))} | maybe(draw, assured_by=st.just("Audit"))
    return statement


def make_amount(draw: st.DrawFn, measure: str, *, by_force: bool) -> str | dict[str, str]:
    amount = st.integers(0, 99).map(lambda number: f"£{number}")
    if measure == "money":
        amount |= st.sampled_from(["£0.07", "£1,234.56", "£1.5k", "£0.0021m", "£999,999,999,999.99"])
    else:
        amount = st.sampled_from(["0", "0.6", "12", "1204.125"])
    if by_force and draw(st.integers(0, 4)) == 0:
        return {force: draw(amount) for force in FORCES[: draw(st.integers(1, 3))]}
    return draw(amount)


ROWS = {
    "area": AREAS,
    "project": ["one", "two", "three"],
    "force": [*FORCES, "not-apportioned"],
    "category": ["saving", "funding", "unclassified"],
    "cashability": ["cashable", "non-cashable", "unstated"],
}
"""What the rows of a printed table may stand for, and all that there is of it."""


def make_table(draw: st.DrawFn, source: str) -> Raw:
    """Make a printed table with empty cells: `print_what_the_ledger_holds` fills them."""
    first = draw(st.sampled_from(["2013/14", "2014/15", "a year", "2013/14 to 2014/15"]))
    columns: list[Raw] = [{"label": "First", "period": first}]
    columns += draw(
        st.sampled_from(
            [
                [],
                [{"label": "Plan", "period": "2014/15", "basis": "plan"}],
                [{"label": "Plan", "period": "a year", "basis": "plan"}, {"label": "RAG", "compare": "false"}],
                [{"label": "Spent", "period": "2014/15", "category": "cost"}],
                [{"label": "Second", "period": "2012/13"}, {"label": "Both", "adds": ["First", "Second"]}],
            ]
        )
    )
    by = draw(st.sampled_from([*ROWS, "area"]))
    table: Raw = {
        "source": source, "title": "T", "by": by, "unit": "£", "columns": deepcopy(columns),
        "rows": {row: ["-"] * len(columns) for row in ROWS[by]},
    }  # fmt: skip
    if draw(st.booleans()):
        table["totals"] = ["-"] * len(columns)
    return table | maybe(draw, at=st.just("Table 1"), footnotes=st.just(["* estimate"]))


def make_recommendation(draw: st.DrawFn, paper: st.SearchStrategy[str]) -> Raw:
    item: Raw = {"recommendation": "Do it."} | maybe(draw, area=st.just("Governance"))
    if draw(st.booleans()):
        item |= {"action": "Done.", "response": "completed"}
        item |= maybe(draw, source=paper, at=st.just("para 2"), quote=st.just("done"), note=st.just("Read."))
    return item


def drop_unknown_names(raw: Raw) -> None:
    """Take out every naming of a benefit or cost that is not there."""
    there = {
        f"{id_}/{name}" for id_, project in raw["projects"].items() for kind in ("benefits", "costs")
        for name in project.get(kind, {})
    }  # fmt: skip
    for project in raw["projects"].values():
        for kind in ("benefits", "costs"):
            for benefit in project.get(kind, {}).values():
                benefit["replaces"] = [other for other in benefit.get("replaces", []) if other in there]
                if not benefit["replaces"]:
                    del benefit["replaces"]
                if benefit.get("possible_duplicate_of", "") not in there:
                    benefit.pop("possible_duplicate_of", None)


def day_counted(when: str) -> date:
    """Return the day from which on a paper counts: the last of its month or year, where no more is known."""
    year, month, day = (*when.split("-"), "", "")[:3]
    number = int(month or 12)
    return date(int(year), number, int(day or monthrange(int(year), number)[1]))


# --- from data to a ledger


DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The quick one, where there is one."""


def write_files(raw: Raw) -> dict[str, bytes]:
    """Return the files of a ledger."""
    files: dict[str, Any] = {
        "ledger.yaml": {"title": "Northmark"},
        "areas.yaml": {area: area.title() for area in AREAS},
        "forces.yaml": {force: {"name": force.title()} for force in FORCES},
        "sources.yaml": raw["sources"],
        "shares.yaml": raw["shares"],
    }
    for kind in ("projects", "published", "recommendations"):
        files |= {f"{kind}/{id_}.yaml": record for id_, record in raw[kind].items()}
    return {
        path: yaml.dump(drop_empty(record), Dumper=DUMPER, sort_keys=False).encode()
        for path, record in files.items()
        if record
    }


def drop_empty(record: Mapping[str, Any]) -> Raw:
    return {key: value for key, value in record.items() if value not in ([], {})}


def load_clean(files: Mapping[str, bytes]) -> Ledger:
    """Return the ledger of files of which every record can be read."""
    loaded = load(files)
    assert loaded.problems == []
    assert [fault for path in files for fault in loaded.faults_of(path)] == []
    return loaded.ledger


def print_what_the_ledger_holds(raw: Raw) -> None:
    """Put into the cells of each table what the ledger holds for them, as its paper may have printed it; and add up."""
    for table in reconcile(load_clean(write_files(raw)), raw["published"]):
        printed = raw["published"][table.id]
        for cell in table.cells:
            if cell.row in printed["rows"] and cell.ledger is not None:
                printed["rows"][cell.row][cell.place[1]] = f"{cell.ledger:,.2f}"
        for cells in printed["rows"].values():
            for position, column in enumerate(printed["columns"]):
                if "adds" in column:
                    cells[position] = print_sum(cells[:position])
        if "totals" in printed:
            printed["totals"] = [print_sum(column) for column in zip(*printed["rows"].values(), strict=True)]


def print_sum(cells: Iterable[str]) -> str:
    """Return the sum of printed cells, as it would be printed; nothing, of nothing."""
    stated = [Decimal(cell.replace(",", "")) for cell in cells if cell != "-"]
    return f"{sum(stated):,.2f}" if stated else "-"
