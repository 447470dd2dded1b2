"""What `emcollab diff` says of records: which came, went, changed or were renamed, and names that went to others."""

import json
from pathlib import Path
from typing import Any

import pytest

from emcollab.results.edits import cut_to_difference
from tests.conftest import DEFAULTS, Files, MakeFolder, fleet, invoke

FLEET = """
    name: Joint fleet
    benefits:
      fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £10k}}]}
"""
SITES = """
    name: Shared buildings
    benefits:
      rent: {area: estates, category: saving, statements: [{source: paper-2017, actual: {2016/17: £40k}}]}
    """
BOTH = {"projects/fleet.yaml": FLEET, "projects/sites.yaml": SITES}
NONE_MOVES = "No total moves, by area or by force."
UNDER = "readers find its figures under a name that meant others"


@pytest.fixture
def differ(make_folder: MakeFolder) -> "Differ":
    return Differ(make_folder)


class Differ:
    """Compare two ledgers, given by their files."""

    def __init__(self, make_folder: MakeFolder) -> None:
        self.make_folder = make_folder
        self.count = 0

    def __call__(self, before: Files, after: Files) -> dict[str, Any]:
        ran = invoke("diff", "--format", "json", *self.write(before, after))
        assert (ran.status, ran.stderr) == (0, "")
        document: dict[str, Any] = json.loads(ran.stdout)
        return document

    def page(self, before: Files, after: Files) -> str:
        return invoke("diff", "--format", "markdown", *self.write(before, after)).stdout

    def write(self, before: Files, after: Files) -> tuple[Path, Path]:
        self.count += 1
        return self.make_folder(before, f"before-{self.count}"), self.make_folder(after, f"after-{self.count}")


def fields(document: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [
        (each["field"], each["before"], each["after"]) for record in document["records"] for each in record["fields"]
    ]


def changed(path: str, *edits: tuple[str, str]) -> dict[str, str]:
    """Return a file of the ledger after edits, each of which changes something; `/` stands for the text between."""
    text = BOTH[path] if path in BOTH else DEFAULTS[path]
    for old, new in edits:
        assert old in text
        text = text.replace(old, "\0").replace(new, old).replace("\0", new)
    return {path: text}


def test_a_project_whose_figures_went_to_two_others_is_not_renamed(differ: Differ) -> None:
    fuel = FLEET.rstrip()
    line = fuel.splitlines()[-1]
    tyres = line.replace("fuel:", "tyres:").replace("£10k", "£7k")
    cars, vans = fuel.replace("Joint fleet", "Cars"), fuel.replace("Joint fleet", "Vans").replace(line, tyres)
    document = differ(
        {"projects/fleet.yaml": f"{fuel}\n{tyres}\n"}, {"projects/cars.yaml": cars, "projects/vans.yaml": vans}
    )
    assert [(each["id"], each["change"]) for each in document["records"]] == [
        ("fleet", "removed"), ("cars", "added"), ("vans", "added"),
    ]  # fmt: skip


# --- names


@pytest.mark.parametrize(
    ("path", "names", "warnings"),
    [
        (
            "areas.yaml",
            (": Vehicles", ": Estates"),
            [
                f"area 'vehicles' is now called 'Estates', as 'estates' was; {UNDER}",
                f"area 'estates' is now called 'Vehicles', as 'vehicles' was; {UNDER}",
            ],
        ),
        (
            "forces.yaml",
            ("Thornshire Police", "Salt Isle Police"),
            [
                f"force 'thornshire' is now called 'Salt Isle Police', as 'saltisle' was; {UNDER}",
                f"force 'saltisle' is now called 'Thornshire Police', as 'thornshire' was; {UNDER}",
            ],
        ),
        (
            "sources.yaml",
            ("Benefits in 2015/16", "Benefits in 2016/17"),
            [
                f"source 'paper-2016' is now called 'Benefits in 2016/17', as 'paper-2017' was; {UNDER}",
                f"source 'paper-2017' is now called 'Benefits in 2015/16', as 'paper-2016' was; {UNDER}",
            ],
        ),
    ],
)
def test_names_that_are_exchanged_are_warned_of(
    differ: Differ, path: str, names: tuple[str, str], warnings: list[str]
) -> None:
    document = differ(BOTH, {**BOTH, **changed(path, names)})
    assert (document["headline"], document["totals"], document["forces"]) == (NONE_MOVES, [], [])
    assert document["warnings"] == warnings
    assert {(each["name"], each["old_name"]) for each in document["records"]} == {
        (names[0].strip(": "), names[1].strip(": ")), (names[1].strip(": "), names[0].strip(": ")),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["SALT ISLE police", "Sаlt Isle Pοlice", "SaIt Isle P0lice"])  # noqa: RUF001 - it is to look so
def test_names_that_only_look_like_others_are_warned_of(differ: Differ, name: str) -> None:
    forces = DEFAULTS["forces.yaml"].replace("Thornshire Police", name)
    assert differ(BOTH, {**BOTH, "forces.yaml": forces})["warnings"] == [
        f"force 'thornshire' is now called '{name}', as 'saltisle' is; {UNDER}"
    ]


def test_projects_that_exchange_names_are_warned_of(differ: Differ) -> None:
    fleet, sites = FLEET.replace("Joint fleet", "Shared buildings"), SITES.replace("Shared buildings", "Joint fleet")
    document = differ(BOTH, {"projects/fleet.yaml": fleet, "projects/sites.yaml": sites})
    assert document["headline"] == NONE_MOVES
    assert document["warnings"] == [
        f"project 'fleet' is now called 'Shared buildings', as 'sites' was; {UNDER}",
        f"project 'sites' is now called 'Joint fleet', as 'fleet' was; {UNDER}",
    ]


def test_benefits_that_exchange_labels_are_warned_of(differ: Differ) -> None:
    two = FLEET + FLEET.splitlines()[3].replace("fuel: {", "tyres: {label: Tyres, ") + "\n"
    other = two.replace("{label: Tyres, ", "{label: fuel, ").replace("fuel: {area", "fuel: {label: Tyres, area")
    assert other.count("label") == 2
    document = differ({"projects/fleet.yaml": two}, {"projects/fleet.yaml": other})
    assert document["warnings"] == [
        f"benefit 'fleet/fuel' is now called 'Tyres', as 'fleet/tyres' was; {UNDER}",
        f"benefit 'fleet/tyres' is now called 'fuel', as 'fleet/fuel' was; {UNDER}",
    ]
    alike = two.replace("{label: Tyres, ", "{label: fuel, ")
    assert differ({"projects/fleet.yaml": two}, {"projects/fleet.yaml": alike})["warnings"] == []


def test_a_name_that_two_have_is_warned_of_where_readers_take_them_for_one(differ: Differ) -> None:
    areas = DEFAULTS["areas.yaml"].replace(": Estates", ": Vehicles")
    assert differ(BOTH, {**BOTH, "areas.yaml": areas})["warnings"] == [
        f"area 'estates' is now called 'Vehicles', as 'vehicles' is; {UNDER}"
    ]
    papers = DEFAULTS["sources.yaml"].replace("Benefits in 2016/17", "Benefits in 2015/16")
    assert differ(BOTH, {**BOTH, "sources.yaml": papers})["warnings"] == []


def test_the_name_of_one_that_went_is_warned_of_where_another_has_it(differ: Differ) -> None:
    before = {**BOTH, "areas.yaml": "vehicles: Vehicles\nestates: Estates\nold: Old\n"}
    document = differ(before, {**BOTH, "areas.yaml": "vehicles: Old\nestates: Estates\n"})
    assert document["warnings"] == [f"area 'vehicles' is now called 'Old', as 'old' was; {UNDER}"]
    assert [(each["id"], each["change"], each["name"], each["old_name"]) for each in document["records"]] == [
        ("vehicles", "changed", "Old", "Vehicles"), ("old", "removed", "Old", None),
    ]  # fmt: skip


def test_a_table_has_old_names_beside_new_ones(differ: Differ) -> None:
    areas = {"areas.yaml": "vehicles: Cars\nland: Land\ngrants: Grants and support\n"}
    sites = SITES.replace("estates", "vehicles")
    page = differ.page(
        BOTH, {**areas, "projects/fleet.yaml": FLEET.replace("£10k", "£12k"), "projects/sites.yaml": sites}
    )
    assert "| Cars \\(was Vehicles\\) | 2015/16 |" in page
    assert "| Estates \\(removed\\) | 2016/17 | saving, cashability not stated | 40.0 | - | -40.0 |" in page
    assert "| area | vehicles | Cars \\(was Vehicles\\) | changed |" in page
    assert "| area | land | Land | added |" in page


# --- what is renamed


@pytest.mark.parametrize(
    ("kind", "path", "edit"),
    [
        ("force", "forces.yaml", ("thornshire:\n          name: Thornshire Police",
                                  "thorns:\n          name: Thornshire Police\n          note: The north")),
        ("source", "sources.yaml", ("paper-2018:\n", "paper-a:\n          mark: A\n")),
    ],
)  # fmt: skip
def test_a_force_or_paper_of_the_same_name_is_the_same(
    differ: Differ, kind: str, path: str, edit: tuple[str, str]
) -> None:
    document = differ(BOTH, {**BOTH, path: DEFAULTS[path].replace(*edit)})
    (record,) = document["records"]
    assert (record["record"], record["change"], len(record["fields"])) == (kind, "renamed", 1)
    assert document["warnings"] == []


def test_a_benefit_or_cost_that_is_renamed_edits_no_figure(differ: Differ) -> None:
    cost = "    costs:\n      rates: {area: estates, statements: [{source: paper-2017, actual: {2016/17: £7k}}]}\n"
    before = FLEET + cost
    after = (
        before.replace("fuel:", "diesel:")
        .replace("rates:", "taxes:")
        .replace("category: saving", "category: saving, label: D")
    )
    document = differ({"projects/fleet.yaml": before}, {"projects/fleet.yaml": after})
    assert (document["headline"], document["figures"], document["warnings"]) == (NONE_MOVES, [], [])
    assert [(each["record"], each["id"], each["old_id"]) for each in document["records"]] == [
        ("project", "fleet", None), ("benefit", "fleet/diesel", "fleet/fuel"),
        ("benefit", "fleet/taxes", "fleet/rates"),
    ]  # fmt: skip
    assert fields(document) == [("benefits/diesel/label", None, "D")]


def test_a_benefit_is_renamed_together_with_its_project(differ: Differ) -> None:
    document = differ({"projects/fleet.yaml": FLEET}, {"projects/vans.yaml": FLEET.replace("fuel", "diesel")})
    assert (document["headline"], document["figures"], document["warnings"]) == (NONE_MOVES, [], [])
    assert [(each["id"], each["old_id"]) for each in document["records"]] == [
        ("vans", "fleet"), ("vans/diesel", "fleet/fuel"),
    ]  # fmt: skip


def test_of_benefits_that_state_the_same_none_is_taken_for_another(differ: Differ) -> None:
    line = FLEET.splitlines()[3]
    two = f"{FLEET}{line.replace('fuel', 'tyres')}\n"
    document = differ(
        {"projects/fleet.yaml": two}, {"projects/fleet.yaml": two.replace("fuel", "a").replace("tyres", "b")}
    )
    assert [each["record"] for each in document["records"]] == ["project"]
    assert len(document["figures"]) == 4
    # Two that went cannot both be the one that came.
    one = differ({"projects/fleet.yaml": two}, {"projects/fleet.yaml": FLEET.replace("fuel", "a")})
    assert [each["id"] for each in one["records"]] == ["fleet", "fleet/a"]


def test_areas_and_forces_in_another_order_are_told(differ: Differ) -> None:
    areas = "estates: Estates\nvehicles: Vehicles\ngrants: Grants and support\n"
    document = differ(BOTH, {**BOTH, "areas.yaml": areas})
    assert [(each["record"], each["id"], each["change"]) for each in document["records"]] == [
        ("area", "areas.yaml", "put in another order")
    ]
    # One more in between is no other order.
    more = "vehicles: Vehicles\nnew: New\nestates: Estates\ngrants: Grants and support\n"
    assert [each["change"] for each in differ(BOTH, {**BOTH, "areas.yaml": more})["records"]] == ["added"]


def test_benefits_statements_and_rows_in_another_order_are_told(differ: Differ) -> None:
    benefits = FLEET.splitlines(keepends=True)
    other = benefits[3].replace("fuel", "tyres")
    document = differ(
        {"projects/fleet.yaml": "".join([*benefits[:3], benefits[3], other])},
        {"projects/fleet.yaml": "".join([*benefits[:3], other, benefits[3]])},
    )
    assert fields(document) == [("order of benefits", "fuel, tyres", "tyres, fuel")]
    assert (document["totals"], document["figures"]) == ([], [])
    table = "title: T\nsource: paper-2016\nby: area\nyears: [2015/16]\nunit: £k\nrows:\n"
    document = differ(
        {"published/t.yaml": f"{table}  vehicles: ['-']\n  estates: ['-']\n"},
        {"published/t.yaml": f"{table}  estates: ['-']\n  vehicles: ['-']\n"},
    )
    assert fields(document) == [("order of rows", "vehicles, estates", "estates, vehicles")]
    said = ["{source: paper-2016, status: live}", "{source: paper-2017, status: live}"]
    document = differ(
        {"projects/fleet.yaml": fleet("{source: paper-2016, actual: {2015/16: £1k}}", said=", ".join(said))},
        {"projects/fleet.yaml": fleet("{source: paper-2016, actual: {2015/16: £1k}}", said=", ".join(said[::-1]))},
    )
    assert fields(document) == [("order of statements", "paper-2016, paper-2017", "paper-2017, paper-2016")]


def test_the_order_of_forces_decides_on_the_last_penny(differ: Differ) -> None:
    shared = FLEET.replace("category: saving,", "category: saving, shares: key,").replace("£10k", "£0.01")
    key = "key: {source: paper-2016, years: {2015/16: {thornshire: 50%, marlshire: 50%}}}\n"
    files = {"projects/fleet.yaml": shared, "shares.yaml": key}
    forces = DEFAULTS["forces.yaml"].splitlines(keepends=True)
    turned = "".join([*forces[3:5], *forces[:3], *forces[5:]])
    document = differ(files, {**files, "forces.yaml": turned})
    assert document["headline"].endswith("Moved between forces: £0.01 (benefits) in 2015/16.")


# --- fields

SAID = """
    name: Joint fleet
    statements:
      - {source: paper-2016, status: live, forces: [thornshire, marlshire]}
    milestones:
      - {source: paper-2016, name: Depot opens, end: 2017-03}
      - {source: paper-2016, name: Depot opens, end: 2018-03}
    benefits:
      fuel:
        area: vehicles
        category: saving
        shares: {thornshire: 60%, marlshire: 40%}
        shares_source: paper-2016
        replaces: [sites/rent]
        statements:
          - {source: paper-2016, quote: It saved ten, owner: Head of Fleet, actual: {2015/16: £10k}}
    """


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("forces: [thornshire, marlshire]", "lead: Fleet Board"), [
            ("statements/paper-2016/forces", "thornshire, marlshire", None),
            ("statements/paper-2016/lead", None, "Fleet Board"),
        ]),
        (("marlshire]}", "marlshire]}\n      - {source: paper-2017, status: completed, priority: true}"), [
            ("statements/paper-2017/status", None, "completed"),
            ("statements/paper-2017/priority", None, "true"),
        ]),
        (("marlshire]}", "marlshire]}\n      - {source: paper-2016, quote: Only words}"), [
            ("statements/paper-2016 (2)", None, "stated"),
        ]),
        (("    statements:\n      - {source: paper-2016, status: live, forces: [thornshire, marlshire]}\n", ""), [
            ("statements/paper-2016/status", "live", None),
            ("statements/paper-2016/forces", "thornshire, marlshire", None),
        ]),
        (("2018-03", "2018-04"), [("milestones/Depot opens (2)/end", "2018-03", "2018-04")]),
        (("60%, marlshire: 40%", "60.5%, marlshire: 39.5%"), [
            ("benefits/fuel/shares/thornshire", "60%", "60.5%"), ("benefits/fuel/shares/marlshire", "40%", "39.5%"),
        ]),
        (("replaces: [sites/rent]", "note: Seen"), [
            ("benefits/fuel/replaces", "sites/rent", None), ("benefits/fuel/note", None, "Seen"),
        ]),
        (("It saved ten", "It saved 10"), [
            ("benefits/fuel/statements/paper-2016/quote", "It saved ten", "It saved 10"),
        ]),
        (("£10k}}", "£10k}}\n          - {source: paper-2017, owner: Head of Garages, actual: {2016/17: £9k}}"), [
            ("benefits/fuel/statements/paper-2017/owner", None, "Head of Garages"),
        ]),
        (("£10k}}", "£10k}}\n          - {source: paper-2017, actual: {2016/17: £9k}}"), []),
        (("£10k}}", "£11k}}"), []),
    ],
)  # fmt: skip
def test_what_changed_in_a_project_is_told(
    differ: Differ, edit: tuple[str, str], expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert edit[0] in SAID
    files = {"projects/fleet.yaml": SAID, "projects/sites.yaml": SITES}
    assert fields(differ(files, {**files, "projects/fleet.yaml": SAID.replace(*edit)})) == expected


def test_what_changed_in_other_records_is_told(differ: Differ) -> None:
    forces = DEFAULTS["forces.yaml"].replace("in_region: false", "in_region: true")
    settings = DEFAULTS["ledger.yaml"].replace("places: 1", "places: 2")
    document = differ({}, {"forces.yaml": forces, "ledger.yaml": settings})
    assert fields(document) == [("places", "1", "2"), ("in_region", "false", "true")]


PRINTED = """
    source: paper-2016
    title: T
    by: area
    unit: £k
    years: [2015/16]
    rows: {vehicles: [11]}
    accepted_differences: [{row: vehicles, column: 2015/16, off: £1k, why: A slip}]
    """


def test_what_changed_in_a_printed_table_is_told_by_row_and_column(differ: Differ) -> None:
    files = {"projects/fleet.yaml": FLEET, "published/t.yaml": PRINTED}
    edited = PRINTED.replace("[11]", "[12]").replace("off: £1k", "off: £2k")
    assert [each[0] for each in fields(differ(files, {**files, "published/t.yaml": edited}))] == [
        "rows/vehicles", "accepted_differences/vehicles/2015/16/off",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("one", "two", ("one", "two")),
        ("0123456789", "0123456789", ("0123456789", "0123456789")),
        ("x23456789 and", "y23456789 or", ("x23456789 …", "y23456789 …")),
        ("a long way to go", "a long way to", ("… to go", "… to")),
        ("a long way to go", "a long way to be gone", ("… to go", "… to be gone")),
        ("0123456789abc", "0123456789xyz", ("… 56789abc", "… 56789xyz")),
        ("0123456789abcdefgh", "0123456789", ("… 56789abcde…", "… 56789")),
    ],
)
def test_long_texts_are_shown_from_where_they_differ(before: str, after: str, cut: tuple[str, str]) -> None:
    assert cut_to_difference(before, after, 10) == cut
    assert cut_to_difference(after, before, 10) == cut[::-1]
