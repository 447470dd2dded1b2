"""Records made of plain values: what every field takes, and each fault of shape with its place and its words."""

import re
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


def where(faults: list[Fault]) -> list[str]:
    """Return the keys (`!` after them if the name is at fault) and the code of each fault, in a line."""
    return [f"{'/'.join(map(str, fault.subject))}{'!' * fault.on_key} {fault.code}" for fault in faults]


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
    assert where(faults) == []
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
    assert where(faults) == []
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


REFUSED: list[tuple[type[BaseModel], object, list[str]]] = [
    # a record that is none
    (Project, "text", [" wrong-type"]),
    (Project, ["a"], [" wrong-type"]),
    (Areas, "text", [" wrong-type"]),
    (Sources, ["a"], [" wrong-type"]),
    (Sources, {"paper": "text"}, ["paper wrong-type"]),
    # what is missing
    (Project, {}, ["name! missing-key"]),
    (Settings, {}, ["title! missing-key"]),
    (Forces, {"f": {}}, ["f/name! missing-key"]),
    (Sources, {"paper": {"title": "T"}}, ["paper/body! missing-key", "paper/date! missing-key"]),
    (Project, benefit(area=None, category=None), ["benefits/b/area! missing-key", "benefits/b/category! missing-key"]),
    (
        Project,
        project(benefits={"b": {"label": "half a benefit"}}),
        ["benefits/b/area! missing-key", "benefits/b/statements! missing-key", "benefits/b/category! missing-key"],
    ),
    (Project, benefit(statements=None), ["benefits/b/statements! missing-key"]),
    (Project, benefit(statements=[{"undated": "£1"}]), ["benefits/b/statements/0/source! missing-key"]),
    (Project, stating(at="Table 1"), ["benefits/b/statements/0! missing-key"]),
    (Project, benefit(shares={"a": "100%"}), ["benefits/b! missing-key"]),
    (Project, project(sources=[{"at": "x"}]), ["sources/0/source! missing-key"]),
    (Project, project(milestones=[{"source": "p"}]), ["milestones/0/name! missing-key"]),
    (
        Project,
        project(outcomes={"o": {"source": "p"}}),
        ["outcomes/o/kind! missing-key", "outcomes/o/text! missing-key"],
    ),
    (Shares, {"k": {"source": "p"}}, ["k/years! missing-key"]),
    (Published, table(years=[]), ["years! missing-key"]),
    (Published, table(columns=[{"label": "L", "year": "2010/11"}]), ["columns! missing-key"]),
    (Published, table(measure="posts"), ["measure! missing-key"]),
    (Published, {name: value for name, value in table().items() if name != "unit"}, ["! missing-key"]),
    (Published, table(accepted_differences=[{"row": "a"}]), ["accepted_differences/0/why! missing-key"]),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"note": "n"}}},
        ["items/1/recommendation! missing-key"],
    ),
    # names that there are not
    (Project, project(sumary="x"), ["sumary! unknown-key"]),
    (Project, benefit(categroy="x"), ["benefits/b/categroy! unknown-key"]),
    (
        Project,
        stating(actual={"2015/16": "£1"}, outturn={"2015/16": "£1"}),
        ["benefits/b/statements/0/outturn! unknown-key"],
    ),
    (
        Project,
        project(costs={"c": {"area": "a", "category": "saving", "statements": [statement(undated="£1")]}}),
        ["costs/c/category! unknown-key"],
    ),
    (Project, project(closed={"dat": "2010"}), ["closed/dat! unknown-key"]),
    (
        Project,
        project(milestones=[{"name": "N", "source": "p", "finish": "2010"}]),
        ["milestones/0/finish! unknown-key"],
    ),
    (Forces, {"f": {"name": "F", "region": "x"}}, ["f/region! unknown-key"]),
    (
        Published,
        table(columns=[{"label": "L", "year": "2010/11", "bases": "plan"}], years=[]),
        ["columns/0/bases! unknown-key"],
    ),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R", "answer": "yes"}}},
        ["items/1/answer! unknown-key"],
    ),
    # one thing where another should be
    (Project, {"name": ["N"]}, ["name wrong-type"]),
    (Project, {"name": {"a": "b"}}, ["name wrong-type"]),
    (Areas, {"a": ["A"]}, ["a wrong-type"]),
    (Project, project(forces="thornshire"), ["forces wrong-type"]),
    (Project, project(forces={"a": "b"}), ["forces wrong-type"]),
    (Project, project(forces=["a", ["b"]]), ["forces/1 wrong-type"]),
    (Project, project(priority=["true"]), ["priority wrong-type"]),
    (Project, project(closed="2010"), ["closed wrong-type"]),
    (Project, project(closed={"date": ["2010"]}), ["closed/date wrong-type"]),
    (Project, project(benefits=["b"]), ["benefits wrong-type"]),
    (Project, project(benefits={"b": "£5m"}), ["benefits/b wrong-type"]),
    (Project, benefit(statements="£5m"), ["benefits/b/statements wrong-type"]),
    (Project, benefit(statements=["£5m"]), ["benefits/b/statements/0 wrong-type"]),
    (Project, stating(actual="£5m"), ["benefits/b/statements/0/actual wrong-type"]),
    (Project, stating(actual={"2015/16": ["£5m"]}), ["benefits/b/statements/0/actual/2015/16 wrong-type"]),
    (Project, benefit(shares=["a"]), ["benefits/b/shares wrong-type"]),
    (Project, benefit(shares={"a": ["60%"]}, shares_source="p"), ["benefits/b/shares/a wrong-type"]),
    (Project, project(name="a\nb"), ["name wrong-type"]),
    (Sources, source(date=["2010-02-22"]), ["paper/date wrong-type"]),
    (Published, table(rows={"a": "1"}), ["rows/a wrong-type"]),
    (Published, table(rows=["1"]), ["rows wrong-type"]),
    # nothing written
    (Project, {"name": ""}, ["name empty-value"]),
    (Project, {"name": "  "}, ["name empty-value"]),
    (Project, project(summary="\n \n"), ["summary empty-value"]),
    (Project, benefit(statements=[]), ["benefits/b/statements empty-value"]),
    (Project, stating(actual={}), ["benefits/b/statements/0/actual empty-value"]),
    (Shares, {"k": {"source": "p", "years": {}}}, ["k/years empty-value"]),
    (Published, table(rows={}), ["rows empty-value"]),
    (Recommendations, {"made_by": "M", "source": "p", "items": {}}, ["items empty-value"]),
    # too much written
    (Project, {"name": "x" * 301}, ["name too-long"]),
    (Project, project(summary="x" * 20_001), ["summary too-long"]),
    (Published, table(rows={"a": ["1" * 101]}), ["rows/a/0 too-long"]),
    (Areas, {"a" * 81: "A"}, [f"{'a' * 81}! too-long"]),
    # values that there are not
    (Project, project(status="alive"), ["status unknown-value"]),
    (Project, project(status="finished"), ["status unknown-value"]),
    (Project, project(status=["live"]), ["status wrong-type"]),
    (Project, project(priority="yes"), ["priority unknown-value"]),
    (Forces, {"f": {"name": "F", "in_region": "No"}}, ["f/in_region unknown-value"]),
    (Project, benefit(category="savings"), ["benefits/b/category unknown-value"]),
    (Project, benefit(cashability="cash releasing"), ["benefits/b/cashability unknown-value"]),
    (Project, benefit(measure="pounds"), ["benefits/b/measure unknown-value"]),
    (Project, benefit(measure=["posts"]), ["benefits/b/measure wrong-type"]),
    (Project, benefit(assurance="blue"), ["benefits/b/assurance unknown-value"]),
    (Project, benefit(recurrence="yearly"), ["benefits/b/recurrence unknown-value"]),
    (
        Project,
        project(milestones=[{"name": "N", "source": "p", "state": "complete"}]),
        ["milestones/0/state unknown-value"],
    ),
    (Settings, {"title": "T", "unit": "m"}, ["unit unknown-value"]),
    (Settings, {"title": "T", "places": "9"}, ["places unknown-value"]),
    (Published, table(by="benefit"), ["by unknown-value"]),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R", "response": "accept"}}},
        ["items/1/response unknown-value"],
    ),
    # numbers
    (Settings, {"title": "T", "places": "two"}, ["places wrong-type"]),
    (Project, project(force_count="three"), ["force_count wrong-type"]),
    (Project, project(force_count="-1"), ["force_count wrong-type"]),
    # amounts
    (Project, stating(actual={"2015/16": "0.478"}), ["benefits/b/statements/0/actual/2015/16 bad-amount"]),
    (Project, stating(undated="8k"), ["benefits/b/statements/0/undated bad-amount"]),
    (Project, benefit(measure="posts"), ["benefits/b/statements/0/actual/2015/16 bad-amount"]),
    # years
    (Project, stating(actual={"2010-11": "£1"}), ["benefits/b/statements/0/actual/2010-11! bad-year"]),
    (Shares, {"k": {"source": "p", "years": {"2010": {"a": "100%"}}}}, ["k/years/2010! bad-year"]),
    (Published, table(years=["2010/12"]), ["years/0 bad-year"]),
    (Settings, {"title": "T", "first_year": "2010"}, ["first_year bad-year"]),
    # days
    (Sources, source(date="22/02/2010"), ["paper/date bad-date"]),
    (Sources, source(date="2010-02-30"), ["paper/date bad-date"]),
    (Project, project(closed={"date": "June 2017"}), ["closed/date bad-date"]),
    (Project, project(closed={"date": "2017-02-30"}), ["closed/date bad-date"]),
    (Project, project(closed={"date": "0000"}), ["closed/date bad-date"]),
    (Project, project(closed={"date": "2017-13"}), ["closed/date bad-date"]),
    # ids
    (Areas, {"Air Support!": "A"}, ["Air Support!! bad-id"]),
    (Areas, {"a--b": "A"}, ["a--b! bad-id"]),
    (Areas, {"\N{GREEK SMALL LETTER PI}": "A"}, ["\N{GREEK SMALL LETTER PI}! bad-id"]),
    (Project, project(forces=["Thornshire"]), ["forces/0 bad-id"]),
    (Project, benefit(shares="By Size"), ["benefits/b/shares bad-id"]),
    (Project, benefit(shares={"Thorn": "100%"}, shares_source="p"), ["benefits/b/shares/Thorn! bad-id"]),
    (Project, benefit(possible_duplicate_of="licences"), ["benefits/b/possible_duplicate_of bad-id"]),
    (Project, project(outcomes={"o": {"kind": "Good Name", "text": "t", "source": "p"}}), ["outcomes/o/kind bad-id"]),
    # percentages
    (
        Shares,
        {"k": {"source": "p", "years": {"2010/11": {"a": "33.3333333%", "b": "0.6"}}}},
        ["k/years/2010/11/a bad-percentage", "k/years/2010/11/b bad-percentage"],
    ),
]


@pytest.mark.parametrize(("model", "value", "faults"), REFUSED)
def test_each_fault_of_shape_has_its_keys_and_its_code(
    model: type[BaseModel], value: object, faults: list[str]
) -> None:
    assert where(read(model, value)[1]) == faults


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
    assert sorted(where(faults)) == sorted(
        [
            "name! missing-key",
            "status unknown-value",
            "sumary! unknown-key",
            "forces/0 bad-id",
            f"{fuel}! bad-id",
            f"{fuel}/category unknown-value",
            f"{fuel}/statements/0/actual/2015-16! bad-year",
            f"{fuel}/statements/0/actual/2015-16 bad-amount",
            f"{fuel}/statements/0/actual/2016/17 bad-amount",
            f"{fuel}/statements/1! missing-key",
            f"{fuel}/statements/2/source! missing-key",
            "benefits/oil/owner wrong-type",
            "milestones/0/source! missing-key",
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
    assert where(read(Project, benefit(shares={"a": "100"}))[1]) == [
        "benefits/b/shares/a bad-percentage",
        "benefits/b! missing-key",
    ]
    assert where(read(Project, benefit(statements=[{"source": "A paper"}]))[1]) == [
        "benefits/b/statements/0/source bad-id",
        "benefits/b/statements/0! missing-key",
    ]
    without_unit = {name: value for name, value in table(by="rows").items() if name != "unit"}
    assert where(read(Published, without_unit)[1]) == ["by unknown-value", "! missing-key"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("60", ["60%"]),
        ("60 %", ["60%"]),
        ("0.6", ["60%"]),
        ("33.34 per cent", ["33.34%"]),
        ("-20 percent", ["-20%"]),
        ("33.3333333%", ["33.333333%"]),
        ("half", ["60%", "33.34%"]),
        ("0.6.0%", ["60%", "33.34%"]),
        ("1000%", ["60%", "33.34%"]),
        ("", ["60%", "33.34%"]),
    ],
)
def test_what_is_no_percentage_is_answered_with_what_to_write(written: str, meant: list[str]) -> None:
    [fault] = read(Shares, {"k": {"source": "p", "years": {"2010/11": {"a": written}}}})[1]
    assert (where([fault]), re.findall("'([^']*)'", fault.help)) == (["k/years/2010/11/a bad-percentage"], meant)


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
