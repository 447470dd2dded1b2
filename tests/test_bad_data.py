"""The corpus of bad data: for each code the smallest folders that show it, and exactly what `validate` says of them.

`bad/CODE/CASE/` holds the files of a case, which are laid over those of `bad/base/`, a small ledger without a
problem; `bad/CODE/CASE.txt` what `emcollab validate CASE` prints. What a repository cannot hold as it is, is
written down instead:

* `NAME.escaped`: the file NAME as the text of a Python bytes literal (line ends, odd characters, other encodings);
* `NAME.recipe`: the file NAME as JSON, `begin` and then `repeat` as many `times`, and `end`, if there is one;
* `REMOVE`: files and folders of the base to take out, a line each;
* `MAKE`: what git cannot hold, a line each: `link PATH TARGET`, `folder PATH`, `fifo PATH` or `repository PATH`;
* `PAPERS`: a folder with the texts of papers. It is laid beside the data, and quotations are looked for in it.

`pytest --update tests/test_bad_data.py` writes the `.txt` files anew; the diff is to be reviewed. Every
problem of a case has the code of its folder, unless the name of the case begins with `many-`.
"""

import ast
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from emcollab import checks
from emcollab.cli.data import check
from emcollab.loading import parser
from emcollab.loading.folder import read_folder
from tests.conftest import invoke
from tests.test_diff import git

BAD = Path(__file__).parent / "bad"
CODES = sorted({page.stem for page in (Path(checks.__file__).parent / "pages").iterdir()} - {"cannot-add"})
BASE = BAD / "base"
BASE_FILES = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}
CASES = sorted(
    f"{case.parent.name}/{case.name}" for case in BAD.glob("*/*") if case.is_dir() and case.parent.name != BASE.name
)

FAST_PARSER = vars(parser)["FastParser"]

_NOTES = ("MAKE", "REMOVE")
_PAPERS = "PAPERS"
_HEADLINE = re.compile(r"CASE(?:/[^:]*)?(?::(?P<place>[0-9]+:[0-9]+))?: (?P<code>[a-z0-9-]+): .+; .+")

_QUOTATIONS = re.compile("(?m)^[0-9]+ quotations? proved\n(no text of .+\n)*")

# Worked out by counting in the file, not by running the code.
FAULTS_OF_MANY_25 = """\
2:1 unknown-key
5:13 unknown-value
6:15 wrong-type
7:26 unknown-force
7:34 named-twice
7:46 bad-id
8:11 tab
11:7 duplicate-key
12:13 unknown-source
13:16 swallowed-text
17:11 unknown-area
19:5 misplaced-cashability
20:28 unknown-benefit
21:5 shares-not-whole
25:13 alias
26:18 early-actual
27:20 bad-year
27:44 bad-amount
27:48 year-outside-ledger
29:9 empty-value
32:29 conflicting-figures
34:3 same-id
40:3 missing-key
44:46 bad-date
45:62 ends-before-it-begins
"""


def test_there_is_a_folder_for_each_code_and_no_other() -> None:
    assert {folder.name for folder in BAD.iterdir()} == {*CODES, BASE.name}
    assert {case.split("/")[0] for case in CASES} == set(CODES)


def test_every_expected_output_belongs_to_a_case() -> None:
    assert sorted(str(path.relative_to(BAD).with_suffix("").as_posix()) for path in BAD.glob("*/*.txt")) == CASES


def test_the_base_has_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path / "CASE")
    monkeypatch.chdir(tmp_path)
    assert invoke("validate", "CASE") == (0, "8 files, 3 figures: no problems\n", "")
    monkeypatch.setattr(parser, "FastParser", parser.PythonParser)
    assert invoke("validate", "CASE") == (0, "8 files, 3 figures: no problems\n", "")


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_said_exactly_so(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    lay_out(case, tmp_path / "CASE")
    monkeypatch.chdir(tmp_path)
    said = validate()
    expected = BAD / f"{case}.txt"
    if request.config.getoption("--update"):
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")
    code, _, name = case.partition("/")
    found = {found for _, found in faults_in(said)}
    assert code in found
    assert name.startswith("many-") or found == {code}


def test_25_faults_of_one_file_are_25_problems_in_order_each_at_its_token() -> None:
    said = (BAD / "unknown-key" / "many-25.txt").read_text(encoding="utf-8")
    assert "".join(f"{place} {code}\n" for place, code in faults_in(said)) == FAULTS_OF_MANY_25


@pytest.mark.parametrize("case", CASES)
def test_pyyamls_own_parser_leads_to_the_same_words(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(case, tmp_path / "CASE")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parser, "FastParser", read_by_python_unless_of_the_base)
    assert validate() == (BAD / f"{case}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_windows_line_ends_do_not_matter(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(case, tmp_path / "CASE", with_windows_line_ends)
    monkeypatch.chdir(tmp_path)
    assert validate() == (BAD / f"{case}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_beside_a_ledger_that_is_in_order_the_same_is_wrong(case: str, tmp_path: Path) -> None:
    lay_out(case, tmp_path / "data")
    read = read_folder(tmp_path / "data")
    base = check(BASE_FILES, [], tmp_path)
    assert base.problems == []
    assert check(*read, tmp_path, other=base).problems == check(*read, tmp_path).problems


def validate() -> str:
    """Return what `emcollab validate CASE` prints, whose status must be 1."""
    papers = ["--papers", _PAPERS] if Path(_PAPERS).is_dir() else []
    status, said, complaint = invoke("validate", "CASE", *papers)
    assert (status, complaint) == (1, "")
    return said


def faults_in(said: str) -> list[tuple[str, str]]:
    """Return the place and code of each problem in a report, whose last line must count them."""
    *lines, last = _QUOTATIONS.sub("", said).splitlines()
    found = []
    for line in lines:
        if headline := _HEADLINE.fullmatch(line):
            found.append((headline["place"] or "", headline["code"]))
        else:
            assert line.startswith("  ")
    assert last.startswith(f"{len(found)} problem in " if len(found) == 1 else f"{len(found)} problems in ")
    return found


def read_by_python_unless_of_the_base(text: str) -> object:
    """Return the parser for a file: what is the same in every case need not be read slowly every time."""
    return FAST_PARSER(text) if text.encode() in BASE_FILES.values() else parser.PythonParser(text)


def with_windows_line_ends(data: bytes) -> bytes:
    if b"\0" in data:
        return data  # the line ends of UTF-16 are not two bytes, and an editor would know them
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


# --- a case, as a data folder


def lay_out(case: str, folder: Path, change: Callable[[bytes], bytes] = bytes) -> None:
    """Make `folder` the data folder of a case, each of its files changed by `change`."""
    files = dict(BASE_FILES)
    for removed in read_lines(BAD / case / "REMOVE"):
        files = {name: data for name, data in files.items() if not f"{name}/".startswith(f"{removed}/")}
    for file in (BAD / case).rglob("*"):
        place = file.relative_to(BAD / case)
        if _PAPERS in place.parts and file.is_file():
            beside = folder.parent / place
            beside.parent.mkdir(exist_ok=True)
            beside.write_bytes(change(file.read_bytes()))
        elif file.is_file() and place.name not in _NOTES:
            data, written = content_of(file)
            files[place.with_name(written).as_posix()] = data
    for parent in {folder, *((folder / name).parent for name in files)}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(change(data))
    for line in read_lines(BAD / case / "MAKE"):
        make(folder, line)


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def content_of(file: Path) -> tuple[bytes, str]:
    """Return the bytes that a file of a case stands for, and the name that they have in the data folder."""
    if file.suffix == ".escaped":
        text = file.read_text(encoding="ascii")
        data: bytes = ast.literal_eval(f'b"""{text}"""')
        return data, file.stem
    if file.suffix == ".recipe":
        recipe: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8"))
        text = recipe["begin"] + recipe["repeat"] * int(recipe["times"]) + recipe.get("end", "")
        return text.encode(), file.stem
    return file.read_bytes(), file.name


def make(folder: Path, line: str) -> None:
    what, path, *target = line.split()
    place = folder / path
    place.parent.mkdir(exist_ok=True)
    if what == "link":
        place.symlink_to(target[0])
    elif what == "folder":
        place.mkdir()
    elif what == "repository":
        git(place, "init", "--quiet")
    elif os.name == "posix":
        os.mkfifo(place)
    else:
        pytest.skip("asks for a pipe with a name")
