"""The arithmetic of printed tables by themselves: which sums are exact, within rounding or out; three whole tables.

The tables of the second half have the shapes that directorates, programme offices and boards print. Each has one slip
of its source, which is the only thing that is told, and at its cell.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from emcollab.records.published import Published
from emcollab.results.arithmetic import Sum, work_out
from tests.conftest import check_files, places_of, with_defaults


def sums_of(table: str) -> list[Sum]:
    head = "source: paper-2016\ntitle: T\n" + ("" if "\n        unit:" in table else "unit: £k\n")
    text = "\n".join(line[8:] for line in table.strip("\n").splitlines())
    record = yaml.load(head + text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts
    return list(work_out("t", Published.model_validate(record)).sums)


def verdicts_of(table: str) -> list[str]:
    """Return `row, column: verdict` of each sum, in the order of rules: rows first, then columns."""
    return [f"{own.row}, {own.label}: {own.verdict}" for own in sums_of(table)]


def only(table: str) -> tuple[str, Decimal, Decimal]:
    """Return the verdict on the one sum of a table, by how much it is off and by how much rounding could explain."""
    [own] = sums_of(table)
    return own.verdict, own.difference, own.slack


# --- sums


@pytest.mark.parametrize(
    ("cells", "total", "verdict", "off", "slack"),
    [
        ("10, 20", "30", "exact", "0", "1500"),
        ("10, 20", "31", "within rounding", "1000", "1500"),
        ("10, 20", "32", "out", "2000", "1500"),
        ("10, 20", "29", "within rounding", "-1000", "1500"),
        ("10, 20", "28", "out", "-2000", "1500"),
        ("10.0, 20.0", "30.2", "out", "200", "150"),
        ("10.4, 20.4", "31", "within rounding", "200", "600"),
        ("10.0, 20.0", "31", "out", "1000", "600"),
        ("£0.1m, 60k", "£160k", "exact", "0", "51000"),
        ("£0.1m, 60k", "£211k", "within rounding", "51000", "51000"),
        ("£0.1m, 60k", "£212k", "out", "52000", "51000"),
        ("10, (4)", "6", "exact", "0", "1500"),
        ("10, -", "10", "exact", "0", "1000"),
        ("10, TBC", "10", "exact", "0", "1000"),
        ("10, Nil", "10", "exact", "0", "1500"),
        ("10, -", "-", "out", "-10000", "500"),
        ("Nil, 0", "Nil", "exact", "0", "1500"),
    ],
)
def test_a_total_and_its_rows(cells: str, total: str, verdict: str, off: str, slack: str) -> None:
    first, second = cells.split(", ")
    table = f"""
        years: [2015/16]
        rows: {{a: ['{first}'], b: ['{second}']}}
        totals: ['{total}']
        """
    assert only(table) == (verdict, Decimal(off), Decimal(slack))


@pytest.mark.parametrize(
    ("cells", "total"),
    [("10, 20", "''"), ("10, 20", "TBC"), ("-, ''", "'-'"), ("10, A", "10"), ("10, 20%", "30"), ("10, 12 of 15", "10")],
)
def test_where_nothing_can_be_worked_out_nothing_is_said(cells: str, total: str) -> None:
    first, second = cells.split(", ")
    second = second if second.startswith("'") else f"'{second}'"
    assert (
        sums_of(f"""
        years: [2015/16]
        rows: {{a: ['{first}'], b: [{second}]}}
        totals: [{total}]
        """)
        == []
    )


def test_what_a_total_adds() -> None:
    assert verdicts_of("""
        years: [2015/16]
        rows:
          heading: {label: Vehicles}
          a: [10]
          b: {label: of which b, in_total: false, cells: [4]}
          c: {label: Sub-total, adds: [a], cells: [10]}
          d: {label: Not in the ledger, compare: false, cells: [5]}
          e: {label: Net, adds: [total], less: [b], cells: [11]}
          f: {label: Share, adds: [a], of: total, cells: [67%]}
        totals: {label: All, cells: [15]}
        """) == ["c, 2015/16: exact", "e, 2015/16: exact", "f, 2015/16: exact", "total, 2015/16: exact"]


def test_computed_columns_in_every_row_and_the_totals_both_ways() -> None:
    table = """
        columns: [{label: Plan}, {label: Achieved}, {label: Short, adds: [Plan], less: [Achieved]}]
        rows:
          a: {label: A, cells: [10, 4, 6]}
          b: {label: B, cells: [20, 25, (5)]}
          c: {label: C, cells: ["-", "-", "-"]}
        totals: [30, 29, %s]
        """
    right = ["total, Plan: exact", "total, Achieved: exact", "total, Short: exact"]
    across = ["a, Short: exact", "b, Short: exact", "total, Short: exact"]
    assert verdicts_of(table % "1") == right + across
    assert verdicts_of(table % "9")[2::3] == ["total, Short: out", "total, Short: out"]


def test_a_column_that_is_only_taken_away() -> None:
    assert verdicts_of("""
        columns: [{label: Cost}, {label: Net, less: [Cost]}]
        rows: {a: {label: A, cells: [10, (10)]}}
        """) == ["a, Net: exact"]


def test_several_units_in_one_table() -> None:
    assert verdicts_of("""
        columns:
          - {label: Posts, measure: posts}
          - {label: More posts, measure: posts}
          - {label: All posts, adds: [Posts, More posts], measure: posts}
          - {label: £k}
          - {label: £m, unit: £m}
          - {label: Money, adds: [£k, £m], unit: £}
        rows:
          a: {label: A, cells: [1.5, 2, 3.5, 10, 0.5, "510,000"]}
          b: {label: B, unit: £, cells: [1, 1, 2, 10, 0.50, "10.50"]}
        totals: [2.5, 3, 5.5, 10, 0.5, "510,010.50"]
        """) == [
        "total, Posts: exact", "total, More posts: exact", "total, All posts: exact", "total, £k: within rounding",
        "total, £m: within rounding", "total, Money: exact",
        "a, All posts: exact", "b, All posts: exact", "total, All posts: exact",
        "a, Money: exact", "b, Money: exact", "total, Money: within rounding",
    ]  # fmt: skip


# --- percentages


@pytest.mark.parametrize(
    ("achieved", "plan", "printed", "verdict"),
    [
        ("219.5", "240", "91%", "exact"),  # 91.458…
        ("219.5", "240", "92%", "within rounding"),  # 219.55 of 239.5 is 91.67
        ("219.5", "240", "93%", "out"),
        ("219.50", "240.00", "92%", "out"),
        ("219.50", "240.00", "91.5%", "exact"),
        ("1", "3", "33%", "exact"),
        ("1", "3", "60%", "within rounding"),  # 1.5 of 2.5
        ("1", "3", "61%", "out"),
        ("85", "85.0", "999%", "out"),
        ("(3.2)", "10", "-32%", "exact"),
        ("(3.2)", "10", "32%", "out"),
        ("3.2", "(10)", "(32)%", "exact"),
        ("50", "100", "50", "exact"),  # the column says that it is a percentage
        ("50", "100", "51", "within rounding"),
        ("50", "100", "52", "out"),
        ("50", "100", "-", "out"),
        ("-", "100", "-", None),
        ("-", "100", "0%", "exact"),
        ("50", "-", "50%", None),
        ("50", "0", "n/a", None),
        ("50", "0.4", "0%", "out"),
        ("0.4", "1", "80%", "within rounding"),  # 0.45 of 0.5 is 90
        ("1", "0", "100%", None),
        ("50", "100", "A", None),
    ],
)
def test_a_percentage_and_what_rounding_of_its_parts_allows(
    achieved: str, plan: str, printed: str, verdict: str | None
) -> None:
    sums = sums_of(f"""
        columns: [{{label: Plan}}, {{label: Achieved}}, {{label: '%', adds: [Achieved], of: Plan}}]
        rows: {{a: {{label: A, cells: ['{plan}', '{achieved}', '{printed}']}}}}
        """)
    assert [own.verdict for own in sums] == ([verdict] if verdict else [])
    assert {own.unit for own in sums} <= {"%"}


def test_percentages_are_never_added_with_their_sign_or_without() -> None:
    table = """
        columns: [{label: Plan}, {label: Achieved}, {label: '%%', adds: [Achieved], of: Plan}]
        rows:
          a: {label: A, cells: [100, 50, 50%s]}
          b: {label: B, cells: [100, 100, 100%s]}
        totals: [200, 150, 75%s]
        """
    for sign in ("", "%"):
        assert verdicts_of(table % (sign, sign, sign)) == [
            "total, Plan: exact", "total, Achieved: exact", "a, %: exact", "b, %: exact", "total, %: exact"
        ]  # fmt: skip


def test_a_percentage_far_from_the_quotient_only_by_rounding_is_not_out() -> None:
    # 0.28 of 99.6 may be printed so: 0.28 is printed 0, and 0.28% is 0%. And 0.6 of 99.6 is 1%, of 0.6 printed 1.
    assert verdicts_of("""
        columns: [{label: Plan}, {label: Achieved}, {label: '%', adds: [Achieved], of: Plan}]
        rows: {a: {label: A, cells: [100, 0.3, 1%]}}
        """) == ["a, %: out"]
    # 0.25 printed 0.3 and 100.4 printed 100: between 0.2488 % and 0.3518 %, and so 0%; 0.3 to one place is exact.
    assert verdicts_of("""
        columns: [{label: Plan}, {label: Achieved}, {label: '%', adds: [Achieved], of: Plan}]
        rows: {a: {label: A, cells: [100, 0, 1%]}}
        """) == ["a, %: within rounding"]


def test_a_row_of_percentages() -> None:
    assert verdicts_of("""
        years: [2015/16, 2016/17]
        rows:
          plan: {label: Plan, in_total: false, cells: [100, 200]}
          a: {label: A, cells: [50, 150]}
          share: {label: Share, adds: [total], of: plan, cells: [50%, 80%]}
        totals: [50, 150]
        """) == ["share, 2015/16: exact", "share, 2016/17: out", "total, 2015/16: exact", "total, 2016/17: exact"]


# --- acceptance


def test_a_sum_that_is_out_is_explained_by_its_own_difference_only() -> None:
    table = """
        columns: [{label: Plan}, {label: Achieved}, {label: '%%', adds: [Achieved], of: Plan}]
        rows:
          a: {label: A, cells: [100, 50, 70%%]}
        totals: [109, 50, 50%%]
        accepted_differences: [%s]
        """
    assert verdicts_of(table % "")[0::2] == ["total, Plan: out", "a, %: out"]
    accepted = (
        "{row: total, column: Plan, off: £9k, why: A slip.}, {row: a, column: '%', off: 20%, why: Another.}, "
        "{row: total, column: Achieved, off: £9k, why: No difference.}"
    )
    sums = sums_of(table % accepted)
    assert [(own.verdict, own.why) for own in sums if own.verdict != "exact"] == [
        ("out and explained", "A slip."), ("out and explained", "Another."), ("out", "")
    ]  # fmt: skip
    assert sums[-1].label == "%"  # 50 of 109 is 46%
    for off in ("£10k", "-£9k", "9%"):
        wrong = f"{{row: total, column: Plan, off: {off}, why: Of another amount.}}"
        assert verdicts_of(table % wrong)[0] == "total, Plan: out"


def test_a_total_is_not_accepted_because_a_row_is() -> None:
    assert verdicts_of("""
        years: [2015/16]
        rows: {a: [100], b: [10]}
        totals: [120]
        accepted_differences: [{row: a, column: 2015/16, off: £10k, why: A slip.}]
        """) == ["total, 2015/16: out"]


# --- properties


class Made(NamedTuple):
    """A table of exact parts, as it would be printed: the texts of its cells, by row, with the totals last."""

    table: Published
    places: int
    rows: list[list[str]]


@st.composite
def make_tables(draw: st.DrawFn) -> Made:
    """Make a table of some rows and two columns, with their difference, their share, sub-totals and totals."""
    places = draw(st.integers(0, 2))
    amounts = st.decimals(-500, 500, places=3)
    first = draw(st.integers(1, 4))
    exact = [[draw(amounts), draw(amounts)] for _ in range(first + draw(st.integers(1, 4)))]
    groups = [exact[:first], exact[first:]]
    lines = [(f"r{position}", row) for position, row in enumerate(exact)]
    lines += [(f"s{position}", add(group)) for position, group in enumerate(groups)]
    lines += [("total", add(exact))]
    rows = {id_: print_row(row, places) for id_, row in lines}
    record = {
        "source": "paper",
        "title": "T",
        "unit": "£k",
        "columns": [
            {"label": "A"}, {"label": "B"}, {"label": "A-B", "adds": ["A"], "less": ["B"]},
            {"label": "%", "adds": ["B"], "of": "A"},
        ],
        "rows": {id_: rows[id_] for id_, _ in lines if id_.startswith("r")}
        | {
            f"s{position}": {"adds": [f"r{exact.index(row)}" for row in group], "cells": rows[f"s{position}"]}
            for position, group in enumerate(groups)
        },
        "totals": rows["total"],
    }  # fmt: skip
    return Made(Published.model_validate(record), places, list(rows.values()))


def add(rows: list[list[Decimal]]) -> list[Decimal]:
    return [sum((row[column] for row in rows), Decimal(0)) for column in (0, 1)]


def print_row(row: list[Decimal], places: int) -> list[str]:
    a, b = row
    share = "n/a" if not a else f"{half_up(b / a * 100, 0)}%"
    return [print_amount(half_up(amount, places)) for amount in (a, b, a - b)] + [share]


def half_up(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def print_amount(amount: Decimal) -> str:
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"


@given(make_tables())
@settings(max_examples=60)
def test_no_sum_of_a_table_rounded_from_exact_parts_is_out(made: Made) -> None:
    sums = work_out("t", made.table).sums
    assert [own for own in sums if own.verdict == "out"] == []
    assert len(sums) >= 3 * len(made.rows) - len(made.table.rows)


@given(make_tables(), st.data())
@settings(max_examples=60)
def test_one_cell_changed_by_more_than_rounding_explains_is_found(made: Made, data: st.DataObject) -> None:
    record = made.table.model_dump(exclude_none=True, exclude_defaults=True)
    ids = [*record["rows"], "total"]
    row, column = data.draw(st.sampled_from(ids)), data.draw(st.integers(0, 2))
    cells = record["totals"] if row == "total" else record["rows"][row]
    cells = cells["cells"] if isinstance(cells, dict) else cells
    # Rounding of at most eight rows and their sum, each by half a unit, and what the cell may have been off by already.
    units = data.draw(st.integers(20, 1000)) * data.draw(st.sampled_from([1, -1]))
    before = Decimal(cells[column].replace(",", "").replace("(", "-").replace(")", ""))
    cells[column] = print_amount(before + units * Decimal(1).scaleb(-made.places))
    slipped = Published.model_validate(record)
    found = [(own.row, own.label) for own in work_out("t", slipped).sums if own.verdict == "out"]
    assert found
    # Nothing else is blamed: what is out is in the row of the cell or in its column.
    label = made.table.columns[column].label
    assert [at for at in found if row != at[0] and label != at[1]] == []


# --- whole tables

LEDGER = {
    "ledger.yaml": "title: Westmarch\nunit: £k\n",
    "areas.yaml": "ops: Operations\n",
    "forces.yaml": "westmarch: {name: Westmarch}\n",
    "sources.yaml": "paper: {title: Monitoring, body: Board, date: 2016-06-16}\n",
}


def project(name: str, statements: str, costs: str = "") -> str:
    """Return a project with one saving, and maybe one cost; each statement a line."""
    lines = "".join(f"\n      - {{source: paper, {line.strip()}}}" for line in statements.strip().splitlines())
    cost = f"costs:\n  own: {{area: ops, statements: [{{source: paper, {costs}}}]}}\n" if costs else ""
    return f"name: {name}\nbenefits:\n  saving:\n    area: ops\n    category: saving\n    statements:{lines}\n{cost}"


def places_in(table: str, projects: dict[str, str]) -> list[str]:
    """Return the problems of a ledger of `projects` and the table."""
    files = {**LEDGER, **{f"projects/{id_}.yaml": text for id_, text in projects.items()}, "published/t.yaml": table}
    return places_of(check_files(with_defaults(files))[1])


DIRECTORATES = """source: paper
at: Table 4
title: Savings monitoring 2015/16
by: project
unit: £k
columns:
  - {label: Plan, period: 2015/16, basis: plan}
  - {label: Achieved, period: 2015/16, basis: actual}
  - {label: Pressures, period: 2015/16, basis: actual, category: cost, sign: negative}
  - {label: Shortfall, adds: [Plan], less: [Achieved, Pressures]}
  - {label: "%", adds: [Achieved], of: Plan}
rows:
  contact: {label: Contact}
  control-room: [240, 219.5, (4.0), 24.5, 91%]
  front-counters: [85, 85.0, "-", 0.0, 100%]
  contact-total: {label: Contact total, adds: [control-room, front-counters], cells: [325, 304.5, (4.0), 24.5, 94%]}
  vehicles: {label: Vehicles}
  fleet: [80, 84.5, "-", (4.5), 106%]
  workshop: [10, (3.2), (1.5), 14.7, -32%]
  vehicles-total: {label: Vehicles total, adds: [fleet, workshop], cells: [90, 81.3, (1.5), 10.2, 90%]}
  people: {label: People}
  training: [45, 30.2, (2.0), 16.8, 67%]
  overtime: [60, 61.0, "-", (1.0), 102%]
  people-total: {label: People total, adds: [training, overtime], cells: [105, 91.2, (2.0), 15.8, 87%]}
totals: {label: Grand total, cells: [520, 477.0, (7.5), 50.5, 92%]}
"""
"""(a) The shortfall is the plan less what was achieved and less the pressures, as printed below nil."""


def directorates() -> dict[str, str]:
    """Return the projects of (a)."""
    amounts = {
        "control-room": ("£240k", "£219.5k", "£4k"), "front-counters": ("£85k", "£85k", ""),
        "fleet": ("£80k", "£84.5k", ""), "workshop": ("£10k", "-£3.2k", "£1.5k"),
        "training": ("£45k", "£30.2k", "£2k"), "overtime": ("£60k", "£61k", ""),
    }  # fmt: skip
    return {
        id_: project(
            id_, f"plan: {{2015/16: {plan}}}, actual: {{2015/16: {actual}}}", cost and f"actual: {{2015/16: {cost}}}"
        )
        for id_, (plan, actual, cost) in amounts.items()
    }


def test_a_table_by_directorate_with_sub_totals_and_a_grand_total() -> None:
    assert places_in(DIRECTORATES, directorates()) == []


def slip_in(table: str, **slips: str) -> tuple[str, list[str]]:
    """Return the table with each slip in place of a line that begins so, and the places marked `|` in these lines."""
    lines, places = table.splitlines(), []
    for name, slip in slips.items():
        [number] = [at for at, line in enumerate(lines) if line.strip().startswith(name.replace("_", "-"))]
        indent = len(lines[number]) - len(lines[number].lstrip())
        parts = f"{' ' * indent}{slip}".split("|")
        places += [f"{number + 1}:{len(''.join(parts[:at])) + 1}" for at in range(1, len(parts))]
        lines[number] = "".join(parts)
    return "\n".join(lines) + "\n", [f"published/t.yaml:{place}: unexplained-sum" for place in places]


@pytest.mark.parametrize(
    "slips",
    [
        pytest.param(
            # 520 was right: neither the rows, nor the shortfall and the percentage beside it, come to 530.
            {"totals": "totals: {label: Grand total, cells: [|530, 477.0, (7.5), |50.5, |92%]}"}, id="the grand total"
        ),
        pytest.param({"workshop": "workshop: [10, (3.2), (1.5), 14.7, |-42%]"}, id="a percentage"),
        pytest.param(
            # 16.8, with its figures the wrong way round: it is out itself, and the sums in its column are of 16.8.
            {
                "training": "training: [45, 30.2, (2.0), |18.6, 67%]",
                "people_total": "people-total: {adds: [training, overtime], cells: [105, 91.2, (2.0), |15.8, 87%]}",
                "totals": "totals: {label: Grand total, cells: [520, 477.0, (7.5), |50.5, 92%]}",
            },
            id="a shortfall",
        ),
    ],
)  # fmt: skip
def test_a_slip_in_it_is_found_at_its_cell(slips: dict[str, str]) -> None:
    table, places = slip_in(DIRECTORATES, **slips)
    assert places_in(table, directorates()) == places


MONTHS = """source: paper
at: Table 2
title: The year by month
by: project
unit: £k
columns:
  - {label: Target, period: 2015/16, basis: plan, adds: [Outturn, Delayed, Not achievable]}
  - {label: Month 2, period: 2015/16, basis: estimate, as_at: 2015-05-31}
  - {label: Month 6, period: 2015/16, basis: estimate, as_at: 2015-09-30}
  - {label: Month 9, period: 2015/16, basis: estimate, as_at: 2015-12-31}
  - {label: Outturn, period: 2015/16, basis: actual}
  - {label: Delayed, period: 2015/16, basis: delayed}
  - {label: Not achievable, period: 2015/16, basis: not_achievable}
  - {label: Status, compare: false}
rows:
  control-room: [240, 240, 235, 225, 220, 15, 5, Amber]
  fleet: [80, 80, 80, 82, 80, "-", "-", Green]
  training: [45, 45, 40, 31, 30, 5, 10, Red]
totals: {label: All schemes, cells: [365, 365, 355, 338, 330, 20, 15, ""]}
"""
"""(b) Months 2, 6 and 9 and the outturn, all in one paper."""


def months() -> dict[str, str]:
    """Return the projects of (b)."""
    return {
        id_: project(
            id_,
            f"""as_at: 2015-05-31, estimate: {{2015/16: £{second}k}}
            as_at: 2015-09-30, estimate: {{2015/16: £{sixth}k}}
            as_at: 2015-12-31, estimate: {{2015/16: £{ninth}k}}
            as_at: 2016-03-31, plan: {{2015/16: £{target}k}}, actual: {{2015/16: £{outturn}k}}{rest}""",
        )
        for id_, target, second, sixth, ninth, outturn, rest in (
            ("control-room", 240, 240, 235, 225, 220, ", delayed: {2015/16: £15k}, not_achievable: {2015/16: £5k}"),
            ("fleet", 80, 80, 80, 82, 80, ""),
            ("training", 45, 45, 40, 31, 30, ", delayed: {2015/16: £5k}, not_achievable: {2015/16: £10k}"),
        )
    }


def test_a_table_of_months_within_a_year() -> None:
    right = MONTHS
    assert places_in(right, months()) == []
    # The target of training is printed 48: neither its own identity nor the ledger has it.
    slip, [own, total] = slip_in(
        right,
        training="training: [|48, 45, 40, 31, 30, 5, 10, Red]",
        totals='totals: {label: All schemes, cells: [|365, 365, 355, 338, 330, 20, 15, ""]}',
    )
    assert places_in(slip, months()) == [own, own.replace("unexplained-sum", "unreconciled-cell"), total]
    # A month's total is printed too high; and it is accepted by its amount.
    slip, places = slip_in(right, totals='totals: {label: All schemes, cells: [365, 365, 355, |348, 330, 20, 15, ""]}')
    assert places_in(slip, months()) == places
    accepted = "accepted_differences: [{row: total, column: Month 9, off: £10k, why: The rows come to 338.}]\n"
    assert places_in(slip + accepted, months()) == []


RECURRENT = """source: paper
at: Appendix B
title: Savings programme to November 2015
by: project
unit: £k
columns:
  - {label: Recurrent plan, period: a year, basis: plan}
  - {label: "In year: Plan", period: 2015/16, basis: plan}
  - {label: "In year: Forecast", period: 2015/16, basis: estimate}
  - {label: "In year: Variance", adds: ["In year: Forecast"], less: ["In year: Plan"]}
  - {label: "To date: Plan", period: 2015/16 to 2015-11, basis: plan}
  - {label: "To date: Actual", period: 2015/16 to 2015-11, basis: actual}
  - {label: "To date: Variance", adds: ["To date: Actual"], less: ["To date: Plan"]}
rows:
  heading-1: {label: Operations}
  control-room: [300, 240, 225, (15), 160, 150, (10)]
  fleet: [80, 80, 82, 2, 53, 55, 2]
  heading-2: {label: Support}
  training: [60, 45, 31, (14), 30, 18, (12)]
  overtime: [65, 60, 61, 1, 40, 42, 2]
totals: [505, 425, 399, (26), 283, 265, (18)]
"""
"""(c) What is planned a year, in this year and to date, by scheme under headings."""


def test_a_table_of_recurrent_plans_and_of_what_came_to_date() -> None:
    projects = {
        id_: project(
            id_,
            f"""plan: {{a year: £{a_year}k, 2015/16: £{plan}k, 2015/16 to 2015-11: £{to_date}k}}
            estimate: {{2015/16: £{forecast}k}}, actual: {{2015/16 to 2015-11: £{actual}k}}""",
        )
        for id_, a_year, plan, forecast, to_date, actual in (
            ("control-room", 300, 240, 225, 160, 150), ("fleet", 80, 80, 82, 53, 55),
            ("training", 60, 45, 31, 30, 18), ("overtime", 65, 60, 61, 40, 42),
        )
    }  # fmt: skip
    assert places_in(RECURRENT, projects) == []
    slip, places = slip_in(
        RECURRENT,
        training="training: [60, 45, 31, |14, 30, 18, (12)]",
        totals="totals: [505, 425, 399, |(26), 283, 265, (18)]",
    )
    assert places_in(slip, projects) == places
    slip, places = slip_in(RECURRENT, totals="totals: [505, 425, 399, (26), 283, |256, |(18)]")
    assert places_in(slip, projects) == places


SHEETS = {
    "monitoring": (
        """
        columns:
          - {label: Plan}
          - {label: Month 6}
          - {label: Achieved}
          - {label: Pressures}
          - {label: Shortfall, adds: [Plan], less: [Achieved, Pressures]}
          - {label: "% achieved", adds: [Achieved], of: Plan}
          - {label: RAG, compare: false}
        rows:
          contact: {label: Contact}
          room: {label: Shared control room, cells: [240, 232, 219.5, (4.0), 24.5, 91%, A]}
          front: {label: Front counters, cells: [85, 85, 85.0, "-", 0.0, 100%, G]}
          contact-total: {label: Contact total, adds: [room, front], cells: [325, 317, 304.5, (4.0), 24.5, 94%, ""]}
          vehicles: {label: Vehicles}
          fleet: {label: Joint fleet, cells: [80, 82, 84.5, "-", (4.5), 106%, G]}
          workshop: {label: Workshop, cells: [10, 10, (3.2), (1.5), 14.7, -32%, R]}
          vehicles-total: {label: Vehicles total, adds: [fleet, workshop], cells: [90, 92, 81.3, (1.5), 10.2, 90%, ""]}
        totals: {label: TOTAL, cells: [415, 409, 385.8, (5.5), 35.7, 93%, ""]}
        """,
        [("total", "Shortfall", "1000"), ("total", "Shortfall", "1000")],
    ),
    "three-years": (
        """
        columns:
          - {label: 2013/14}
          - {label: 2014/15}
          - {label: 2015/16}
          - {label: Total, adds: [2013/14, 2014/15, 2015/16]}
        rows:
          procurement: {label: Procurement of vehicles, cells: ["1,200", "1,350*", "1,400*", "3,950"]}
          training: {label: Shared training, cells: [0, 75, 150, 225]}
          legal: {label: Legal services, cells: ["-", TBC, 60, 60]}
        totals: ["1,200", "1,425", "1,610", "4,253"]
        """,
        [("total", "Total", "18000"), ("total", "Total", "18000")],
    ),
}
"""Two sheets as their keepers have them, and the slip of each: row, column, by how much it is off."""


@pytest.mark.parametrize("sheet", SHEETS)
def test_two_sheets_each_with_a_slip(sheet: str) -> None:
    table, slips = SHEETS[sheet]
    found = [own for own in sums_of(table) if own.verdict == "out"]
    assert [(own.row, own.label, own.difference) for own in found] == [(*at, Decimal(off)) for *at, off in slips]
