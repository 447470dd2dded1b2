"""Seven faults in three files: one run tells all seven, each with its place and what to write, and nothing else."""

import re
from pathlib import Path

import pytest

from tests.conftest import MakeFolder, invoke

FAULTY = {
    "sources.yaml": """
        paper-2016:
          title: Benefits in 2015/16
          body: Northmark Committee
          date: 16/06/2016
        """,
    "projects/fleet.yaml": """
        name: Joint fleet
        forces: [thornshire, marlshir]
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements:
              - source: paper-2016
                at: Table 1
                estimate: {2010/12: £82k}
                reported: {2014/15: £1,32, 2015/16: £12.5k}
        """,
    "projects/dogs.yaml": """
        name: Dogs
        status: live
        benefits:
          kennels:
            area: estates
            category: saving
            cashabilty: cashable
            statements:
              - source: paper-2016
                reported:
                  2014/15: 0.478
        status: closed
        """,
}

PLACES = [
    "data/projects/dogs.yaml:7:5: unknown-key",
    "data/projects/dogs.yaml:11:20: bad-amount",
    "data/projects/dogs.yaml:12:1: duplicate-key",
    "data/projects/fleet.yaml:2:22: unknown-force",
    "data/projects/fleet.yaml:10:20: bad-year",
    "data/projects/fleet.yaml:11:29: bad-amount",
    "data/sources.yaml:4:9: bad-date",
]


@pytest.fixture(autouse=True)
def beside_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_one_run_tells_all_seven(make_folder: MakeFolder) -> None:
    make_folder(FAULTY)
    status, said, complaint = invoke("validate")
    assert (status, complaint) == (1, "")
    assert re.findall("(?m)^(data/[^:]+:[0-9]+:[0-9]+: [a-z-]+): ", said) == PLACES
    assert said.endswith("\n7 problems in 3 files\n")


def test_nothing_is_totalled(make_folder: MakeFolder) -> None:
    make_folder(FAULTY)
    status, said, complaint = invoke("totals")
    assert (status, said) == (1, "")
    assert complaint == f"{invoke('validate').stdout}nothing is totalled until they are mended\n"


def test_what_it_says_to_write_mends_it(make_folder: MakeFolder) -> None:
    mended = {}
    for path, text in FAULTY.items():
        for wrong, right in [
            ("16/06/2016", "2016-06-16"), ("marlshir]", "marlshire]"), ("2010/12", "2016/17"), ("£1,32,", "£132,"),
            ("cashabilty", "cashability"), ("0.478", "£0.478m"), ("status: closed\n", "\n"),
        ]:  # fmt: skip
            text = text.replace(wrong, right)  # noqa: PLW2901 - mended step by step
        mended[path] = text
    make_folder(mended)
    assert invoke("validate") == (0, "6 files, 4 figures: no problems\n", "")
