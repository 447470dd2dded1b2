"""What printed cells say, and printed tables beside the ledger: each kind of column and row, and what is accepted."""
# ruff: noqa: RUF001 - papers print dashes and quotation marks of every kind

from decimal import Decimal

import pytest

from emcollab.records.ledger import Ledger
from emcollab.results.printed import AMOUNT, DASH, NOTHING, PERCENTAGE, UNREADABLE, WORDS, read_cell
from emcollab.results.reconcile import Reconciliation, reconcile
from emcollab.values.problems import Problem
from tests.conftest import check_files, places_of, with_defaults

# --- cells


@pytest.mark.parametrize(
    ("kind", "text", "unit", "number", "half"),
    [
        (AMOUNT, "12", "£k", "12000", "500"),
        (AMOUNT, "12.5", "£k", "12500", "50"),
        (AMOUNT, "£230", "£k", "230000", "500"),
        (AMOUNT, "0.236", "£m", "236000", "500"),
        (AMOUNT, "1,324,000", "£", "1324000", "0.5"),
        (AMOUNT, "1 324 000", "£", "1324000", "0.5"),
        (AMOUNT, ".5", "£m", "500000", "50000"),
        (AMOUNT, "0", "£k", "0", "500"),
        (AMOUNT, "-4.5", "£k", "-4500", "50"),
        (AMOUNT, "−4.5", "£k", "-4500", "50"),
        (AMOUNT, "–4.5", "£k", "-4500", "50"),
        (AMOUNT, "(4.5)", "£k", "-4500", "50"),
        (AMOUNT, "(£4.5)", "£k", "-4500", "50"),
        (AMOUNT, "£(4.5)", "£k", "-4500", "50"),
        (AMOUNT, "£-4.5", "£k", "-4500", "50"),
        (AMOUNT, "-£4.5k", "£", "-4500", "50"),
        (AMOUNT, "£(0.3)m", "£k", "-300000", "50000"),
        (AMOUNT, "+290.0", "£k", "290000", "50"),
        (AMOUNT, "+£290", "£", "290", "0.5"),
        (AMOUNT, "£1.3m", "£k", "1300000", "50000"),
        (AMOUNT, "60k", "£m", "60000", "500"),
        (AMOUNT, "60K", "£m", "60000", "500"),
        (AMOUNT, "£3.8 million", "£k", "3800000", "50000"),
        (AMOUNT, "£1.1million", "£", "1100000", "50000"),
        (AMOUNT, "£2bn", "£m", "2000000000", "500000000"),
        (AMOUNT, "5 thousand", "£m", "5000", "500"),
        (AMOUNT, "92.0*", "£k", "92000", "50"),
        (AMOUNT, "1,350 †", "£k", "1350000", "500"),
        (AMOUNT, "75(a)", "£k", "75000", "500"),
        (AMOUNT, "75 [1]", "£k", "75000", "500"),
        (AMOUNT, "75¹", "£k", "75000", "500"),
        (AMOUNT, "75ᵃ", "£k", "75000", "500"),
        (AMOUNT, "75a", "£k", "75000", "500"),
        (AMOUNT, "(3.2)b", "£k", "-3200", "50"),
        (AMOUNT, "0.3m*", "£k", "300000", "50000"),
        (AMOUNT, "Nil", "£k", "0", "500"),
        (AMOUNT, "nil*", "£", "0", "0.5"),
        (AMOUNT, "12.5", "posts", "12.5", "0.05"),
        (AMOUNT, "1,250", "hours", "1250", "0.5"),
        (AMOUNT, "£1,000bn", "£", "1000000000000", "500000000"),
        (PERCENTAGE, "92%", "£k", "92", "0.5"),
        (PERCENTAGE, "91.5 %", "£k", "91.5", "0.05"),
        (PERCENTAGE, "-32%", "£k", "-32", "0.5"),
        (PERCENTAGE, "(32%)", "£k", "-32", "0.5"),
        (PERCENTAGE, "(32)%", "£k", "-32", "0.5"),
        (PERCENTAGE, "100%*", "£k", "100", "0.5"),
        (PERCENTAGE, "92", "%", "92", "0.5"),
        (PERCENTAGE, "Nil", "%", "0", "0.5"),
    ],
)
def test_numbers(kind: str, text: str, unit: str, number: str, half: str) -> None:
    cell = read_cell(text, unit)
    assert (cell.kind, cell.number, cell.half) == (kind, Decimal(number), Decimal(half))


@pytest.mark.parametrize("text", ["-0", "(0.0)", "-£0m", "-0%"])
def test_a_printed_nil_has_no_sign(text: str) -> None:
    number = read_cell(text, "£k").number
    assert number is not None
    assert (number, number.is_signed()) == (Decimal(0), False)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (DASH, ["-", "–", "—", "−", " - ", "--", "-*"]),
        (NOTHING, ["", " ", "TBC", "tbc", "n/a", "N/A*", "?", "not known", "…"]),
        (WORDS, ["A", "Green", "see note", "k", "m", "£", "%", "()", "."]),
        (
            UNREADABLE,
            ["12 of 15", "5-10", "£5-10k", "1.2.3", "12,34", "1,2345", "5 10", "(4.5", "4.5)", "2015/16", "Q1", "1e5",
             "12.123456789", "£1,001bn", "++290", "+-290", "--290", "-£-290", "±290", "+(290)", "(+290)",
             "+£(290)", "(+290)%"],
        ),
    ],
)  # fmt: skip
def test_cells_that_are_no_numbers(kind: str, texts: list[str]) -> None:
    assert {text: read_cell(text, "£k").kind for text in texts} == dict.fromkeys(texts, kind)


# --- tables

FILES = {
    "projects/fleet.yaml": """
        name: Fleet
        statements: [{source: paper-2016, forces: [thornshire, marlshire]}]
        benefits:
          hire:
            area: vehicles
            category: saving
            cashability: cash-releasing
            recurrence: recurring
            statements:
              - source: paper-2016
                plan: {2015/16: £100k, a year: £90k}
                actual: {2015/16: £80k}
                delayed: {2015/16: £15k}
                not_achievable: {2015/16: £5k}
                estimate: {2016/17: £85k}
              - source: paper-2016
                as_at: 2015-09-30
                estimate: {2015/16: £95k}
                reported: {2015/16 to 2015-09: £40k}
              - source: paper-2017
                actual: {2016/17: £1k}
          fuel:
            area: vehicles
            category: saving
            cashability: non-cashable
            recurrence: one-off
            statements:
              - source: paper-2016
                actual: {2015/16: {thornshire: £6k, marlshire: £4k}}
          staff:
            area: vehicles
            category: saving
            measure: posts
            statements: [{source: paper-2016, actual: {2015/16: 1.5}}]
        costs:
          tools:
            area: vehicles
            statements: [{source: paper-2016, actual: {2015/16: £7k}}]
        """,
    "projects/yard.yaml": """
        name: Yard
        benefits:
          sale:
            area: estates
            category: funding
            statements: [{source: paper-2016, actual: {2015/16: £20k}}]
        """,
}


def check_table(table: str) -> tuple[Ledger, list[Problem]]:
    head = "source: paper-2016\ntitle: T\nunit: £k\n"
    lines = "\n".join(line[8:] for line in table.strip("\n").splitlines())
    return check_files(with_defaults({**FILES, "published/t.yaml": f"{head}{lines}\n"}))


def open_table(table: str) -> Reconciliation:
    ledger, problems = check_table(table)
    assert problems == []
    return reconcile(ledger, ["t"])[0]


def verdicts_of(table: str) -> list[str]:
    return [f"{cell.row} | {cell.label} | {cell.verdict}" for cell in open_table(table).cells]


def all_agree(table: str) -> bool:
    verdicts = {cell.verdict for cell in open_table(table).cells}
    return verdicts == {"agrees"}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("period: 2015/16", "90"),
        ("period: 2015/16, basis: actual", "90"),
        ("period: 2015/16, basis: plan", "100"),
        ("period: a year, basis: plan", "90"),
        ("period: 2015/16 to 2015-09", "40"),
        ("period: 2015/16, basis: delayed", "15"),
        ("period: 2015/16, basis: not_achievable", "5"),
        ("period: 2015/16, basis: at_risk", "'-'"),
        ("period: 2015/16, basis: estimate, as_at: 2015-09-30", "95"),
        ("period: 2015/16, as_at: 2015-09-30", "95"),
        ("period: 2016/17", "85"),
        ("period: 2016/17, unit: £m", "'0.09'"),
        ("period: 2016/17", "£0.09m"),
        ("period: 2016/17", '"85,000.00"'),
        ("period: 2015/16, cashability: cashable", "80"),
        ("period: 2015/16, cashability: cash-releasing", "80"),
        ("period: 2015/16, cashability: non-cashable", "10"),
        ("period: 2015/16, recurrence: one-off", "10"),
        ("period: 2015/16, category: cost", "7"),
        ("period: 2015/16, category: cost, sign: negative", "(7)"),
        ("period: 2015/16, sign: negative", "-90"),
        ("period: 2015/16, category: funding", "'-'"),
        ("period: 2015/16, benefit: fleet/fuel", "10"),
        ("period: 2015/16, force: marlshire", "4"),
        ("period: 2015/16, project: fleet", "90"),
        ("period: 2015/16, area: estates", "Nil"),
        ("period: 2015/16, measure: posts", "1.5"),
        ("compare: false", "Green"),
        ("compare: false, measure: posts", "999"),
    ],
)
def test_each_kind_of_column(column: str, cell: str) -> None:
    unit = "unit: £" if '"' in cell else ""
    column = f"{column}, {unit}" if unit else column
    table = open_table(f"""
        by: project
        columns: [{{label: C, {column}}}]
        rows:
          fleet: [{cell}]
        """)
    assert [one.verdict for one in table.cells] == ["not compared" if "compare" in column else "agrees"]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("area", "vehicles: [90], estates: [20], grants: ['-']"),
        ("project", "fleet: [90], yard: [20]"),
        ("benefit", "fleet/hire: [80], fleet/fuel: [10], yard/sale: [20], fleet/tools: [7]"),
        ("force", "thornshire: [6], marlshire: [4], saltisle: ['-'], not-apportioned: [100]"),
        ("category", "saving: [90], funding: [20], cost: [7], unclassified: [Nil]"),
        ("cashability", "cash-releasing: [80], non-cashable: [10], funding: [20], cost: [7]"),
    ],
)
def test_what_a_row_stands_for(by: str, rows: str) -> None:
    assert all_agree(f"""
        by: {by}
        years: [2015/16]
        rows: {{{rows}}}
        """)


def test_a_row_may_say_itself_which_figures_it_holds() -> None:
    assert all_agree("""
        by: area
        columns: [{label: C, period: 2015/16}]
        rows:
          vehicles: [90]
          plan: {label: Plan, area: vehicles, basis: plan, cells: [100]}
          cash: {label: of which cashable, area: vehicles, cashability: cashable, in_total: false, cells: [80]}
          month: {label: Month 6, area: vehicles, period: 2015/16, as_at: 2015-09-30, cells: [95], in_total: false}
          costs: {label: Costs, area: vehicles, category: cost, sign: negative, cells: [-7]}
          vehicles-net: {label: Net, adds: [vehicles], less: [cash], cells: [10]}
        """)


def test_a_transposed_table() -> None:
    assert all_agree("""
        by: project
        columns:
          - {label: Fleet, project: fleet}
          - {label: Yard, project: yard}
          - {label: Both, adds: [Fleet, Yard]}
        rows:
          first: {label: 2015/16, period: 2015/16, cells: [90, 20, 110]}
          second: {label: 2016/17, period: 2016/17, cells: [85, "-", 85]}
        totals: [175, 20, 195]
        """)


def test_a_transposed_table_by_force() -> None:
    assert all_agree("""
        by: force
        columns: [{label: T, force: thornshire}, {label: M, force: marlshire}]
        rows:
          first: {label: 2015/16, period: 2015/16, cells: [6, 4]}
        """)


def test_a_column_of_figures_with_an_identity_is_compared_with_both() -> None:
    columns = """
        by: project
        columns:
          - {label: Plan, period: 2015/16, basis: plan, adds: [Achieved, Delayed, Lost]}
          - {label: Achieved, period: 2015/16, benefit: fleet/hire, basis: actual}
          - {label: Delayed, period: 2015/16, basis: delayed}
          - {label: Lost, period: 2015/16, basis: not_achievable}
        rows:
        """
    table = open_table(f"{columns}  fleet: [100, 80, 15, 5]\n")
    assert {cell.verdict for cell in table.cells} == {"agrees"}
    assert [cell.ledger for cell in table.cells] == [100000, 80000, 15000, 5000]
    assert [own.verdict for own in table.sums] == ["exact"]
    # The paper's identity holds, and its plan is not the ledger's.
    _, problems = check_table(f"{columns}  fleet: [101, 81, 15, 5]\n")
    assert places_of(problems) == [
        "published/t.yaml:11:11: unreconciled-cell",
        "published/t.yaml:11:16: unreconciled-cell",
    ]


def test_signs_of_table_column_and_row() -> None:
    assert all_agree("""
        by: project
        sign: negative
        columns:
          - {label: Saved, period: 2015/16}
          - {label: Spent, period: 2015/16, category: cost, sign: positive}
        rows:
          fleet: [(90), 7]
          again: {label: Again, project: fleet, sign: positive, in_total: false, cells: [90, 7]}
          yard: [-20, "-"]
        totals: [(110), 7]
        """)


def test_sub_totals_and_net_lines_are_compared_too() -> None:
    table = """
        by: project
        years: [2015/16, 2016/17]
        rows:
          heading: {label: Vehicles}
          fleet: [90, 85]
          part: {label: of which fuel, benefit: fleet/fuel, project: fleet, in_total: false, cells: [10, "-"]}
          vehicles: {label: Sub-total, adds: [fleet], cells: [90, 85]}
          yard: [20, "-"]
          tools: {label: Tools, project: fleet, category: cost, in_total: false, cells: [7, Nil]}
          net: {label: Net, adds: [total], less: [tools], cells: [103, 85]}
        totals: {label: All savings, cells: [110, 85]}
        """
    result = open_table(table)
    assert {cell.verdict for cell in result.cells} == {"agrees"}
    assert [own.verdict for own in result.sums] == ["exact"] * 6
    ledger = {cell.row: cell.ledger for cell in result.cells if cell.is_computed and cell.label == "2015/16"}
    assert ledger == {"vehicles": Decimal(90000), "net": Decimal(103000), "total": Decimal(110000)}


def test_what_the_ledger_does_not_hold_is_not_said_to_agree() -> None:
    assert verdicts_of("""
        by: project
        years: [2015/16]
        rows:
          fleet: [90]
          fees: {label: Fees, compare: false, cells: [31]}
        totals: [121]
        """) == ["fleet | 2015/16 | agrees", "fees | 2015/16 | not compared", "total | 2015/16 | not compared"]


def test_words_where_the_ledger_has_nothing_agree_with_nothing() -> None:
    assert verdicts_of("""
        by: project
        years: [2016/17]
        rows: {fleet: [85], yard: [see note]}
        """) == ["fleet | 2016/17 | agrees", "yard | 2016/17 | not compared"]
    _, problems = check_table("""
        by: project
        years: [2015/16]
        rows: {fleet: [90], yard: [see note]}
        """)
    assert [problem.code for problem in problems] == ["unreconciled-cell"]


def test_without_by_nothing_is_compared_and_sums_are() -> None:
    table = """
        columns: [{label: Posts, measure: posts}, {label: Money}]
        rows:
          one: {label: One, cells: [1, 10]}
          two: {label: Two, cells: [2, 20]}
        totals: [3, 31]
        """
    ledger, problems = check_table(table)
    assert problems == []
    [result] = reconcile(ledger, ["t"])
    assert {cell.verdict for cell in result.cells} == {"not compared"}
    assert [own.verdict for own in result.sums] == ["exact", "within rounding"]


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ("[90, 20, 110]", "agrees"),
        ("[90, 20, 111]", "agrees"),  # 1 of the 1.5 that rounding explains: allowed for, and told
        ("['-', 20, 20]", "unreconciled-cell"),
        ("[90, 20, '-']", "unexplained-sum"),
        ("[90, 20, 112]", "unexplained-sum"),
        ("[91, 20, 111]", "unreconciled-cell"),
    ],
)
def test_a_computed_cell_follows_its_parts(cells: str, verdict: str) -> None:
    fleet, yard, total = cells.strip("[]").split(", ")
    ledger, problems = check_table(f"""
        by: project
        years: [2015/16]
        rows: {{fleet: [{fleet}], yard: [{yard}]}}
        totals: [{total}]
        """)
    found = [problem.code for problem in problems] or [reconcile(ledger, ["t"])[0].cells[-1].verdict]
    assert found == [verdict]


# --- accepted differences


def accepting(off: str, cell: str = "95.4", total: str = "90") -> list[str]:
    _, problems = check_table(f"""
        by: project
        years: [2015/16]
        rows: {{fleet: [{cell}]}}
        totals: [{total}]
        accepted_differences: [{off}]
        """)
    return [problem.code for problem in problems]


FLEET = "{row: fleet, column: 2015/16, off: %s, why: A slip.}"
TOTAL = "{row: total, column: 2015/16, off: %s, why: A slip.}"


def test_a_difference_is_accepted_cell_by_cell_and_by_its_amount() -> None:
    both = f"{FLEET % '£5.4k'}, {TOTAL % '-£5.4k'}"
    assert accepting(both) == []
    assert accepting(f"{FLEET % '5.4'}, {TOTAL % '-£5.4k'}") == ["unreconciled-cell"]  # of money, its unit is said
    assert accepting(f"{FLEET % '£5.42k'}, {TOTAL % '-£5.4k'}") == []  # the same in the places that are printed
    assert accepting(f"{FLEET % '£5.5k'}, {TOTAL % '-£5.4k'}") == ["unreconciled-cell"]
    assert accepting(f"{FLEET % '-£5.4k'}, {TOTAL % '-£5.4k'}") == ["unreconciled-cell"]


def test_a_total_is_never_accepted_because_a_row_was() -> None:
    assert accepting(FLEET % "£5.4k") == ["unexplained-sum"]
    assert accepting(FLEET % "£5.4k", total="95.4") == []  # the paper's sum is right
    assert accepting(FLEET % "£5.4k", total="95.6") == ["unexplained-sum"]


def test_an_acceptance_of_nothing_is_needless() -> None:
    assert accepting(FLEET % "£5.4k", cell="90") == ["needless-acceptance"]
    assert accepting(TOTAL % "£0.1k", cell="90.0", total="90.1") == ["needless-acceptance"]  # within rounding
    assert accepting(f"{FLEET % '£5.4k'}, {FLEET % '£5.4k'}, {TOTAL % '-£5.4k'}") == ["needless-acceptance"]


def test_an_accepted_cell_that_cannot_be_read() -> None:
    assert accepting(FLEET % "-£90k", cell="see 5.1", total="'-'") == []


# --- the cases


CASE = {
    "ledger.yaml": "title: T\nunit: £k\n",
    "areas.yaml": "a: Row a\nb: Row b\nc: Row c\nd: Row d\n",
    "sources.yaml": "paper: {title: A paper, body: A body, date: 2016-06}\n",
    "projects/a.yaml": """
        name: Project a
        benefits:
          saving:
            area: a
            category: saving
            cashability: cashable
            statements: [{source: paper, actual: {2015/16: £100k}}]
        """,
    "projects/b.yaml": """
        name: Project b
        benefits:
          saving:
            area: b
            category: saving
            cashability: non-cashable
            statements: [{source: paper, actual: {2015/16: £60k}}]
        """,
}


def check_case(table: str, **others: str) -> tuple[Ledger, list[Problem]]:
    text = "\n".join(line[8:] for line in table.strip("\n").splitlines())
    files = {**CASE, **others, "published/t.yaml": f"source: paper\ntitle: T\nunit: £k\n{text}\n"}
    return check_files(with_defaults(files))


def test_a_total_off_by_one_is_told() -> None:
    ledger, problems = check_case("""
        years: [2015/16]
        rows: {c: {label: C, cells: [10]}, d: {label: D, cells: [20]}}
        totals: [31]
        """)
    assert problems == []
    [own] = reconcile(ledger, ["t"])[0].sums
    assert (own.verdict, own.difference, own.slack) == ("within rounding", Decimal(1000), Decimal(1500))


def test_row_totals_are_checked() -> None:
    later = """
        name: Other years
        benefits:
          a: {area: a, category: saving, statements: [{source: paper, estimate: {2016/17: £100k}}]}
          b: {area: b, category: saving, statements: [{source: paper, estimate: {2016/17: £60k}}]}
        """
    _, problems = check_case(
        """
        by: area
        columns:
          - {label: 2015/16, period: 2015/16}
          - {label: 2016/17, period: 2016/17}
          - {label: Total, adds: [2015/16, 2016/17]}
        rows:
          a: [100, 100, 203]
          b: [60, 60, 117]
        totals: [160, 160, 320]
        """,
        **{"projects/c.yaml": later},
    )
    assert places_of(problems) == ["published/t.yaml:10:17: unexplained-sum", "published/t.yaml:11:15: unexplained-sum"]


def test_cells_with_their_own_unit() -> None:
    ledger, problems = check_case("""
        by: area
        years: [2015/16]
        rows: {a: [£0.1m], b: [60k]}
        totals: [£160k]
        """)
    assert problems == []
    [own] = reconcile(ledger, ["t"])[0].sums
    assert (own.verdict, own.slack) == ("exact", Decimal(51000))  # half of £0.1m, of 1k, and of 1k again


def test_of_which_cashable() -> None:
    assert (
        check_case("""
        by: category
        columns:
          - {label: Total gains, period: 2015/16, basis: actual}
          - {label: of which cashable, period: 2015/16, basis: actual, cashability: cashable}
        rows: {saving: [160, 100]}
        """)[1]
        == []
    )


def test_an_unreadable_cell_or_file_hides_no_fault_of_another_table() -> None:
    table = "source: paper\ntitle: U\nunit: £k\nby: area\nyears: [2015/16]\nrows: {a: [12 of 15]}\n"
    _, problems = check_case(
        """
        by: area
        years: [2015/16]
        rows: {a: [100], b: [60]}
        totals: [999]
        """,
        **{"published/u.yaml": table, "published/v.yaml": "source: paper\nrows: [\n"},
    )
    assert [f"{problem.path} {problem.code}" for problem in problems] == [
        "published/t.yaml unexplained-sum", "published/u.yaml unreadable-cell", "published/v.yaml syntax"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("project: fleat", "unknown-project"),
        ("area: vehicle", "unknown-area"),
        ("force: thornshir", "unknown-force"),
        ("benefit: fleet/higher", "unknown-benefit"),
    ],
)
def test_what_a_column_or_row_names_must_be_there(column: str, code: str) -> None:
    table = """
        by: area
        columns: [{label: C, period: 2019/20%s}]
        rows: {vehicles: {label: V, cells: ["-"]%s}}
        """
    assert [problem.code for problem in check_table(table % (f", {column}", ""))[1]] == [code]
    assert [problem.code for problem in check_table(table % ("", f", {column}"))[1]] == [code]


def test_sums_of_sums_are_followed_as_deep_as_papers_print_them() -> None:
    """Each row is the sum of the one below it; only the last is of figures."""

    def list_verdicts(rows: int) -> list[str]:
        chain = "".join(f"          r{n}: {{adds: [r{n + 1}], cells: [90]}}\n" for n in range(rows))
        table = f"""
        by: area
        columns:
          - {{label: A, period: 2015/16, category: saving}}
        rows:
{chain}          r{rows}: {{area: vehicles, cells: [90]}}
        """
        return [cell.verdict for cell in open_table(table).cells]

    assert list_verdicts(40) == ["agrees"] * 41
    assert list_verdicts(400)[0] == "not compared"  # the 400th sum below is too far away
    assert set(list_verdicts(400)) == {"agrees", "not compared"}


# --- a cell that is off in more than one way

DOWN_AND_ACROSS = """
        by: area
        columns:
          - {label: A, compare: false}
          - {label: B, compare: false}
          - {label: Both, adds: [A, B]}
        rows:
          vehicles: [100, 100, 203]
          estates: [60, 60, 120]
        totals: [160, 160, 330]
        accepted_differences:
          - {row: vehicles, column: Both, off: £3k, why: A slip.}
"""


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        ([], ["unexplained-sum", "unexplained-sum"]),
        (["£7k"], ["unexplained-sum"]),
        (["£10k"], ["unexplained-sum"]),
        (["£7k", "£10k"], []),
        (["£10k", "£7k"], []),
        (["£7k", "£10k", "£7k"], ["needless-acceptance"]),
        (["£7k", "£10k", "£20k"], ["needless-acceptance"]),
    ],
)
def test_a_total_may_be_off_by_one_amount_down_and_another_across(entries: list[str], codes: list[str]) -> None:
    # Down 203 + 120 come to 323, across 160 + 160 to 320.
    more = "".join(f"          - {{row: total, column: Both, off: {off}, why: A slip.}}\n" for off in entries)
    assert [problem.code for problem in check_table(DOWN_AND_ACROSS + more)[1]] == codes


@pytest.mark.parametrize(("off", "codes"), [("£10k", []), ("£7k", ["unexplained-sum"])])
def test_a_total_is_beside_the_ledger_off_by_what_was_accepted_but_for_rounding(off: str, codes: list[str]) -> None:
    files = {
        f"projects/{id_}.yaml": f"""
        name: {id_.title()}
        benefits:
          saving:
            area: {area}
            category: saving
            statements: [{{source: paper-2016, actual: {{2015/16: £{amount}k}}}}]
        """
        for id_, area, amount in (
            ("fleet", "vehicles", "100.4"),
            ("yard", "estates", "60.4"),
            ("desk", "grants", "20.4"),
        )
    }
    table = f"""source: paper-2016
title: T
unit: £k
by: area
years: [2015/16]
rows: {{vehicles: [100], estates: [60], grants: [20]}}
totals: [190]
accepted_differences: [{{row: total, column: 2015/16, off: {off}, why: A slip.}}]
"""
    # The rows come to 180, and the ledger to 181.2: off by 10 and by 8.8, of which rounding explains 1.2.
    _, problems = check_files(with_defaults({**files, "published/t.yaml": table}))
    assert [problem.code for problem in problems] == codes


# --- parts that are rounded, in any order of print


def open_rounded(rows: str, amount: str, *projects: str) -> list[str]:
    """Return the verdicts of a table, in the order of print, of `projects` with one saving of `amount` each."""
    files = {
        f"projects/{id_}.yaml": f"name: {id_}\nbenefits: {{saving: {{area: vehicles, category: saving, "
        f"statements: [{{source: paper-2016, actual: {{2015/16: {amount}}}}}]}}}}\n"
        for id_ in projects
    }
    table = f"source: paper-2016\ntitle: T\nunit: £k\nby: project\nyears: [2015/16]\n{rows}"
    ledger, problems = check_files(with_defaults({**files, "published/t.yaml": table}))
    assert problems == []
    return [cell.verdict for cell in reconcile(ledger, ["t"])[0].cells]


def test_a_total_printed_above_its_parts_may_be_off_by_their_rounding() -> None:
    # 90.3 is printed 90 twice: the ledger has 180.6, which is 181, and the parts come to 180.
    rows = """rows:
  all: {label: All, adds: [sub], cells: [180]}
  sub: {label: Sub, adds: [p, q], cells: [180]}
  p: [90]
  q: [90]
"""
    assert open_rounded(rows, "£90.3k", "p", "q") == ["agrees"] * 4


def test_a_line_made_of_a_total_may_be_off_by_the_rounding_within_it() -> None:
    # Six of 10.4 come to 62.4, and as printed to 60; the net line is the total, less nothing.
    names = "abcdef"
    rows = "rows:\n" + "".join(f"  {name}: [10]\n" for name in names)
    rows += "  net: {label: Net, adds: [total], cells: [60]}\ntotals: [60]\n"
    assert open_rounded(rows, "£10.4k", *names) == ["agrees"] * 8


def test_a_cell_off_by_as_much_down_as_across_is_told_once_and_accepted_once() -> None:
    table = DOWN_AND_ACROSS.replace("203", "200").replace(
        "          - {row: vehicles, column: Both, off: £3k, why: A slip.}\n", ""
    )
    # Down 200 + 120 and across 160 + 160 come to 320.
    bare = table.replace("        accepted_differences:\n", "")
    assert [problem.code for problem in check_table(bare)[1]] == ["unexplained-sum"]
    accepted = table + "          - {row: total, column: Both, off: £10k, why: A slip.}\n"
    assert check_table(accepted)[1] == []


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("4.5 FTE", "posts", "4.5"),
        ("(3.0) wte*", "posts", "-3"),
        ("1 post", "posts", "1"),
        ("1,250 hours", "hours", "1250"),
        ("12.5hrs", "hours", "12.5"),
    ],
)
def test_what_is_counted_may_stand_behind_it(cell: str, unit: str, number: str) -> None:
    assert read_cell(cell, unit).number == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "unit"), [("4.5 FTE", "hours"), ("4 hrs", "posts"), ("4.5 FTE", "£k"), ("4 hrs", "%")]
)
def test_what_counts_something_else_is_unreadable(cell: str, unit: str) -> None:
    assert read_cell(cell, unit).kind == UNREADABLE


@pytest.mark.parametrize("cell", ["5k", "£5", "1.2m"])
def test_money_in_a_table_that_counts_posts_is_unreadable(cell: str) -> None:
    assert read_cell(cell, "posts").kind == UNREADABLE
    assert read_cell("5", "posts").number == 5
