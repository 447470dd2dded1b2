"""What the shell offers: ids, years, codes and folders, whatever state the data is in."""

import contextlib
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from emcollab.cli import group
from tests.conftest import EXAMPLE, MakeFolder, fleet

EXAMPLE_DATA = ("--data", str(EXAMPLE))


def offers(*typed: str) -> list[str]:
    """Return what is offered for the last of the words that were typed; for a folder, that it is one."""
    *before, last = typed
    found = ShellComplete(group, {}, "emcollab", "_EMCOLLAB_COMPLETE").get_completions(list(before), last)
    return [item.value if item.type == "plain" else item.type for item in found]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("totals", "--area", "con"), ["control-room"]),
        (("totals", "--project", "f"), ["fleet", "forensics"]),
        (("totals", "--force", "a"), ["aldershire"]),
        (("totals", "--year", "2015"), ["2015/16"]),
        (("totals", "--from", "2016/"), ["2016/17"]),
        (("projects", "--force", "b"), ["brackenshire"]),
        (("report", "--force", "c"), ["calderdown"]),
        (("statement", "cu"), ["custody"]),
        (("trace", "tr"), ["training", "training/innovation-grant", "training/course-fees", "training/instructors"]),
        (("trace", "custody", "2018"), ["2018/19"]),
        (("reconcile", "panel"), ["panel-2016-06-16-table-1"]),
        (("add", "f"), ["fleet", "forensics"]),
        (("add", "fleet/f"), ["fleet/fuel"]),
        (("add", "custody", "--source", "panel"), ["panel-2016-06-16-item-7"]),
        (("add", "custody", "--force", "d"), ["dunmoor"]),
    ],
)
def test_ids_and_years_of_the_ledger_are_offered(typed: tuple[str, ...], offered: list[str]) -> None:
    assert offers(*EXAMPLE_DATA, *typed) == offered
    command, *rest = typed
    assert offers(command, *EXAMPLE_DATA, *rest) == offered


def test_of_the_one_project_that_is_meant_the_benefits_are_offered_too() -> None:
    assert offers(*EXAMPLE_DATA, "add", "c") == ["control-room", "custody"]
    assert offers(*EXAMPLE_DATA, "add", "cust") == ["custody", "custody/capacity"]
    assert offers(*EXAMPLE_DATA, "add", "custody/") == ["custody/capacity"]


def test_codes_records_and_folders_are_offered_without_data(tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        assert offers("explain", "unknown-f") == ["unknown-force", "unknown-format"]
        assert offers("schema", "pu") == ["published"]
        for typed in (("--data", ""), ("totals", "--data", "x"), ("validate", "x"), ("diff", "x"), ("init", "x")):
            assert offers(*typed) == ["dir"]
        assert offers("totals", "--area", "") == offers("totals", "--year", "") == offers("add", "") == []


def test_years_are_those_of_figures_where_the_ledger_does_not_end(make_folder: MakeFolder) -> None:
    vans = fleet("{source: paper-2016, plan: {2017/18: £1}}")
    folder = make_folder({"ledger.yaml": "title: A", "projects/vans.yaml": vans})
    assert offers("--data", str(folder), "totals", "--year", "") == ["2017/18"]


def test_a_broken_file_offers_what_can_be_read_of_it(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {"areas.yaml": "- a\n", "projects/vans.yaml": "name: [\n", "forces.yaml": "a: {name: A}\na: b\n"}
    )
    assert offers("--data", str(folder), "totals", "--area", "") == []
    assert offers("--data", str(folder), "totals", "--force", "") == ["a"]
    assert offers("--data", str(folder), "add", "vans/") == []
