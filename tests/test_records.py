"""Records made of plain values: what every field takes, and each fault of shape with its place and its words."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

import pytest
from pydantic import BaseModel

from emcollab.loading.mending import read_record
from emcollab.loading.parser import Value
from emcollab.records.kinds import KINDS, FileKind
from emcollab.records.lists import Areas, Forces, Shares, Sources
from emcollab.records.project import Project
from emcollab.records.published import Published
from emcollab.records.recommendation import Recommendations
from emcollab.records.settings import Settings
from emcollab.values.problems import Fault

Model = TypeVar("Model", bound=BaseModel)
Values = dict[str, Any]


def told(faults: list[Fault]) -> list[str]:
    """Return each fault in a line: the keys (`!` after them if the name is at fault), the code and the words."""
    return [
        f"{'/'.join(str(key) for key in fault.keys)}{'!' * fault.on_key} {fault.code}: {fault.message}; {fault.help}"
        for fault in faults
    ]


def read(model: type[Model], value: object) -> tuple[Model | None, list[Fault]]:
    return read_record("x.yaml", model, cast("Value", value))[:2]


def project(**fields: object) -> Values:
    return {"name": "Joint fleet", **fields}


def benefit(**fields: object) -> Values:
    """Return a project with one benefit, `b`."""
    given = {"area": "vehicles", "category": "saving", "statements": [statement(actual={"2015/16": "£1"})], **fields}
    return project(benefits={"b": {name: value for name, value in given.items() if value is not None}})


def statement(**fields: object) -> Values:
    return {"source": "paper", **fields}


def stating(**fields: object) -> Values:
    """Return a project with one benefit that has one statement."""
    return benefit(statements=[statement(**fields)])


def source(**fields: object) -> Values:
    return {"paper": {"title": "T", "body": "B", "date": "2010-02-22", **fields}}


def table(**fields: object) -> Values:
    return {
        "source": "paper",
        "title": "T",
        "by": "area",
        "unit": "£m",
        "years": ["2010/11"],
        "rows": {"a": ["1"]},
        **fields,
    }


# --- what is taken


CITED = {"source": "paper", "at": "Table 1", "quote": "the words\nof the paper"}
STATEMENTS = [
    {
        **CITED,
        "note": "as printed",
        "plan": {"2015/16": "£70k"},
        "estimate": {"2016/17": "£0.066m", "2017/18": "-£82.50"},
        "reported": {"2014/15": "£1,324,000"},
        "actual": {"2015/16": "£0"},
        "undated": "£8k",
    }
]
COST = {
    "area": "vehicles",
    "measure": "money",
    "label": "Fuel contract",
    "recurrence": "recurring",
    "baseline": "Litres of 2014/15\nat pump prices",
    "owner": "Fleet Manager",
    "possible_duplicate_of": "hr-service/licences",
    "note": "two\nlines",
    "assurance": "amber",
    "assured_by": "Internal Audit",
    "shares": {"thornshire": "133.34%", "marlshire": "-33.34%"},
    "shares_source": "paper",
    "shares_at": "para 12",
    "statements": STATEMENTS,
}
FULL: dict[str, Values] = {
    "ledger": {"title": "T", "unit": "£k", "places": "1", "first_year": "2014/15", "last_year": "2019/20"},
    "areas": {"vehicles": "Vehicles & fuel", "2": "two"},
    "forces": {"thornshire": {"name": "Thornshire", "in_region": "false", "note": "a\nb"}, "x": {"name": "X"}},
    "sources": source(mark="Agenda Item 7", as_at="2010-01-31", url="https://example.org/", note="a\nb"),
    "shares": {"size": {**CITED, "years": {"2016/17": {"a": "100%"}, "2018/19": {"a": "33.34%", "b": "66.66%"}}}},
    "project": {
        "name": "Joint fleet",
        "status": "closed",
        "summary": "One contract\nfor fuel.",
        "priority": "true",
        "forces": ["thornshire", "marlshire"],
        "force_count": "3",
        "lead": "Programme Director",
        "closed": {"date": "2017-06", "reason": "It was done.", **CITED},
        "sources": [CITED, {"source": "paper"}],
        "note": "a\nb",
        "benefits": {
            "fuel": {**COST, "category": "saving", "cashability": "cashable"},
            "hours": {
                "area": "vehicles",
                "category": "unclassified",
                "measure": "hours",
                "shares": "size",
                "statements": [{"source": "paper", "estimate": {"2016/17": "1,250.5"}}],
            },
        },
        "costs": {"building": COST},
        "outcomes": {"calm": {"kind": "resilience", "text": "Either site\ncan do it.", **CITED}},
        "milestones": [
            {"name": "Opened", "start": "2015", "end": "2015-09-14", "state": "completed", "note": "a", **CITED},
            {"name": "Sold", "source": "paper"},
        ],
    },
    "published": {
        "source": "paper",
        "at": "Table 1",
        "title": "Savings",
        "by": "cashability",
        "unit": "£k",
        "columns": [{"label": "Target", "year": "2015/16", "basis": "plan"}, {"label": "Now", "year": "2015/16"}],
        "sign": "saving-is-negative",
        "rows": {"cashable": ["(1.0)", ""], "unstated": ["-", "TBC"]},
        "totals": ["£1.0", "Nil"],
        "footnotes": ["an estimate"],
        "accepted_differences": [
            {"row": "total", "year": "2015/16", "column": "Target", "why": "a slip"},
            {"row": "cashable", "why": "another"},
        ],
        "note": "a\nb",
    },
    "recommendations": {
        "title": "HMIC 2013",
        "made_by": "HMIC",
        "source": "paper",
        "at": "page 3",
        "note": "a\nb",
        "items": {
            "1": {
                "recommendation": "do it",
                "area": "savings",
                "action": "done",
                "response": "partly-accepted",
                "note": "a",
                **CITED,
            },
            "2a": {"recommendation": "do more"},
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=[kind.record for kind in KINDS])
def test_every_field_there_is_can_be_given(kind: FileKind) -> None:
    record, faults = read(kind.model, FULL[kind.record])
    assert told(faults) == []
    assert record is not None


SHORTEST: dict[str, Values] = {
    "ledger": {"title": "T"},
    "areas": {},
    "forces": {},
    "sources": {},
    "shares": {},
    "project": {"name": "N"},
    "published": {"source": "p", "title": "T", "by": "area", "unit": "£", "years": ["2010/11"], "rows": {"a": [""]}},
    "recommendations": {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R"}}},
}


@pytest.mark.parametrize("kind", KINDS, ids=[kind.record for kind in KINDS])
def test_everything_beyond_the_essentials_may_be_left_out(kind: FileKind) -> None:
    record, faults = read(kind.model, SHORTEST[kind.record])
    assert told(faults) == []
    assert record is not None


def test_texts_become_the_values_they_state() -> None:
    record, _ = read(Project, FULL["project"])
    assert record is not None
    assert (record.priority, record.force_count, record.forces) == (True, 3, ["thornshire", "marlshire"])
    assert record.closed is not None
    assert record.closed.date == "2017-06"
    fuel, hours = record.benefits["fuel"], record.benefits["hours"]
    assert (fuel.measure, fuel.cashability, fuel.recurrence, fuel.assurance) == (
        "money",
        "cashable",
        "recurring",
        "amber",
    )
    assert fuel.shares == {"thornshire": Decimal("133.34"), "marlshire": Decimal("-33.34")}
    stated = fuel.statements[0]
    assert stated.plan == {"2015/16": Decimal(70000)}
    assert stated.estimate == {"2016/17": Decimal(66000), "2017/18": Decimal("-82.5")}
    assert stated.reported == {"2014/15": Decimal(1324000)}
    assert stated.actual == {"2015/16": Decimal(0)}
    assert stated.undated == Decimal(8000)
    assert hours.statements[0].estimate == {"2016/17": Decimal("1250.5")}
    assert (hours.shares, hours.cashability, hours.category) == ("size", None, "unclassified")
    assert record.costs["building"].statements == fuel.statements
    assert [(step.name, step.start, step.end) for step in record.milestones] == [
        ("Opened", "2015", "2015-09-14"),
        ("Sold", None, None),
    ]


def test_what_is_left_out_has_the_value_that_the_format_gives_it() -> None:
    shortest, _ = read(Project, {"name": "N"})
    settings, _ = read(Settings, {"title": "T"})
    forces, _ = read(Forces, {"a": {"name": "A"}, "b": {"name": "B", "in_region": "false"}})
    printed, _ = read(Published, SHORTEST["published"])
    assert shortest == Project(name="N")
    assert shortest is not None
    assert (shortest.status, shortest.priority, shortest.forces, shortest.benefits) == (None, False, [], {})
    assert settings is not None
    assert (settings.unit, settings.places, settings.first_year) == ("£m", None, None)
    assert forces is not None
    assert [force.in_region for force in forces.root.values()] == [True, False]
    assert printed is not None
    assert printed.sign == "saving-is-positive"
    assert [(column.label, column.year, column.basis) for column in printed.headings] == [("2010/11", "2010/11", None)]


def test_a_table_with_columns_is_headed_by_them() -> None:
    printed, _ = read(Published, FULL["published"])
    assert printed is not None
    assert [(column.label, column.year, column.basis) for column in printed.headings] == [
        ("Target", "2015/16", "plan"),
        ("Now", "2015/16", None),
    ]


def test_a_key_of_apportionment_holds_from_each_year_until_the_next() -> None:
    shares, _ = read(Shares, FULL["shares"])
    assert shares is not None
    key = shares.root["size"]
    assert [key.parts_in(year) for year in ("2015/16", "2016/17", "2017/18", "2018/19", "2099/00")] == [
        None,
        {"a": Decimal(100)},
        {"a": Decimal(100)},
        {"a": Decimal("33.34"), "b": Decimal("66.66")},
        {"a": Decimal("33.34"), "b": Decimal("66.66")},
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2010-02-22", date(2010, 2, 22)), ("2012-02-29", date(2012, 2, 29)), ("0001-01-01", date(1, 1, 1))],
)
def test_days_are_read(written: str, day: date) -> None:
    sources, faults = read(Sources, source(date=written, as_at=written))
    assert faults == []
    assert sources is not None
    assert (sources.root["paper"].date, sources.root["paper"].as_at) == (day, day)


@pytest.mark.parametrize("when", ["2010", "2010-07", "2010-07-15"])
def test_a_milestone_is_dated_as_exactly_as_the_paper_dates_it(when: str) -> None:
    record, faults = read(Project, project(milestones=[{"name": "N", "source": "p", "start": when}]))
    assert faults == []
    assert record is not None
    assert record.milestones[0].start == when


# --- what is refused


TEXT = "wrong-type: {} where a text should be; write it on the line of its name"
TAKE_OUT = "wrong-type: a list where a text should be; take the brackets out: write '{}'"
LIST = "wrong-type: {} where a list should be; write '- ' before each item, or '[a, b]'"
MAPPING = "wrong-type: {} where a mapping should be; write 'name: value' lines below it, indented"
LINES = "wrong-type: a text where a mapping should be; write 'name: value' lines, with a space after each ':'"
EMPTY = "empty-value: nothing is written here; write a value, or take the name out"
PAPER = "missing-key: 'source' is missing; add it: the paper: an id in sources.yaml"
UNKNOWN = "unknown-value: '{}' is not one of the values there are; {}"

REFUSED: list[tuple[type[BaseModel], object, list[str]]] = [
    # a record that is none
    (Project, "text", [f" {LINES}"]),
    (Project, ["a"], [f" {MAPPING.format('a list')}"]),
    (Areas, "text", [f" {LINES}"]),
    (Sources, ["a"], [f" {MAPPING.format('a list')}"]),
    (Sources, {"paper": "text"}, [f"paper {MAPPING.format('a text')}"]),
    # what is missing
    (Project, {}, ["! missing-key: 'name' is missing; add it: what the project is called"]),
    (Settings, {}, ["! missing-key: 'title' is missing; add it: what the ledger is called; the heading of its tables"]),
    (Forces, {"f": {}}, ["f! missing-key: 'name' is missing; add it: the force's name"]),
    (
        Sources,
        {"paper": {"title": "T"}},
        [
            "paper! missing-key: 'body' is missing; add it: the committee, authority or panel it went to",
            (
                "paper! missing-key: 'date' is missing; "
                "add it: the day of the meeting; decides which figure is the later"
            ),
        ],
    ),
    (
        Project,
        benefit(area=None, category=None),
        [
            "benefits/b! missing-key: 'area' is missing; add it: the row of the summary table: an id in areas.yaml",
            (
                "benefits/b! missing-key: 'category' is missing; "
                "add it: saving or funding; unclassified if the paper does not say which"
            ),
        ],
    ),
    (
        Project,
        project(benefits={"b": {"label": "half a benefit"}}),
        [
            "benefits/b! missing-key: 'area' is missing; add it: the row of the summary table: an id in areas.yaml",
            "benefits/b! missing-key: 'statements' is missing; add it: what each paper says, the earliest first",
            (
                "benefits/b! missing-key: 'category' is missing; "
                "add it: saving or funding; unclassified if the paper does not say which"
            ),
        ],
    ),
    (
        Project,
        benefit(statements=None),
        ["benefits/b! missing-key: 'statements' is missing; add it: what each paper says, the earliest first"],
    ),
    (Project, benefit(statements=[{"undated": "£1"}]), [f"benefits/b/statements/0! {PAPER}"]),
    (
        Project,
        stating(at="Table 1"),
        [
            (
                "benefits/b/statements/0! missing-key: the statement has no figure; "
                "add one of plan, estimate, reported, actual, undated"
            )
        ],
    ),
    (
        Project,
        benefit(shares={"a": "100%"}),
        [("benefits/b! missing-key: the shares have no source; add 'shares_source', the paper that gives them")],
    ),
    (Project, project(sources=[{"at": "x"}]), [f"sources/0! {PAPER}"]),
    (
        Project,
        project(milestones=[{"source": "p"}]),
        ["milestones/0! missing-key: 'name' is missing; add it: what is to be reached"],
    ),
    (
        Project,
        project(outcomes={"o": {"source": "p"}}),
        [
            "outcomes/o! missing-key: 'kind' is missing; add it: what kind of benefit",
            "outcomes/o! missing-key: 'text' is missing; add it: what came of it, in a sentence",
        ],
    ),
    (
        Shares,
        {"k": {"source": "p"}},
        ["k! missing-key: 'years' is missing; add it: percentages by force, from each year on"],
    ),
    (Published, table(years=[]), ["years! missing-key: the table has no columns; give either 'years' or 'columns'"]),
    (
        Published,
        table(columns=[{"label": "L", "year": "2010/11"}]),
        ["columns! missing-key: the table has its columns twice; give either 'years' or 'columns'"],
    ),
    (
        Published,
        table(measure="posts"),
        ["measure! missing-key: the table says twice what it counts; give either 'unit' or 'measure'"],
    ),
    (
        Published,
        {name: value for name, value in table().items() if name != "unit"},
        ["! missing-key: the table does not say what it counts; give either 'unit' or 'measure'"],
    ),
    (
        Published,
        table(accepted_differences=[{"row": "a"}]),
        ["accepted_differences/0! missing-key: 'why' is missing; add it: the explanation"],
    ),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"note": "n"}}},
        [("items/1! missing-key: 'recommendation' is missing; add it: what is recommended, in the paper's words")],
    ),
    # names that there are not
    (Project, project(sumary="x"), ["sumary! unknown-key: there is no 'sumary' here; did you mean 'summary'?"]),
    (
        Project,
        benefit(categroy="x"),
        ["benefits/b/categroy! unknown-key: there is no 'categroy' here; did you mean 'category'?"],
    ),
    (
        Project,
        stating(actual={"2015/16": "£1"}, outturn={"2015/16": "£1"}),
        [
            (
                "benefits/b/statements/0/outturn! unknown-key: there is no 'outturn' here; "
                "write one of: source, at, quote, note, plan, estimate, reported, actual, undated"
            )
        ],
    ),
    (
        Project,
        project(costs={"c": {"area": "a", "category": "saving", "statements": [statement(undated="£1")]}}),
        [
            (
                "costs/c/category! unknown-key: there is no 'category' here; write one of: area, measure, label, "
                "recurrence, baseline, owner, possible_duplicate_of, note, assurance, assured_by, shares, "
                "shares_source, shares_at, statements"
            )
        ],
    ),
    (
        Project,
        project(closed={"dat": "2010"}),
        ["closed/dat! unknown-key: there is no 'dat' here; did you mean 'date'?"],
    ),
    (
        Project,
        project(milestones=[{"name": "N", "source": "p", "finish": "2010"}]),
        [
            (
                "milestones/0/finish! unknown-key: there is no 'finish' here; "
                "write one of: source, at, quote, name, start, end, state, note"
            )
        ],
    ),
    (
        Forces,
        {"f": {"name": "F", "region": "x"}},
        ["f/region! unknown-key: there is no 'region' here; did you mean 'in_region'?"],
    ),
    (
        Published,
        table(columns=[{"label": "L", "year": "2010/11", "bases": "plan"}], years=[]),
        ["columns/0/bases! unknown-key: there is no 'bases' here; did you mean 'basis'?"],
    ),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R", "answer": "yes"}}},
        [
            (
                "items/1/answer! unknown-key: there is no 'answer' here; "
                "write one of: source, at, quote, recommendation, area, action, response, note"
            )
        ],
    ),
    # one thing where another should be
    (Project, {"name": ["N"]}, [f"name {TAKE_OUT.format('N')}"]),
    (Project, {"name": {"a": "b"}}, [f"name {TEXT.format('a mapping')}"]),
    (Areas, {"a": ["A"]}, [f"a {TAKE_OUT.format('A')}"]),
    (Project, project(forces="thornshire"), [f"forces {LIST.format('a text')}"]),
    (Project, project(forces={"a": "b"}), [f"forces {LIST.format('a mapping')}"]),
    (Project, project(forces=["a", ["b"]]), [f"forces/1 {TAKE_OUT.format('b')}"]),
    (Project, project(priority=["true"]), [f"priority {TAKE_OUT.format('true')}"]),
    (Project, project(closed="2010"), [f"closed {MAPPING.format('a text')}"]),
    (Project, project(closed={"date": ["2010"]}), [f"closed/date {TAKE_OUT.format('2010')}"]),
    (Project, project(benefits=["b"]), [f"benefits {MAPPING.format('a list')}"]),
    (Project, project(benefits={"b": "£5m"}), [f"benefits/b {MAPPING.format('a text')}"]),
    (Project, benefit(statements="£5m"), [f"benefits/b/statements {LIST.format('a text')}"]),
    (Project, benefit(statements=["£5m"]), [f"benefits/b/statements/0 {MAPPING.format('a text')}"]),
    (
        Project,
        stating(actual="£5m"),
        [
            (
                "benefits/b/statements/0/actual wrong-type: a text where a mapping should be; "
                "write '{2010/11: £5m}', with the year"
            )
        ],
    ),
    (
        Project,
        stating(actual={"2015/16": ["£5m"]}),
        [f"benefits/b/statements/0/actual/2015/16 {TAKE_OUT.format('£5m')}"],
    ),
    (
        Project,
        benefit(shares=["a"]),
        ["benefits/b/shares wrong-type: a list where a text or a mapping should be; write the one or the other"],
    ),
    (Project, benefit(shares={"a": ["60%"]}, shares_source="p"), [f"benefits/b/shares/a {TAKE_OUT.format('60%')}"]),
    (Project, project(name="a\nb"), ["name wrong-type: a text of several lines; write it in one line"]),
    (Sources, source(date=["2010-02-22"]), [f"paper/date {TAKE_OUT.format('2010-02-22')}"]),
    (Published, table(rows={"a": "1"}), [f"rows/a {LIST.format('a text')}"]),
    (Published, table(rows=["1"]), [f"rows {MAPPING.format('a list')}"]),
    # nothing written
    (Project, {"name": ""}, [f"name {EMPTY}"]),
    (Project, {"name": "  "}, [f"name {EMPTY}"]),
    (Project, project(summary="\n \n"), [f"summary {EMPTY}"]),
    (Project, benefit(statements=[]), [f"benefits/b/statements {EMPTY}"]),
    (Project, stating(actual={}), [f"benefits/b/statements/0/actual {EMPTY}"]),
    (Shares, {"k": {"source": "p", "years": {}}}, [f"k/years {EMPTY}"]),
    (Published, table(rows={}), [f"rows {EMPTY}"]),
    (Recommendations, {"made_by": "M", "source": "p", "items": {}}, [f"items {EMPTY}"]),
    # too much written
    (Project, {"name": "x" * 301}, ["name too-long: the text has more than 300 characters; shorten it"]),
    (
        Project,
        project(summary="x" * 20_001),
        ["summary too-long: the text has more than 20,000 characters; shorten it"],
    ),
    (
        Published,
        table(rows={"a": ["1" * 101]}),
        ["rows/a/0 too-long: the text has more than 100 characters; shorten it"],
    ),
    (Areas, {"a" * 81: "A"}, [f"{'a' * 81}! too-long: the text has more than 80 characters; shorten it"]),
    # values that there are not
    (Project, project(status="alive"), ["status " + UNKNOWN.format("alive", "did you mean 'live'?")]),
    (
        Project,
        project(status="finished"),
        [f"status {UNKNOWN.format('finished', 'write one of: proposed, live, completed, closed')}"],
    ),
    (Project, project(status=["live"]), [f"status {TAKE_OUT.format('live')}"]),
    (Project, project(priority="yes"), ["priority unknown-value: 'yes' is neither 'true' nor 'false'; write 'true'"]),
    (
        Forces,
        {"f": {"name": "F", "in_region": "No"}},
        ["f/in_region unknown-value: 'No' is neither 'true' nor 'false'; write 'false'"],
    ),
    (
        Project,
        benefit(category="savings"),
        ["benefits/b/category " + UNKNOWN.format("savings", "did you mean 'saving'?")],
    ),
    (
        Project,
        benefit(cashability="cash releasing"),
        ["benefits/b/cashability " + UNKNOWN.format("cash releasing", "did you mean 'cash-releasing'?")],
    ),
    (
        Project,
        benefit(measure="pounds"),
        [f"benefits/b/measure {UNKNOWN.format('pounds', 'write one of: money, posts, hours')}"],
    ),
    (Project, benefit(measure=["posts"]), [f"benefits/b/measure {TAKE_OUT.format('posts')}"]),
    (
        Project,
        benefit(assurance="blue"),
        [f"benefits/b/assurance {UNKNOWN.format('blue', 'write one of: green, amber, red')}"],
    ),
    (
        Project,
        benefit(recurrence="yearly"),
        [f"benefits/b/recurrence {UNKNOWN.format('yearly', 'write one of: recurring, one-off')}"],
    ),
    (
        Project,
        project(milestones=[{"name": "N", "source": "p", "state": "complete"}]),
        ["milestones/0/state " + UNKNOWN.format("complete", "did you mean 'completed'?")],
    ),
    (Settings, {"title": "T", "unit": "m"}, ["unit " + UNKNOWN.format("m", "write one of: £, £k, £m")]),
    (
        Settings,
        {"title": "T", "places": "9"},
        ["places unknown-value: 9 decimal places are too many; write a number from 0 to 8"],
    ),
    (
        Published,
        table(by="benefit"),
        [f"by {UNKNOWN.format('benefit', 'write one of: area, project, force, category, cashability')}"],
    ),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R", "response": "accept"}}},
        ["items/1/response " + UNKNOWN.format("accept", "did you mean 'accepted'?")],
    ),
    # numbers
    (
        Settings,
        {"title": "T", "places": "two"},
        ["places wrong-type: 'two' is not a whole number; write it in digits, such as '3'"],
    ),
    (
        Project,
        project(force_count="three"),
        ["force_count wrong-type: 'three' is not a whole number; write it in digits, such as '3'"],
    ),
    (
        Project,
        project(force_count="-1"),
        ["force_count wrong-type: '-1' is not a whole number; write it in digits, such as '3'"],
    ),
    # amounts
    (
        Project,
        stating(actual={"2015/16": "0.478"}),
        [
            (
                "benefits/b/statements/0/actual/2015/16 bad-amount: '0.478' is not an amount of money; "
                "give its sign and unit: write '£0.478m' for millions, '£0.478k' for thousands"
            )
        ],
    ),
    (
        Project,
        stating(undated="8k"),
        ["benefits/b/statements/0/undated bad-amount: '8k' is not an amount of money; write '£8k'"],
    ),
    (
        Project,
        benefit(measure="posts"),
        [
            (
                "benefits/b/statements/0/actual/2015/16 bad-amount: '£1' is not a plain number of posts or hours; "
                "take the '£' out, or take 'measure' out of the benefit if this is money"
            )
        ],
    ),
    # years
    (
        Project,
        stating(actual={"2010-11": "£1"}),
        ["benefits/b/statements/0/actual/2010-11! bad-year: '2010-11' is not a financial year; write '2010/11'"],
    ),
    (
        Shares,
        {"k": {"source": "p", "years": {"2010": {"a": "100%"}}}},
        ["k/years/2010! bad-year: '2010' is not a financial year; write it as '2010/11'"],
    ),
    (
        Published,
        table(years=["2010/12"]),
        [
            (
                "years/0 bad-year: '2010/12' is not a financial year; "
                "the two years must follow each other: write '2010/11' or '2011/12'"
            )
        ],
    ),
    (
        Settings,
        {"title": "T", "first_year": "2010"},
        ["first_year bad-year: '2010' is not a financial year; write it as '2010/11'"],
    ),
    # days
    *(
        (Sources, source(date=written), [f"paper/date bad-date: {words}"])
        for written, words in [
            ("22/02/2010", "'22/02/2010' is not a date; write '2010-02-22'"),
            ("22.2.2010", "'22.2.2010' is not a date; write '2010-02-22'"),
            ("2010/02/22", "'2010/02/22' is not a date; write '2010-02-22'"),
            ("2010-2-22", "'2010-2-22' is not a date; write '2010-02-22'"),
            ("22 February 2010", "'22 February 2010' is not a date; write '2010-02-22'"),
            ("22nd Feb 2010", "'22nd Feb 2010' is not a date; write '2010-02-22'"),
            ("1st sept 2010", "'1st sept 2010' is not a date; write '2010-09-01'"),
            ("31/04/2010", "'31/04/2010' is not a date; write it as '2010-02-22'"),
            ("99999999999999999999-07-16", "'99999999999999999999-07-16' is not a date; write it as '2010-02-22'"),
            ("2010-07-99999999999999999999", "'2010-07-99999999999999999999' is not a date; write it as '2010-02-22'"),
            ("22 Febtober 2010", "'22 Febtober 2010' is not a date; write '2010-02-22'"),
            ("22 Nontember 2010", "'22 Nontember 2010' is not a date; write it as '2010-02-22'"),
            ("spring 2010", "'spring 2010' is not a date; write it as '2010-02-22'"),
            ("2010", "'2010' is not a date; write it as '2010-02-22'"),
            ("2010-02-30", "there is no day '2010-02-30'; check month and day"),
            ("2010-13-01", "there is no day '2010-13-01'; check month and day"),
            ("0000-01-01", "there is no day '0000-01-01'; check month and day"),
        ]
    ),
    (
        Project,
        project(closed={"date": "June 2017"}),
        [("closed/date bad-date: 'June 2017' is not a year, a month or a day; write '2017-06'")],
    ),
    (
        Project,
        project(closed={"date": "2017-02-30"}),
        ["closed/date bad-date: there is no day '2017-02-30'; check month and day"],
    ),
    (Project, project(closed={"date": "0000"}), ["closed/date bad-date: there is no year '0000'; check the year"]),
    (
        Project,
        project(closed={"date": "2017-13"}),
        ["closed/date bad-date: there is no month '2017-13'; check the month"],
    ),
    # ids
    (Areas, {"Air Support!": "A"}, ["Air Support!! bad-id: 'Air Support!' is not an id; write 'air-support'"]),
    (Areas, {"a--b": "A"}, ["a--b! bad-id: 'a--b' is not an id; write 'a-b'"]),
    (
        Areas,
        {"\N{GREEK SMALL LETTER PI}": "A"},
        [
            (
                "\N{GREEK SMALL LETTER PI}! bad-id: '\N{GREEK SMALL LETTER PI}' is not an id; "
                "write small letters, digits and single hyphens"
            )
        ],
    ),
    (Project, project(forces=["Thornshire"]), ["forces/0 bad-id: 'Thornshire' is not an id; write 'thornshire'"]),
    (Project, benefit(shares="By Size"), ["benefits/b/shares bad-id: 'By Size' is not an id; write 'by-size'"]),
    (
        Project,
        benefit(shares={"Thorn": "100%"}, shares_source="p"),
        ["benefits/b/shares/Thorn! bad-id: 'Thorn' is not an id; write 'thorn'"],
    ),
    (
        Project,
        benefit(possible_duplicate_of="licences"),
        [
            (
                "benefits/b/possible_duplicate_of bad-id: 'licences' does not name a benefit; "
                "write it as 'project/benefit'"
            )
        ],
    ),
    (
        Project,
        project(outcomes={"o": {"kind": "Good Name", "text": "t", "source": "p"}}),
        ["outcomes/o/kind bad-id: 'Good Name' is not an id; write 'good-name'"],
    ),
    # percentages
    (
        Shares,
        {"k": {"source": "p", "years": {"2010/11": {"a": "33.3333333%", "b": "0.6"}}}},
        [
            "k/years/2010/11/a bad-percentage: '33.3333333%' has more than six decimals; write '33.333333%'",
            "k/years/2010/11/b bad-percentage: '0.6' is not a percentage; write '60%'",
        ],
    ),
    *(
        (
            Shares,
            {"k": {"source": "p", "years": {"2010/11": {"a": written}}}},
            [f"k/years/2010/11/a bad-percentage: '{written}' is not a percentage; {meant}"],
        )
        for written, meant in [
            ("60", "write '60%'"),
            ("60 %", "write '60%'"),
            ("33.34 per cent", "write '33.34%'"),
            ("-20 percent", "write '-20%'"),
            ("half", "write it as '60%' or '33.34%'"),
            ("0.6.0%", "write it as '60%' or '33.34%'"),
            ("1000%", "write it as '60%' or '33.34%'"),
            ("", "write it as '60%' or '33.34%'"),
        ]
    ),
]


@pytest.mark.parametrize(("model", "value", "faults"), REFUSED)
def test_each_fault_of_shape_has_its_keys_and_its_words(
    model: type[BaseModel], value: object, faults: list[str]
) -> None:
    assert told(read(model, value)[1]) == faults


@pytest.mark.parametrize("measure", ["money", "posts", "hours"])
def test_amounts_are_read_by_the_measure_of_their_benefit(measure: str) -> None:
    money = measure == "money"
    record, faults = read(
        Project,
        {
            "name": "N",
            "benefits": {
                "first": {"area": "a", "category": "saving", "statements": [statement(undated="£1")]},
                "second": {
                    "area": "a",
                    "category": "saving",
                    "measure": measure,
                    "statements": [statement(undated="£2" if money else "2")],
                },
                "third": {"area": "a", "category": "saving", "statements": [statement(undated="£3")]},
            },
        },
    )
    assert faults == []
    assert record is not None
    assert [item.statements[0].undated for item in record.benefits.values()] == [1, 2, 3]


def test_models_can_be_made_of_plain_values_without_our_reader() -> None:
    made = Project.model_validate(benefit(statements=[statement(actual={"2015/16": "£1.5k"})]))
    stated = made.benefits["b"].statements[0].actual
    assert stated == {"2015/16": Decimal(1500)}


@pytest.mark.parametrize(("measure", "amount"), [("pounds", "£5m"), ("post", "5"), ("hour", "1,250.5")])
def test_a_measure_there_is_not_accuses_no_amount(measure: str, amount: str) -> None:
    value = benefit(measure=measure, statements=[statement(actual={"2015/16": amount})])
    assert [fault.code for fault in read(Project, value)[1]] == ["unknown-value"]


def test_all_faults_of_a_record_are_found_in_one_go() -> None:
    value = {
        "status": "alive",
        "sumary": "x",
        "forces": ["Thornshire", "marlshire"],
        "benefits": {
            "Fuel Saved": {
                "area": "vehicles",
                "category": "savings",
                "statements": [
                    {"source": "paper", "actual": {"2015-16": "1", "2016/17": "£1.3 million", "2017/18": "£2m"}},
                    {"source": "paper"},
                    {"actual": {"2018/19": "£3m"}},
                ],
            },
            "oil": {"area": "vehicles", "category": "saving", "statements": [statement(undated="£1")], "owner": "a\nb"},
        },
        "milestones": [{"name": "N"}, "done"],
    }
    record, faults = read(Project, value)
    fuel = "benefits/Fuel Saved"
    assert sorted(line.partition(": ")[0] for line in told(faults)) == sorted(
        [
            "! missing-key",
            "status unknown-value",
            "sumary! unknown-key",
            "forces/0 bad-id",
            f"{fuel}! bad-id",
            f"{fuel}/category unknown-value",
            f"{fuel}/statements/0/actual/2015-16! bad-year",
            f"{fuel}/statements/0/actual/2015-16 bad-amount",
            f"{fuel}/statements/0/actual/2016/17 bad-amount",
            f"{fuel}/statements/1! missing-key",
            f"{fuel}/statements/2! missing-key",
            "benefits/oil/owner wrong-type",
            "milestones/0! missing-key",
            "milestones/1 wrong-type",
        ]
    )
    # What is left is read on, with stand-ins for what must be there.
    assert record is not None
    assert record.name == "stand-in"
    assert record.forces == ["thornshire", "marlshire"]
    assert set(record.benefits) == {"fuel-saved", "oil"}
    assert [step.source for step in record.milestones] == ["stand-in"]


def test_nothing_is_said_that_only_follows() -> None:
    # The only figure is faulty: that the statement has none is no second fault.
    assert [fault.code for fault in read(Project, stating(actual={"2015": "£1"}))[1]] == ["bad-year"]
    assert [fault.code for fault in read(Project, stating(actual={"2015/16": "1"}))[1]] == ["bad-amount"]
    assert [fault.code for fault in read(Project, stating(actuals={"2015/16": "£1"}))[1]] == ["unknown-key"]


def test_what_a_record_lacks_is_said_beside_what_else_is_wrong_with_it() -> None:
    assert told(read(Project, benefit(shares={"a": "100"}))[1]) == [
        "benefits/b/shares/a bad-percentage: '100' is not a percentage; write '100%'",
        "benefits/b! missing-key: the shares have no source; add 'shares_source', the paper that gives them",
    ]
    assert told(read(Project, benefit(statements=[{"source": "A paper"}]))[1]) == [
        "benefits/b/statements/0/source bad-id: 'A paper' is not an id; write 'a-paper'",
        (
            "benefits/b/statements/0! missing-key: the statement has no figure; "
            "add one of plan, estimate, reported, actual, undated"
        ),
    ]
    without_unit = {name: value for name, value in table(by="rows").items() if name != "unit"}
    assert told(read(Published, without_unit)[1]) == [
        (
            "by unknown-value: 'rows' is not one of the values there are; "
            "write one of: area, project, force, category, cashability"
        ),
        "! missing-key: the table does not say what it counts; give either 'unit' or 'measure'",
    ]


@pytest.mark.parametrize(
    ("model", "value", "left"),
    [
        (Project, {"name": ["x"]}, Project(name="stand-in")),
        (Project, {"name": "N", "summary": ["x"], "status": "alive"}, Project(name="N")),
        (Project, {"name": "N", "forces": ["A", "b", "C", "d"]}, Project(name="N", forces=["a", "b", "c", "d"])),
        (Areas, {"A": "x", "b": "B"}, Areas({"a": "x", "b": "B"})),
        (Areas, {"name": ["x"], "b": "B"}, Areas({"b": "B"})),
        (Sources, {"date": "x", "body": ["y"]}, Sources({})),
        (Settings, {"title": "T", "places": "9", "unit": "m"}, Settings(title="T")),
        (Published, table(rows=["1"]), None),
        (Recommendations, {"made_by": "M", "source": "p"}, None),
        (Project, "text", None),
    ],
)
def test_what_can_still_be_read_of_a_faulty_record_is(
    model: type[BaseModel], value: object, left: BaseModel | None
) -> None:
    record, faults = read(model, value)
    assert faults
    assert record == left


def test_the_value_read_is_left_as_it_was() -> None:
    value = {"name": ["x"], "forces": ["A"], "colour": "red"}
    read(Project, value)
    assert value == {"name": ["x"], "forces": ["A"], "colour": "red"}
