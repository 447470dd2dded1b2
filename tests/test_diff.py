"""`emcollab diff`: the example against changed copies, on two days, and as revisions of git have it."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emcollab.records.ledger import Ledger
from emcollab.render.pages.changes import format_headline, format_markdown
from emcollab.results.diff import Changes, Moved, compare
from emcollab.results.edits import RecordChange
from emcollab.results.totals import Selection, total_by
from tests.conftest import (
    DEFAULTS,
    EXAMPLE,
    MakeFolder,
    check_files,
    closed_fleet,
    invoke,
    open_clean,
    posix,
    with_defaults,
    write_folder,
)

Edits = dict[str, list[tuple[str, str]]]


@pytest.fixture
def changed(tmp_path: Path) -> "Changed":
    return Changed(tmp_path / "changed")


class Changed:
    """Write a copy of the example in which texts are replaced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, edits: Edits) -> Path:
        for path in sorted(EXAMPLE.rglob("*.yaml")):
            name = path.relative_to(EXAMPLE).as_posix()
            text = path.read_text(encoding="utf-8")
            for old, new in edits.get(name, []):
                assert old in text
                text = text.replace(old, new, 1)
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder


def diffed(*arguments: str | Path) -> dict[str, Any]:
    ran = invoke("diff", "--format", "json", *arguments)
    assert (ran.status, ran.stderr) == (0, "")
    document: dict[str, Any] = json.loads(ran.stdout)
    return document


def moved(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (each["area"], each["year"], each["kind"], each["before"], each["after"], each["change"])
        for each in document["totals"]
    ]


def figures(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (f"{each['project']}/{each['benefit']}", each["year"], each["basis"], each["source"], each["before"],
         each["after"], each["stands"])
        for each in document["figures"]
    ]  # fmt: skip


def records(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(each["record"], each["id"], each["change"], each["old_id"]) for each in document["records"]]


# --- the example and a changed copy of it


def test_a_new_outturn_moves_its_total_and_is_no_cause_for_a_warning(changed: Changed) -> None:
    after = changed({
        "sources.yaml": [(
            "audit-2019-02-14:",
            "committee-2021-07-15-paper-b:\n  title: Outturn\n  body: Westmarch\n  date: 2021-07-15\naudit-2019-02-14:",
        )],
        "projects/fleet.yaml": [(
            "  maintenance:\n",
            "      - {source: committee-2021-07-15-paper-b, actual: {2019/20: £98000.50}}\n  maintenance:\n",
        )],
    })  # fmt: skip
    assert diffed(EXAMPLE, after) == {
        "headline": "This adds £960.40 (cashable saving) in 2019/20.",
        "warnings": [],
        "totals": [
            {
                "measure": "money",
                "area": "vehicles",
                "year": "2019/20",
                "kind": "cashable saving",
                "before": 97040.1,
                "after": 98000.5,
                "change": 960.4,
            }
        ],
        "figures": [
            {
                "project": "fleet",
                "benefit": "fuel",
                "period": "2019/20",
                "year": "2019/20",
                "basis": "actual",
                "measure": "money",
                "source": "committee-2021-07-15-paper-b",
                "before": None,
                "after": 98000.5,
                "stands": True,
            }
        ],
        "records": [
            {
                "record": "source", "id": "committee-2021-07-15-paper-b", "change": "added", "old_id": None,
                "fields": [], "name": "Outturn", "old_name": None,
            },
            {
                "record": "project", "id": "fleet", "change": "changed", "old_id": None, "fields": [],
                "name": "Joint fleet", "old_name": None,
            },
        ],
        # Of the control room, Brackenshire has 60 per cent (144,024.00) and Aldershire 40 (96,016.00); of the fuel 54.5
        # (52,886.85 and then 53,410.27) and 45.5 (44,153.25 and 44,590.23: the odd penny is nearer to theirs).
        "forces": [
            {
                "measure": "money", "force": "brackenshire", "year": "2019/20", "kind": "benefits",
                "before": 196910.85, "after": 197434.27, "change": 523.42,
            },
            {
                "measure": "money", "force": "aldershire", "year": "2019/20", "kind": "benefits",
                "before": 140169.25, "after": 140606.23, "change": 436.98,
            },
        ],
        # The control room's 240,040 and the fuel's 97,040.10; and its new 98,000.50.
        "all_areas": [
            {
                "measure": "money",
                "year": "2019/20",
                "kind": "benefits",
                "before": 337080.1,
                "after": 338040.5,
                "change": 960.4,
            }
        ],
    }  # fmt: skip


def test_an_estimate_edited_in_a_closed_year_is_warned_of(changed: Changed) -> None:
    after = changed({"projects/fleet.yaml": [("2350.25", "2360.75")]})
    document = diffed(EXAMPLE, after)
    assert document["headline"] == "This adds 10.5 hours (non-cashable saving) in 2017/18."
    assert moved(document) == [("vehicles", "2017/18", "non-cashable saving", 2350.25, 2360.75, 10.5)]
    assert figures(document) == [
        ("fleet/driver-hours", "2017/18", "estimate", "committee-2018-07-19-paper-a", 2350.25, 2360.75, True)
    ]
    assert document["warnings"] == [
        "fleet/driver-hours, 2017/18: a figure of a period that is over was edited; a later figure is a new statement"
    ]
    assert records(document) == [("project", "fleet", "changed", None)]


def test_a_superseded_figure_that_is_edited_moves_no_total_and_is_warned_of(changed: Changed) -> None:
    document = diffed(EXAMPLE, changed({"projects/fleet.yaml": [("2016/17: 1250", "2016/17: 1260")]}))
    assert (document["headline"], document["totals"]) == ("No total moves, by area or by force.", [])
    assert figures(document) == [
        ("fleet/driver-hours", "2016/17", "estimate", "committee-2017-07-20-paper-e", 1250, 1260, False)
    ]
    assert len(document["warnings"]) == 1


def test_a_plan_added_moves_no_total(changed: Changed) -> None:
    plan = "      - {source: committee-2014-11-20-paper-b, plan: {2017/18: £50k}}\n  meetings:\n"
    document = diffed(EXAMPLE, changed({"projects/hr-service.yaml": [("  meetings:\n", plan)]}))
    assert (document["headline"], document["totals"], document["warnings"]) == (
        "No total moves, by area or by force.",
        [],
        [],
    )
    assert figures(document) == [
        ("hr-service/transactions", "2017/18", "plan", "committee-2014-11-20-paper-b", None, 50000, False)
    ]


def test_a_figure_taken_out_gives_way_to_the_one_before_it_and_is_warned_of(changed: Changed) -> None:
    said = (
        "      - source: committee-2020-07-16-paper-f\n        at: para 12\n"
        "        note: The committee's later paper calls 2017/18 an estimate once more.\n"
        "        estimate: {2017/18: £63.5k}\n"
    )
    document = diffed(EXAMPLE, changed({"projects/forensics.yaml": [(said, "")]}))
    assert document["headline"] == "This takes away £1,500 (non-cashable saving) in 2017/18."
    assert moved(document) == [("forensics", "2017/18", "non-cashable saving", 63500, 62000, -1500)]
    assert figures(document) == [
        ("forensics/turnaround", "2017/18", "estimate", "committee-2020-07-16-paper-f", 63500, None, True)
    ]
    assert document["warnings"] == [
        (
            "forensics/turnaround, 2017/18: a figure of a period that is over was taken out; "
            "a later figure is a new statement"
        )
    ]


def test_a_benefit_of_another_kind_moves_parts_and_no_sum(changed: Changed) -> None:
    document = diffed(EXAMPLE, changed({
        "projects/hr-service.yaml": [("grants\n    category: funding", "grants\n    category: unclassified")],
        "published/committee-2020-07-16-table-1.yaml": [("  funding:", "  unclassified:")],
    }))  # fmt: skip
    assert moved(document) == [
        ("grants", "2018/19", "funding", 25000, None, -25000),
        ("grants", "2018/19", "unclassified", None, 25000, 25000),
    ]
    assert document["headline"] == (
        "This takes away £25,000 (funding) in 2018/19; and adds £25,000 (unclassified) in 2018/19. "
        "In all: £25,000 less in funding and £25,000 more in unclassified amounts."
    )


def test_a_saving_that_moves_to_another_area_changes_what_sums_are_made_of(changed: Changed) -> None:
    document = diffed(EXAMPLE, changed({"projects/fleet.yaml": [
        ("driver-hours:\n    area: vehicles", "driver-hours:\n    area: training")
    ]}))  # fmt: skip
    assert document["headline"] == (
        "The totals of all areas stay as they are, but those of single areas do not. Moved between areas: "
        "2,350.25 hours (non-cashable saving) in 2017/18 and 1,180.50 hours (non-cashable saving) in 2016/17."
    )
    assert moved(document) == [
        ("vehicles", "2016/17", "non-cashable saving", 1180.5, None, -1180.5),
        ("vehicles", "2017/18", "non-cashable saving", 2350.25, None, -2350.25),
        ("training", "2016/17", "non-cashable saving", None, 1180.5, 1180.5),
        ("training", "2017/18", "non-cashable saving", None, 2350.25, 2350.25),
    ]


def test_the_record_of_a_printed_table_that_changes_is_warned_of(changed: Changed) -> None:
    document = diffed(EXAMPLE, changed({"published/committee-2018-07-19-table-2.yaml": [("Still to come", "To come")]}))
    assert (document["headline"], document["totals"], document["figures"]) == (
        "No total moves, by area or by force.",
        [],
        [],
    )
    assert records(document) == [("published table", "committee-2018-07-19-table-2", "changed", None)]
    assert document["warnings"] == [
        "published/committee-2018-07-19-table-2: the record of a printed table was changed; print does not change"
    ]


def test_a_printed_table_that_is_taken_out_is_warned_of_and_a_new_one_is_not(changed: Changed) -> None:
    after = changed({})
    (after / "published/panel-2016-06-16-table-1.yaml").unlink()
    gone = diffed(EXAMPLE, after)
    assert records(gone) == [("published table", "panel-2016-06-16-table-1", "removed", None)]
    assert gone["warnings"] == [
        "published/panel-2016-06-16-table-1: the record of a printed table was removed; print does not change"
    ]
    come = diffed(after, EXAMPLE)
    assert records(come) == [("published table", "panel-2016-06-16-table-1", "added", None)]
    assert come["warnings"] == []


def test_the_same_data_has_no_changes(changed: Changed) -> None:
    after = changed({})
    (after / "README.md").write_text("# Not data", encoding="utf-8")
    assert diffed(EXAMPLE, after) == {
        "headline": "Nothing changed.",
        "warnings": [],
        "totals": [],
        "forces": [],
        "figures": [],
        "records": [],
        "all_areas": [],
    }
    assert invoke("diff", EXAMPLE, after) == (0, "Nothing changed.\n", "")
    assert invoke("diff", EXAMPLE, after, "--format", "markdown") == (0, "**Nothing changed.**\n", "")


# --- what is renamed

FLEET = """
    name: Joint fleet
    benefits:
      fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £10k}}]}
    """


@pytest.mark.parametrize(
    ("path", "edits", "expected"),
    [
        (
            "areas.yaml",
            {"areas.yaml": ("vehicles:", "transport:"), "projects/fleet.yaml": ("area: vehicles", "area: transport")},
            [("area", "transport", "renamed", "vehicles"), ("project", "fleet", "changed", None)],
        ),
        (
            "sources.yaml",
            {"sources.yaml": ("paper-2016:", "item-2016:"), "projects/fleet.yaml": ("paper-2016", "item-2016")},
            [("source", "item-2016", "renamed", "paper-2016"), ("project", "fleet", "changed", None)],
        ),
        (
            "projects/fleet.yaml",
            {"projects/fleet.yaml": ("", "projects/garages.yaml")},
            [("project", "garages", "renamed", "fleet")],
        ),
        ("forces.yaml", {"forces.yaml": ("thornshire:", "thorns:")}, [("force", "thorns", "renamed", "thornshire")]),
    ],
    ids=["area", "source", "project", "force"],
)
def test_what_is_renamed_is_not_taken_for_removed_and_added(
    make_folder: MakeFolder, path: str, edits: dict[str, tuple[str, str]], expected: list[tuple[Any, ...]]
) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    after = make_folder({"projects/fleet.yaml": FLEET}, "after")
    assert (after / path).is_file()
    for name, (old, new) in edits.items():
        if old:
            text = (after / name).read_text(encoding="utf-8")
            assert old in text
            (after / name).write_text(text.replace(old, new), encoding="utf-8")
        else:
            (after / name).rename(after / new)
    document = diffed(before, after)
    assert (document["headline"], document["totals"], document["figures"]) == (
        "No total moves, by area or by force.",
        [],
        [],
    )
    assert sorted(records(document), key=str) == sorted(expected, key=str)
    assert document["warnings"] == []


def test_of_those_that_went_each_is_renamed_only_to_one_that_says_the_same(make_folder: MakeFolder) -> None:
    before = make_folder({"areas.yaml": "a: Same\nb: Same\nc: Gone\nd: Same\n"}, "before")
    after = make_folder({"areas.yaml": "e: Same\nf: Come\ng: Same\n"}, "after")
    assert sorted(records(diffed(before, after)), key=str) == [
        ("area", "c", "removed", None), ("area", "d", "removed", None), ("area", "e", "renamed", "a"),
        ("area", "f", "added", None), ("area", "g", "renamed", "b"),
    ]  # fmt: skip


def fields(document: dict[str, Any]) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (record["id"], field["field"], field["before"], field["after"])
        for record in document["records"]
        for field in record["fields"]
    ]


def test_an_area_that_is_renamed_with_its_label_moves_nothing(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    areas = "transport: Transport\nestates: Estates\ngrants: Grants and support\n"
    after = make_folder({"projects/fleet.yaml": FLEET.replace("vehicles", "transport"), "areas.yaml": areas}, "after")
    document = diffed(before, after)
    assert (document["headline"], document["figures"], document["warnings"]) == (
        "No total moves, by area or by force.",
        [],
        [],
    )
    assert ("area", "transport", "renamed", "vehicles") in records(document)
    assert fields(document) == [
        ("transport", "label", "Vehicles", "Transport"),
        ("fleet", "benefits/fuel/area", "vehicles", "transport"),
    ]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [({"£10k": "£12k"}, [("fleet/fuel", 10000, 12000)]), ({"Joint fleet": "Garages"}, [])],
    ids=["a figure", "its name"],
)
def test_a_project_that_is_renamed_and_edited_is_the_same(
    make_folder: MakeFolder, edits: dict[str, str], expected: list[tuple[Any, ...]]
) -> None:
    text = FLEET
    for old, new in edits.items():
        text = text.replace(old, new)
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    document = diffed(before, make_folder({"projects/garages.yaml": text}, "after"))
    assert records(document) == [("project", "garages", "renamed", "fleet")]
    assert [(each["before"], each["after"]) for each in document["figures"]] == [each[1:] for each in expected]
    assert len(document["warnings"]) == len(expected)


def test_a_project_that_has_nothing_of_one_that_went_is_another(make_folder: MakeFolder) -> None:
    other = FLEET.replace("Joint fleet", "Garages").replace("£10k", "£12k")
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    document = diffed(before, make_folder({"projects/garages.yaml": other}, "after"))
    assert records(document) == [("project", "fleet", "removed", None), ("project", "garages", "added", None)]


def test_what_changed_in_a_record_is_told_field_by_field(make_folder: MakeFolder) -> None:
    stated = FLEET.replace("category: saving", "category: saving, cashability: cashable, label: Fuel")
    edited = stated.replace("cashability: cashable, label: Fuel", "cashability: cash-releasing, note: Seen")
    tyres = "      tyres: {area: vehicles, category: saving, statements: [{source: paper-2016, baseline: B}]}\n"
    grown = edited.replace("      fuel:", f"{tyres}      fuel:")
    before = make_folder({"projects/fleet.yaml": stated}, "before")
    after = make_folder({"projects/fleet.yaml": grown}, "after")
    assert sorted(fields(diffed(before, after)), key=str) == [
        ("fleet", "benefits/fuel/cashability", "cashable", "cash-releasing"),
        ("fleet", "benefits/fuel/label", "Fuel", None),
        ("fleet", "benefits/fuel/note", None, "Seen"),
        ("fleet", "benefits/tyres", None, "stated"),
    ]
    page = " ".join(invoke("diff", before, after).stdout.split())
    assert "benefits/fuel/cashability from" in page
    assert "In all: nothing more and nothing less." in page
    assert "(cash- releasing saving)" in page or "(cash-releasing saving)" in page


def test_an_area_and_a_project_in_it_are_renamed_at_once(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    areas = "transport: Transport\nestates: Estates\ngrants: Grants and support\n"
    after = make_folder({"projects/vans.yaml": FLEET.replace("vehicles", "transport"), "areas.yaml": areas}, "after")
    document = diffed(before, after)
    assert (document["headline"], document["figures"], document["warnings"]) == (
        "No total moves, by area or by force.",
        [],
        [],
    )


def test_in_all_benefits_come_before_costs_whichever_moves_first(make_folder: MakeFolder) -> None:
    cost = "costs:\n  vans: {area: vehicles, statements: [{source: paper-2016, actual: {2014/15: £4k}}]}\n"
    before = make_folder({"projects/fleet.yaml": "name: Joint fleet\n"}, "before")
    after = make_folder({"projects/fleet.yaml": f"{dedent(FLEET)}{cost}"}, "after")
    headline = diffed(before, after)["headline"]
    assert headline.endswith(". In all: £10,000 more in savings and £4,000 more in costs.")


def test_a_total_beyond_the_limit_is_warned_of(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    after = make_folder({"projects/fleet.yaml": FLEET.replace("£10k", "£85m")}, "after")
    kind = "saving, cashability not stated"
    rises = "rises by £84.99m, more than the limit of £1.00m; check the unit"
    said = f"Vehicles (vehicles), 2015/16: the total ({kind}) {rises}"
    over = "fleet/fuel, 2015/16: a figure of a period that is over was edited; a later figure is a new statement"
    far = "fleet/fuel, 2015/16: the figure is at least a hundred times what it was; check the noughts"
    assert diffed(before, after, "--limit", "£1m")["warnings"] == [said, over, far]
    assert diffed(before, after, "--limit", "£100m")["warnings"] == [over, far]
    gone = make_folder({"areas.yaml": "estates: Estates\n"}, "gone")
    assert diffed(before, gone, "--limit", "£9,999")["warnings"][0] == (
        f"vehicles, 2015/16: the total ({kind}) falls by £10,000, more than the limit of £9,999; check the unit"
    )


MORE, LESS = "at least a hundred times", "no more than a hundredth of"


@pytest.mark.parametrize(
    ("after", "far"),
    [("£1m", MORE), ("£999k", ""), ("£100", LESS), ("£1", LESS), ("£101", ""), ("£0", ""), ("-£1m", MORE)],
)
def test_a_figure_edited_to_a_hundred_times_what_it_was_or_more_is_warned_of(
    make_folder: MakeFolder, after: str, far: str
) -> None:
    open_ = FLEET.replace("actual: {2015/16: £10k}", "estimate: {2018/19: £10k}")
    before = make_folder({"projects/fleet.yaml": open_}, "before")
    edited = make_folder({"projects/fleet.yaml": open_.replace("£10k", after)}, "after")
    said = f"fleet/fuel, 2018/19: the figure is {far} what it was; check the noughts"
    assert diffed(before, edited)["warnings"] == [said] * bool(far)


def test_a_total_of_all_areas_or_of_a_force_may_be_beyond_the_limit_alone(make_folder: MakeFolder) -> None:
    def write(name: str, pounds: str, shares: str) -> Path:
        benefit = (
            f"{{category: saving, shares: {shares}, shares_source: paper-2016, area: AREA, "
            f"statements: [{{source: paper-2018, estimate: {{2018/19: {pounds}}}}}]}}"
        )
        benefits = f"benefits: {{a: {benefit.replace('AREA', 'vehicles')}, b: {benefit.replace('AREA', 'estates')}}}"
        return make_folder({"projects/fleet.yaml": f"name: Joint fleet\n{benefits}\n"}, name)

    one, other = "{thornshire: 100%, marlshire: 0%}", "{thornshire: 0%, marlshire: 100%}"
    before, more = write("before", "£1m", one), write("more", "£1.6m", one)
    more_than_1m = "more than the limit of £1.0m; check the unit"
    saving = "the total (saving, cashability not stated)"
    # Each of two areas has £600k more, and all of it is Thornshire's.
    assert diffed(before, more, "--limit", "£1m")["warnings"] == [
        f"all areas, 2018/19: the total (benefits) rises by £1.2m, {more_than_1m}"
    ]
    assert diffed(before, more, "--limit", "£500k")["warnings"] == [
        f"{name}, 2018/19: {saving} rises by £600,000, more than the limit of £500,000; check the unit"
        for name in ("Vehicles (vehicles)", "Estates (estates)")
    ]
    assert diffed(before, write("shared", "£1m", other), "--limit", "£1m")["warnings"] == [
        f"Thornshire Police (thornshire), 2018/19: the total (benefits) falls by £2.0m, {more_than_1m}",
        f"Marlshire Constabulary (marlshire), 2018/19: the total (benefits) rises by £2.0m, {more_than_1m}",
    ]


# --- between areas, and between forces

SHARED = FLEET.replace("category: saving,", "category: saving, shares: by-officers,")
KEY = "by-officers: {source: paper-2016, years: {2015/16: {thornshire: 60%, marlshire: 40%}}}\n"


def forces(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (each["force"], each["year"], each["kind"], each["before"], each["after"], each["change"])
        for each in document["forces"]
    ]


@pytest.mark.parametrize("change", ["a key", "written out", "another key"])
def test_what_is_divided_otherwise_moves_totals_of_forces_alone(make_folder: MakeFolder, change: str) -> None:
    old = new = SHARED
    halves = KEY.replace("60%", "50%").replace("40%", "50%")
    keys, warned = halves, "share key 'by-officers'"
    if change == "written out":
        old, keys = SHARED.replace("by-officers", "{thornshire: 60%, marlshire: 40%}, shares_source: paper-2016"), KEY
        new, warned = old.replace("60%", "50%").replace("40%", "50%"), "fleet/fuel"
    elif change == "another key":
        new, keys = SHARED.replace("by-officers", "by-size"), KEY + halves.replace("by-officers", "by-size")
        warned = "fleet/fuel"
    before = make_folder({"projects/fleet.yaml": old, "shares.yaml": KEY}, "before")
    after = make_folder({"projects/fleet.yaml": new, "shares.yaml": keys}, "after")
    document = diffed(before, after)
    # Of £10,000 Thornshire had 60 per cent, and has 50.
    assert (document["totals"], document["all_areas"], document["figures"]) == ([], [], [])
    assert forces(document) == [
        ("thornshire", "2015/16", "benefits", 6000, 5000, -1000),
        ("marlshire", "2015/16", "benefits", 4000, 5000, 1000),
    ]
    assert document["headline"] == (
        "No total by area moves, but those by force do. Moved between forces: £1,000 (benefits) in 2015/16."
    )
    assert document["warnings"] == [f"{warned}, 2015/16: what is over is divided otherwise between forces than it was"]
    assert invoke("diff", before, after, "--fail-on", "closed-year").status == 1
    page = invoke("diff", before, after).stdout
    assert "Totals by force that move (£k)" in page
    assert "Marlshire Constabulary  2015/16  benefits       4.0      5.0       1.0\n" in page
    assert "Totals by area" not in page


def test_projects_that_are_alike_are_part_of_a_total_that_moves(make_folder: MakeFolder) -> None:
    other = FLEET.replace("Joint fleet", "Vans").replace("£10k", "£3k")
    third = SHARED.replace("Joint fleet", "Bicycles").replace("£10k", "£1k").replace("by-officers", "by-size")
    alike = {"projects/vans.yaml": other, "projects/bicycles.yaml": third}
    keys = KEY + KEY.replace("by-officers", "by-size")
    before = make_folder({**alike, "projects/fleet.yaml": SHARED, "shares.yaml": keys}, "before")
    edited = keys.replace("60%", "50%", 1).replace("40%", "50%", 1)
    after = {**alike, "projects/fleet.yaml": SHARED.replace("£10k", "£20k"), "shares.yaml": edited}
    document = diffed(before, make_folder(after, "after"))
    # £10,000 at 60 to 40 and then £20,000 in halves; beside £3,000 that nobody divides, and £1,000 at 60 to 40.
    assert moved(document) == [("vehicles", "2015/16", "saving, cashability not stated", 14000, 24000, 10000)]
    assert forces(document) == [
        ("thornshire", "2015/16", "benefits", 6600, 10600, 4000),
        ("marlshire", "2015/16", "benefits", 4400, 10400, 6000),
    ]


def test_shares_of_a_year_that_is_not_over_may_be_edited(make_folder: MakeFolder) -> None:
    later = SHARED.replace("actual: {2015/16", "estimate: {2018/19")
    before = make_folder({"projects/fleet.yaml": later, "shares.yaml": KEY}, "before")
    edited = KEY.replace("60%", "50%").replace("40%", "50%")
    document = diffed(before, make_folder({"projects/fleet.yaml": later, "shares.yaml": edited}, "after"))
    assert document["headline"].endswith("Moved between forces: £1,000 (benefits) in 2018/19.")
    assert document["warnings"] == []


def test_what_is_divided_for_the_first_time_is_no_edit(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET, "shares.yaml": KEY}, "before")
    document = diffed(before, make_folder({"projects/fleet.yaml": SHARED, "shares.yaml": KEY}, "after"))
    assert forces(document) == [
        ("thornshire", "2015/16", "benefits", None, 6000, 6000),
        ("marlshire", "2015/16", "benefits", None, 4000, 4000),
        ("not-apportioned", "2015/16", "benefits", 10000, None, -10000),
    ]
    assert document["headline"] == "No total by area moves, but those by force do."
    assert document["warnings"] == []


OF_ONE = FLEET.replace("benefits:", "statements: [{source: paper-2016, forces: [thornshire]}]\n    benefits:")


def test_a_project_given_to_another_force_is_an_edit_unless_a_later_paper_says_so(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": OF_ONE}, "before")
    moved_ = "No total by area moves, but those by force do. Moved between forces: £10,000 (benefits) in 2015/16."
    edited = diffed(before, make_folder({"projects/fleet.yaml": OF_ONE.replace("thorn", "marl")}, "edited"))
    assert edited["headline"] == moved_
    assert edited["warnings"] == ["fleet/fuel, 2015/16: what is over is divided otherwise between forces than it was"]
    later = OF_ONE.replace("shire]}]", "shire]}, {source: paper-2017, forces: [marlshire]}]")
    said = diffed(before, make_folder({"projects/fleet.yaml": later}, "later"))
    assert (said["headline"], said["warnings"]) == (moved_, [])


def test_parts_that_a_paper_gave_and_that_are_taken_out_are_an_edit_whatever_forces_a_paper_names(
    make_folder: MakeFolder,
) -> None:
    both = FLEET.replace(
        "benefits:", "statements: [{source: paper-2016, forces: [thornshire, marlshire]}]\n    benefits:"
    )
    shares = "shares: {thornshire: 90%, marlshire: 10%}, shares_source: paper-2016, statements: [{source: paper-2016, a"
    before = make_folder({"projects/fleet.yaml": both.replace("statements: [{source: paper-2016, a", shares)}, "before")
    document = diffed(before, make_folder({"projects/fleet.yaml": both}, "after"))
    assert forces(document) == [
        ("thornshire", "2015/16", "benefits", 9000, None, -9000),
        ("marlshire", "2015/16", "benefits", 1000, None, -1000),
        ("not-apportioned", "2015/16", "benefits", None, 10000, 10000),
    ]
    assert document["warnings"] == ["fleet/fuel, 2015/16: what is over is divided otherwise between forces than it was"]


def test_posts_that_become_money_in_another_area_move_nothing_between_areas(make_folder: MakeFolder) -> None:
    posts = FLEET.replace("category: saving", "category: saving, measure: posts").replace("£10k", '"4"')
    before = make_folder({"projects/fleet.yaml": posts}, "before")
    after = make_folder({"projects/fleet.yaml": FLEET.replace("vehicles", "estates")}, "after")
    assert "Moved between" not in diffed(before, after)["headline"]


def test_a_nil_that_is_newly_stated_moves_no_amount(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    nil = FLEET.replace("£10k}", "£10k, 2014/15: £0}")
    said = diffed(before, make_folder({"projects/fleet.yaml": nil}, "after"))["headline"]
    assert said == "No amount moves: nil is newly stated, or stated no more."


def test_posts_are_a_level_and_not_added_up_over_years(make_folder: MakeFolder) -> None:
    posts = FLEET.replace("category: saving", "category: saving, measure: posts").replace("2015/16: £10k", "2014/15: 4")
    before = make_folder({"projects/fleet.yaml": posts}, "before")
    more = posts.replace("2014/15: 4", "2014/15: 5, 2015/16: 3")
    said = diffed(before, make_folder({"projects/fleet.yaml": more}, "after"))["headline"]
    assert said == "This adds 1 post (saving, cashability not stated) in 2014/15 and 3 posts in 2015/16."


def test_amounts_by_force_that_are_edited_are_told(make_folder: MakeFolder) -> None:
    parts = FLEET.replace("£10k", "{thornshire: £6k, marlshire: £4k}")
    before = make_folder({"projects/fleet.yaml": parts}, "before")
    after = make_folder({"projects/fleet.yaml": parts.replace("£6k", "£5k").replace("£4k", "£5k")}, "after")
    document = diffed(before, after)
    assert document["headline"].endswith("Moved between forces: £1,000 (benefits) in 2015/16.")
    assert document["warnings"] == [
        "fleet/fuel, 2015/16: a figure of a period that is over was edited; a later figure is a new statement"
    ]
    page = " ".join(invoke("diff", before, after, "--format", "markdown").stdout.split())
    assert (
        "| actual £10,000 \\(thornshire: £6,000, marlshire: £4,000\\) | actual £10,000 "
        "\\(thornshire: £5,000, marlshire: £5,000\\) |"
    ) in page
    # Under the new name of a force it is the same.
    renamed = {
        "projects/fleet.yaml": parts.replace("thornshire", "thorns"),
        "forces.yaml": DEFAULTS["forces.yaml"].replace("thornshire:", "thorns:"),
    }
    same = diffed(before, make_folder(renamed, "renamed"))
    assert (same["forces"], same["figures"], same["warnings"]) == ([], [], [])


def test_shares_under_the_new_name_of_a_force_are_the_same(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": SHARED, "shares.yaml": KEY}, "before")
    renamed = {
        "shares.yaml": KEY.replace("thornshire", "thorns"),
        "forces.yaml": DEFAULTS["forces.yaml"].replace("thornshire:", "thorns:"),
    }
    same = diffed(before, make_folder({"projects/fleet.yaml": SHARED, **renamed}, "renamed"))
    assert (same["headline"], same["forces"], same["warnings"]) == ("No total moves, by area or by force.", [], [])


def test_figures_that_change_places_move_nothing_between_areas_in_sum(make_folder: MakeFolder) -> None:
    some = "{category: saving, area: %s, statements: [{source: paper-2018, estimate: {2018/19: £%sk}}]}"

    def write(name: str, fuel: str, rent: str) -> Path:
        benefits = f"benefits: {{fuel: {some % (fuel, 5)}, rent: {some % (rent, 8)}, c: {some % ('grants', 1)}}}"
        return make_folder({"projects/fleet.yaml": f"name: Joint fleet\n{benefits}\n"}, name)

    document = diffed(write("before", "vehicles", "estates"), write("after", "estates", "vehicles"))
    # £5,000 went one way and £8,000 the other.
    assert document["headline"].endswith("Moved between areas: £3,000 (saving, cashability not stated) in 2018/19.")


def test_a_penny_more_hides_no_move_between_areas_or_forces(make_folder: MakeFolder) -> None:
    key = "shares: {{thornshire: {}, marlshire: {}}}, shares_source: paper-2016, statements"
    before = make_folder({"projects/fleet.yaml": FLEET.replace("statements", key.format("90%", "10%"))}, "before")
    penny = FLEET.replace("£10k", '"£10,000.01"')
    divided = make_folder({"projects/fleet.yaml": penny.replace("statements", key.format("10%", "90%"))}, "divided")
    # Of £9,000 a tenth is left; a penny more came than went, and is no move.
    assert diffed(before, divided)["headline"].endswith("Moved between forces: £8,000 (benefits) in 2015/16.")
    estates = penny.replace("vehicles", "estates").replace("statements", key.format("90%", "10%"))
    assert diffed(before, make_folder({"projects/fleet.yaml": estates}, "estates"))["headline"].endswith(
        "Moved between areas: £10,000 (saving, cashability not stated) in 2015/16."
    )
    same = make_folder({"projects/fleet.yaml": penny.replace("statements", key.format("90%", "10%"))}, "same")
    assert "Moved" not in diffed(before, same)["headline"]


def test_what_both_areas_lose_has_not_moved_between_them(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    less = FLEET.replace("£10k", "-£3k").replace("vehicles", "estates")
    said = diffed(before, make_folder({"projects/fleet.yaml": less}, "after"))["headline"]
    assert said == "This takes away £13,000 (saving, cashability not stated) in 2015/16."


def test_amounts_that_move_between_years_in_the_headline_are_counted_beyond_six(make_folder: MakeFolder) -> None:
    years = ", ".join(f"20{year}/{year + 1}: £{year}k" for year in range(10, 18))
    many = FLEET.replace("actual: {2015/16: £10k}", f"reported: {{{years}}}")
    ledger = {"ledger.yaml": "title: Many\nunit: £k\n"}
    before = make_folder({**ledger, "projects/fleet.yaml": many}, "before")
    after = make_folder({**ledger, "projects/fleet.yaml": many.replace("vehicles", "estates")}, "after")
    said = diffed(before, after)["headline"]
    kind = "(saving, cashability not stated)"
    assert f"Moved between areas: £17,000 {kind} in 2017/18, £16,000 {kind} in 2016/17, " in said
    assert said.endswith(f"£12,000 {kind} in 2012/13 and 2 more amounts.")


# --- what is no edit of a figure

MOVES = "a total of a year that is over moves, and by no new statement of a later paper"
RESTATED = FLEET.replace("£10k}}]", "£10k}}, {source: paper-2018, actual: {2015/16: £1k}}]")
TWO = FLEET.rstrip() + "\n" + FLEET.splitlines()[3].replace("fuel: {", "tyres: {") + "\n"
BETWEEN = DEFAULTS["sources.yaml"].rstrip() + "\n        between: {title: T, body: B, date: 2016-06-17}\n"
LATER = BETWEEN.replace("2016-06-17", "2018-12-01")
OUTTURN = FLEET.replace("£10k}}]", "£10k}}, {source: between, actual: {2015/16: £1k}}]")
EXPECTED = FLEET.replace("actual: {2015/16", "estimate: {2016/17")
CLOSED = EXPECTED.replace("benefits:", "statements: [{source: paper-2017, closed: {date: 2016-03}}]\n    benefits:")
REPLACED = TWO.replace("tyres: {", "tyres: {replaces: [fleet/fuel], ")
NEW = FLEET.rstrip() + "\n" + REPLACED.splitlines()[-1].replace("paper-2016", "paper-2018") + "\n"


@pytest.mark.parametrize(
    ("before", "after", "sources", "warned"),
    [
        (RESTATED, RESTATED, DEFAULTS["sources.yaml"].replace("2016-06-16", "2018-08-16", 1), "vehicles, 2015/16"),
        (TWO, REPLACED, None, "vehicles, 2015/16"),
        (FLEET, NEW, None, ""),
        (FLEET, OUTTURN, BETWEEN, "vehicles, 2015/16"),
        (FLEET, OUTTURN, LATER, ""),
        (FLEET, RESTATED, None, ""),
        (EXPECTED, CLOSED, None, ""),
        (CLOSED.replace("2016-03", "2017-06"), CLOSED, None, "vehicles, 2016/17"),
        (EXPECTED, CLOSED.replace("Joint fleet", "Fleet"), None, ""),
    ],
)
def test_a_total_of_a_closed_year_moves_by_new_statements_of_later_papers_alone(
    make_folder: MakeFolder, before: str, after: str, sources: str | None, warned: str
) -> None:
    one = make_folder({"projects/fleet.yaml": before}, "before")
    files = {"projects/fleet.yaml": after} | ({"sources.yaml": sources} if sources else {})
    other = make_folder(files, "after")
    warnings = [warning for warning in diffed(one, other)["warnings"] if MOVES in warning]
    assert warnings == ([f"{warned}: {MOVES}"] if warned else [])
    assert invoke("diff", one, other, "--fail-on", "closed-year").status == bool(warned)


@pytest.mark.parametrize(
    ("other", "warned"), [("marlshire", ["marlshire, 2015/16", "thornshire, 2015/16"]), ("thornshire", [])]
)
def test_a_total_of_a_closed_year_that_moves_between_forces_alone_is_warned_of(
    make_folder: MakeFolder, other: str, warned: list[str]
) -> None:
    """Of two equal figures in one area one stands, and by an edit the other, as a third takes the place of that."""

    def write(name: str, replaced: str) -> Path:
        third = FLEET.replace("fuel: {", f"tyres: {{replaces: [{replaced}/fuel], ")
        vans = OF_ONE.replace("Joint fleet", "Vans").replace("thornshire", other)
        projects = {"fleet": OF_ONE, "vans": vans, "bicycles": third.replace("Joint fleet", "Bicycles")}
        return make_folder({f"projects/{id_}.yaml": text for id_, text in projects.items()}, name)

    before, after = write("before", "fleet"), write("after", "vans")
    document = diffed(before, after)
    assert document["totals"] == []
    assert sorted(document["warnings"]) == [f"{row}: {MOVES}" for row in warned]
    assert invoke("diff", before, after, "--fail-on", "closed-year").status == bool(warned)


def test_another_kind_in_a_closed_year_is_no_edit_of_its_figure(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    kinds = {"category: saving, cashability: cashable": [], "category: funding": [f"vehicles, 2015/16: {MOVES}"]}
    for kind, warnings in kinds.items():
        after = make_folder({"projects/fleet.yaml": FLEET.replace("category: saving", kind)}, kind[-8:])
        document = diffed(before, after)
        assert len(document["totals"]) == 2
        assert (len(document["figures"]), document["warnings"]) == (1, warnings)
        assert invoke("diff", before, after, "--fail-on", "closed-year").status == len(warnings)
    page = " ".join(invoke("diff", before, after, "--format", "markdown").stdout.split())
    assert "| actual £10,000 \\(saving, cashability not stated\\) | actual £10,000 \\(funding\\) |" in page


def test_figures_of_a_benefit_that_is_of_another_kind_or_area_are_one_row(make_folder: MakeFolder) -> None:
    """Three figures of one benefit; then the second has another amount too, and then the last is taken out."""
    text = FLEET.replace("actual: {2015/16: £10k}", "actual: {2014/15: £10k, 2015/16: £12k}, estimate: {2018/19: £9k}")
    before = make_folder({"projects/fleet.yaml": text}, "before")

    def rows(old: str, new: str, *more: str) -> list[list[str]]:
        edited = text.replace(old, new)
        for was, is_ in zip(more[::2], more[1::2], strict=True):
            edited = edited.replace(was, is_)
        after = make_folder({"projects/fleet.yaml": edited}, f"after-{len(edited)}")
        page = invoke("diff", before, after, "--format", "markdown").stdout.replace("\\", "")
        return [line.split(" | ")[1:4] for line in page.splitlines() if line.startswith("| fleet/fuel | ")]

    kinds = "(saving, cashability not stated)", "(cashable saving)"
    cashable = "category: saving", "category: saving, cashability: cashable"
    all_three, amounts = "2014/15, 2015/16 and 2018/19", "actual £10,000, actual £12,000 and estimate £9,000"
    assert rows(*cashable) == [[all_three, *(f"{amounts} {kind}" for kind in kinds)]]
    assert rows("area: vehicles", "area: estates") == [
        [all_three, f"{amounts} (in Vehicles)", f"{amounts} (in Estates)"]
    ]
    assert rows(*cashable, "£12k", "£13k") == [
        ["2014/15 and 2018/19", *(f"actual £10,000 and estimate £9,000 {kind}" for kind in kinds)],
        ["2015/16", f"actual £12,000 {kinds[0]}", f"actual £13,000 {kinds[1]}"],
    ]
    assert rows(*cashable, ", estimate: {2018/19: £9k}", "") == [
        ["2014/15 and 2015/16", *(f"actual £10,000 and £12,000 {kind}" for kind in kinds)],
        ["2018/19", "estimate £9,000", "-"],
    ]


def test_another_measure_is_told_in_its_own_words(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    posts = FLEET.replace("category: saving", "category: saving, measure: posts").replace("£10k", "1.5")
    after = make_folder({"projects/fleet.yaml": posts}, "after")
    assert "| actual £10,000 | actual 1.5 posts |" in invoke("diff", before, after, "--format", "markdown").stdout


def test_the_day_of_a_paper_is_told_of_the_paper_and_not_of_its_figures(make_folder: MakeFolder) -> None:
    later = DEFAULTS["sources.yaml"].replace("2016-06-16", "2016-06-17", 1)
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    document = diffed(before, make_folder({"projects/fleet.yaml": FLEET, "sources.yaml": later}, "after"))
    assert (document["figures"], document["warnings"]) == ([], [])
    assert fields(document) == [("paper-2016", "date", "2016-06-16", "2016-06-17")]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ("", 0),
        ("--limit £1m", 0),
        ("--fail-on closed-year", 1),
        ("--limit £1m --fail-on limit", 1),
        ("--limit £100m --fail-on limit", 0),
        ("--limit £100m --fail-on closed-year,limit", 1),
        ("--fail-on limit", 2),
        ("--fail-on all", 2),
        ("--limit 1m", 2),
    ],
)
def test_the_status_tells_what_is_to_stop_a_change(make_folder: MakeFolder, options: str, status: int) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET}, "before")
    after = make_folder({"projects/fleet.yaml": FLEET.replace("£10k", "£85m")}, "after")
    assert invoke("diff", *options.split(), before, after).status == status


PRINTED = """
    source: paper-2016
    title: T
    by: area
    unit: £k
    years: [2015/16]
    rows: {vehicles: [10]}
    """


def test_a_new_id_for_what_a_printed_row_stands_for_changes_no_print(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET, "published/t.yaml": PRINTED}, "before")
    after = make_folder({"projects/fleet.yaml": FLEET, "published/t.yaml": PRINTED}, "after")
    for name in ("areas.yaml", "projects/fleet.yaml", "published/t.yaml"):
        text = (after / name).read_text(encoding="utf-8")
        assert "vehicles" in text
        (after / name).write_text(text.replace("vehicles", "transport"), encoding="utf-8")
    document = diffed(before, after)
    assert (document["headline"], document["warnings"]) == ("No total moves, by area or by force.", [])
    assert ("published table", "t", "changed", None) in records(document)
    (after / "published/t.yaml").write_text(
        PRINTED.replace("vehicles", "transport").replace("title: T", "title: U"), encoding="utf-8"
    )
    assert diffed(before, after)["warnings"] == [
        "published/t: the record of a printed table was changed; print does not change"
    ]


def test_a_figure_of_a_year_that_is_not_over_may_be_edited(make_folder: MakeFolder) -> None:
    later = FLEET.replace("actual: {2015/16: £10k}", "estimate: {2018/19: £10k}")
    before = make_folder({"projects/fleet.yaml": later}, "before")
    after = make_folder({"projects/fleet.yaml": later.replace("£10k", "£12k")}, "after")
    document = diffed(before, after)
    # The latest paper is of July 2018; 2018/19 ends after it.
    assert moved(document) == [("vehicles", "2018/19", "saving, cashability not stated", 10000, 12000, 2000)]
    assert document["warnings"] == []


def test_a_closed_year_is_not_opened_again_by_dating_papers_back(make_folder: MakeFolder) -> None:
    said = FLEET.replace("actual: {2015/16: £10k}", "estimate: {2017/18: £10k}")
    dated_back = DEFAULTS["sources.yaml"].replace("2018-07-19", "2017-08-01")  # before 2017/18 ends
    assert dated_back != DEFAULTS["sources.yaml"]
    before = make_folder({"projects/fleet.yaml": said}, "before")
    after = make_folder({"projects/fleet.yaml": said.replace("£10k", "£12k"), "sources.yaml": dated_back}, "after")
    warning = "fleet/fuel, 2017/18: a figure of a period that is over was edited; a later figure is a new statement"
    assert diffed(before, after)["warnings"] == [warning]


PERIODS = """
    name: Joint fleet
    benefits:
      fuel:
        area: vehicles
        category: saving
        statements:
          - source: paper-2017
            reported: {a year: £8k, in all: £9k}
            estimate: {2016/17 to 2016-11: £5k, 2014/15 to 2019/20: £18m}
            not_achievable: {2016/17: £1k}
    """


def test_figures_of_every_period_are_told_and_move_no_total(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": PERIODS}, "before")
    edited = PERIODS.replace("£8k", "£7k").replace("£9k", "£6k").replace("£5k", "£4k").replace("£18m", "£17m")
    after = make_folder({"projects/fleet.yaml": edited.replace("£1k", "£2k")}, "after")
    document = diffed(before, after)
    assert (document["headline"], document["totals"]) == ("No total moves, by area or by force.", [])
    assert [(each["period"], each["year"], each["before"], each["after"], each["stands"])
            for each in document["figures"]] == [
        ("2014/15 to 2019/20", None, 18000000, 17000000, False),
        ("2016/17", "2016/17", 1000, 2000, False),
        ("2016/17 to 2016-11", None, 5000, 4000, False),
        ("a year", None, 8000, 7000, False),
        ("in all", None, 9000, 6000, False),
    ]  # fmt: skip
    # The latest paper is of July 2018: 2019/20 was not over, and the others have no end.
    over = "a figure of a period that is over was edited; a later figure is a new statement"
    assert document["warnings"] == [f"fleet/fuel, 2016/17: {over}", f"fleet/fuel, 2016/17 to 2016-11: {over}"]
    page = invoke("diff", before, after, "--format", "markdown").stdout
    assert "| Figure | Period | Stated before | Stated now | Paper | Stands |" in page
    assert (
        "| fleet/fuel | 2016/17 | not achievable £1,000 | not achievable £2,000 | Benefits in 2016/17, 20 July 2017 "
        "| no |"
    ) in page
    assert (
        "| fleet/fuel | a year | reported £8,000 | reported £7,000 | Benefits in 2016/17, 20 July 2017 | no |"
    ) in page


def test_a_paper_is_named_with_its_date_as_exactly_as_is_known(make_folder: MakeFolder) -> None:
    sources = {"sources.yaml": "paper-2016: {title: Benefits, body: B, date: 2016-06}\n"}
    before = make_folder({**sources, "projects/fleet.yaml": FLEET}, "before")
    after = make_folder({**sources, "projects/fleet.yaml": FLEET.replace("£10k", "£12k")}, "after")
    assert "| Benefits, June 2016 | yes |" in invoke("diff", before, after, "--format", "markdown").stdout


def test_settings_that_change_are_told(make_folder: MakeFolder) -> None:
    before, after = make_folder({}, "before"), make_folder({"ledger.yaml": "title: Northmark\n"}, "after")
    assert records(diffed(before, after)) == [("ledger", "ledger", "changed", None)]


# --- two days

RESTATED = """
    name: Joint fleet
    benefits:
      fuel:
        area: vehicles
        category: saving
        statements:
          - {source: paper-2016, estimate: {2016/17: £1k}, actual: {2015/16: £10k}}
          - {source: paper-2017, actual: {2015/16: £11k, 2016/17: £100k}}
          - {source: paper-2018, actual: {2017/18: £13k}}
    """


def test_what_was_restated_before_the_first_day_is_no_news(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": RESTATED})
    document = diffed(folder, "--from-date", "2017-07-20", "--to-date", "2018-07-19")
    # What the paper of July 2017 restated was known on its day, and what is doubtful in it too.
    assert moved(document) == [("vehicles", "2017/18", "saving, cashability not stated", None, 13000, 13000)]
    assert [(each["source"], each["before"], each["after"]) for each in document["figures"]] == [
        ("paper-2018", None, 13000)
    ]
    assert (document["records"], document["warnings"]) == ([], [])
    day_before = diffed(folder, "--from-date", "2017-07-19", "--to-date", "2018-07-19")
    assert moved(day_before) == [
        ("vehicles", "2015/16", "saving, cashability not stated", 10000, 11000, 1000),
        ("vehicles", "2016/17", "saving, cashability not stated", 1000, 100000, 99000),
        ("vehicles", "2017/18", "saving, cashability not stated", None, 13000, 13000),
    ]
    doubt = "the outturn is a hundred times what was expected or more, or a hundredth or less; check the noughts"
    assert day_before["warnings"] == [f"fleet/fuel, 2016/17: {doubt}"]


def test_shares_of_a_later_paper_divide_from_its_day_on(make_folder: MakeFolder) -> None:
    key = KEY.replace("paper-2016", "paper-2017")
    folder = make_folder({"projects/fleet.yaml": SHARED, "shares.yaml": key})
    document = diffed(folder, "--from-date", "2017-07-19", "--to-date", "2017-07-20")
    assert (document["totals"], document["warnings"]) == ([], [])
    assert forces(document) == [
        ("thornshire", "2015/16", "benefits", None, 6000, 6000),
        ("marlshire", "2015/16", "benefits", None, 4000, 4000),
        ("not-apportioned", "2015/16", "benefits", 10000, None, -10000),
    ]


def test_one_ledger_on_two_days() -> None:
    document = diffed(EXAMPLE, "--from-date", "2016-06-16", "--to-date", "2018-07-19")
    cash, other, nothing = "cash-releasing saving", "cashable saving, not cash releasing", None
    of_money = [row for row, each in zip(moved(document), document["totals"], strict=True)
                if each["measure"] == "money"]  # fmt: skip
    assert of_money == [
        ("control-room", "2016/17", cash, 230000, 219950.77, -10049.23),
        ("control-room", "2016/17", "cost", 25000, 27500, 2500),
        ("control-room", "2017/18", cash, 240000, 236100, -3900),
        ("control-room", "2017/18", "cost", nothing, 31250, 31250),
        ("control-room", "2018/19", cash, nothing, 235000, 235000),
        ("control-room", "2018/19", "cost", nothing, 32000, 32000),
        ("vehicles", "2016/17", cash, 10000, -3200, -13200),
        ("vehicles", "2016/17", "cashable saving", 82000, 84500.02, 2500.02),
        ("vehicles", "2017/18", cash, nothing, 14999.99, 14999.99),
        ("vehicles", "2017/18", "cashable saving", 92000, 91237.45, -762.55),
        ("forensics", "2015/16", "saving, cashability not stated", 25000, 24000, -1000),
        ("forensics", "2016/17", "non-cashable saving", 60000, 58000, -2000),
        ("forensics", "2016/17", "saving, cashability not stated", nothing, 26000, 26000),
        ("forensics", "2017/18", "non-cashable saving", nothing, 62000, 62000),
        ("air-support", "2016/17", cash, 66000, 61000, -5000),
        ("air-support", "2017/18", cash, nothing, 15250, 15250),
        ("back-office", "2017/18", other, nothing, 43210.99, 43210.99),
        ("back-office", "2017/18", "saving, cashability not stated", nothing, 9600, 9600),
        ("back-office", "2018/19", other, nothing, 45000, 45000),
    ]
    # As the totals of the two days have it: 1,878,699.22 less 1,461,050.00.
    benefits = sum(row[5] for row in of_money if row[2] != "cost")
    assert round(benefits, 2) == 417649.22
    assert (document["records"], document["warnings"]) == ([], [])


def test_two_days_in_words() -> None:
    page = invoke("diff", EXAMPLE, "--from-date", "2018-07-19", "--to-date", "2020-07-16").stdout
    headline, _, tables = page.partition("\n\n")
    assert headline == (
        "This adds £5,917.50 (cash-releasing saving) in 2018/19 and £240,040.00 in 2019/20; adds £96,001.00\n"
        "(cashable saving) in 2018/19 and £97,040.10 in 2019/20; adds £32,000.00 (cost) in 2019/20; takes\n"
        "away £750.00 (cost) in 2018/19; adds £25,000.00 (funding) in 2018/19; adds £1,500.00 (non-cashable\n"
        "saving) in 2017/18; and moves 2 more kinds of amount. In all: £439,498.61 more in savings,\n"
        "£25,000.00 more in funding and £31,250.00 more in costs."
    )
    lines = tables.split("\n")
    assert lines[0] == "Totals by area that move (£)"  # in £k there would be five decimals
    assert lines[4].split() == ["Shared", "control", "room", "2019/20", "cash-releasing", "saving", "-", "240,040.00",
                                "240,040.00"]  # fmt: skip


def test_back_to_an_earlier_day_nothing_was_edited_or_taken_out() -> None:
    there = diffed(EXAMPLE, "--from-date", "2016-06-16", "--to-date", "2018-07-19")
    back = diffed(EXAMPLE, "--from-date", "2018-07-19", "--to-date", "2016-06-16")
    assert [-each["change"] for each in back["totals"]] == [each["change"] for each in there["totals"]]
    assert ("vehicles", "2017/18", "cashable saving", 91237.45, 92000, 762.55) in moved(back)
    assert (back["records"], back["warnings"]) == ([], [])


def test_a_closure_that_becomes_known_takes_away_what_was_expected_after_it(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": closed_fleet("2017/18: £95k, 2018/19: £110k")})
    document = diffed(folder, "--from-date", "2018-07-18", "--to-date", "2018-07-19")
    assert document["headline"] == f"This takes away £110,000 {KIND} in 2018/19."
    assert document["figures"] == []
    assert document["warnings"] == [
        f"fleet/fuel, {year}: an earlier paper expects it of a time after its project was closed"
        for year in ("2017/18", "2018/19")
    ]


def test_a_figure_that_becomes_doubtful_is_warned_of_once(make_folder: MakeFolder) -> None:
    expected = FLEET.replace("£10k}}]", "£10k}}, {source: paper-2017, estimate: {2016/17: £1k}}]")
    slip = expected.replace("£1k}}]", "£1k}}, {source: paper-2018, actual: {2016/17: £100k}}]")
    before, after = make_folder({"projects/fleet.yaml": expected}, "before"), make_folder({}, "after")
    (after / "projects").mkdir()
    (after / "projects/fleet.yaml").write_bytes(with_defaults({"projects/fleet.yaml": slip})["projects/fleet.yaml"])
    doubt = "the outturn is a hundred times what was expected or more, or a hundredth or less; check the noughts"
    assert diffed(before, after)["warnings"] == [f"fleet/fuel, 2016/17: {doubt}"]
    # What was doubtful before is no news, under a new name neither.
    shutil.copytree(after, after.parent / "renamed")
    (after.parent / "renamed/projects/fleet.yaml").rename(after.parent / "renamed/projects/garage.yaml")
    assert diffed(after, after.parent / "renamed")["warnings"] == []


def test_a_day_alone_is_compared_with_today_and_the_ledger_may_be_named_by_data() -> None:
    # The last paper is of 2020: since then nothing has changed.
    assert invoke("diff", "--data", EXAMPLE, "--from-date", "2020-07-16") == (0, "Nothing changed.\n", "")
    # Its 241,000 for the control room and -82.50 for the fleet, less the 235,000 of two years before.
    day_before = diffed("--data", EXAMPLE, "--from-date", "2020-07-15")["headline"]
    assert day_before.startswith("This adds £5,917.50 (cash-releasing saving) in 2018/19 and £240,040.00 in 2019/20; ")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--to-date", "2020-07-16"], "--to-date needs --from-date."),
        (["a", "b", "--from-date", "2020-07-16"], "with dates there is one ledger; give no HEAD."),
    ],
)
def test_dates_are_of_one_ledger(arguments: list[str], error: str) -> None:
    ran = invoke("diff", *arguments, "--data", EXAMPLE)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: {error}\n")


def test_the_exit_code_tells_whether_anything_changed_if_asked(changed: Changed) -> None:
    after = changed({"projects/fleet.yaml": [("2350.25", "2360.75")]})
    asked, unasked = invoke("diff", EXAMPLE, after, "--exit-code"), invoke("diff", EXAMPLE, after)
    assert (asked.status, unasked.status) == (1, 0)
    # 2,360.75 hours less 2,350.25
    assert asked.stdout == unasked.stdout
    assert "2,350.25 hours  2,360.75 hours  10.50 hours\n" in asked.stdout
    assert invoke("diff", EXAMPLE, EXAMPLE, "--exit-code") == (0, "Nothing changed.\n", "")


# --- what is the same on both sides


def test_what_was_in_order_is_looked_at_again_where_what_it_names_has_gone(make_folder: MakeFolder) -> None:
    files = {"projects/fleet.yaml": FLEET, "projects/vans.yaml": FLEET.replace("Joint fleet", "Vans")}
    before = make_folder(files, "before")
    for path, old, new, code in (
        ("areas.yaml", "vehicles: Vehicles", "cars: Cars", "unknown-area"),
        ("sources.yaml", "paper-2016:", "paper-2015:", "unknown-source"),
        ("sources.yaml", "date: 2016-06-16", "date: 2016-03-16", "early-actual"),
        ("ledger.yaml", "first_year: 2014/15", "first_year: 2016/17", "year-outside-ledger"),
        ("projects/vans.yaml", "Vans", "Joint fleet", "same-name"),
    ):
        text = {**DEFAULTS, **files}[path]
        assert old in text
        ran = invoke("diff", before, make_folder({**files, path: text.replace(old, new)}, f"{code}-{path[:4]}"))
        assert (ran.status, f": {code}: " in ran.stderr) == (1, True)


# --- properties


def ledger_of(amounts: dict[tuple[str, str, str], int]) -> Ledger:
    """Return a ledger of one project with an amount for each benefit, year and basis."""
    statements: dict[str, list[str]] = {}
    for (benefit, year, basis), amount in amounts.items():
        minus = "-" if amount < 0 else ""
        pounds = f"'{minus}£{abs(amount) // 100}.{abs(amount) % 100:02}'"
        paper = "paper-2018" if basis == "actual" else "paper-2017"
        statements.setdefault(benefit, []).append(f"{{source: {paper}, {basis}: {{{year}: {pounds}}}}}")
    kinds = {
        "one": "vehicles, category: saving",
        "two": "vehicles, category: funding",
        "three": "estates, category: saving",
    }
    benefits = "".join(
        f"  {benefit}: {{area: {kinds[benefit]}, statements: [{', '.join(said)}]}}\n"
        for benefit, said in statements.items()
    )
    text = f"name: Joint fleet\n{'benefits:' if benefits else ''}\n{benefits}"
    ledger, problems = check_files(with_defaults({"projects/fleet.yaml": text}))
    assert problems == []
    return ledger


_amounts = st.dictionaries(
    st.tuples(
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["2015/16", "2016/17"]),
        st.sampled_from(["plan", "estimate", "actual"]),
    ),
    st.integers(-(10**8), 10**8),
    max_size=8,
)


def opposite(each: Moved) -> Moved:
    return each._replace(before=each.after, after=each.before)


@given(_amounts, _amounts)
def test_a_change_and_its_opposite_are_each_others_minus(
    one: dict[tuple[str, str, str], int], other: dict[tuple[str, str, str], int]
) -> None:
    a, b = ledger_of(one), ledger_of(other)
    there, back = compare(a, b), compare(b, a)
    assert {each: each.change for each in there.moved} == {opposite(each): -each.change for each in back.moved}
    assert {(each.before, each.after) for each in there.figures} == {(each.after, each.before) for each in back.figures}
    assert bool(there) is (one != other)


@given(_amounts)
def test_a_ledger_and_itself_have_no_changes(one: dict[tuple[str, str, str], int]) -> None:
    ledger = ledger_of(one)
    changes = compare(ledger, ledger)
    assert (changes.moved, changes.figures, changes.records, changes.warnings) == ((), (), (), ())
    assert not changes


_benefit = st.builds(
    "{{area: {}, category: saving, {} statements: [{{source: {}, {}: {{{}: £{}}}}}]}}".format,
    st.sampled_from(["vehicles", "estates"]),
    st.sampled_from(["", "shares: by-officers,", "shares: {marlshire: 100%}, shares_source: paper-2016,"]),
    st.sampled_from(["paper-2017", "paper-2018"]),
    st.sampled_from(["reported", "actual"]),
    st.sampled_from(["2015/16", "2016/17"]),
    st.integers(1, 3),
)
_projects = st.fixed_dictionaries({f"p{number}": st.one_of(st.none(), _benefit) for number in range(4)})
_percent = st.sampled_from([0, 50, 100])


def write_ledger(projects: dict[str, str | None], percent: int) -> Ledger:
    parts = f"{{thornshire: {percent}%, marlshire: {100 - percent}%}}"
    files = {"shares.yaml": f"by-officers: {{source: paper-2016, years: {{2015/16: {parts}}}}}\n"}
    for id_, benefit in projects.items():
        files[f"projects/{id_}.yaml"] = f"name: Of {id_}\nbenefits: {{{f'b: {benefit}' if benefit else ''}}}\n"
    ledger, problems = check_files(with_defaults(files))
    assert problems == []
    return ledger


def total(ledger: Ledger, by: str) -> dict[tuple[str, str], Decimal]:
    rows = total_by(ledger, by, Selection()).rows
    return {(row.id, year): amount for row in rows for year, amount in row.amounts.items() if amount is not None}


@given(_projects, _percent, _projects, _percent)
def test_what_moves_is_what_the_totals_of_both_sides_differ_by(
    one: dict[str, str | None], percent: int, other: dict[str, str | None], other_percent: int
) -> None:
    a, b = write_ledger(one, percent), write_ledger(other, other_percent)
    changes = compare(a, b, by_force=True)
    areas, forces = ((total(a, by), total(b, by)) for by in ("area", "force"))
    # All is of one kind.
    assert {(each.area, each.year): (each.before, each.after) for each in changes.moved} == {
        key: (areas[0].get(key), areas[1].get(key)) for key in {**areas[0], **areas[1]}
        if areas[0].get(key) != areas[1].get(key)
    }  # fmt: skip
    moved_ = {key for key in {**forces[0], **forces[1]} if forces[0].get(key) != forces[1].get(key)}
    if all(force == "not-apportioned" for force, _ in moved_):
        moved_ = set()
    assert {(each.force, each.year): (each.before, each.after) for each in changes.forces or ()} == {
        key: (forces[0].get(key), forces[1].get(key)) for key in moved_
    }
    years = {each.year for each in changes.moved}
    sums = [total(ledger, "category") for ledger in (a, b)]
    assert {each.year: (each.before, each.after) for each in changes.totals} == {
        year: (sums[0].get(("saving", year)), sums[1].get(("saving", year))) for year in years
    }


# --- many changes


_SAVINGS = (
    "cash-releasing saving", "cashable saving, not cash releasing", "cashable saving", "non-cashable saving",
    "saving, cashability not stated",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "end"),
    [
        (6, "; and adds £1 (cash-releasing saving) in 2017/18. In all: £15 more in savings and £6 more in funding."),
        (
            7,
            (
                "2017/18; and moves 1 more kind of amount. In all: £15 more in savings, £6 more in funding and £7 more "
                "in unclassified amounts."
            ),
        ),
        (
            8,
            (
                "; and moves 2 more kinds of amount. In all: £15 more in savings, £6 more in funding, £7 more in "
                "unclassified amounts and £8 more in costs."
            ),
        ),
    ],
)
def test_the_headline_names_the_six_greatest_kinds_and_counts_the_rest(
    make_folder: MakeFolder, kinds: int, end: str
) -> None:
    savings = ("cash-releasing", "not-cash-releasing", "cashable", "non-cashable", "unstated")
    some = [f"category: saving, cashability: {kind}" for kind in savings]
    some += ["category: funding", "category: unclassified"]
    statements = "statements: [{source: paper-2018, actual: {2017/18: £%d}}]"
    stated = [
        f"  b{number}: {{area: vehicles, {kind}, {statements % number}}}\n"
        for number, kind in enumerate(some[:kinds], start=1)
    ]
    cost = f"costs:\n  c: {{area: vehicles, {statements % 8}}}\n"
    before = make_folder({"projects/fleet.yaml": "name: Fleet\n"}, "before")
    fleet = f"name: Fleet\nbenefits:\n{''.join(stated)}{cost if kinds > len(some) else ''}"
    headline = diffed(before, make_folder({"projects/fleet.yaml": fleet}, "after"))["headline"]
    names = [*_SAVINGS, "funding", "unclassified", "cost"]
    assert headline.startswith(f"This adds £{kinds} ({names[kinds - 1]}) in 2017/18; adds £{kinds - 1} ")
    assert headline.endswith(end)


def test_markdown_stays_short_enough_for_a_comment_and_says_what_is_left_out(make_folder: MakeFolder) -> None:
    years = [f"20{start}/{start + 1}" for start in range(10, 20)]
    areas = [f"area-{number}" for number in range(50)]

    def files(pounds: int) -> dict[str, str]:
        found = {
            "ledger.yaml": "title: Many\nfirst_year: 2010/11\nlast_year: 2019/20\n",
            "areas.yaml": "".join(f"{area}: The area called {area}\n" for area in areas),
        }
        for area in areas:
            benefits = "".join(
                f"  b{number}:\n    area: {area}\n    category: saving\n    statements:\n      - source: paper-2018\n"
                f"        estimate: {{{', '.join(f'{year}: £{pounds + number}' for year in years)}}}\n"
                for number in range(10)
            )
            found[f"projects/{area}.yaml"] = f"name: The project of {area}\nbenefits:\n{benefits}"
        return found

    before, after = make_folder(files(1000), "before"), make_folder(files(2000), "after")
    ran = invoke("diff", before, after, "--format", "markdown")
    assert (ran.status, ran.stderr) == (0, "")
    assert len(ran.stdout.encode()) <= 60_000
    assert ran.stdout.startswith(
        "**This adds £500,000 \\(saving, cashability not stated\\) in 2010/11, 2011/12, 2012/13, 2013/14, 2014/15, "
        "2015/16 and 4 more years. In all: £5.0m more in savings.**\n"
    )
    # 50 areas in 10 years, and 10 rows of totals; 5,000 figures; 50 projects.
    # 8 years are over by the paper's day, hence 4,000 warnings.
    totals, changes, changed_records = _tables(ran.stdout)
    assert (_counted(totals), _counted(changes), _counted(changed_records)) == (510, 5000, 50)
    warnings = [line for line in ran.stdout.split("\n") if line.startswith("- ⚠")]
    left = int(warnings[-1].removeprefix("- ⚠ ").partition(" ")[0].replace(",", ""))
    assert warnings[-1].endswith(" more warnings: `emcollab diff` lists them")
    assert len(warnings) - 1 + left == 4000
    # For a terminal nothing is left out.
    whole = invoke("diff", before, after).stdout
    assert whole.count("\nwarning: ") == 4000
    assert whole.count("  estimate £") == 10_000


@pytest.mark.parametrize(
    ("length", "warned", "left"),
    [
        (11, "1 more warning: `emcollab diff` lists it", "1 more row is left out here"),
        (12, "2 more warnings: `emcollab diff` lists them", "2 more rows are left out here"),
    ],
)
def test_what_is_left_out_is_counted_in_words(length: int, warned: str, left: str) -> None:
    long = "&" * 300  # five times as long in Markdown
    # Ten rows of 5,770 bytes fit into a comment, and eleven do not.
    records = (RecordChange(long, long, long, name="&" * 250),) * length
    assert f"\n{left}; emcollab diff lists them all.\n" in format_markdown(Changes((), (), records, ()), ledger_of({}))
    # And so do ten warnings of 1,500 beside a headline of 43,000.
    moved_ = Moved("money", "vehicles", "2015/16", "x" * 43_000, None, Decimal(1))
    page = format_markdown(Changes((moved_,), (), (), (long,) * length), ledger_of({}))
    assert f"\n- ⚠ {warned}\n" in page
    assert page.count("- ⚠ ") == 11


def test_fields_of_a_record_and_long_cells_are_cut_before_rows_are(make_folder: MakeFolder) -> None:
    def write(name: str, end: str, force: str) -> Path:
        words = "".join(f'  A{number}: "{"Words " * 48}{end}"\n' for number in range(110))
        ledger = {"ledger.yaml": f"title: T\nabbreviations:\n{words}"}
        fleet = FLEET.replace("£10k", f"{{{force}: £10k}}")
        return make_folder({**ledger, "projects/fleet.yaml": fleet}, name)

    page = invoke(
        "diff", "--format", "markdown", write("before", "a", "thornshire"), write("after", "b", "marlshire")
    ).stdout
    assert "- ⚠ fleet/fuel, 2015/16: a figure of a period that is over was edited" in page
    assert page.count("\n| Marlshire Constabulary | 2015/16 |") == 1
    # Each says in 44 characters where it differs; of a cell five are within 225.
    assert page.count(" from … Words a to … Words b; ") == 5
    assert "and 105 more fields, which emcollab diff lists |" in page
    assert "left out here" not in page
    assert len(page) < 4000


def test_of_a_long_text_what_differs_is_shown(make_folder: MakeFolder) -> None:
    """On a terminal a thousand characters are kept; in a comment fifty."""
    long = "The first words of a long note, of which the rest is read over and over again. " * 20

    def write(name: str, end: str) -> Path:
        return make_folder({"projects/fleet.yaml": f"name: Joint fleet\nnote: {long}{end} vans. {long}\n"}, name)

    before, after = write("before", "Eleven"), write("after", "Twelve")
    fields = json.loads(invoke("diff", "--format", "json", before, after).stdout)["records"][0]["fields"]
    assert [(each["field"], each["before"][:25], each["after"][:25]) for each in fields] == [
        ("note", "… again. Eleven vans. The", "… again. Twelve vans. The")
    ]
    assert [len(fields[0][side]) for side in ("before", "after")] == [1003, 1003]
    comment = invoke("diff", "--format", "markdown", before, after).stdout
    cut = "… again. %s vans. The first words of a long no…"
    assert f"changed; note from {cut % 'Eleven'} to {cut % 'Twelve'} |" in comment


def test_one_record_cuts_no_row_of_a_force(make_folder: MakeFolder) -> None:
    before = make_folder({"projects/fleet.yaml": FLEET.replace("£10k", "{thornshire: £10k}")}, "before")
    parts = "{marlshire: £5k, saltisle: £4k, thornshire: £1k}"
    after = make_folder({"projects/fleet.yaml": FLEET.replace("£10k", parts)}, "after")
    page = invoke("diff", "--format", "markdown", before, after).stdout
    rows = [line.split(" | ")[0] for line in page.split("\n") if " | 2015/16 | benefits | " in line]
    assert rows == ["| Thornshire Police", "| Marlshire Constabulary", "| Salt Isle Police"]


def test_records_are_left_out_first_and_then_figures(make_folder: MakeFolder) -> None:
    records = tuple(RecordChange("project", f"p{number}", "added", name="x" * 200) for number in range(2000))
    moved_ = tuple(Moved("money", "vehicles", f"{year}/00", "cost", None, Decimal(year)) for year in range(100))
    totals = tuple(each._replace(area="") for each in moved_)
    ledger = open_clean(make_folder({}, "ledger"))
    page = format_markdown(Changes(moved_, (), records, ("w" * 200,) * 100, totals=totals), ledger)
    assert len(page.encode()) <= 60_000
    assert page.count("- ⚠ ") == 100
    assert page.count("| Vehicles | ") == page.count("| **TOTAL** |") == 100
    shown = page.count("| project |")
    assert 10 <= shown < 2000
    assert page.endswith(f"\n{2000 - shown:,} more rows are left out here; emcollab diff lists them all.\n")


def test_what_cannot_be_shortened_is_cut_and_says_so(make_folder: MakeFolder) -> None:
    kind = "x" * 70_000
    moved_ = Moved("money", "vehicles", "2015/16", kind, None, Decimal(1))
    page = format_markdown(Changes((moved_,), (), (), ()), open_clean(make_folder({})))
    assert page.endswith("This is cut here, as it is too long for a comment; emcollab diff prints all of it.\n")
    assert len(page) < 65_536


def test_the_headline_names_the_greatest_amounts_of_a_kind_and_counts_the_others() -> None:
    years = {f"20{year}/{year + 1}": Decimal(year) for year in range(10, 60)}
    moved_ = tuple(Moved("money", "vehicles", year, "cost", None, amount) for year, amount in years.items())
    assert format_headline(Changes(moved_, (), (), ())) == (
        "This adds £54 (cost) in 2054/55, £55 in 2055/56, £56 in 2056/57, £57 in 2057/58, £58 in 2058/59, "
        "£59 in 2059/60 and 44 smaller amounts. In all: £1,725 more in costs."
    )


def _tables(text: str) -> list[str]:
    parts = text.split("\n**")
    return [part for part in parts if part.startswith(("Totals by area", "Figures", "Records"))]


def _counted(table: str) -> int:
    """Return how many rows a table shows and says to have left out."""
    rows = len([line for line in table.split("\n") if line.startswith("| ")]) - 2
    found = [line for line in table.split("\n") if "left out here" in line]
    return rows + (int(found[0].partition(" ")[0].replace(",", "")) if found else 0)


# --- git

GIT_ENV = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **GIT_ENV}, check=True, capture_output=True, text=True
    ).stdout.strip()


SECOND = FLEET.replace("£10k}}]", "£10k}}, {source: paper-2017, actual: {2016/17: £12k}}]")
THIRD = SECOND.replace("£12k}}]", "£12k}}, {source: paper-2018, actual: {2017/18: £13k}}]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository whose main branch has one figure, tagged v1, whose branch `work` has two; three lie open."""
    folder = tmp_path_factory.mktemp("repository")
    write_folder(folder / "data", {"projects/fleet.yaml": FLEET})
    git(folder, "init", "--quiet", "--initial-branch", "main", "--template", "")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "one")
    git(folder, "tag", "v1")
    git(folder, "checkout", "--quiet", "-b", "work")
    write_folder(folder / "data", {"projects/fleet.yaml": SECOND})
    git(folder, "commit", "--quiet", "--all", "--message", "two")
    write_folder(folder / "data", {"projects/fleet.yaml": THIRD})
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the repository of `made`."""
    return shutil.copytree(made, tmp_path, symlinks=True, dirs_exist_ok=True)


def headline(repository: Path, *arguments: str) -> str:
    with contextlib.chdir(repository):
        return str(diffed(*arguments)["headline"])


KIND = "(saving, cashability not stated)"


def test_without_revisions_the_working_tree_is_compared_with_where_it_left_the_default_branch(repository: Path) -> None:
    both = f"This adds £12,000 {KIND} in 2016/17 and £13,000 in 2017/18. In all: £25,000 more in savings."
    assert headline(repository) == both
    # What happens on the default branch afterwards is no change of this branch.
    git(repository, "stash", "--quiet")
    git(repository, "checkout", "--quiet", "main")
    project = repository / "data/projects/fleet.yaml"
    project.write_text(project.read_text(encoding="utf-8").replace("£10k", "£99k"), encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "elsewhere")
    git(repository, "checkout", "--quiet", "work")
    git(repository, "stash", "pop", "--quiet")
    assert headline(repository) == both


@pytest.mark.parametrize("branch", ["master", "main"])
def test_the_default_branch_may_have_either_name(repository: Path, branch: str) -> None:
    git(repository, "branch", "--move", "main", branch)
    assert headline(repository).startswith("This adds £12,000")


def test_the_default_branch_of_the_remote_comes_first(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clone = tmp_path_factory.mktemp("clone")
    git(repository, "commit", "--quiet", "--all", "--message", "three")
    git(repository, "checkout", "--quiet", "main")
    git(clone, "clone", "--quiet", str(repository), ".")
    git(clone, "checkout", "--quiet", "work")
    # A local main that went astray does not matter.
    git(clone, "branch", "--force", "main", "work")
    assert (
        headline(clone)
        == f"This adds £12,000 {KIND} in 2016/17 and £13,000 in 2017/18. In all: £25,000 more in savings."
    )


def test_revisions_may_be_named(repository: Path) -> None:
    assert headline(repository, "v1", "work") == f"This adds £12,000 {KIND} in 2016/17."
    assert headline(repository, "work", "v1") == f"This takes away £12,000 {KIND} in 2016/17."
    assert headline(repository, "HEAD") == f"This adds £13,000 {KIND} in 2017/18."
    assert headline(repository, "HEAD~1", git(repository, "rev-parse", "HEAD")[:10]) == (
        f"This adds £12,000 {KIND} in 2016/17."
    )
    assert headline(repository, "v1", "data") == headline(repository, "v1")


def test_the_working_tree_and_the_index_are_left_as_they_are(repository: Path) -> None:
    def state() -> tuple[str, str, dict[str, str]]:
        files = {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(repository.rglob("*"))
            if path.is_file()
        }
        return git(repository, "rev-parse", "HEAD"), git(repository, "rev-parse", "--abbrev-ref", "HEAD"), files

    before = state()
    headline(repository, "v1", "HEAD")
    headline(repository)
    assert state() == before


def test_a_data_folder_may_lie_anywhere_in_the_repository(repository: Path) -> None:
    deep = "büro/the data,  all"
    (repository / "büro").mkdir()
    (repository / "data").rename(repository / deep)
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "moved")
    project = repository / deep / "projects/fleet.yaml"
    project.write_text(project.read_text(encoding="utf-8").replace("£13k", "£14k"), encoding="utf-8")
    assert headline(repository, "HEAD", "--data", deep) == f"This adds £1,000 {KIND} in 2017/18."
    with contextlib.chdir(repository / deep):
        assert diffed("HEAD", "--data", ".")["headline"] == f"This adds £1,000 {KIND} in 2017/18."


def refusal(repository: Path, *arguments: str) -> str:
    with contextlib.chdir(repository):
        ran = invoke("diff", *arguments)
    assert (ran.status, ran.stdout) == (2, "")
    return ran.stderr.rpartition("Error: ")[2]


@pytest.mark.parametrize(
    ("revision", "error"),
    [
        ("v9", "there is no revision 'v9'.\n"),
        ("v1\n--all", "'v1\\n--all' is not a revision.\n"),
        ("\x1b[2J", "'\\x1b[2J' is not a revision.\n"),
        ("v1..work", "there is no revision 'v1..work'.\n"),
        ("v1:dat", "revision 'v1' has no data in 'dat'.\n"),
        ("v9:data", "there is no revision 'v9'.\n"),
        ("", "'' is not a revision.\n"),
        ("HEAD; touch stolen", "there is no revision 'HEAD; touch stolen'.\n"),
        ("$(touch stolen)", "there is no revision '$(touch stolen)'.\n"),
    ],
)
def test_what_is_no_revision_is_refused(repository: Path, revision: str, error: str) -> None:
    for dashes in ([], ["--"]):
        assert refusal(repository, revision, "HEAD", *dashes) == error
        assert refusal(repository, "HEAD", revision, *dashes) == error
    assert not (repository / "stolen").exists()


def test_a_revision_without_the_data_is_an_empty_base_and_no_head(repository: Path) -> None:
    tree = git(repository, "hash-object", "-w", "-t", "tree", os.devnull)
    git(repository, "tag", "empty", git(repository, "commit-tree", tree, "-m", "none"))
    assert refusal(repository, "work", "empty") == "revision 'empty' has no data in 'data'.\n"
    # Before it there was nothing: all is new.
    new = "There was no ledger before: all is new."
    assert headline(repository, "empty", "v1") == f"{new} This adds £10,000 {KIND} in 2015/16."


def test_a_repository_without_a_default_branch_asks_for_a_base(repository: Path) -> None:
    git(repository, "branch", "--move", "main", "trunk")
    assert refusal(repository) == "there is no branch main, master or origin/HEAD to compare with; name a BASE.\n"
    assert headline(repository, "trunk").startswith("This adds £12,000")


def test_what_lies_beside_the_data_in_a_revision_is_no_data(repository: Path) -> None:
    (repository / "data/README.md").write_text("How to write data.", encoding="utf-8")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "three")
    assert headline(repository, "v1", "HEAD") == headline(repository, "v1")


def test_without_git_it_is_git_that_is_missed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    for arguments in ((), ("v1",), ("v1", "v2")):
        assert refusal(repository, *arguments) == "there is no git command here.\n"


def test_a_folder_in_no_repository_has_no_revisions(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": FLEET})
    for arguments in ((), ("v1",), ("v1", "v2")):
        error = refusal(folder.parent, "--data", str(folder), *arguments)
        assert error == f"'{folder}' is in no git repository.\n"


def test_what_git_cannot_read_is_said_in_its_words(repository: Path) -> None:
    tree = git(repository, "rev-parse", "v1^{tree}")
    (repository / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with (
        contextlib.chdir(repository),
        pytest.raises(OSError, match=r"^git cannot read the repository: .*not a tree object"),
    ):
        invoke("diff", "v1")


def test_a_side_with_problems_prints_them_and_no_diff(repository: Path) -> None:
    project = repository / "data/projects/fleet.yaml"
    project.write_text(
        project.read_text(encoding="utf-8").replace("area: vehicles", "area: vehicels"), encoding="utf-8"
    )
    with contextlib.chdir(repository):
        ran = invoke("diff")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.startswith("data/projects/fleet.yaml:3:16: unknown-area: there is no area 'vehicels'; ")
    assert ran.stderr.endswith("1 problem in 1 file\nnothing is totalled until they are mended\n")
    git(repository, "commit", "--quiet", "--all", "--message", "wrong")
    git(repository, "tag", "wrong")
    with contextlib.chdir(repository):
        ran = invoke("diff", "v1", "wrong", "--exit-code", "--format", "json")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.startswith("wrong:data/projects/fleet.yaml:3:16: unknown-area: there is no area 'vehicels'; ")


@posix
def test_links_in_a_revision_are_refused(repository: Path) -> None:
    secret = repository / "secret.yaml"
    secret.write_text("name: Secret\n", encoding="utf-8")
    (repository / "data/projects/link.yaml").symlink_to(secret)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "link")
    (repository / "data/projects/link.yaml").unlink()
    with contextlib.chdir(repository):
        ran = invoke("diff", "v1", "HEAD")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr == (
        "HEAD:data/projects/link.yaml: stray-file: a link; "
        "a data folder holds files, and the folders projects, published and recommendations\n"
        "1 problem in 1 file\nnothing is totalled until they are mended\n"
    )
