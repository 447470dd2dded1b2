"""As at a day is deletion: the ledger of a day is the ledger without the papers of later days and what rests on them.

What is taken out is decided here on the raw data, by a deletion that shares nothing with the code under test: whole
made-up ledgers, of everything that a paper can say.
"""

import json
from calendar import monthrange
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from emcollab.loading.load import load
from emcollab.records.ledger import Ledger
from emcollab.results.as_at import narrow_to_day
from emcollab.results.reconcile import reconcile
from emcollab.values.terms import GROUPINGS
from tests.conftest import Ran, check_files, invoke

Raw = dict[str, Any]
"""A ledger as data: by the name of a file or folder, what it holds."""

DATES = ["2015", "2016-03", "2016-03-31", "2016-06-16", "2017-04", "2017-12-31", "2018-02-28", "2018-02"]
DAYS = ["2015-12-30", "2015-12-31", "2016-03-30", "2016-03-31", "2016-06-16", "2017-04-29", "2017-12-30", "2018-02-27"]
YEARS = ["2012/13", "2013/14", "2014/15", "2018/19"]
PERIODS = [*YEARS, "2013/14 to 2014/15", "2014/15 to 2014-11", "a year", "in all"]
FORCES = ["thornshire", "marlshire", "saltisle"]
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
        "sources": {"charter": {"title": "Charter", "body": "Board", "date": "2015-01-01"}, **sources},
        "shares": {
            "by-officers": {
                "source": draw(paper),
                "years": {"2013/14": {"thornshire": "60%", "marlshire": "40%"}, "2014/15": {"thornshire": "100%"}},
            }
        },
        "projects": {id_: {"name": f"Project {id_}"} for id_ in ("one", "two", "three")},
        "published": {},
        "recommendations": {},
    }
    for id_, project in raw["projects"].items():
        some = draw(st.lists(paper, max_size=4))
        if some:
            project["statements"] = [make_project_statement(draw, source) for source in some]
        for kind, names in (("benefits", BENEFITS), ("costs", COSTS)):
            mine = [name for project_id, name in names if project_id == id_]
            made = {name: make_benefit(draw, id_, name, kind, papers) for name in mine if draw(st.booleans())}
            if made:
                project[kind] = made
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


def make_project_statement(draw: st.DrawFn, source: str) -> Raw:
    said: Raw = draw(
        st.sampled_from(
            [
                {"status": "live"}, {"status": "closed"}, {"closed": {"date": "2013-06"}},
                {"closed": {"reason": "Cost."}}, {"status": "completed"}, {"forces": ["thornshire"]},
                {"forces": ["thornshire", "marlshire", "saltisle"]}, {"force_count": "3"}, {"lead": "Director"},
                {"priority": "true"}, {"quote": "a thing"},
            ]
        )
    )  # fmt: skip
    statement: Raw = deepcopy(said)
    return statement | {"source": source} | maybe(draw, at=st.just("para 1"), as_at=st.just("2015-06-30"))


def make_benefit(draw: st.DrawFn, project: str, name: str, kind: str, papers: list[str]) -> Raw:
    benefit: Raw = {"area": draw(st.sampled_from(AREAS))}
    if kind == "benefits":
        benefit |= draw(
            st.sampled_from(
                [{"category": "saving", "cashability": "cashable"}, {"category": "saving"}, {"category": "funding"}]
            )
        )
    others: list[str] = [f"{id_}/{other}" for id_, other in (BENEFITS if kind == "benefits" else COSTS)]
    later = others[others.index(f"{project}/{name}") + 1 :]
    is_newer: bool = draw(st.booleans())
    if later and is_newer:
        benefit["replaces"] = draw(st.lists(st.sampled_from(later), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        benefit["possible_duplicate_of"] = draw(
            st.sampled_from([other for other in others if other != f"{project}/{name}"])
        )
    divided = draw(st.sampled_from(["", "key", "written"]))
    if divided == "key":
        benefit["shares"] = "by-officers"
    if divided == "written":
        benefit["shares"] = {"thornshire": "70%", "saltisle": "30%"}
        benefit["shares_source"] = draw(st.sampled_from(papers))
    some = draw(st.lists(st.sampled_from(papers), min_size=1, max_size=4, unique=True))
    benefit["statements"] = [make_statement(draw, source, by_force=not divided) for source in some]
    return benefit


def make_statement(draw: st.DrawFn, source: str, *, by_force: bool) -> Raw:
    statement: Raw = {"source": source}
    bases = ["plan", "estimate", "reported", "actual", "at_risk", "delayed", "not_achievable"]
    for basis in draw(st.lists(st.sampled_from(bases), max_size=3, unique=True)):
        periods = [each for each in PERIODS if basis != "actual" or each != "2018/19"]
        statement[basis] = {
            period: make_amount(draw, by_force=by_force)
            for period in draw(st.lists(st.sampled_from(periods), min_size=1, max_size=3, unique=True))
        }
    statement |= maybe(draw, baseline=st.just("£2m"), owner=st.just("Director"), as_at=st.just("2015-06-30"))
    if draw(st.booleans()) or len(set(statement) - {"source", "as_at"}) == 0:
        statement |= {"assurance": draw(st.sampled_from(["green", "red"]))} | maybe(draw, assured_by=st.just("Audit"))
    return statement


def make_amount(draw: st.DrawFn, *, by_force: bool) -> str | dict[str, str]:
    amount = st.integers(0, 99).map(lambda pounds: f"£{pounds}")
    if by_force and draw(st.integers(0, 4)) == 0:
        return {force: draw(amount) for force in FORCES[: draw(st.integers(1, 3))]}
    return draw(amount)


def make_table(draw: st.DrawFn, source: str) -> Raw:
    columns = st.sampled_from(
        [[{"label": "C", "period": "2013/14"}], [{"label": "C", "period": "a year", "basis": "plan"}]]
    )
    return {
        "source": source, "title": "T", "by": "area", "unit": "£", "columns": draw(columns),
        "rows": {area: [draw(st.sampled_from(["-", "0", "50"]))] for area in AREAS},
    }  # fmt: skip


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


# --- deletion


def delete_later(raw: Raw, day: date) -> Raw:  # noqa: C901, PLR0912 - it is one list of what goes
    """Return the ledger without every paper dated after `day`, and without all that rests on one."""
    raw = deepcopy(raw)
    later = {id_ for id_, source in raw["sources"].items() if day_counted(source["date"]) > day}
    for id_ in later:
        del raw["sources"][id_]
    for name in [name for name, key in raw["shares"].items() if key["source"] in later]:
        del raw["shares"][name]
    for id_, project in list(raw["projects"].items()):
        papers = papers_of(project)
        if papers and papers <= later:
            del raw["projects"][id_]
            continue
        for kind in ("statements", "milestones"):
            project[kind] = [each for each in project.get(kind, []) if each["source"] not in later]
        project["outcomes"] = {
            name: each for name, each in project.get("outcomes", {}).items() if each["source"] not in later
        }
        for kind in ("benefits", "costs"):
            for name, benefit in list(project.get(kind, {}).items()):
                benefit["statements"] = [each for each in benefit["statements"] if each["source"] not in later]
                if not benefit["statements"]:
                    del project[kind][name]
                if benefit.get("shares_source") in later or (
                    isinstance(benefit.get("shares"), str) and benefit["shares"] not in raw["shares"]
                ):
                    del benefit["shares"]
                    benefit.pop("shares_source", None)
    for kind in ("published", "recommendations"):
        for id_ in [id_ for id_, record in raw[kind].items() if record["source"] in later]:
            del raw[kind][id_]
    for made in raw["recommendations"].values():
        for item in made["items"].values():
            if item.get("source") in later:
                for key in ("action", "response", "source", "at", "quote", "note"):
                    item.pop(key, None)
    drop_unknown_names(raw)
    return raw


def day_counted(when: str) -> date:
    """Return the day from which on a paper counts: the last of its month or year, where no more is known."""
    year, month, day = (*when.split("-"), "", "")[:3]
    number = int(month or 12)
    return date(int(year), number, int(day or monthrange(int(year), number)[1]))


def papers_of(project: Raw) -> set[str]:
    said = [*project.get("statements", []), *project.get("milestones", []), *project.get("outcomes", {}).values()]
    for kind in ("benefits", "costs"):
        said += [each for benefit in project.get(kind, {}).values() for each in benefit["statements"]]
    return {each["source"] for each in said}


# --- from data to a ledger


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
        path: yaml.safe_dump(drop_empty(record), sort_keys=False).encode() for path, record in files.items() if record
    }


def drop_empty(record: Mapping[str, Any]) -> Raw:
    return {key: value for key, value in record.items() if value not in ([], {})}


def load_clean(files: Mapping[str, bytes]) -> Ledger:
    """Return the ledger of files of which every record can be read."""
    loaded = load(files)
    assert loaded.problems == []
    assert [fault for path in files for fault in loaded.faults_of(path)] == []
    return loaded.ledger


# --- properties


@given(make_ledgers(), st.sampled_from(DAYS))
@settings(max_examples=40)
def test_the_ledger_of_a_day_is_the_one_without_later_papers(raw: Raw, day: str) -> None:
    when = date.fromisoformat(day)
    deleted = load_clean(write_files(delete_later(raw, when)))
    narrowed = narrow_to_day(load_clean(write_files(raw)), when)
    assert narrowed.sources == deleted.sources
    assert narrowed.shares == deleted.shares
    assert narrowed.projects == deleted.projects
    assert narrowed.published == deleted.published
    assert narrowed.recommendations == deleted.recommendations
    assert narrowed.figures == deleted.figures
    assert narrowed.states == deleted.states
    assert narrowed == deleted


COMMANDS = [
    *(f"totals --by {by} --format json" for by in GROUPINGS),
    *(f"totals --by {by}" for by in ("area", "force")),
    "totals --basis plan --by project",
    "totals --sum-years",
    "totals --force thornshire --category cost",
    *(f"trace {what} --format {form}" for what in ("vehicles 2013/14", "one 2014/15", "three/hire 2012/13")
      for form in ("text", "json")),
    "statement --all",
    "statement --all --format json",
    *(f"appraisal --by {by}" for by in ("project", "benefit", "force")),
    "appraisal --sum-years --format json",
    "projects", "projects --format json", "forces", "recommendations", "recommendations --format json",
    "forces --format json",
    "export --format json", "export --format datapackage --output out", "report --output out",
    "paper --output out/paper.md",
    "diff --from-date 2013-06-15",
]  # fmt: skip
"""What is asked of both ledgers; each is also given the day."""


@given(make_ledgers(), st.sampled_from(DAYS), st.sampled_from(COMMANDS), st.sampled_from(COMMANDS))
@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])  # to find the smallest takes minutes
def test_every_answer_as_at_a_day_is_that_of_the_ledger_without_later_papers(
    raw: Raw, day: str, first: str, second: str
) -> None:
    print_what_the_ledger_holds(raw)
    whole, deleted = write_files(raw), write_files(delete_later(raw, date.fromisoformat(day)))
    assume(not check_files(whole)[1] and not check_files(deleted)[1])
    with TemporaryDirectory() as folder:
        for name, files in (("whole", whole), ("deleted", deleted)):
            for path, data in files.items():
                file = Path(folder, name, "data", path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        for command in dict.fromkeys((first, second)):
            asked = [ask(command, day, Path(folder, name)) for name in ("whole", "deleted")]
            assert asked[0] == asked[1]
            assert "option" not in asked[0][0].stderr
            if command.endswith("json") and "appraisal" not in command:  # which asks for what is due by today
                today = invoke(*command.split(), "--data", Path(folder, "deleted", "data"))
                assert without_day(today.stdout) == without_day(asked[0][0].stdout)
        for path in deleted:  # each table is as at the day of its paper, and `reconcile` is not asked for another
            _, _, table = path.removesuffix(".yaml").partition("published/")
            if table:
                tables = [
                    invoke("reconcile", table, "--data", Path(folder, name, "data")) for name in ("whole", "deleted")
                ]
                assert tables[0] == tables[1]
                assert tables[0].status == 0


def ask(command: str, day: str, ledger: Path) -> tuple[Ran, dict[str, bytes]]:
    """Return what a command says of the ledger in a folder as at a day, and the files that it writes."""
    out = ledger / command.split(maxsplit=1)[0]
    if command.startswith("paper"):
        out.mkdir()
    words = command.replace(" out", f" {out}").split()
    asked = invoke(*words, "--to-date" if words[0] == "diff" else "--as-at", day, "--data", ledger / "data")
    assert " out" not in command or asked.status == 0
    return asked, {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def without_day(text: str) -> Any:  # noqa: ANN401 - any part of a document
    """Return a document of JSON without the key and the sentence that name the day; what is none as it is."""

    def drop(value: Any) -> Any:  # noqa: ANN401 - any part of a document
        if isinstance(value, dict):
            return {key: drop(item) for key, item in value.items() if key != "as_at"}
        if isinstance(value, list):
            return [drop(item) for item in value if not str(item).startswith("As at ")]
        return value

    return drop(json.loads(text)) if text else ""


def print_what_the_ledger_holds(raw: Raw) -> None:
    """Put into the cells of each table what the ledger holds for them, as its paper may have printed it."""
    ledger = load_clean(write_files(raw))
    for table in reconcile(ledger, raw["published"]):
        for cell in table.cells:
            amount = "-" if cell.ledger is None else f"{cell.ledger:.0f}"
            raw["published"][table.id]["rows"][cell.row] = [amount]
