"""Which figure stands: the rules one by one, each on the smallest ledger that shows it. All are of vehicles."""

from decimal import Decimal
from itertools import permutations
from textwrap import indent

import pytest

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.as_at import narrow_to_day
from emcollab.results.reconcile import reconcile
from emcollab.results.shares import NOT_APPORTIONED, apportion
from emcollab.results.standing import find_latest, find_standing
from emcollab.results.totals import SUM, CannotBeSummedError, Selection, total_by
from emcollab.values.dates import parse_day
from emcollab.values.problems import Problem
from tests.conftest import check_files, places_of, with_defaults

SOURCES = """
    may: {title: May, body: Board, date: 2016-05-01}
    june: {title: June, body: Board, date: 2016-06-16}
    panel: {title: Panel, body: Panel, date: 2016-06-16}
    autumn: {title: Autumn, body: Board, date: 2017-10-05}
    winter: {title: Winter, body: Board, date: 2018-12-06}
    """


def load_project(benefits: str = "", *, head: str = "name: Fleet", **others: str) -> tuple[Ledger, list[Problem]]:
    """Return a ledger of the project `fleet` and `others`, and its problems.

    A line of `benefits` is `ID: STATEMENTS` of a saving; one that begins with `$ ` is written as it is.
    """
    files = {"sources.yaml": SOURCES, "projects/fleet.yaml": write_project(head, benefits)}
    files |= {f"projects/{name}.yaml": write_project(f"name: {name.title()}", text) for name, text in others.items()}
    return check_files(with_defaults(files))


def write_project(head: str, benefits: str) -> str:
    lines = [line.strip() for line in benefits.strip().splitlines()]
    written = []
    for line in lines:
        id_, _, rest = line.partition(": ")
        keys, _, statements = rest.rpartition("; ")
        more = "".join(f", {each}" for each in keys.split("; ") if each)
        written.append(f"{id_}: {{area: vehicles, category: saving{more}, statements: [{statements}]}}")
    return f"{head}\n" + ("benefits:\n" + indent("\n".join(written), "  ") + "\n" if written else "")


def stated(benefits: str, **more: str) -> Ledger:
    ledger, problems = load_project(benefits, **more)
    assert problems == []
    return ledger


def standing_of(ledger: Ledger) -> dict[str, str]:
    """Return what stands, as `benefit period` to `basis pounds`."""
    return {name(figure): f"{figure.basis} {figure.amount:.0f}" for figure in find_standing(ledger).figures}


def name(figure: Figure) -> str:
    project = "" if figure.project == "fleet" else f"{figure.project}/"
    return f"{project}{figure.benefit} {figure.period}"


# --- of one benefit


@pytest.mark.parametrize(
    ("statements", "stands"),
    [
        pytest.param(
            "{source: may, actual: {2015/16: £1}}, {source: autumn, estimate: {2015/16: £2}}", "actual 1",
            id="an actual beats a later estimate"
        ),
        pytest.param(
            "{source: may, actual: {2015/16: £1}}, {source: autumn, reported: {2015/16: £2}}", "actual 1",
            id="an actual beats what is reported later"
        ),
        pytest.param(
            "{source: autumn, actual: {2015/16: £2}}, {source: may, actual: {2015/16: £1}}", "actual 2",
            id="the latest paper, wherever it is written"
        ),
        pytest.param(
            "{source: june, as_at: 2016-04-30, actual: {2015/16: £2}}, "
            "{source: june, as_at: 2016-04-01, actual: {2015/16: £1}}",
            "actual 2", id="of one paper the latest day"
        ),
        pytest.param(
            "{source: june, as_at: 2016-04-30, actual: {2015/16: £2}}, {source: june, actual: {2015/16: £1}}",
            "actual 1", id="without a day it reports up to its own"
        ),
        pytest.param(
            "{source: june, as_at: 2015-06-30, reported: {2015/16: £2}}, {source: may, estimate: {2015/16: £1}}",
            "reported 2", id="the paper's date comes before the day that it reports to"
        ),
        pytest.param(
            "{source: june, estimate: {2016/17: £2}}, {source: panel, reported: {2016/17: £1}}", "reported 1",
            id="reported beats an estimate of the same day"
        ),
        pytest.param(
            "{source: june, estimate: {2016/17: £2}}, {source: may, reported: {2016/17: £1}}", "estimate 2",
            id="a later estimate beats what was reported"
        ),
        pytest.param(
            "{source: june, as_at: 2016-05-31, reported: {2016/17: £2}}, {source: june, estimate: {2016/17: £1}}",
            "estimate 1", id="the later day of one paper beats reported"
        ),
        pytest.param(
            "{source: june, estimate: {2016/17: £0}}, {source: may, estimate: {2016/17: £1}}", "estimate 0",
            id="a nil stands too"
        ),
    ],
)  # fmt: skip
def test_of_the_figures_for_one_benefit_and_year_one_stands(statements: str, stands: str) -> None:
    assert list(standing_of(stated(f"hire: {statements}")).values()) == [stands]


def test_a_plan_never_stands_nor_what_became_of_one() -> None:
    ledger = stated(
        "hire: {source: june, plan: {2016/17: £9}, at_risk: {2016/17: £3}, delayed: {2016/17: £2}, "
        "not_achievable: {2016/17: £1}}"
    )
    assert standing_of(ledger) == {}
    assert [figure.amount for figure in find_latest(ledger, "delayed")] == [2]


def test_each_period_has_a_figure_that_stands_and_only_years_are_added() -> None:
    ledger = stated(
        "hire: {source: autumn, actual: {2015/16: £1}, reported: {2015/16 to 2015-11: £2, a year: £4, in all: £8}, "
        "estimate: {2015/16 to 2018/19: £16}}"
    )
    assert standing_of(ledger) == {
        "hire 2015/16": "actual 1",
        "hire 2015/16 to 2015-11": "reported 2",
        "hire a year": "reported 4",
        "hire in all": "reported 8",
        "hire 2015/16 to 2018/19": "estimate 16",
    }
    totals = total_by(ledger, "area", Selection())
    assert totals.total == {"2015/16": 1}
    # The part of the year is left out, for there is an actual of the year.
    assert {figure.period for figure in totals.not_added} == {"a year", "in all", "2015/16 to 2018/19"}


def test_as_at_a_day_later_papers_are_not_known() -> None:
    ledger = stated("hire: {source: may, estimate: {2016/17: £1}}, {source: autumn, estimate: {2016/17: £2}}")
    known = narrow_to_day(ledger, parse_day("2017-10-04"))
    assert (standing_of(known), standing_of(narrow_to_day(ledger, parse_day("2017-10-05")))) == (
        {"hire 2016/17": "estimate 1"},
        {"hire 2016/17": "estimate 2"},
    )


# --- conflicting figures


@pytest.mark.parametrize(
    "statements",
    [
        "{source: june, estimate: {2016/17: £1}}, {source: june, estimate: {2016/17: £2}}",
        "{source: june, estimate: {2016/17: £1}}, {source: panel, estimate: {2016/17: £2}}",
        "{source: june, estimate: {2016/17: £1}}, {source: june, as_at: 2016-06-16, estimate: {2016/17: £2}}",
        "{source: june, estimate: {a year: £1}}, {source: june, estimate: {a year: £2}}",
        "{source: june, plan: {2016/17: £1}}, {source: june, plan: {2016/17: £2}}",
        (
            "{source: june, estimate: {2016/17: {thornshire: £1, marlshire: £2}}}, "
            "{source: panel, estimate: {2016/17: {thornshire: £2, marlshire: £1}}}"
        ),
    ],
)
def test_two_that_differ_of_one_basis_period_and_day_are_a_problem(statements: str) -> None:
    _, problems = load_project(f"hire: {statements}")
    assert [problem.code for problem in problems] == ["conflicting-figures"]


@pytest.mark.parametrize(
    "statements",
    [
        "{source: june, estimate: {2016/17: £1}}, {source: panel, estimate: {2016/17: £1}}",
        "{source: june, estimate: {2016/17: £1}}, {source: june, as_at: 2016-06-15, estimate: {2016/17: £2}}",
        "{source: june, estimate: {2016/17: £1}}, {source: june, reported: {2016/17: £2}}",
        (
            "{source: june, estimate: {2016/17: £3}}, "
            "{source: panel, estimate: {2016/17: {thornshire: £1, marlshire: £2}}}"
        ),
    ],
)
def test_those_that_agree_or_are_of_another_day_or_basis_are_none(statements: str) -> None:
    assert load_project(f"hire: {statements}")[1] == []


WHOLE = "{source: june, estimate: {2016/17: £3}}"
ONE_AND_TWO = "{source: panel, estimate: {2016/17: {thornshire: £1, marlshire: £2}}}"
TWO_AND_ONE = "{source: june, estimate: {2016/17: {thornshire: £2, marlshire: £1}}}"


@pytest.mark.parametrize("order", list(permutations([WHOLE, ONE_AND_TWO, TWO_AND_ONE])))
def test_amounts_by_force_that_differ_are_a_problem_in_any_order(order: tuple[str, ...]) -> None:
    _, problems = load_project(f"hire: {', '.join(order)}")
    assert [problem.code for problem in problems] == ["conflicting-figures"]


@pytest.mark.parametrize("order", list(permutations([WHOLE, ONE_AND_TWO])))
def test_of_one_amount_the_paper_that_gives_it_by_force_stands(order: tuple[str, ...]) -> None:
    ledger = stated(f"hire: {', '.join(order)}")
    [figure] = find_standing(ledger).figures
    assert apportion(ledger, figure) == {"thornshire": 1, "marlshire": 2}


# --- closures

CLOSED = """name: Drones
statements:
  - {source: committee-2025, status: closed, closed: {date: 2024-01-31, reason: Too dear.}}
benefits:
  hours:
    area: ops
    category: saving
    statements:
      - {source: committee-2023, estimate: {2022/23: £48k, 2023/24: £95k, 2024/25: £110k}}
"""
SAID_NIL = CLOSED + "      - {source: committee-2025, estimate: {2024/25: £0}}\n"
TABLE = """source: committee-2023
title: Table 2
by: project
unit: £k
years: [2022/23, 2023/24, 2024/25]
rows:
  drones: [48, 95, 110]
totals: [48, 95, 110]
"""


def closed_ledger(project: str) -> tuple[Ledger, list[Problem]]:
    return check_files(
        with_defaults(
            {
                "ledger.yaml": "title: T\nunit: £k\n",
                "areas.yaml": "ops: Operations\n",
                "sources.yaml": "committee-2023: {title: One, body: Board, date: 2023-03-14}\n"
                "committee-2025: {title: Two, body: Board, date: 2025-06-17}\n",
                "projects/drones.yaml": project,
                "published/table-2.yaml": TABLE,
            }
        )
    )


def test_a_closed_project_as_its_papers_have_it() -> None:
    ledger, problems = closed_ledger(SAID_NIL)
    assert problems == []
    assert total_by(ledger, "project", Selection()).total == {"2022/23": 48000, "2023/24": 95000, "2024/25": 0}
    assert find_standing(ledger).lapsed == {}
    [table] = reconcile(ledger, ["table-2"])
    assert table.is_right
    assert {cell.verdict for cell in table.cells} == {"agrees"}


def test_what_was_expected_of_years_after_the_closure_no_longer_stands_once_it_is_known() -> None:
    ledger, problems = closed_ledger(CLOSED)
    assert problems == []
    assert total_by(ledger, "project", Selection()).total == {"2022/23": 48000, "2023/24": 95000}
    [lapsed] = find_standing(ledger).lapsed.values()
    assert (lapsed.period, lapsed.amount, lapsed.source) == ("2024/25", Decimal(110000), "committee-2023")
    assert total_by(ledger, "project", Selection()).lapsed == (lapsed,)
    before = narrow_to_day(ledger, parse_day("2025-06-16"))
    assert total_by(before, "project", Selection()).total == {"2022/23": 48000, "2023/24": 95000, "2024/25": 110000}
    assert total_by(before, "project", Selection()).lapsed == ()
    assert reconcile(ledger, ["table-2"])[0].is_right


def closing(statements: str, figures: str) -> tuple[Ledger, list[Problem]]:
    return load_project(f"hire: {figures}", head=f"name: Fleet\nstatements: [{statements}]")


EXPECTED = "{source: may, estimate: {2016/17: £1, 2017/18: £2, 2018/19: £4}}"


@pytest.mark.parametrize(
    ("statements", "stands"),
    [
        pytest.param("{source: autumn, status: completed}", "1 2 4", id="completed is not closed"),
        pytest.param("{source: autumn, status: closed}", "1 2", id="no day: by the paper's"),
        pytest.param("{source: autumn, as_at: 2017-03-31, status: closed}", "1", id="no day: by the day it reports to"),
        pytest.param("{source: autumn, closed: {reason: Too dear.}}", "1 2", id="closed without a status"),
        pytest.param("{source: autumn, closed: {date: 2017-03}}", "1", id="a month"),
        pytest.param("{source: autumn, closed: {date: 2017-04-01}}", "1 2", id="a year that begins on the day"),
        pytest.param("{source: autumn, closed: {date: 2017}}", "1 2", id="a year counts from its last day"),
        pytest.param(
            "{source: autumn, closed: {date: 2017-03-31}}, {source: winter, status: closed}", "1",
            id="said again without the day",
        ),
        pytest.param(
            "{source: autumn, closed: {date: 2017-03-31}}, {source: winter, closed: {date: 2018-03-31}}", "1 2",
            id="said again with another day",
        ),
        pytest.param("{source: autumn, status: closed}, {source: winter, status: live}", "1 2 4", id="opened again"),
        pytest.param(
            "{source: autumn, status: closed}, {source: winter, lead: Nobody}", "1 2", id="a lead is no status"
        ),
    ],
)  # fmt: skip
def test_which_years_a_closure_ends(statements: str, stands: str) -> None:
    ledger, problems = closing(statements, EXPECTED)
    assert problems == []
    assert [f"{figure.amount:.0f}" for figure in find_standing(ledger).figures] == stands.split()
    assert len(find_standing(ledger).lapsed) == 3 - len(stands.split())


def test_several_years_lapse_by_when_they_begin_and_what_has_no_years_does_not() -> None:
    ledger, problems = closing(
        "{source: autumn, closed: {date: 2016-12-31}}",
        "{source: may, estimate: {2016/17 to 2018/19: £1, 2017/18 to 2018/19: £2, a year: £4, in all: £8, "
        "2017/18 to 2017-11: £16}}",
    )
    assert problems == []
    assert set(standing_of(ledger)) == {"hire 2016/17 to 2018/19", "hire a year", "hire in all"}
    lapsed = find_standing(ledger).lapsed.values()
    assert {figure.period for figure in lapsed} == {"2017/18 to 2018/19", "2017/18 to 2017-11"}
    assert {figure.period for figure in total_by(ledger, "area", Selection()).not_added} == {
        "2016/17 to 2018/19", "a year", "in all"
    }  # fmt: skip


def test_an_outturn_of_a_year_after_the_closure_is_nothing_that_was_expected() -> None:
    ledger, problems = closing(
        "{source: winter, closed: {date: 2016-03-31}}",
        "{source: may, estimate: {2016/17: £1, 2017/18: £2}}, {source: autumn, actual: {2016/17: £4}}",
    )
    assert problems == []
    assert standing_of(ledger) == {"hire 2016/17": "actual 4"}


@pytest.mark.parametrize(
    ("figures", "place"),
    [
        pytest.param("{source: winter, estimate: {2018/19: £1}}", 1, id="later"),
        pytest.param("{source: autumn, estimate: {2018/19: £1}}", 1, id="the paper that closes it"),
        pytest.param("{source: winter, estimate: {2018/19: £0}}", 0, id="a nil"),
        pytest.param("{source: winter, plan: {2018/19: £1}}", 0, id="a plan"),
        pytest.param("{source: winter, actual: {2016/17: £1}}", 0, id="of a year before"),
        pytest.param("{source: june, estimate: {2018/19: £1}}", 0, id="of a paper before"),
        pytest.param("{source: winter, reported: {a year: £1}}", 0, id="of no year"),
    ],
)
def test_figure_after_closure_is_of_papers_that_knew_of_it(figures: str, place: int) -> None:
    _, problems = closing("{source: autumn, closed: {date: 2017-03-31}}", figures)
    assert [problem.code for problem in problems] == ["figure-after-closure"] * place


def test_a_figure_after_the_project_was_opened_again_is_none() -> None:
    statements = "{source: may, closed: {date: 2016-03-31}}, {source: autumn, status: live}"
    _, problems = closing(statements, "{source: winter, estimate: {2018/19: £1}}")
    assert problems == []
    _, problems = closing(statements, "{source: june, estimate: {2018/19: £1}}")
    assert [problem.code for problem in problems] == ["figure-after-closure"]


# --- replaces


OLD = "a: {source: may, actual: {2015/16: £1}, estimate: {2016/17: £2, 2017/18: £4}}"


def test_the_new_unit_alone_from_the_year_that_it_reports_and_the_old_ones_before() -> None:
    ledger = stated(
        f"""
        {OLD}
        b: {{source: may, actual: {{2015/16: £8}}, estimate: {{2016/17: £16, 2017/18: £32}}}}
        new: replaces: [fleet/a, fleet/b]; {{source: autumn, actual: {{2016/17: £64}}}}
        """
    )
    assert standing_of(ledger) == {
        "a 2015/16": "actual 1", "b 2015/16": "actual 8", "new 2016/17": "actual 64",
        "a 2017/18": "estimate 4", "b 2017/18": "estimate 32",
    }  # fmt: skip
    assert total_by(ledger, "area", Selection()).total == {"2015/16": 9, "2016/17": 64, "2017/18": 36}
    displaced = find_standing(ledger).displaced
    assert {name(old): [*map(name, takers)] for old, takers in displaced.values()} == {
        "a 2016/17": ["new 2016/17"], "b 2016/17": ["new 2016/17"]
    }  # fmt: skip
    before = narrow_to_day(ledger, parse_day("2017-10-04"))
    assert total_by(before, "area", Selection()).total == {"2015/16": 9, "2016/17": 18, "2017/18": 36}


@pytest.mark.parametrize(
    ("new", "stands"),
    [
        pytest.param("{source: autumn, estimate: {2016/17: £0}}", "new 0", id="a nil takes the place"),
        pytest.param("{source: may, estimate: {2016/17: £9}}", "new 9", id="whichever paper is later"),
        pytest.param("{source: autumn, plan: {2016/17: £9}}", "a 2", id="a plan takes no figure's place"),
        pytest.param("{source: autumn, estimate: {a year: £9}}", "a 2", id="nor does what is of no year"),
        pytest.param("measure: posts; {source: autumn, estimate: {2016/17: 9}}", "a 2, new 9", id="nor other measures"),
    ],
)
def test_what_takes_the_place_of_an_estimate(new: str, stands: str) -> None:
    ledger = stated(f"{OLD}\nnew: replaces: [fleet/a]; {new}")
    found = [f"{each.benefit} {each.amount:.0f}" for each in find_standing(ledger).figures if each.year == "2016/17"]
    assert ", ".join(found) == stands


def test_an_estimate_never_displaces_an_actual() -> None:
    ledger = stated(
        """
        a: {source: may, actual: {2015/16: £1}}
        b: {source: may, estimate: {2015/16: £2}}
        new: replaces: [fleet/a, fleet/b]; {source: autumn, estimate: {2015/16: £4}}
        """
    )
    # What is said of the new unit gives way to the actual; of the other old one nobody knows better.
    assert standing_of(ledger) == {"a 2015/16": "actual 1", "b 2015/16": "estimate 2"}
    assert [[*map(name, takers)] for _, takers in find_standing(ledger).displaced.values()] == [["a 2015/16"]]


def test_what_is_reported_does_displace_an_actual() -> None:
    ledger = stated(f"{OLD}\nnew: replaces: [fleet/a]; {{source: autumn, reported: {{2015/16: £9}}}}")
    assert standing_of(ledger)["new 2015/16"] == "reported 9"
    assert "a 2015/16" not in standing_of(ledger)


def test_chains() -> None:
    ledger = stated(
        f"""
        {OLD}
        b: replaces: [fleet/a]; {{source: june, estimate: {{2016/17: £8, 2017/18: £16}}}}
        c: replaces: [fleet/b]; {{source: autumn, estimate: {{2017/18: £32}}}}
        d: replaces: [fleet/c]; {{source: autumn, estimate: {{2015/16: £64}}}}
        """
    )
    assert standing_of(ledger) == {"a 2015/16": "actual 1", "b 2016/17": "estimate 8", "c 2017/18": "estimate 32"}


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_in_a_chain_each_gives_way_to_what_stands_whatever_the_order(order: str) -> None:
    lines = {
        "a": "a: {source: may, estimate: {2016/17: £1}}",
        "b": "b: replaces: [fleet/a]; {source: june, estimate: {2016/17: £2}}",
        "c": "c: replaces: [fleet/b]; {source: autumn, estimate: {2016/17: £4}}",
    }
    displaced = find_standing(stated("\n".join(lines[each] for each in order))).displaced.values()
    assert {(old.benefit, *(by.benefit for by in takers)) for old, takers in displaced} == {("a", "c"), ("b", "c")}


def test_several_take_the_place_of_one() -> None:
    ledger = stated(
        """
        a: {source: may, estimate: {2016/17: £1}}
        b: replaces: [fleet/a]; {source: june, estimate: {2016/17: £2}}
        c: replaces: [fleet/a]; {source: june, estimate: {2016/17: £4}}
        d: replaces: [fleet/b]; {source: june, estimate: {2016/17: £8}}
        """
    )
    displaced = find_standing(ledger).displaced.values()
    takers = {old.benefit: {by.benefit for by in takers} for old, takers in displaced}
    assert takers == {"a": {"c", "d"}, "b": {"d"}}


def test_an_estimate_that_gave_way_names_what_stands_in_the_place_of_the_actual() -> None:
    ledger = stated(
        """
        a: {source: autumn, actual: {2015/16: £1}}
        b: replaces: [fleet/a]; {source: autumn, estimate: {2015/16: £2}}
        c: replaces: [fleet/a]; {source: autumn, actual: {2015/16: £4}}
        d: replaces: [fleet/b]; {source: autumn, actual: {2015/16: £8}}
        """
    )
    assert standing_of(ledger) == {"c 2015/16": "actual 4", "d 2015/16": "actual 8"}
    displaced = find_standing(ledger).displaced.values()
    takers = {old.benefit: [by.benefit for by in takers] for old, takers in displaced}
    # The estimate gives way to the actual of a, in whose place c and d stand.
    assert takers == {"a": ["c", "d"], "b": ["c", "d"]}


def test_replaced_in_another_project() -> None:
    ledger = stated(OLD, depot="new: replaces: [fleet/a]; {source: june, estimate: {2016/17: £9}}")
    assert standing_of(ledger) == {
        "depot/new 2016/17": "estimate 9", "a 2015/16": "actual 1", "a 2017/18": "estimate 4"
    }  # fmt: skip


def test_costs_take_the_place_of_costs_alone() -> None:
    head = """name: Fleet
costs:
  a: {area: vehicles, statements: [{source: may, actual: {2015/16: £1}}]}
  b: {area: vehicles, replaces: [fleet/a], statements: [{source: june, actual: {2015/16: £2}}]}"""
    ledger = stated("c: {source: may, actual: {2015/16: £4}}", head=head)
    assert standing_of(ledger) == {"b 2015/16": "actual 2", "c 2015/16": "actual 4"}
    _, problems = load_project("c: replaces: [fleet/a]; {source: may, actual: {2015/16: £4}}", head=head)
    assert places_of(problems) == ["projects/fleet.yaml:6:52: unknown-benefit"]


def test_plans_of_what_was_replaced_are_not_added_to_the_new_ones() -> None:
    ledger = stated(
        """
        a: {source: may, plan: {2016/17: £1, 2017/18: £2, 2018/19: £4}, at_risk: {2016/17: £1}}
        new: replaces: [fleet/a]; {source: june, plan: {2016/17: £8}, estimate: {2017/18: £16}}
        """
    )
    assert {name(each): each.amount for each in find_latest(ledger, "plan")} == {"new 2016/17": 8, "a 2018/19": 4}
    assert find_latest(ledger, "at_risk") == []
    assert total_by(ledger, "area", Selection(bases=("plan",))).total == {"2016/17": 8, "2017/18": None, "2018/19": 4}


def test_a_plan_takes_no_actual_out_of_the_column_of_actuals() -> None:
    ledger = stated(
        """
        a: {source: may, plan: {2015/16: £9}, actual: {2015/16: £1}}
        new: replaces: [fleet/a]; {source: may, plan: {2015/16: £8}}
        """
    )
    assert [name(figure) for figure in find_latest(ledger, "actual")] == ["a 2015/16"]
    assert [name(figure) for figure in find_latest(ledger, "plan")] == ["new 2015/16"]


def test_an_estimate_that_gave_way_to_an_actual_takes_no_plan_with_it() -> None:
    ledger = stated(
        """
        a: {source: may, plan: {2015/16: £9}, actual: {2015/16: £1}}
        new: replaces: [fleet/a]; {source: may, plan: {2015/16: £8}, estimate: {2015/16: £4}}
        """
    )
    assert [name(figure) for basis in ("plan", "actual", "estimate") for figure in find_latest(ledger, basis)] == [
        "a 2015/16", "a 2015/16"
    ]  # fmt: skip


def test_a_circle_is_one_problem() -> None:
    _, problems = load_project(
        """
        a: replaces: [fleet/b]; {source: may, actual: {2015/16: £1}}
        b: replaces: [fleet/a]; {source: may, actual: {2015/16: £2}}
        c: replaces: [fleet/c]; {source: may, actual: {2015/16: £4}}
        d: replaces: [fleet/a]; {source: may, actual: {2015/16: £8}}
        """
    )
    assert places_of(problems) == [f"projects/fleet.yaml:{line}:41: circular-replacement" for line in (3, 5)]


# --- what is counted


def test_what_is_new_is_not_summed_over_years() -> None:
    both = "{source: autumn, actual: {2015/16: £1, 2016/17: £2}}"
    levels = stated(f"a: counts: level; {both}\nb: {both}")
    assert total_by(levels, "area", Selection(), sum_years=True).rows[0].amounts[SUM] == 6
    mixed = stated(f"a: counts: level; {both}\nb: counts: new; {{source: autumn, actual: {{2016/17: £4}}}}")
    assert total_by(mixed, "area", Selection()).mixed == ("2016/17",)
    with pytest.raises(CannotBeSummedError):
        total_by(mixed, "area", Selection(), sum_years=True)
    assert total_by(mixed, "area", Selection(years=("2015/16",)), sum_years=True).mixed == ()


# --- forces

SHARES = """
    by-officers:
      source: may
      at: Annex
      years:
        2016/17: {thornshire: 50%, marlshire: 50%}
        2018/19: {thornshire: 33.33%, marlshire: 66.67%}
    """


def parts_of(ledger: Ledger) -> dict[str, dict[str, Decimal]]:
    return {name(figure): apportion(ledger, figure) for figure in ledger.figures}


def test_shares_by_years_hold_from_their_year_and_divide_nothing_else() -> None:
    files = {
        "sources.yaml": SOURCES,
        "shares.yaml": SHARES,
        "projects/fleet.yaml": write_project(
            "name: Fleet\nstatements: [{source: may, forces: [thornshire, marlshire]}]",
            "hire: shares: by-officers; {source: autumn, reported: "
            "{2015/16: £1, 2016/17: £0.01, 2017/18: £1, 2018/19: £1, "
            "2016/17 to 2016-09: £1, 2016/17 to 2017/18: £1, a year: £1, in all: £1}}",
        ),
    }
    ledger, problems = check_files(with_defaults(files))
    assert problems == []
    whole = {NOT_APPORTIONED: Decimal(1)}
    half = Decimal("0.5")
    assert parts_of(ledger) == {
        "hire 2015/16": whole,
        "hire 2016/17": {"thornshire": Decimal("0.01"), "marlshire": Decimal(0)},
        "hire 2017/18": {"thornshire": half, "marlshire": half},
        "hire 2018/19": {"thornshire": Decimal("0.33"), "marlshire": Decimal("0.67")},
        "hire 2016/17 to 2016-09": whole,
        "hire 2016/17 to 2017/18": whole,
        "hire a year": whole,
        "hire in all": whole,
    }


def test_shares_written_out_divide_what_is_of_any_period() -> None:
    ledger = stated(
        "hire: shares: {thornshire: 70%, marlshire: 30%}; shares_source: may; "
        "{source: june, reported: {a year: £10, 2015/16: £1}}"
    )
    assert parts_of(ledger) == {
        "hire a year": {"thornshire": 7, "marlshire": 3},
        "hire 2015/16": {"thornshire": Decimal("0.7"), "marlshire": Decimal("0.3")},
    }


def test_amounts_by_force_are_the_forces_and_their_sum_the_figure() -> None:
    ledger = stated(
        "hire: {source: june, plan: {2016/17: {marlshire: £513k, thornshire: -£500}}, reported: {2015/16: £1}}"
    )
    assert [figure.amount for figure in ledger.figures] == [512500, 1]
    assert parts_of(ledger) == {
        "hire 2016/17": {"marlshire": 513000, "thornshire": -500},
        "hire 2015/16": {NOT_APPORTIONED: 1},
    }
    by_force = total_by(ledger, "force", Selection(bases=("plan",)))
    assert {row.id: row.amounts["2016/17"] for row in by_force.rows} == {
        "thornshire": -500, "marlshire": 513000, "saltisle": None
    }  # fmt: skip
    _, problems = load_project(
        "hire: shares: {thornshire: 70%, marlshire: 30%}; shares_source: may; "
        "{source: june, plan: {2016/17: {marlshire: £5}}}"
    )
    assert [problem.code for problem in problems] == ["divided-twice"]


@pytest.mark.parametrize(
    ("statements", "force"),
    [
        ("{source: may, forces: [thornshire]}", "thornshire"),
        ("{source: may, force_count: 1}", NOT_APPORTIONED),
        ("{source: may, forces: [thornshire, marlshire]}", NOT_APPORTIONED),
        ("{source: may, forces: [thornshire, marlshire]}, {source: june, forces: [marlshire]}", "marlshire"),
        ("{source: may, forces: [thornshire]}, {source: june, force_count: 1}", NOT_APPORTIONED),
        ("{source: may, forces: [thornshire]}, {source: june, lead: Nobody}", "thornshire"),
    ],
)
def test_a_project_of_one_force_is_wholly_that_forces(statements: str, force: str) -> None:
    ledger = stated("hire: {source: june, reported: {a year: £1}}", head=f"name: Fleet\nstatements: [{statements}]")
    assert parts_of(ledger) == {"hire a year": {force: 1}}


def test_the_one_force_is_that_of_the_papers_known_on_the_day() -> None:
    both = "{source: autumn, forces: [thornshire, marlshire]}"
    head = f"name: Fleet\nstatements: [{{source: may, forces: [thornshire]}}, {both}]"
    ledger = stated("hire: {source: june, reported: {2015/16: £1}}", head=head)
    before = narrow_to_day(ledger, parse_day("2017-10-04"))
    assert parts_of(before) == {"hire 2015/16": {"thornshire": 1}}
    assert parts_of(ledger) == {"hire 2015/16": {NOT_APPORTIONED: 1}}
