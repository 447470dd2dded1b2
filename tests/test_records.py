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
from emcollab.records.published import PrintedRow, Published
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


def said(**fields: object) -> Values:
    """Return a project of which one paper says something."""
    return project(statements=[statement(**fields)])


def source(**fields: object) -> Values:
    return {"paper": {"title": "T", "body": "B", "date": "2010-02-22", **fields}}


def difference(**fields: object) -> Values:
    return {"row": "a", "column": "2010/11", "off": "£5", "why": "a slip", **fields}


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
        "as_at": "2016-05-31",
        "plan": {"2015/16": "£70k", "2014/15 to 2018/19": "£1.5m"},
        "estimate": {"2016/17": "£0.066m", "2017/18": {"thornshire": "-£82.50", "marlshire": "£100"}},
        "reported": {"2014/15": "£1,324,000", "a year": "£8k", "in all": "£9k"},
        "actual": {"2015/16": "£0", "2016/17 to 2016-05": "£5k"},
        "at_risk": {"2016/17": "£1k"},
        "delayed": {"2016/17": "£2k"},
        "not_achievable": {"2016/17": "£3k"},
        "reason": "Later than\nassumed.",
        "baseline": "Litres of 2014/15\nat pump prices",
        "owner": "Fleet Manager",
        "assurance": "amber, with reservations",
        "assured_by": "Internal Audit",
    }
]
COST = {
    "area": "vehicles",
    "measure": "money",
    "label": "Fuel contract",
    "recurrence": "recurring",
    "counts": "level",
    "replaces": ["hr-service/old", "hr-service/older"],
    "possible_duplicate_of": "hr-service/licences",
    "note": "two\nlines",
    "shares": {"thornshire": "133.34%", "marlshire": "-33.34%"},
    "shares_source": "paper",
    "shares_at": "para 12",
    "statements": STATEMENTS,
}
SELECTED = {
    "period": "2014/15 to 2018/19",
    "basis": "actual",
    "as_at": "2016-05-31",
    "category": "saving",
    "cashability": "cashable",
    "recurrence": "recurring",
    "area": "vehicles",
    "project": "fleet",
    "benefit": "fleet/fuel",
    "force": "thornshire",
    "measure": "posts",
    "unit": "£m",
    "sign": "positive",
}
FULL: dict[str, Values] = {
    "ledger": {
        "format": "1",
        "title": "T",
        "unit": "£k",
        "places": "1",
        "first_year": "2014/15",
        "last_year": "2019/20",
        "publisher": "Programme team",
        "contact": "team@example.org",
        "next_update": "2026-06",
        "licence": "Open Government Licence v3.0",
    },
    "areas": {"vehicles": "Vehicles & fuel", "2": "two"},
    "forces": {"thornshire": {"name": "Thornshire", "in_region": "false", "note": "a\nb"}, "x": {"name": "X"}},
    "sources": source(mark="Agenda Item 7", as_at="2010-01-31", url="https://example.org/", note="a\nb"),
    "shares": {"size": {**CITED, "years": {"2016/17": {"a": "100%"}, "2018/19": {"a": "33.34%", "b": "66.66%"}}}},
    "project": {
        "name": "Joint fleet",
        "summary": "One contract\nfor fuel.",
        "note": "a\nb",
        "statements": [
            {
                **CITED,
                "note": "a\nb",
                "as_at": "2016-05-31",
                "status": "closed",
                "forces": ["thornshire", "marlshire"],
                "lead": "Programme Director",
                "priority": "true",
                "closed": {"date": "2017-06", "reason": "It was done."},
            },
            {"source": "paper", "force_count": "3"},
            CITED,
        ],
        "benefits": {
            "fuel": {**COST, "category": "saving", "cashability": "cashable"},
            "hours": {
                "area": "vehicles",
                "category": "unclassified",
                "measure": "hours",
                "shares": "size",
                "statements": [{"source": "paper", "estimate": {"2016/17": "1,250.5", "in all": {"a": "0.5"}}}],
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
        "sign": "negative",
        "columns": [
            {"label": "Target", "period": "2015/16", "basis": "plan"},
            {"label": "Now", **SELECTED},
            {"label": "Both", "adds": ["Target", "Now"], "less": ["Now"]},
            {"label": "% of target", "adds": ["Now"], "of": "Target"},
            {"label": "RAG", "compare": "false"},
        ],
        "rows": {
            "cashable": ["(1.0)", "", "1.0", "92%", "G"],
            "heading": {"label": "Not cashable"},
            "unstated": {"label": "Not stated", "cells": ["-", "TBC", "£1.3m", "", "A"], **SELECTED},
            "of-which": {"label": "of which", "in_total": "false", "compare": "false", "cells": ["1", "2", "", "", ""]},
            "all": {"adds": ["cashable", "unstated"], "less": ["unstated"], "of": "total", "cells": [""] * 5},
        },
        "totals": {"label": "All savings", "cells": ["£1.0", "Nil", "", "", ""]},
        "footnotes": ["an estimate"],
        "accepted_differences": [
            {"row": "total", "column": "Target", "off": "-£5.4k", "why": "a slip"},
            {"row": "cashable", "column": "% of target", "off": "5%", "why": "another"},
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
    "published": {"source": "p", "title": "T", "unit": "£", "years": ["2010/11"], "rows": {"a": [""]}},
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
    first, second, third = record.statements
    assert (first.priority, first.forces, first.force_count) == (True, ["thornshire", "marlshire"], None)
    assert (second.priority, second.forces, second.force_count) == (None, None, 3)
    assert (third.quote, third.as_at, first.as_at) == ("the words\nof the paper", None, date(2016, 5, 31))
    assert first.closed is not None
    assert (first.closed.date, first.closed.reason) == ("2017-06", "It was done.")
    fuel, hours = record.benefits["fuel"], record.benefits["hours"]
    assert (fuel.measure, fuel.cashability, fuel.recurrence, fuel.counts) == ("money", "cashable", "recurring", "level")
    assert fuel.replaces == ["hr-service/old", "hr-service/older"]
    assert fuel.shares == {"thornshire": Decimal("133.34"), "marlshire": Decimal("-33.34")}
    stated = fuel.statements[0]
    assert stated.plan == {"2015/16": Decimal(70000), "2014/15 to 2018/19": Decimal(1500000)}
    assert stated.estimate == {
        "2016/17": Decimal(66000),
        "2017/18": {"thornshire": Decimal("-82.5"), "marlshire": Decimal(100)},
    }
    assert stated.reported == {"2014/15": Decimal(1324000), "a year": Decimal(8000), "in all": Decimal(9000)}
    assert stated.actual == {"2015/16": Decimal(0), "2016/17 to 2016-05": Decimal(5000)}
    assert (stated.at_risk, stated.delayed, stated.not_achievable) == (
        {"2016/17": Decimal(1000)},
        {"2016/17": Decimal(2000)},
        {"2016/17": Decimal(3000)},
    )
    assert (stated.owner, stated.assurance, stated.assured_by) == (
        "Fleet Manager",
        "amber, with reservations",
        "Internal Audit",
    )
    assert hours.statements[0].estimate == {"2016/17": Decimal("1250.5"), "in all": {"a": Decimal("0.5")}}
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
    assert (shortest.summary, shortest.statements, shortest.benefits) == (None, [], {})
    assert settings is not None
    assert (settings.format, settings.unit, settings.places, settings.first_year) == (1, "£m", None, None)
    assert (settings.publisher, settings.contact, settings.next_update, settings.licence) == (None, None, None, None)
    assert forces is not None
    assert [force.in_region for force in forces.root.values()] == [True, False]
    assert printed is not None
    assert (printed.by, printed.sign, printed.columns) == (None, "positive", [])
    [column] = printed.headings
    assert (column.label, column.period, column.basis, column.compare) == ("2010/11", "2010/11", None, True)
    assert list(printed.lines()) == [("a", PrintedRow(), [""], ("rows", "a"))]


def test_a_table_with_columns_is_headed_by_them() -> None:
    printed, _ = read(Published, FULL["published"])
    assert printed is not None
    assert [(column.label, column.period, column.basis) for column in printed.headings[:2]] == [
        ("Target", "2015/16", "plan"),
        ("Now", "2014/15 to 2018/19", "actual"),
    ]
    assert [column.is_computed for column in printed.headings] == [False, False, True, True, False]
    assert [column.compare for column in printed.headings] == [True, True, True, True, False]
    assert [accepted.off for accepted in printed.accepted_differences] == [("£", Decimal(-5400)), ("%", Decimal(5))]


def test_the_lines_of_a_table_are_its_rows_and_its_totals_with_the_way_to_their_cells() -> None:
    printed, _ = read(Published, FULL["published"])
    assert printed is not None
    assert [(line.id, line.row.label, line.cells[:2], line.keys, line.is_heading) for line in printed.lines()] == [
        ("cashable", None, ["(1.0)", ""], ("rows", "cashable"), False),
        ("heading", "Not cashable", [], ("rows", "heading", "cells"), True),
        ("unstated", "Not stated", ["-", "TBC"], ("rows", "unstated", "cells"), False),
        ("of-which", "of which", ["1", "2"], ("rows", "of-which", "cells"), False),
        ("all", None, ["", ""], ("rows", "all", "cells"), False),
        ("total", "All savings", ["£1.0", "Nil"], ("totals", "cells"), False),
    ]
    assert [line.row.in_total for line in printed.lines()] == [True, True, True, False, True, True]


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
    paper = sources.root["paper"]
    assert (paper.date, paper.day, paper.as_at, paper.reports_to) == (written, day, day, day)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2016", date(2016, 12, 31)), ("2016-06", date(2016, 6, 30)), ("2016-02", date(2016, 2, 29)),
     ("2015-02", date(2015, 2, 28)), ("2016-12", date(2016, 12, 31))],
)  # fmt: skip
def test_a_paper_of_a_month_or_year_counts_from_its_last_day(written: str, day: date) -> None:
    sources, faults = read(Sources, source(date=written))
    assert faults == []
    assert sources is not None
    paper = sources.root["paper"]
    assert (paper.date, paper.day, paper.as_at, paper.reports_to) == (written, day, None, day)


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
    (Project, benefit(statements=[{"actual": {"a year": "£1"}}]), ["benefits/b/statements/0/source! missing-key"]),
    (Project, stating(at="Table 1", note="n", as_at="2016-05-31"), ["benefits/b/statements/0! missing-key"]),
    (Project, stating(reason="late", actual={"2015/16": "£1"}), ["benefits/b/statements/0! missing-key"]),
    (Project, stating(assured_by="Audit", owner="Head"), ["benefits/b/statements/0! missing-key"]),
    (Project, benefit(shares={"a": "100%"}), ["benefits/b! missing-key"]),
    (Project, project(statements=[{"status": "live"}]), ["statements/0/source! missing-key"]),
    (Project, said(at="para 4", note="n", as_at="2016-05-31"), ["statements/0! missing-key"]),
    (Project, said(closed={}), ["statements/0/closed! missing-key"]),
    (Project, project(milestones=[{"source": "p"}]), ["milestones/0/name! missing-key"]),
    (
        Project,
        project(outcomes={"o": {"source": "p"}}),
        ["outcomes/o/kind! missing-key", "outcomes/o/text! missing-key"],
    ),
    (Shares, {"k": {"source": "p"}}, ["k/years! missing-key"]),
    (Published, table(years=[]), ["years! missing-key"]),
    (Published, table(columns=[{"label": "L", "period": "2010/11"}]), ["columns! missing-key"]),
    (Published, table(columns=[{"period": "2010/11"}], years=[]), ["columns/0/label! missing-key"]),
    (Published, table(totals={"cells": ["1"]}), ["totals/label! missing-key"]),
    (Published, table(totals={"label": "All"}), ["totals/cells! missing-key"]),
    (Published, table(measure="posts"), ["measure! missing-key"]),
    (Published, {name: value for name, value in table().items() if name != "unit"}, ["! missing-key"]),
    (
        Published,
        table(accepted_differences=[{"row": "a"}]),
        [f"accepted_differences/0/{name}! missing-key" for name in ("column", "off", "why")],
    ),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"note": "n"}}},
        ["items/1/recommendation! missing-key"],
    ),
    # names that there are not
    (Project, project(sumary="x"), ["sumary! unknown-key"]),
    (Project, benefit(categroy="x"), ["benefits/b/categroy! unknown-key"]),
    (Project, stating(actual={"2015/16": "£1"}, undated="£1"), ["benefits/b/statements/0/undated! unknown-key"]),
    (
        Project,
        project(costs={"c": {"area": "a", "category": "saving", "statements": [statement(owner="Head")]}}),
        ["costs/c/category! unknown-key"],
    ),
    (Project, said(closed={"dat": "2010"}), ["statements/0/closed/dat! unknown-key"]),
    (Project, project(status="live", forces=["a"]), ["status! unknown-key", "forces! unknown-key"]),
    (Project, said(status="live", summary="S"), ["statements/0/summary! unknown-key"]),
    (Project, benefit(baseline="B"), ["benefits/b/baseline! unknown-key"]),
    (
        Project,
        benefit(statements=None, source="paper", reported={"2015/16": "£1"}),
        ["benefits/b/source! unknown-key", "benefits/b/reported! unknown-key"],
    ),
    (
        Project,
        project(milestones=[{"name": "N", "source": "p", "finish": "2010"}]),
        ["milestones/0/finish! unknown-key"],
    ),
    (Forces, {"f": {"name": "F", "region": "x"}}, ["f/region! unknown-key"]),
    (
        Published,
        table(columns=[{"label": "L", "period": "2010/11", "bases": "plan"}], years=[]),
        ["columns/0/bases! unknown-key"],
    ),
    (Published, table(rows={"a": {"cells": ["1"], "adds_up": "b"}}), ["rows/a/adds_up! unknown-key"]),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R", "answer": "yes"}}},
        ["items/1/answer! unknown-key"],
    ),
    # one thing where another should be
    (Project, {"name": ["N"]}, ["name wrong-type"]),
    (Project, {"name": {"a": "b"}}, ["name wrong-type"]),
    (Areas, {"a": ["A"]}, ["a wrong-type"]),
    (Project, said(forces="thornshire"), ["statements/0/forces wrong-type"]),
    (Project, said(forces={"a": "b"}), ["statements/0/forces wrong-type"]),
    (Project, said(forces=["a", ["b"]]), ["statements/0/forces/1 wrong-type"]),
    (Project, said(priority=["true"]), ["statements/0/priority wrong-type"]),
    (Project, said(closed="2010"), ["statements/0/closed wrong-type"]),
    (Project, said(closed={"date": ["2010"]}), ["statements/0/closed/date wrong-type"]),
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
    (Published, table(rows={"a": {"cells": "1"}}), ["rows/a/cells wrong-type"]),
    (Published, table(totals="1"), ["totals wrong-type"]),
    (Published, table(columns=["Plan", {"label": "L", "period": "2010/11"}], years=[]), ["columns/0 wrong-type"]),
    (Published, table(rows=["1"]), ["rows wrong-type"]),
    # nothing written
    (Project, {"name": ""}, ["name empty-value"]),
    (Project, {"name": "  "}, ["name empty-value"]),
    (Project, project(summary="\n \n"), ["summary empty-value"]),
    (Project, benefit(statements=[]), ["benefits/b/statements empty-value"]),
    (Project, stating(actual={}), ["benefits/b/statements/0/actual empty-value"]),
    (Project, said(forces=[]), ["statements/0/forces empty-value"]),
    (Shares, {"k": {"source": "p", "years": {}}}, ["k/years empty-value"]),
    (Published, table(rows={}), ["rows empty-value"]),
    (Recommendations, {"made_by": "M", "source": "p", "items": {}}, ["items empty-value"]),
    # too much written
    (Project, {"name": "x" * 301}, ["name too-long"]),
    (Project, project(summary="x" * 20_001), ["summary too-long"]),
    (Published, table(rows={"a": ["1" * 101]}), ["rows/a/0 too-long"]),
    (Areas, {"a" * 81: "A"}, [f"{'a' * 81}! too-long"]),
    # values that there are not
    (Project, said(status="alive"), ["statements/0/status unknown-value"]),
    (Project, said(status="finished"), ["statements/0/status unknown-value"]),
    (Project, said(status=["live"]), ["statements/0/status wrong-type"]),
    (Project, said(priority="yes"), ["statements/0/priority unknown-value"]),
    (Forces, {"f": {"name": "F", "in_region": "No"}}, ["f/in_region unknown-value"]),
    (Project, benefit(category="savings"), ["benefits/b/category unknown-value"]),
    (Project, benefit(cashability="cash releasing"), ["benefits/b/cashability unknown-value"]),
    (Project, benefit(measure="pounds"), ["benefits/b/measure unknown-value"]),
    (Project, benefit(measure=["posts"]), ["benefits/b/measure wrong-type"]),
    (Project, benefit(counts="cumulative"), ["benefits/b/counts unknown-value"]),
    (Project, benefit(recurrence="yearly"), ["benefits/b/recurrence unknown-value"]),
    (
        Project,
        project(milestones=[{"name": "N", "source": "p", "state": "complete"}]),
        ["milestones/0/state unknown-value"],
    ),
    (Settings, {"title": "T", "unit": "m"}, ["unit unknown-value"]),
    (Settings, {"title": "T", "places": "9"}, ["places unknown-value"]),
    (Published, table(by="year"), ["by unknown-value"]),
    (Published, table(sign="saving-is-negative"), ["sign unknown-value"]),
    (
        Published,
        table(columns=[{"label": "L", "basis": "forecast", "compare": "no", "unit": "k"}], years=[]),
        ["columns/0/basis unknown-value", "columns/0/unit unknown-value", "columns/0/compare unknown-value"],
    ),
    (Settings, {"title": "T", "format": "2"}, ["format unknown-format"]),
    (Settings, {"title": "T", "format": "0"}, ["format unknown-format"]),
    (Settings, {"title": "T", "format": "1.0"}, ["format wrong-type"]),
    (
        Recommendations,
        {"made_by": "M", "source": "p", "items": {"1": {"recommendation": "R", "response": "accept"}}},
        ["items/1/response unknown-value"],
    ),
    # numbers
    (Settings, {"title": "T", "places": "two"}, ["places wrong-type"]),
    (Project, said(force_count="three"), ["statements/0/force_count wrong-type"]),
    (Project, said(force_count="-1"), ["statements/0/force_count wrong-type"]),
    # amounts
    (Project, stating(actual={"2015/16": "0.478"}), ["benefits/b/statements/0/actual/2015/16 bad-amount"]),
    (Project, stating(plan={"a year": "8k"}), ["benefits/b/statements/0/plan/a year bad-amount"]),
    (Project, stating(plan={"2015/16": {"kent": "513"}}), ["benefits/b/statements/0/plan/2015/16/kent bad-amount"]),
    (Project, stating(plan={"2015/16": {"a": ["£5"]}}), ["benefits/b/statements/0/plan/2015/16/a wrong-type"]),
    (Project, stating(plan={"2015/16": {"Kent": "£5"}}), ["benefits/b/statements/0/plan/2015/16/Kent! bad-id"]),
    (Project, stating(plan={"2015/16": {}}), ["benefits/b/statements/0/plan/2015/16! empty-value"]),
    (Published, table(accepted_differences=[difference(off="about 5")]), ["accepted_differences/0/off bad-amount"]),
    (Published, table(accepted_differences=[difference(off=["£5"])]), ["accepted_differences/0/off wrong-type"]),
    (Project, benefit(measure="posts"), ["benefits/b/statements/0/actual/2015/16 bad-amount"]),
    # years
    (Project, stating(actual={"2010-11": "£1"}), ["benefits/b/statements/0/actual/2010-11! bad-year"]),
    (Project, stating(actual={"annually": "£1"}), ["benefits/b/statements/0/actual/annually! bad-period"]),
    (
        Project,
        stating(plan={"2010/11 to 2011-03": "£1", "2010/11 to 2012/13": "£1"}),
        ["benefits/b/statements/0/plan/2010/11 to 2011-03! bad-period"],
    ),
    (Published, table(columns=[{"label": "L", "period": "year"}], years=[]), ["columns/0/period bad-period"]),
    (Published, table(columns=[{"label": "L", "period": "2010"}], years=[]), ["columns/0/period bad-year"]),
    (Shares, {"k": {"source": "p", "years": {"2010": {"a": "100%"}}}}, ["k/years/2010! bad-year"]),
    (Published, table(years=["2010/12"]), ["years/0 bad-year"]),
    (Settings, {"title": "T", "first_year": "2010"}, ["first_year bad-year"]),
    # days
    (Sources, source(date="22/02/2010"), ["paper/date bad-date"]),
    (Sources, source(date="2010-02-30"), ["paper/date bad-date"]),
    (Project, said(closed={"date": "June 2017"}), ["statements/0/closed/date bad-date"]),
    (Project, said(closed={"date": "2017-02-30"}), ["statements/0/closed/date bad-date"]),
    (Project, said(closed={"date": "0000"}), ["statements/0/closed/date bad-date"]),
    (Project, said(closed={"date": "2017-13"}), ["statements/0/closed/date bad-date"]),
    (Sources, source(date="2016-13"), ["paper/date bad-date"]),
    (Sources, source(date="June 2016"), ["paper/date bad-date"]),
    (Sources, source(as_at="2016-06"), ["paper/as_at bad-date"]),
    (Project, said(as_at="2016", status="live"), ["statements/0/as_at bad-date"]),
    (Project, stating(as_at="2016-06", owner="Head"), ["benefits/b/statements/0/as_at bad-date"]),
    (Settings, {"title": "T", "next_update": "soon"}, ["next_update bad-date"]),
    # ids
    (Areas, {"Air Support!": "A"}, ["Air Support!! bad-id"]),
    (Areas, {"a--b": "A"}, ["a--b! bad-id"]),
    (Areas, {"\N{GREEK SMALL LETTER PI}": "A"}, ["\N{GREEK SMALL LETTER PI}! bad-id"]),
    (Project, said(forces=["Thornshire"]), ["statements/0/forces/0 bad-id"]),
    (Project, benefit(shares="By Size"), ["benefits/b/shares bad-id"]),
    (Project, benefit(shares={"Thorn": "100%"}, shares_source="p"), ["benefits/b/shares/Thorn! bad-id"]),
    (Project, benefit(replaces=["licences"]), ["benefits/b/replaces/0 bad-id"]),
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
                "first": {"area": "a", "category": "saving", "statements": [statement(plan={"in all": "£1"})]},
                "second": {
                    "area": "a",
                    "category": "saving",
                    "measure": measure,
                    "statements": [statement(plan={"in all": "£2" if money else "2"})],
                },
                "third": {"area": "a", "category": "saving", "statements": [statement(plan={"in all": "£3"})]},
            },
        },
    )
    assert faults == []
    assert record is not None
    assert [item.statements[0].plan for item in record.benefits.values()] == [
        {"in all": Decimal(amount)} for amount in (1, 2, 3)
    ]


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
        "sumary": "x",
        "statements": [{"source": "paper", "status": "alive", "forces": ["Thornshire", "marlshire"]}],
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
            "oil": {"area": "vehicles", "category": "saving", "statements": [statement(owner="a\nb")], "label": "O"},
        },
        "milestones": [{"name": "N"}, "done"],
    }
    record, faults = read(Project, value)
    fuel = "benefits/Fuel Saved"
    assert sorted(where(faults)) == sorted(
        [
            "name! missing-key",
            "statements/0/status unknown-value",
            "sumary! unknown-key",
            "statements/0/forces/0 bad-id",
            f"{fuel}! bad-id",
            f"{fuel}/category unknown-value",
            f"{fuel}/statements/0/actual/2015-16! bad-year",
            f"{fuel}/statements/0/actual/2015-16 bad-amount",
            f"{fuel}/statements/0/actual/2016/17 bad-amount",
            f"{fuel}/statements/1! missing-key",
            f"{fuel}/statements/2/source! missing-key",
            "benefits/oil/statements/0/owner wrong-type",
            "milestones/0/source! missing-key",
            "milestones/1 wrong-type",
        ]
    )
    # What is left is read on, with stand-ins for what must be there.
    assert record is not None
    assert record.name == "stand-in"
    assert record.statements[0].forces == ["thornshire", "marlshire"]
    assert set(record.benefits) == {"fuel-saved"}
    assert [step.source for step in record.milestones] == ["stand-in"]


def test_nothing_is_said_that_only_follows() -> None:
    # The only figure is faulty: that the statement has none is no second fault.
    assert [fault.code for fault in read(Project, stating(actual={"2015": "£1"}))[1]] == ["bad-year"]
    assert [fault.code for fault in read(Project, stating(actual={"2015/16": "1"}))[1]] == ["bad-amount"]
    assert [fault.code for fault in read(Project, stating(actuals={"2015/16": "£1"}))[1]] == ["unknown-key"]
    assert [fault.code for fault in read(Project, said(status="alive"))[1]] == ["unknown-value"]
    assert [fault.code for fault in read(Project, said(closed={"date": "June"}))[1]] == ["bad-date"]
    assert [fault.code for fault in read(Project, said(closed={"day": "2017"}))[1]] == ["unknown-key"]
    assert [fault.code for fault in read(Project, stating(delayed={"2015/16": "1"}, reason="r"))[1]] == ["bad-amount"]


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
        (Project, {"name": "N", "summary": ["x"], "status": "live"}, Project(name="N")),
        (Project, said(forces=["A", "b", "C", "d"]), Project.model_validate(said(forces=["a", "b", "c", "d"]))),
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
    value = {"name": ["x"], "statements": [{"forces": ["A"]}], "colour": "red"}
    read(Project, value)
    assert value == {"name": ["x"], "statements": [{"forces": ["A"]}], "colour": "red"}
