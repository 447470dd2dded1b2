"""Each check of a ledger's meaning: what it finds, at which line and column, with which words, and what it passes."""

from datetime import date, timedelta

import pytest

from emcollab.checks import run_checks
from tests.conftest import Files, MakeFolder, check, lines_of, open_clean

FUEL = """
    name: Joint fleet
    forces: [thornshire, marlshire]
    benefits:
      fuel:
        area: vehicles
        category: saving
        statements:
          - {source: paper-2017, actual: {2016/17: £10k}, estimate: {2017/18: £12k}}
    """

TABLE = """
    source: paper-2017
    title: Savings
    by: area
    unit: £k
    years: [2016/17, 2017/18]
    rows:
      vehicles: ["10.0", "12.0*"]
      estates: ["-", ""]
    totals: [£10.0, £12.0]
    """


def found(make_folder: MakeFolder, files: Files) -> list[str]:
    """Return the problems in a folder of `files`, printed table and project beside them unless they are given."""
    return lines_of(check(make_folder({"projects/fleet.yaml": FUEL, **files}))[1])


# --- figures


def test_conflicting_figures_of_one_paper_and_of_one_day(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2016, estimate: {2016/17: £10k, 2017/18: £10k}, undated: £1k}
              - {source: paper-2016, estimate: {2016/17: £0.01m}, actual: {2015/16: £5k}}
              - {source: panel-2016, estimate: {2016/17: £12k}, reported: {2017/18: £11k}, undated: £2k}
              - {source: paper-2017, estimate: {2016/17: £13k}}
        """
    meant = "keep the one that is meant; the first is in statement 1, from 'paper-2016'"
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        (
            "projects/fleet.yaml:9:50: conflicting-figures: a second estimate for 2016/17, £12,000 after £10,000, "
            f"of two papers of one day, 16 June 2016; {meant}"
        ),
        (
            "projects/fleet.yaml:9:93: conflicting-figures: a second amount a year, £2,000 after £1,000, "
            f"of two papers of one day, 16 June 2016; {meant}"
        ),
    ]


def test_conflicting_figures_are_of_one_benefit(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, estimate: {2016/17: £1k}}]}
          oil: {area: vehicles, category: saving, statements: [{source: paper-2016, estimate: {2016/17: £2k}}]}
        costs:
          tank: {area: vehicles, statements: [{source: paper-2016, estimate: {2016/17: £3k}}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == []


def test_early_actual_of_a_year_not_over_at_the_papers_date(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        costs:
          tank:
            area: vehicles
            statements:
              - source: paper-2016
                plan: {2016/17: £1k}
                estimate: {2016/17: £1k}
                reported: {2016/17: £1k}
                actual: {2015/16: £1k, 2016/17: £1k}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        (
            "projects/fleet.yaml:10:32: early-actual: 2016/17 was not over on 16 June 2016, the date of the paper; "
            "write it under 'estimate', or under 'reported'"
        )
    ]


def test_early_actual_on_the_last_day_of_the_year_and_not_on_the_first_after_it(make_folder: MakeFolder) -> None:
    for day, faults in (("2016-03-31", 1), ("2016-04-01", 0)):
        sources = f"paper: {{title: T, body: B, date: {day}}}"
        project = FUEL.replace("paper-2017", "paper").replace("2016/17", "2015/16")
        problems = found(make_folder, {"sources.yaml": sources, "projects/fleet.yaml": project})
        assert [line.split(": ")[1] for line in problems] == ["early-actual"] * faults


def test_figure_after_closure_but_no_plan(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        closed: {date: DAY}
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2018, actual: {2015/16: £1k, 2016/17: £1k, 2017/18: £1k}, plan: {2018/19: £1k}}
        """
    # Until the end of March 2017 it was 2016/17. A year alone may be any day of it: the figure may be right.
    for day, said, after in [
        ("2017-03-31", "on 31 March 2017", "2017/18"), ("2017-03", "in March 2017", "2017/18"),
        ("2016", "in 2016", "2017/18"), ("2017-04", "", ""), ("2017", "", ""), ("2017-06-30", "", ""),
    ]:  # fmt: skip
        expected = [
            (
                f"projects/fleet.yaml:8:67: figure-after-closure: the project was closed {said}, "
                f"and this is {after}; mend the year, or the date of closure"
            )
        ]
        assert found(make_folder, {"projects/fleet.yaml": project.replace("DAY", day)}) == (expected if after else [])


def test_a_closure_without_a_date_accuses_no_figure(make_folder: MakeFolder) -> None:
    assert found(make_folder, {"projects/fleet.yaml": f"{FUEL}closed: {{reason: done}}"}) == []


def test_year_outside_ledger_before_it_and_after_it(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - source: paper-2018
                plan: {2013/14: £1k, 2014/15: £1k, 2019/20: £1k, 2020/21: £1k}
                undated: £1k
        """
    remedy = "mend the year, or extend the ledger in ledger.yaml"
    first = (
        f"projects/fleet.yaml:8:16: year-outside-ledger: the ledger begins with 2014/15, and this is 2013/14; {remedy}"
    )
    last = f"projects/fleet.yaml:8:58: year-outside-ledger: the ledger ends with 2019/20, and this is 2020/21; {remedy}"
    assert found(make_folder, {"projects/fleet.yaml": project}) == [first, last]
    assert found(make_folder, {"projects/fleet.yaml": project, "ledger.yaml": "title: T\nfirst_year: 2014/15"}) == [
        first
    ]
    assert found(make_folder, {"projects/fleet.yaml": project, "ledger.yaml": "title: T\nlast_year: 2019/20"}) == [last]
    assert found(make_folder, {"projects/fleet.yaml": project, "ledger.yaml": "title: T"}) == []


# --- names


def test_unknown_area_of_a_benefit_and_of_a_cost(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicle, category: saving, statements: [{source: paper-2016, undated: £1k}]}
        costs:
          tank: {area: dogs, statements: [{source: paper-2016, undated: £1k}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:3:16: unknown-area: there is no area 'vehicle'; did you mean 'vehicles'?",
        "projects/fleet.yaml:5:16: unknown-area: there is no area 'dogs'; write one of: vehicles, estates, grants",
    ]


def test_unknown_benefit_said_to_be_the_same(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            possible_duplicate_of: fleet/tanks
            statements: [{source: paper-2016, undated: £1k}]
        costs:
          tank:
            area: vehicles
            possible_duplicate_of: fleet/fuel
            statements: [{source: paper-2016, undated: £1k}]
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:6:28: unknown-benefit: there is no benefit 'fleet/tanks'; did you mean 'fleet/tank'?"
    ]
    assert found(make_folder, {"projects/fleet.yaml": project.replace("fleet/tanks", "fleet/tank")}) == []


def test_unknown_force_in_projects_and_shares(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        forces: [thornshire, marlshir]
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 50%, highshire: 50%}
            shares_source: paper-2016
            statements: [{source: paper-2016, undated: £1k}]
        """
    key = "size:\n  source: paper-2016\n  years:\n    2016/17: {thornshire: 50%, dale: 50%}\n"
    there_are = "write one of: thornshire, marlshire, saltisle"
    assert found(make_folder, {"projects/fleet.yaml": project, "shares.yaml": key}) == [
        "projects/fleet.yaml:2:22: unknown-force: there is no force 'marlshir'; did you mean 'marlshire'?",
        f"projects/fleet.yaml:7:31: unknown-force: there is no force 'highshire'; {there_are}",
        f"shares.yaml:4:32: unknown-force: there is no force 'dale'; {there_are}",
    ]


def test_unknown_share_key(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicles, category: saving, shares: by-sise, statements: [{source: paper-2016, undated: £1k}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:3:52: unknown-share-key: there is no share key 'by-sise'; there are none yet"
    ]
    key = "by-size: {source: paper-2016, years: {2016/17: {thornshire: 100%}}}"
    assert found(make_folder, {"projects/fleet.yaml": project, "shares.yaml": key}) == [
        "projects/fleet.yaml:3:52: unknown-share-key: there is no share key 'by-sise'; did you mean 'by-size'?"
    ]


def test_unknown_source_wherever_a_paper_is_named(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        closed: {source: no-1}
        sources:
          - {source: no-2}
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 100%}
            shares_source: no-3
            statements: [{source: no-4, undated: £1k}, {source: paper-2016, undated: £1k}]
        costs:
          tank: {area: vehicles, statements: [{source: no-5, undated: £1k}]}
        outcomes:
          calm: {kind: resilience, text: calm, source: no-6}
        milestones:
          - {name: begun, source: no-7}
        """
    files = {
        "projects/fleet.yaml": project,
        "shares.yaml": "size: {source: no-8, years: {2016/17: {thornshire: 100%}}}",
        "published/table.yaml": TABLE.replace("paper-2017", "no-9"),
        "recommendations/ours.yaml": "made_by: us\nsource: no-10\nitems:\n  1: {recommendation: act, source: no-11}\n"
        "  2: {recommendation: wait}\n",
    }
    meant = "write one of: paper-2016, panel-2016, paper-2017, paper-2018"
    assert found(make_folder, files) == [
        f"{place}: unknown-source: there is no source '{name}'; {meant}"
        for place, name in [
            ("projects/fleet.yaml:2:18", "no-1"),
            ("projects/fleet.yaml:4:14", "no-2"),
            ("projects/fleet.yaml:10:20", "no-3"),
            ("projects/fleet.yaml:11:27", "no-4"),
            ("projects/fleet.yaml:13:48", "no-5"),
            ("projects/fleet.yaml:15:48", "no-6"),
            ("projects/fleet.yaml:17:27", "no-7"),
            ("published/table.yaml:1:9", "no-9"),
            ("recommendations/ours.yaml:2:9", "no-10"),
            ("recommendations/ours.yaml:4:36", "no-11"),
            ("shares.yaml:1:16", "no-8"),
        ]
    ]


def test_named_twice_in_a_list(make_folder: MakeFolder) -> None:
    files = {
        "projects/fleet.yaml": FUEL.replace("marlshire]", "marlshire, thornshire]"),
        "published/table.yaml": TABLE.replace("years: [2016/17, 2017/18]", "years: [2016/17, 2016/17]"),
    }
    remedy = "take it out, or name the one that is meant"
    assert found(make_folder, files) == [
        f"projects/fleet.yaml:2:33: named-twice: 'thornshire' is named twice; {remedy}",
        f"published/table.yaml:5:18: named-twice: '2016/17' is named twice; {remedy}",
    ]


def test_same_id_of_a_benefit_and_a_cost(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, undated: £1k}]}
        costs:
          fuel: {area: vehicles, statements: [{source: paper-2016, undated: £1k}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:5:3: same-id: a benefit of the project is called 'fuel' too; give one of them another id"
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Joint Fleet", "call it 'joint-fleet.yaml'"),
        ("joint_fleet", "call it 'joint-fleet.yaml'"),
        ("joint--fleet", "call it 'joint-fleet.yaml'"),
        ("-fleet-", "call it 'fleet.yaml'"),
        ("\N{GREEK SMALL LETTER PI}", "use small letters, digits and single hyphens"),
    ],
)
@pytest.mark.parametrize("folder", ["projects", "published", "recommendations"])
def test_file_name_that_is_no_id(make_folder: MakeFolder, folder: str, name: str, meant: str) -> None:
    text = {
        "projects": "name: N",
        "published": TABLE,
        "recommendations": "made_by: us\nsource: paper-2016\nitems: {1: {recommendation: act}}",
    }[folder]
    path = f"{folder}/{name}.yaml"
    problems = check(make_folder({"projects/fleet.yaml": FUEL, path: text}))[1]
    assert [(problem.path, problem.code, problem.message, problem.help) for problem in problems] == [
        (path, "file-name", f"'{name}' is not an id", meant)
    ]


# --- projects


def test_contradictory_status(make_folder: MakeFolder) -> None:
    for status, wrong in (("proposed", 1), ("live", 1), ("completed", 1), ("closed", 0), ("", 0)):
        said = f"status: {status}\n" if status else ""
        problems = found(make_folder, {"projects/dogs.yaml": f"name: Dogs\n{said}closed: {{date: 2017}}\n"})
        words = f"the project is '{status}', and has a closure; write 'closed', or take the closure out"
        assert problems == [f"projects/dogs.yaml:2:9: contradictory-status: {words}"] * wrong


def test_ends_before_it_begins(make_folder: MakeFolder) -> None:
    project = """
        name: Dogs
        milestones:
          - {name: a, source: paper-2016, start: 2016-09, end: 2016-08}
          - {name: b, source: paper-2016, start: 2016-09, end: 2016}
          - {name: c, source: paper-2016, start: 2016, end: 2016-01-01}
          - {name: d, source: paper-2016, start: 2016-09-02, end: 2016-09-01}
          - {name: e, source: paper-2016, start: 2016-09-02, end: 2016-09-02}
          - {name: f, source: paper-2016, start: 2017, end: 2016-12}
          - {name: g, source: paper-2016, end: 2016-12}
          - {name: h, source: paper-2016, start: 2016-12}
        """
    ledger = "title: T\nfirst_year: 2018/19\nlast_year: 2017/18\n"
    files = {"projects/dogs.yaml": project, "ledger.yaml": ledger, "projects/fleet.yaml": "name: Fleet"}
    assert found(make_folder, files) == [
        "ledger.yaml:3:12: ends-before-it-begins: 2017/18 is before the first year, 2018/19; mend one of them",
        "projects/dogs.yaml:3:56: ends-before-it-begins: 2016-08 is before the start, 2016-09; mend one of them",
        "projects/dogs.yaml:6:59: ends-before-it-begins: 2016-09-01 is before the start, 2016-09-02; mend one of them",
        "projects/dogs.yaml:8:53: ends-before-it-begins: 2016-12 is before the start, 2017; mend one of them",
    ]


def test_misplaced_cashability(make_folder: MakeFolder) -> None:
    project = """
        name: Dogs
        benefits:
          a:
            area: grants
            category: funding
            cashability: cashable
            statements: [{source: paper-2016, undated: £1k}]
          b:
            area: grants
            category: unclassified
            cashability: unstated
            statements: [{source: paper-2016, undated: £1k}]
          c:
            area: grants
            category: saving
            cashability: unstated
            statements: [{source: paper-2016, undated: £1k}]
        """
    assert found(make_folder, {"projects/dogs.yaml": project}) == [
        f"projects/dogs.yaml:{line}:5: misplaced-cashability: only a saving has a cashability, "
        f"and this is '{category}'; take it out, or mend the category"
        for line, category in ((6, "funding"), (11, "unclassified"))
    ]


def test_future_source(make_folder: MakeFolder) -> None:
    today = date.today()  # noqa: DTZ011 - the day where the user is, as the check has it
    tomorrow = today + timedelta(days=1)
    sources = "a: {title: T, body: B, date: 9999-12-31}\n" + "".join(
        f"{id_}: {{title: T, body: B, date: {day}, as_at: 9999-12-31}}\n"
        for id_, day in (("b", today), ("c", tomorrow))
    )
    problems = found(make_folder, {"sources.yaml": sources, "projects/fleet.yaml": "name: Fleet"})
    remedy = "mend the date, or wait for the meeting"
    assert problems == [
        f"sources.yaml:1:30: future-source: 31 December 9999 is still to come; {remedy}",
        f"sources.yaml:3:30: future-source: {tomorrow.day} {tomorrow:%B %Y} is still to come; {remedy}",
    ]


def test_shares_not_whole(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 33.33%, marlshire: 33.33%, saltisle: 33.33%}
            shares_source: paper-2016
            statements: [{source: paper-2016, undated: £1k}]
          oil:
            area: vehicles
            category: saving
            shares: {thornshire: 120%, marlshire: -20%, saltisle: 0%}
            shares_source: paper-2016
            statements: [{source: paper-2016, undated: £1k}]
        """
    key = "size:\n  source: paper-2016\n  years:\n    2016/17: {saltisle: 100%}\n    2017/18: {saltisle: 100.5%}\n"
    assert found(make_folder, {"projects/fleet.yaml": project, "shares.yaml": key}) == [
        "projects/fleet.yaml:6:5: shares-not-whole: the shares add up to 99.99%; they must add up to 100%",
        "shares.yaml:5:5: shares-not-whole: the shares add up to 100.5%; they must add up to 100%",
    ]


def test_share_outside_project(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        forces: [thornshire]
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 60%, marlshire: 40%}
            shares_source: paper-2016
            statements: [{source: paper-2016, undated: £1k}]
        costs:
          tank:
            area: vehicles
            shares: size
            statements: [{source: paper-2016, undated: £1k}]
        """
    key = "size: {source: paper-2016, years: {2016/17: {thornshire: 100%}, 2017/18: {saltisle: 100%}}}"
    remedy = "add it to the project's forces, or mend the share"
    files = {"projects/fleet.yaml": project, "shares.yaml": key}
    assert found(make_folder, files) == [
        (
            "projects/fleet.yaml:7:31: share-outside-project: 'marlshire' has a share, "
            f"and does not take part in the project; {remedy}"
        ),
        (
            "projects/fleet.yaml:13:13: share-outside-project: 'saltisle' has a share, "
            f"and does not take part in the project; {remedy}"
        ),
    ]
    # A project whose forces no paper names may be shared by any.
    assert found(make_folder, {**files, "projects/fleet.yaml": project.replace("forces: [thornshire]", "")}) == []


# --- printed tables


def test_a_printed_table_that_the_ledger_reproduces(make_folder: MakeFolder) -> None:
    assert found(make_folder, {"published/table.yaml": TABLE}) == []


def test_uneven_row(make_folder: MakeFolder) -> None:
    table = """
        source: paper-2017
        title: Savings
        by: area
        unit: £k
        columns: [{label: Now, year: 2016/17}, {label: Then, year: 2017/18}]
        rows:
          vehicles: ["10.0"]
          estates: ["-", "", "-"]
        totals: [£10.0, £12.0, "-"]
        """
    remedy = 'give one cell a column, "" for an empty one'
    assert found(make_folder, {"published/table.yaml": table}) == [
        f"published/table.yaml:7:3: uneven-row: 1 cells under 2 columns; {remedy}",
        f"published/table.yaml:8:3: uneven-row: 3 cells under 2 columns; {remedy}",
        f"published/table.yaml:9:1: uneven-row: 3 cells under 2 columns; {remedy}",
    ]


def test_uneven_row_that_a_comma_has_cut(make_folder: MakeFolder) -> None:
    table = TABLE.replace("totals: [£10.0, £12.0]", "totals: [£10,000, £12.0]")
    assert found(make_folder, {"published/table.yaml": table}) == [
        (
            "published/table.yaml:9:1: uneven-row: 3 cells under 2 columns; "
            'a comma ends a cell: put a number with commas in quotes, "£10,000"'
        )
    ]


@pytest.mark.parametrize(
    ("by", "row", "meant"),
    [
        ("area", "vehicle", "did you mean 'vehicles'?"),
        ("project", "fleets", "did you mean 'fleet'?"),
        ("force", "dale", "write one of: thornshire, marlshire, saltisle, not-apportioned"),
        ("category", "savings", "did you mean 'saving'?"),
        ("cashability", "non-cashabel", "did you mean 'non-cashable'?"),
    ],
)
def test_unknown_row(make_folder: MakeFolder, by: str, row: str, meant: str) -> None:
    table = f"""
        source: paper-2017
        title: Savings
        by: {by}
        unit: £k
        years: [2016/17]
        rows:
          {row}: ["10.0"]
        """
    assert found(make_folder, {"published/table.yaml": table}) == [
        f"published/table.yaml:7:3: unknown-row: there is no {by} '{row}'; {meant}"
    ]


def test_unknown_row_of_an_accepted_difference(make_folder: MakeFolder) -> None:
    table = f"""{TABLE}accepted_differences:
      - {{row: vehicels, why: a slip}}
      - {{row: grants, why: a slip}}
    """
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:11:11: unknown-row: the table has no row 'vehicels'; did you mean 'vehicles'?",
        (
            "published/table.yaml:12:11: unknown-row: the table has no row 'grants'; "
            "write one of: vehicles, estates, total"
        ),
    ]


def test_unreadable_cell(make_folder: MakeFolder) -> None:
    table = TABLE.replace('"10.0"', '"10.0.1"').replace("£12.0]", '"12 or 13"]')
    remedy = "write the cell as it is printed; if it is, say so in 'accepted_differences'"
    assert found(make_folder, {"published/table.yaml": table}) == [
        f"published/table.yaml:7:14: unreadable-cell: '10.0.1' cannot be read as a number; {remedy}",
        f"published/table.yaml:9:17: unreadable-cell: '12 or 13' cannot be read as a number; {remedy}",
    ]


NO_FIGURES = (
    "if the cell is as printed, state the paper's figures in the project that they are of, "
    "or explain the difference in 'accepted_differences'"
)
REMEDY = (
    "if the cell is as printed, put the paper's own figures back{} and state later ones in a new statement, "
    "or explain the difference in 'accepted_differences'"
)


def test_unreconciled_cell(make_folder: MakeFolder) -> None:
    table = """
        source: paper-2017
        title: Savings
        by: area
        unit: £k
        years: [2016/17, 2017/18]
        rows:
          vehicles: ["10.1", "-"]
          estates: ["3", "Nil"]
        """
    where = REMEDY.format(" in projects/fleet.yaml")
    said = "unreconciled-cell: the paper prints"
    assert found(make_folder, {"published/table.yaml": table}) == [
        (
            f"published/table.yaml:7:14: {said} '10.1' for vehicles, 2016/17; "
            f"as at 20 July 2017 the ledger has 10; {where}"
        ),
        f"published/table.yaml:7:22: {said} '-' for vehicles, 2017/18; as at 20 July 2017 the ledger has 12; {where}",
        (
            f"published/table.yaml:8:13: {said} '3' for estates, 2016/17; "
            f"as at 20 July 2017 the ledger has nothing; {NO_FIGURES}"
        ),
        (
            f"published/table.yaml:8:18: {said} 'Nil' for estates, 2017/18; "
            f"as at 20 July 2017 the ledger has nothing; {NO_FIGURES}"
        ),
    ]


def test_unreconciled_total_and_unexplained_sum(make_folder: MakeFolder) -> None:
    table = TABLE.replace("totals: [£10.0, £12.0]", 'totals: [£11.0, "-"]')
    assert found(make_folder, {"published/table.yaml": table}) == [
        (
            "published/table.yaml:9:10: unexplained-sum: the paper prints 11.0 as the total of 2016/17, "
            "and its rows add up to 10.0; "
            "check the cells; if they are as printed, explain it in 'accepted_differences', 'row: total'"
        ),
        (
            "published/table.yaml:9:17: unreconciled-total: the paper prints '-' for total, 2017/18; "
            f"as at 20 July 2017 the ledger has 12; {REMEDY.format(' in projects/fleet.yaml')}"
        ),
    ]


def test_an_explained_difference_is_no_problem_and_an_explanation_without_one_is(make_folder: MakeFolder) -> None:
    table = f"""{TABLE.replace('"10.0"', '"10.1"').replace("£12.0", "£13.0")}accepted_differences:
      - {{row: vehicles, year: 2016/17, why: a slip}}
      - {{row: total, year: 2017/18, why: added up wrongly}}
      - {{row: estates, why: a slip}}
    """
    assert found(make_folder, {"published/table.yaml": table}) == [
        (
            "published/table.yaml:13:5: needless-acceptance: there is no difference in 'estates' to accept; "
            "take the entry out, or mend its row and year"
        )
    ]


def test_printed_tables_are_compared_with_the_ledger_as_at_their_day(make_folder: MakeFolder) -> None:
    later = "      - {source: paper-2018, actual: {2016/17: £11k, 2017/18: £13k}}\n"
    assert found(make_folder, {"published/table.yaml": TABLE, "projects/fleet.yaml": FUEL + later}) == []


def test_printed_tables_accuse_nobody_while_a_fault_may_have_moved_a_figure(make_folder: MakeFolder) -> None:
    table = TABLE.replace('"10.0"', '"10.1"')
    for path, text, code in [
        ("projects/dogs.yaml", "name: Dogs\nbenefits: {a: {}, b: c}", "missing-key"),
        ("projects/dogs.yaml", "name: a: b", "syntax"),
        ("sources.yaml", "paper-2017: {title: T, body: B, date: 2017-07-20, when: now}", "unknown-key"),
    ]:
        codes = {line.split(": ")[1] for line in found(make_folder, {"published/table.yaml": table, path: text})}
        assert code in codes
        assert "unreconciled-cell" not in codes


# --- all of them


def test_findings_carry_the_code_of_their_check(make_folder: MakeFolder) -> None:
    ledger = open_clean(make_folder({"projects/fleet.yaml": FUEL}))
    ledger.areas.clear()
    assert [(finding.code, finding.keys) for finding in run_checks(ledger)] == [
        ("unknown-area", ("benefits", "fuel", "area"))
    ]
    assert list(run_checks(ledger, frozenset({"areas"}))) == []
