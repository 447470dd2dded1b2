"""Each check of a ledger's meaning: what it finds, at which line and column, and what it passes."""

import re
from datetime import date, timedelta

import pytest

from emcollab.checks import run_checks
from tests.conftest import Files, MakeFolder, check, open_clean, places_of

FUEL = """
    name: Joint fleet
    statements: [{source: paper-2016, forces: [thornshire, marlshire]}]
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
    return places_of(check(make_folder({"projects/fleet.yaml": FUEL, **files}))[1])


# --- figures


def test_conflicting_figures_of_one_paper_and_of_one_day(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2016, estimate: {2016/17: £10k, 2017/18: £10k, a year: £1k}}
              - {source: paper-2016, estimate: {2016/17: £0.01m}, actual: {2015/16: £5k}}
              - {source: panel-2016, estimate: {2016/17: £12k, a year: £2k, in all: £3k}, reported: {2017/18: £11k}}
              - {source: panel-2016, as_at: 2016-05-31, estimate: {2016/17: £14k}}
              - {source: paper-2017, estimate: {2016/17: £13k}}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:9:50: conflicting-figures",
        "projects/fleet.yaml:9:64: conflicting-figures",
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
                actual: {2015/16: £1k, 2016/17: £1k, 2016/17 to 2016-05: £1k, 2016/17 to 2016-06: £1k, a year: £1k}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:10:32: early-actual",
        "projects/fleet.yaml:10:71: early-actual",
    ]


def test_early_actual_on_the_last_day_of_the_year_and_not_on_the_first_after_it(make_folder: MakeFolder) -> None:
    for day, faults in (("2016-03-31", 1), ("2016-04-01", 0)):
        sources = f"paper: {{title: T, body: B, date: {day}}}"
        project = re.sub("paper-[0-9]+", "paper", FUEL).replace("2016/17", "2015/16")
        problems = found(make_folder, {"sources.yaml": sources, "projects/fleet.yaml": project})
        assert [line.split(": ")[1] for line in problems] == ["early-actual"] * faults


def test_figure_after_closure_but_no_plan(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        statements: [{source: paper-2017, closed: {date: DAY}}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - {source: paper-2016, estimate: {2017/18: £3k, 2018/19: £3k}}
              - {source: paper-2018, actual: {2015/16: £1k, 2016/17: £1k, 2017/18: £1k}, plan: {2018/19: £1k}}
              - {source: paper-2018, reported: {2018/19: £0, a year: £1k}}
        """
    # Until the end of March 2017 it was 2016/17. A year alone may be any day of it: the figure may be right.
    for day, after in (
        *(("2017-03-31", 1), ("2017-03", 1), ("2016", 1)),
        *(("2017-04", 0), ("2017", 0), ("2017-06-30", 0)),
    ):
        expected = ["projects/fleet.yaml:9:67: figure-after-closure"] * after
        assert found(make_folder, {"projects/fleet.yaml": project.replace("DAY", day)}) == expected


def test_a_closure_without_a_date_is_of_the_day_up_to_which_its_paper_reports(make_folder: MakeFolder) -> None:
    project = FUEL.replace("paper-2017, actual: {2016/17: £10k}", "paper-2018, actual: {2016/17: £10k}")
    for statement, after in (
        ("source: paper-2016, closed: {reason: done}", ["9:66"]),  # 2017/18 had not begun on 16 June 2016
        ("source: paper-2016, as_at: 2016-03-31, status: closed", ["9:39", "9:66"]),
        ("source: paper-2017, closed: {reason: done}", []),
    ):
        text = project.replace("    benefits:", f"      - {{{statement}}}\n    benefits:", 1).replace(
            "[{source: paper-2016, forces: [thornshire, marlshire]}]", ""
        )
        expected = [f"projects/fleet.yaml:{place}: figure-after-closure" for place in after]
        assert found(make_folder, {"projects/fleet.yaml": text}) == expected


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
                reported: {a year: £1k, in all: £1k}
        """
    first = "projects/fleet.yaml:8:16: year-outside-ledger"
    last = "projects/fleet.yaml:8:58: year-outside-ledger"
    assert found(make_folder, {"projects/fleet.yaml": project}) == [first, last]
    assert found(make_folder, {"projects/fleet.yaml": project, "ledger.yaml": "title: T\nfirst_year: 2014/15"}) == [
        first
    ]
    assert found(make_folder, {"projects/fleet.yaml": project, "ledger.yaml": "title: T\nlast_year: 2019/20"}) == [last]
    assert found(make_folder, {"projects/fleet.yaml": project, "ledger.yaml": "title: T"}) == []


def test_a_cost_is_never_below_nil_and_a_benefit_may_be(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, reported: {2015/16: -£1k}}]}
        costs:
          tank:
            area: vehicles
            statements:
              - {source: paper-2016, reported: {2014/15: £0, 2015/16: -£1k}, plan: {in all: -£0.01}}
              - {source: paper-2017, reported: {2015/16: {thornshire: £5k, marlshire: -£1k}}}
          hours: {area: vehicles, measure: hours, statements: [{source: paper-2016, actual: {2015/16: -2}}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        f"projects/fleet.yaml:{place}: negative-cost" for place in ("8:63", "8:85", "9:79", "10:95")
    ]


def test_an_amount_is_divided_by_force_or_by_shares(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 50%, marlshire: 50%}
            shares_source: paper-2016
            statements:
              - {source: paper-2016, plan: {2015/16: {thornshire: £5k}}, reported: {2015/16: £5k}}
        costs:
          tank: {area: vehicles, statements: [{source: paper-2016, reported: {2015/16: {marlshire: £0}}}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == ["projects/fleet.yaml:9:37: divided-twice"]


# --- names


def test_unknown_area_of_a_benefit_and_of_a_cost(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicle, category: saving, statements: [{source: paper-2016, reported: {a year: £1k}}]}
        costs:
          tank: {area: dogs, statements: [{source: paper-2016, reported: {a year: £1k}}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:3:16: unknown-area",
        "projects/fleet.yaml:5:16: unknown-area",
    ]


def test_unknown_benefit_said_to_be_the_same(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            possible_duplicate_of: fleet/tanks
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        costs:
          tank:
            area: vehicles
            possible_duplicate_of: fleet/fuel
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == ["projects/fleet.yaml:6:28: unknown-benefit"]
    assert found(make_folder, {"projects/fleet.yaml": project.replace("fleet/tanks", "fleet/tank")}) == []


def test_unknown_force_in_projects_and_shares(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        statements: [{source: paper-2016, forces: [thornshire, marlshir]}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 50%, highshire: 50%}
            shares_source: paper-2016
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        """
    key = "size:\n  source: paper-2016\n  years:\n    2016/17: {thornshire: 50%, dale: 50%}\n"
    assert found(make_folder, {"projects/fleet.yaml": project, "shares.yaml": key}) == [
        "projects/fleet.yaml:2:56: unknown-force",
        "projects/fleet.yaml:7:31: unknown-force",
        "shares.yaml:4:32: unknown-force",
    ]


def test_unknown_share_key(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: by-sise
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == ["projects/fleet.yaml:6:13: unknown-share-key"]
    key = "by-size: {source: paper-2016, years: {2016/17: {thornshire: 100%}}}"
    assert found(make_folder, {"projects/fleet.yaml": project, "shares.yaml": key}) == [
        "projects/fleet.yaml:6:13: unknown-share-key"
    ]


def test_unknown_source_wherever_a_paper_is_named(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        statements:
          - {source: no-1, closed: {reason: done}}
          - {source: no-2, quote: Fuel is bought together}
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 100%}
            shares_source: no-3
            statements: [{source: no-4, reported: {a year: £1k}}, {source: paper-2016, reported: {a year: £1k}}]
        costs:
          tank: {area: vehicles, statements: [{source: no-5, reported: {a year: £1k}}]}
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
    assert found(make_folder, files) == [
        f"{place}: unknown-source"
        for place in [
            "projects/fleet.yaml:3:14",
            "projects/fleet.yaml:4:14",
            "projects/fleet.yaml:10:20",
            "projects/fleet.yaml:11:27",
            "projects/fleet.yaml:13:48",
            "projects/fleet.yaml:15:48",
            "projects/fleet.yaml:17:27",
            "published/table.yaml:1:9",
            "recommendations/ours.yaml:2:9",
            "recommendations/ours.yaml:4:36",
            "shares.yaml:1:16",
        ]
    ]


def test_named_twice_in_a_list(make_folder: MakeFolder) -> None:
    files = {
        "projects/fleet.yaml": FUEL.replace("marlshire]", "marlshire, thornshire]"),
        "published/table.yaml": TABLE.replace("years: [2016/17, 2017/18]", "years: [2016/17, 2016/17]"),
    }
    assert found(make_folder, files) == [
        "projects/fleet.yaml:2:67: named-twice",
        "published/table.yaml:5:18: named-twice",
    ]


def test_same_name_but_for_capitals(make_folder: MakeFolder) -> None:
    files = {
        "projects/a.yaml": "name: Joint FLEET\n",
        "projects/b.yaml": "name: Joint fleets\n",
        "projects/z.yaml": "name: joint fleet\n",
    }
    assert found(make_folder, files) == ["projects/fleet.yaml:1:7: same-name", "projects/z.yaml:1:7: same-name"]


def test_what_takes_its_own_place_is_told_once_a_circle(make_folder: MakeFolder) -> None:
    statements = "statements: [{source: paper-2016, reported: {a year: £1k}}]"
    project = "name: Joint fleet\nbenefits:\n" + "".join(
        f"  {id_}: {{area: vehicles, category: saving, replaces: [{old}], {statements}}}\n"
        for id_, old in (
            ("a", "fleet/b"), ("b", "fleet/c, fleet/d"), ("c", "fleet/a"), ("e", "fleet/a"), ("f", "fleet/f")
        )
    )  # fmt: skip
    project += f"  d: {{area: vehicles, category: saving, {statements}}}\n"
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:3:41: circular-replacement",
        "projects/fleet.yaml:7:41: circular-replacement",
    ]


def test_a_benefit_replaces_benefits_and_a_cost_costs(make_folder: MakeFolder) -> None:
    statements = "statements: [{source: paper-2016, reported: {a year: £1k}}]"
    project = f"""
        name: Joint fleet
        benefits:
          fuel: {{area: vehicles, category: saving, replaces: [fleet/tank], {statements}}}
          oil: {{area: vehicles, category: saving, replaces: [fleet/fuel], {statements}}}
        costs:
          tank: {{area: vehicles, replaces: [fleet/gone], {statements}}}
          van: {{area: vehicles, replaces: [fleet/tank], {statements}}}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == [
        "projects/fleet.yaml:3:55: unknown-benefit",
        "projects/fleet.yaml:6:37: unknown-benefit",
    ]


def test_same_id_of_a_benefit_and_a_cost(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        benefits:
          fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, reported: {a year: £1k}}]}
        costs:
          fuel: {area: vehicles, statements: [{source: paper-2016, reported: {a year: £1k}}]}
        """
    assert found(make_folder, {"projects/fleet.yaml": project}) == ["projects/fleet.yaml:5:3: same-id"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Joint Fleet", "joint-fleet.yaml"),
        ("joint_fleet", "joint-fleet.yaml"),
        ("joint--fleet", "joint-fleet.yaml"),
        ("-fleet-", "fleet.yaml"),
        ("\N{GREEK SMALL LETTER PI}", ""),
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
    [problem] = check(make_folder({"projects/fleet.yaml": FUEL, path: text}))[1]
    assert (problem.path, problem.code) == (path, "file-name")
    assert "".join(re.findall("'([^']*)'", problem.help)) == meant


# --- projects


def test_contradictory_status(make_folder: MakeFolder) -> None:
    for status, wrong in (("proposed", 1), ("live", 1), ("completed", 1), ("closed", 0), ("", 0)):
        said = f"status: {status}, " if status else ""
        text = f"name: Dogs\nstatements: [{{{said}closed: {{date: 2017}}, source: paper-2018}}]\n"
        problems = found(make_folder, {"projects/dogs.yaml": text})
        assert problems == ["projects/dogs.yaml:2:23: contradictory-status"] * wrong


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
        "ledger.yaml:3:12: ends-before-it-begins",
        "projects/dogs.yaml:3:56: ends-before-it-begins",
        "projects/dogs.yaml:6:59: ends-before-it-begins",
        "projects/dogs.yaml:8:53: ends-before-it-begins",
    ]


def test_misplaced_cashability(make_folder: MakeFolder) -> None:
    project = """
        name: Dogs
        benefits:
          a:
            area: grants
            category: funding
            cashability: cashable
            statements: [{source: paper-2016, reported: {a year: £1k}}]
          b:
            area: grants
            category: unclassified
            cashability: unstated
            statements: [{source: paper-2016, reported: {a year: £1k}}]
          c:
            area: grants
            category: saving
            cashability: unstated
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        """
    assert found(make_folder, {"projects/dogs.yaml": project}) == [
        "projects/dogs.yaml:6:5: misplaced-cashability",
        "projects/dogs.yaml:11:5: misplaced-cashability",
    ]


def test_future_source(make_folder: MakeFolder) -> None:
    today = date.today()  # noqa: DTZ011 - the day where the user is, as the check has it
    tomorrow = today + timedelta(days=1)
    sources = "a: {title: T, body: B, date: 9999-12-31}\n" + "".join(
        f"{id_}: {{title: T, body: B, date: {day}, as_at: 2016-01-01}}\n"
        for id_, day in (
            ("b", today),
            ("c", tomorrow),
            ("d", "9999-12"),
            ("e", "9999"),
            ("f", "2016-12"),
            ("g", "2016"),
        )
    )
    problems = found(make_folder, {"sources.yaml": sources, "projects/fleet.yaml": "name: Fleet"})
    assert problems == [f"sources.yaml:{line}:30: future-source" for line in (1, 3, 4, 5)]


def test_as_at_is_no_later_than_its_paper(make_folder: MakeFolder) -> None:
    sources = """
        a: {title: T, body: B, date: 2016-06-16, as_at: 2016-06-16}
        b: {title: T, body: B, date: 2016-06, as_at: 2016-06-30}
        c: {title: T, body: B, date: 2016-06-16, as_at: 2016-06-17}
        """
    project = """
        name: Dogs
        statements:
          - {source: a, as_at: 2016-06-16, status: live}
          - {source: b, as_at: 2016-07-01, status: live}
        costs:
          kennels:
            area: estates
            statements:
              - {source: b, as_at: 2016-06-30, baseline: none}
              - {source: a, as_at: 2016-06-17, owner: Head of Dogs}
        """
    files = {"sources.yaml": sources, "projects/dogs.yaml": project, "projects/fleet.yaml": "name: Fleet"}
    assert found(make_folder, files) == [
        "projects/dogs.yaml:4:24: as-at-after-paper",
        "projects/dogs.yaml:10:28: as-at-after-paper",
        "sources.yaml:3:49: as-at-after-paper",
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
            statements: [{source: paper-2016, reported: {a year: £1k}}]
          oil:
            area: vehicles
            category: saving
            shares: {thornshire: 120%, marlshire: -20%, saltisle: 0%}
            shares_source: paper-2016
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        """
    key = "size:\n  source: paper-2016\n  years:\n    2016/17: {saltisle: 100%}\n    2017/18: {saltisle: 100.5%}\n"
    assert found(make_folder, {"projects/fleet.yaml": project, "shares.yaml": key}) == [
        "projects/fleet.yaml:6:5: shares-not-whole",
        "shares.yaml:5:5: shares-not-whole",
    ]


def test_share_outside_project(make_folder: MakeFolder) -> None:
    project = """
        name: Joint fleet
        statements: [{source: paper-2016, forces: [thornshire]}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            shares: {thornshire: 60%, marlshire: 40%}
            shares_source: paper-2016
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        costs:
          tank:
            area: vehicles
            shares: size
            statements: [{source: paper-2016, reported: {a year: £1k}}]
        """
    key = "size: {source: paper-2016, years: {2016/17: {thornshire: 100%}, 2017/18: {saltisle: 100%}}}"
    files = {"projects/fleet.yaml": project, "shares.yaml": key}
    assert found(make_folder, files) == [
        "projects/fleet.yaml:7:31: share-outside-project",
        "projects/fleet.yaml:13:13: share-outside-project",
    ]
    # A project whose forces no paper names may be shared by any.
    assert (
        found(make_folder, {**files, "projects/fleet.yaml": project.replace("forces: [thornshire]", "force_count: 3")})
        == []
    )


# --- printed tables


def test_a_printed_table_that_the_ledger_reproduces(make_folder: MakeFolder) -> None:
    assert found(make_folder, {"published/table.yaml": TABLE}) == []


def test_uneven_row(make_folder: MakeFolder) -> None:
    table = """
        source: paper-2017
        title: Savings
        by: area
        unit: £k
        columns: [{label: Now, period: 2016/17}, {label: Then, period: 2017/18}]
        rows:
          vehicles: ["10.0"]
          estates: ["-", "", "-"]
        totals: [£10.0, £12.0, "-"]
        """
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:7:3: uneven-row",
        "published/table.yaml:8:3: uneven-row",
        "published/table.yaml:9:1: uneven-row",
    ]


def test_uneven_row_that_a_comma_has_cut(make_folder: MakeFolder) -> None:
    table = TABLE.replace("totals: [£10.0, £12.0]", "totals: [£10,000, £12.0]")
    assert found(make_folder, {"published/table.yaml": table}) == ["published/table.yaml:9:1: uneven-row"]


@pytest.mark.parametrize(
    ("by", "row"),
    [
        ("area", "vehicle"),
        ("project", "fleets"),
        ("force", "dale"),
        ("category", "savings"),
        ("cashability", "non-cashabel"),
    ],
)
def test_unknown_row(make_folder: MakeFolder, by: str, row: str) -> None:
    table = f"""
        source: paper-2017
        title: Savings
        by: {by}
        unit: £k
        years: [2016/17]
        rows:
          {row}: ["10.0"]
        """
    assert found(make_folder, {"published/table.yaml": table}) == ["published/table.yaml:7:3: unknown-row"]


def test_unknown_row_of_an_accepted_difference(make_folder: MakeFolder) -> None:
    table = f"""{TABLE}accepted_differences:
      - {{row: vehicels, column: 2016/17, off: £1k, why: a slip}}
      - {{row: grants, column: 2016/17, off: £1k, why: a slip}}
    """
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:11:11: unknown-row",
        "published/table.yaml:12:11: unknown-row",
    ]


COMPUTED = """
    source: paper-2017
    title: Savings
    by: area
    unit: £k
    columns:
      - {label: Now, period: 2016/17}
      - {label: Then, period: 2017/18}
      - {label: Both, adds: [Now, Then]}
      - {label: Rise, adds: [Then], less: [Now]}
      - {label: Per cent, adds: [Then], of: Now}
      - {label: RAG, compare: false}
    rows:
      heading: {label: Operations}
      vehicles: ["10.0", "12.0", "22.0", "2.0", 120%, G]
      estates: {label: Estates and land, cells: ["-", "-", "-", "-", "", 3 of 4]}
      operations: {label: Sub-total, adds: [vehicles, estates], cells: [10, 12, 22, 2, 120%, ""]}
      share: {label: Share, adds: [vehicles], of: total, cells: [100%, 100%, 100%, 100%, "", ""]}
    totals: {label: All, cells: [£10, £12, £22, £2, "", 7.1.1]}
    """


def test_rows_and_columns_that_the_paper_works_out_are_in_order(make_folder: MakeFolder) -> None:
    assert found(make_folder, {"published/table.yaml": COMPUTED}) == []


def test_what_rows_and_columns_name_is_there_and_no_circle(make_folder: MakeFolder) -> None:
    table = (
        COMPUTED.replace("adds: [Now, Then]", "adds: [Now, Thn]").replace("of: Now}", "of: now}")
        .replace("adds: [vehicles, estates]", "adds: [vehicles, dogs]").replace("less: [Now]", "less: [Rise]")
        .replace("adds: [vehicles], of: total", "less: [gone], of: totals")
    )  # fmt: skip
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:8:31: unknown-column",
        "published/table.yaml:9:5: circular-sum",
        "published/table.yaml:10:41: unknown-column",
        "published/table.yaml:16:51: unknown-row",
        "published/table.yaml:17:32: unknown-row",
        "published/table.yaml:17:43: unknown-row",
    ]


def test_a_column_says_what_it_holds_or_its_rows_do(make_folder: MakeFolder) -> None:
    table = """
        source: paper-2017
        title: Savings
        by: area
        unit: £k
        columns:
          - {label: Amount}
          - {label: RAG, compare: false}
          - {label: Per cent, of: Amount}
        rows:
          vehicles: {period: 2016/17, cells: ["10.0", G, ""]}
          estates: {cells: ["-", G, ""]}
        """
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:6:5: unclear-column",
        "published/table.yaml:8:27: unclear-column",
    ]
    mended = table.replace("estates: {", "estates: {period: 2017/18, ").replace("of: Amount", "compare: false")
    assert found(make_folder, {"published/table.yaml": mended}) == []
    free = table.replace("by: area", "note: of nothing in the ledger").replace(", of: Amount", "")
    assert found(make_folder, {"published/table.yaml": free}) == []


def test_a_percentage_stands_in_a_column_of_percentages(make_folder: MakeFolder) -> None:
    for wrong, place in (
        (COMPUTED.replace('"12.0", "22.0"', '120%, "22.0"'), "14:22"),
        (COMPUTED.replace("£22", "100%"), "18:40"),
    ):
        problems = found(make_folder, {"published/table.yaml": wrong})
        assert f"published/table.yaml:{place}: unread-percentage" in problems


def test_unreadable_cell(make_folder: MakeFolder) -> None:
    table = TABLE.replace('"10.0"', '"10.0.1"').replace("£12.0]", '"12 or 13"]')
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:7:14: unreadable-cell",
        "published/table.yaml:9:17: unreadable-cell",
    ]


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
    assert found(make_folder, {"published/table.yaml": table}) == [
        f"published/table.yaml:{place}: unreconciled-cell" for place in ("7:14", "7:22", "8:13")
    ]


def test_unreconciled_total_and_unexplained_sum(make_folder: MakeFolder) -> None:
    # 11.9 is within what rounding of 12.0 and of itself explains; of the ledger's 12.04 it is not.
    files = {
        "projects/fleet.yaml": FUEL.replace("£12k", "£12.04k"),
        "published/table.yaml": TABLE.replace("totals: [£10.0, £12.0]", "totals: [£11.0, £11.9]"),
    }
    assert found(make_folder, files) == [
        "published/table.yaml:9:10: unexplained-sum",
        "published/table.yaml:9:17: unreconciled-total",
    ]


def test_an_explained_difference_is_no_problem_and_an_explanation_without_one_is(make_folder: MakeFolder) -> None:
    table = f"""{TABLE.replace('"10.0"', '"10.1"').replace("£12.0", "£13.0")}accepted_differences:
      - {{row: vehicles, column: 2016/17, off: £0.1k, why: a slip}}
      - {{row: total, column: 2017/18, off: £1k, why: added up wrongly}}
      - {{row: estates, column: 2016/17, off: £1k, why: a slip}}
      - {{row: total, column: 2017/18, off: £1k, why: once more}}
    """
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:13:5: needless-acceptance",
        "published/table.yaml:14:5: needless-acceptance",
    ]


def test_a_difference_is_accepted_by_its_amount_and_in_its_cell_alone(make_folder: MakeFolder) -> None:
    table = f"""{TABLE.replace('"10.0"', '"10.1"').replace("£12.0", "£13.0")}accepted_differences:
      - {{row: vehicles, column: 2016/17, off: £0.2k, why: a slip}}
      - {{row: total, column: 2017/18, off: -£1k, why: added up wrongly}}
    """
    assert found(make_folder, {"published/table.yaml": table}) == [
        "published/table.yaml:7:14: unreconciled-cell",
        "published/table.yaml:9:17: unexplained-sum",
    ]


def test_a_cell_that_cannot_be_read_may_be_accepted(make_folder: MakeFolder) -> None:
    text = TABLE.replace('"10.0"', '"c. 10"').replace("totals: [£10.0", "totals: [£10.0")
    table = f"{text}accepted_differences: [{{row: vehicles, column: 2016/17, off: -£10k, why: it prints words}}]\n"
    assert found(make_folder, {"published/table.yaml": table}) == []


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
