"""The command as people and programs run it: statuses, folders, outputs, and answers to what is mistyped."""

import contextlib
import json
import os
import shlex
import signal
import struct
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from emcollab import __version__
from emcollab.cli import COMMANDS, MODULES, group
from emcollab.publish import export
from emcollab.render import formats
from emcollab.render.formats import problems
from emcollab.render.page import Page, Row, Table
from emcollab.render.pages import changes
from emcollab.results import totals
from emcollab.values import terms
from tests.conftest import EXAMPLE, MakeFolder, environment, invoke, posix, run, run_in_turn, run_python

with contextlib.suppress(ImportError):  # they are of POSIX, as the tests that use them
    import fcntl
    import resource
    import termios

GOOD = {
    "projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          fuel: {area: vehicles, category: saving, statements: [{source: paper-2017, actual: {2016/17: £10k}}]}
        """
}
TABLE = """\
Northmark police collaboration (£k)

Area                          2016/17
--------------------------  ---------
Vehicles                         10.0
--------------------------  ---------
TOTAL                           £10.0
of which
  savings                        10.0
    cashable                        -
      cash releasing                -
    non-cashable                    -
    cashability not stated       10.0
  funding                           -
  unclassified                      -

- nothing stated.
"""
BAD = {"projects/fleet.yaml": "nam: Joint fleet\nname: Fleet\n"}
PROBLEM = """\
data/projects/fleet.yaml:1:1: unknown-key: there is no 'nam' here; did you mean 'name'?
  nam: Joint fleet
  ^
1 problem in 1 file
"""
YEARS = "2014/15, 2015/16, 2016/17, 2017/18, 2018/19, 2019/20"


def usage(command: str, error: str) -> str:
    name = f"emcollab {command}".partition(" [")[0]
    return f"Usage: emcollab {command}\nTry '{name} --help' for help.\n\nError: {error}\n"


# --- statuses


def test_status_0_with_a_table_and_nothing_else(make_folder: MakeFolder, tmp_path: Path) -> None:
    make_folder(GOOD)
    ran = run_in_turn("totals", "validate", cwd=tmp_path)
    assert ran == (0, f"{TABLE}5 files, 1 figure: no problems\n", "0\n0\n")


def test_status_1_with_the_problems_and_no_table(make_folder: MakeFolder, tmp_path: Path) -> None:
    make_folder(BAD)
    ran = run_in_turn("validate", "totals", cwd=tmp_path)
    assert ran == (0, PROBLEM, f"1\n{PROBLEM}nothing is totalled until they are mended\n1\n")


def test_status_2_when_misused(tmp_path: Path) -> None:
    mistyped = usage("[OPTIONS] COMMAND [ARGS]...", "No such command 'totlas'. Did you mean 'totals'?")
    no_folder = "there is no data folder here; name one with --data DIR or EMCOLLAB_DATA, or run where data/ is."
    ran = run_in_turn("totlas", "totals", cwd=tmp_path)
    assert ran == (0, "", f"{mistyped}2\n{usage('totals [OPTIONS]', no_folder)}2\n")


def test_status_3_when_the_machine_fails(make_folder: MakeFolder, tmp_path: Path) -> None:
    make_folder(GOOD)
    status, stdout, stderr = run("totals", "--output", "gone/table.txt", cwd=tmp_path)
    assert (status, stdout) == (3, "")
    assert stderr.startswith("emcollab: '")
    assert stderr.endswith("': No such file or directory\n")
    assert stderr.count("\n") == 1


@posix
def test_a_closed_stdout_is_no_hindrance_to_writing_a_file(make_folder: MakeFolder, tmp_path: Path) -> None:
    make_folder(GOOD)
    command = [sys.executable, "-m", "emcollab", "totals", "--output", "table.txt"]
    ran = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command],
        stderr=subprocess.PIPE, env=environment(), cwd=tmp_path, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert (tmp_path / "table.txt").read_text(encoding="utf-8") == TABLE


@posix
def test_an_interruption_leaves_with_its_own_status(make_folder: MakeFolder, tmp_path: Path) -> None:
    make_folder({f"projects/p{number}.yaml": "nam: N" for number in range(700)})
    # What a shell runs in the background ignores interruptions, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, "-m", "emcollab", "validate"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=tmp_path,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        waited = time.monotonic()
        # It prints more than a pipe holds, and nobody reads: wait until it is stuck in writing.
        while _bytes_waiting(process.stdout.fileno()) < 65_536 and time.monotonic() - waited < 120:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b"\n"
        assert process.wait() == 130


def _bytes_waiting(pipe: int) -> int:
    waiting: int = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]
    return waiting


# --- while it reads


@pytest.mark.parametrize(
    ("second", "seen"), [(-1, "".join(f"\rreading: {number} of 5 files" for number in range(5)) + "\r\x1b[K"), (60, "")]
)
def test_a_terminal_is_told_how_far_the_reading_is_if_it_takes_long(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, second: int, seen: str
) -> None:
    folder = make_folder(GOOD)
    monkeypatch.setattr("emcollab.cli.data._SECOND", second)
    looking, terminal = os.openpty()
    with open(terminal, "w", encoding="utf-8") as stderr, contextlib.redirect_stderr(stderr):  # noqa: PTH123 - no path
        group.main(["validate", str(folder)], standalone_mode=False)
        stderr.write(".")
        stderr.flush()
        told = b""
        while not told.endswith(b"."):
            told += os.read(looking, 1000)
    os.close(looking)
    assert told.decode() == f"{seen}."


def test_who_is_no_terminal_is_told_nothing(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_folder(GOOD)
    monkeypatch.setattr("emcollab.cli.data._SECOND", -1)
    assert invoke("validate", folder) == (0, "5 files, 1 figure: no problems\n", "")


# --- the data folder


def test_the_folder_is_named_by_option_or_environment_or_is_data_here(make_folder: MakeFolder, tmp_path: Path) -> None:
    one = make_folder({**GOOD, "ledger.yaml": "title: one"}, "one")
    other = make_folder({**GOOD, "ledger.yaml": "title: other"}, "other")
    make_folder({**GOOD, "ledger.yaml": "title: here"})

    def title(*arguments: str | Path, env: dict[str, str] | None = None) -> str:
        with contextlib.chdir(tmp_path):
            ran = invoke(*arguments, env=env)
        assert (ran.status, ran.stderr) == (0, "")
        return ran.stdout.partition(" (")[0]

    assert title("totals") == "here"
    assert title("totals", env={"EMCOLLAB_DATA": str(other)}) == "other"
    assert title("totals", env={"EMCOLLAB_DATA": ""}) == "here"
    assert title("--data", one, "totals", env={"EMCOLLAB_DATA": str(other)}) == "one"
    assert title("totals", "--data", "one", env={"EMCOLLAB_DATA": str(other)}) == "one"


def test_problems_are_at_paths_as_one_would_type_them(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(BAD)
    with contextlib.chdir(tmp_path):
        for typed in ("data", "data/", "./data//", "data/../data"):
            assert invoke("validate", typed) == (1, PROBLEM, "")
        assert invoke("validate", folder).stdout == PROBLEM.replace("data/", f"{folder.as_posix()}/")
    with contextlib.chdir(folder):
        assert invoke("validate", ".").stdout == PROBLEM.replace("data/", "")


@pytest.mark.parametrize("named", ["gone", "file"])
def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path, named: str) -> None:
    (tmp_path / "file").write_text("a", encoding="utf-8")
    place = f"'{tmp_path / named}'"
    said = f"{place} is no folder" if named == "file" else f"there is no folder {place}"
    error = f"{said}; name one with --data DIR or EMCOLLAB_DATA, or run where data/ is."
    for arguments, command in [
        (("totals", "--data", tmp_path / named), "totals [OPTIONS]"),
        (("validate", tmp_path / named), "validate [OPTIONS] [DIR]"),
    ]:
        assert invoke(*arguments) == (2, "", usage(command, error))
    assert invoke("totals", env={"EMCOLLAB_DATA": str(tmp_path / named)}) == (2, "", usage("totals [OPTIONS]", error))


# --- what is printed, and where


def test_a_bad_word_on_the_command_line_cannot_write_to_the_terminal() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--area", "\x1b[2J\u202e")
    assert ran.status == 2
    assert "there is no '\\x1b[2J\\u202e'; write one of: control-room, vehicles, " in ran.stderr
    assert "\x1b" not in ran.stderr


def test_an_output_file_is_written_whole(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(GOOD)
    target = tmp_path / "table.txt"
    target.write_text("earlier", encoding="utf-8")
    assert invoke("totals", "--data", folder, "--output", target) == (0, "", "")
    assert target.read_bytes() == TABLE.encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "table.txt"]


@posix
def test_an_output_file_that_cannot_be_finished_is_left_as_it_was(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(GOOD)
    target = tmp_path / "table.txt"
    target.write_text("earlier", encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            invoke("totals", "--data", folder, "--output", target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_text(encoding="utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "table.txt"]


def test_nothing_is_written_for_data_with_problems(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(BAD)
    ran = invoke("totals", "--data", folder, "--output", tmp_path / "table.txt")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.endswith("1 problem in 1 file\nnothing is totalled until they are mended\n")
    assert not (tmp_path / "table.txt").exists()


def test_an_output_that_is_a_folder_is_refused(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(GOOD)
    (tmp_path / "out").mkdir()
    with pytest.raises(IsADirectoryError):
        invoke("totals", "--data", folder, "--output", tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "out"]
    assert list((tmp_path / "out").iterdir()) == []


def test_validate_as_json(make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_folder({**BAD, "areas.yaml": None})
    ran = invoke("validate", "--format", "json")
    assert (ran.status, ran.stderr) == (1, "")
    assert json.loads(ran.stdout) == {
        "problems": [
            {
                "path": "data/areas.yaml",
                "line": 1,
                "column": 1,
                "code": "missing-file",
                "message": "the file is not there",
                "help": "every ledger has one",
            },
            {
                "path": "data/projects/fleet.yaml",
                "line": 1,
                "column": 1,
                "code": "unknown-key",
                "message": "there is no 'nam' here",
                "help": "did you mean 'name'?",
            },
        ],
        "files": 4,
        "figures": 0,
    }
    make_folder(GOOD, "good")
    good = invoke("validate", "good", "--format", "json")
    assert (good.status, json.loads(good.stdout)) == (0, {"problems": [], "files": 5, "figures": 1})


# --- quotations

QUOTED = {
    "projects/fleet.yaml": """
        name: Joint fleet
        statements: [{source: paper-2016, quote: a joint fleet, status: live}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            statements: [{source: paper-2017, quote: ten thousand pounds, actual: {2016/17: £10k}}]
        """
}
SEEN = "5 files, 1 figure: no problems\n1 quotation proved\nno text of paper-2016: 1 quotation not looked for\n"


def write_paper(folder: Path, text: str | bytes, id_: str = "paper-2017") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{id_}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_quotations_are_looked_for_in_the_texts_of_their_papers(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(QUOTED)
    papers = write_paper(tmp_path / "papers", "\ufeffIt saved ten thousand\npounds.")
    (papers / "paper-2016.txt").mkdir()  # is no text
    assert invoke("validate", folder, "--papers", papers) == (0, SEEN, "")
    assert invoke("validate", folder, env={"EMCOLLAB_PAPERS": str(papers)}) == (0, SEEN, "")
    assert invoke("validate", folder, env={"EMCOLLAB_PAPERS": ""}) == (0, "5 files, 1 figure: no problems\n", "")
    document = json.loads(invoke("validate", folder, "--papers", papers, "--format", "json").stdout)
    assert document == {"problems": [], "files": 5, "figures": 1, "quotations": {"proved": 1, "without_text": 1}}
    (papers / "paper-2016.txt").rmdir()
    write_paper(papers, "There is a joint fleet.", "paper-2016")
    assert invoke("validate", folder, "--papers", papers).stdout.endswith("no problems\n2 quotations proved\n")


def test_a_quotation_that_is_not_in_its_paper_is_a_problem_at_its_place(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    make_folder({**QUOTED, "areas.yaml": "estates: Estates\n"})
    write_paper(tmp_path / "papers", "It saved ten hundred pounds.")
    with contextlib.chdir(tmp_path):
        ran = invoke("validate", "--papers", "papers")
    assert (ran.status, ran.stderr) == (1, "")
    told = ran.stdout.split("\n")
    # What else is wrong is told too.
    assert told[0].startswith("data/projects/fleet.yaml:5:11: unknown-area: ")
    assert told[3].startswith(
        "data/projects/fleet.yaml:7:46: quote-not-in-paper: the paper does not say 'ten thousand pounds'; "
    )
    assert told[-4:] == [
        "2 problems in 1 file", "0 quotations proved", "no text of paper-2016: 1 quotation not looked for", "",
    ]  # fmt: skip
    # Without the texts the data are judged by themselves.
    with contextlib.chdir(tmp_path):
        assert invoke("validate").stdout.endswith("1 problem in 1 file\n")


def test_texts_that_are_not_there_or_cannot_be_read_are_said_so(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(QUOTED)
    error = (
        "there is no folder 'gone'; name with --papers DIR or EMCOLLAB_PAPERS the folder that holds a text ID.txt "
        "for each paper."
    )
    for options, env in ((["--papers", "gone"], {}), ([], {"EMCOLLAB_PAPERS": "gone"})):
        assert invoke("validate", folder, *options, env=env) == (2, "", usage("validate [OPTIONS] [DIR]", error))
    write_paper(tmp_path / "papers", b"\xa310k")
    ran = run("validate", "--papers", "papers", cwd=tmp_path)
    assert ran == (3, "", "emcollab: 'papers/paper-2017.txt': this is not a text in UTF-8\n")


# --- what is mistyped


@pytest.mark.parametrize(
    ("typed", "meant"), [("totlas", "Did you mean 'totals'?"), ("valdiate", "Did you mean 'validate'?"), ("zzz", "")]
)
def test_a_mistyped_command_is_answered_with_the_one_meant(typed: str, meant: str) -> None:
    ran = invoke(typed)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"\nError: No such command '{typed}'.{' ' * bool(meant)}{meant}\n")


@pytest.mark.parametrize("option", ["--year", "--from", "--to"])
@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("2016/18", "the two years must follow each other: write '2016/17' or '2017/18'"),
        ("2016", "write '2015/16' or '2016/17', the one that is meant"),
        ("FY23", "write '2022/23' or '2023/24', the one that is meant"),
        ("16/17", "write '2016/17'"),
        ("spring", "write it as '2010/11'"),
        ("", "write it as '2010/11'"),
    ],
)
def test_a_wrong_year_is_answered_with_what_to_write_before_the_data_are_read(
    make_folder: MakeFolder, option: str, typed: str, remedy: str
) -> None:
    error = f"Invalid value for '{option}': '{typed}' is not a financial year; {remedy}."
    assert invoke("totals", "--data", make_folder(BAD), option, typed) == (2, "", usage("totals [OPTIONS]", error))


def test_a_year_without_figures_is_answered_with_the_years_there_are() -> None:
    ran = invoke("totals", "--data", EXAMPLE, "--year", "1999/00")
    note = f"No figures for 1999/00 in this selection; the ledger has figures for {YEARS}."
    assert (ran.status, note in " ".join(ran.stdout.split())) == (0, True)


@pytest.mark.parametrize("typed", ["2016/17", "2016-17", "2016/2017", "2016-2017"])
def test_a_year_may_be_typed_in_other_forms(typed: str) -> None:
    for options in (["--year", typed], ["--from", typed, "--to", typed]):
        ran = invoke("totals", "--data", EXAMPLE, "--format", "csv", *options)
        assert ran.stdout.split("\n")[0] == "part,id,label,unit,2016/17,estimates,period,basis,source,not added"


@pytest.mark.parametrize(
    ("option", "typed", "meant"),
    [
        ("--area", "vehicels", "did you mean 'vehicles'?"),
        ("--project", "hr-servce", "did you mean 'hr-service'?"),
        ("--force", "Aldershire", "did you mean 'aldershire'?"),
        ("--force", "zzz", "write one of: brackenshire, aldershire, dunmoor, calderdown, northlea"),
    ],
)
def test_an_unknown_id_is_answered_with_the_one_meant(option: str, typed: str, meant: str) -> None:
    error = f"Invalid value for {option}: there is no '{typed}'; {meant}"
    assert invoke("totals", "--data", EXAMPLE, option, typed) == (2, "", usage("totals [OPTIONS]", error))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("22/02/2010", "'22/02/2010' is not a date; write '2010-02-22'."),
        ("20100222", "'20100222' is not a date; write it as '2010-02-22'."),
        ("2010-02-30", "there is no day '2010-02-30'; check month and day."),
        ("today", "'today' is not a date; write it as '2010-02-22'."),
    ],
)
def test_a_wrong_day_is_answered_with_how_days_are_written(typed: str, answer: str) -> None:
    error = f"Invalid value for '--as-at': {answer}"
    assert invoke("totals", "--data", EXAMPLE, "--as-at", typed) == (2, "", usage("totals [OPTIONS]", error))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--by", "year"], "'year' is not one of 'area', 'project', 'force', 'category', 'cashability', 'basis'."),
        (["--unit", "£b"], "'£b' is not one of '£', '£k', '£m'."),
        (["--places", "9"], "9 is not in the range 0<=x<=8."),
        (["--format", "xml"], "'xml' is not one of 'table', 'markdown', 'csv', 'json', 'html'."),
        (["--basis", "at_risk"], "'at_risk' is not one of 'plan', 'estimate', 'reported', 'actual'."),
        (["--category", "cost", "--category", "saving"], "costs are not added to benefits; ask for them alone."),
    ],
)
def test_a_wrong_choice_is_answered_with_the_choices_there_are(arguments: list[str], error: str) -> None:
    ran = invoke("totals", "--data", EXAMPLE, *arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f": {error}\n")


def test_the_names_that_help_shows_are_those_of_the_tables() -> None:
    assert list(terms.GROUPINGS) == list(totals.GROUPINGS)
    page, table = Page("Title", ()), Table("Title", ("Area",), (False,), (Row(("Vehicles",)),))
    assert all("Title" in formats.format_page(page, name) for name in terms.PAGE_FORMATS if name != "json")
    assert all("Vehicles" in formats.format_table(table, name) for name in terms.TABLE_FORMATS if name != "json")
    assert (*changes.FORMATS, "json") == terms.DIFF_FORMATS
    assert list(terms.REPORT_FORMATS) == list(problems.REPORTS)
    modules = [import_module(f"{export.__name__}.{module.name}") for module in iter_modules(export.__path__)]
    written = {module.__name__.rpartition(".")[2] for module in modules if hasattr(module, "format_export")}
    assert set(terms.EXPORT_FORMATS) == written


def test_an_option_mistyped_is_answered_with_those_near_it() -> None:
    ran = invoke("totals", "--forec", "x")
    assert (ran.status, ran.stdout) == (2, "")
    assert "'--force'" in ran.stderr.split("\n")[3]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("totals --unit k --unit m", "--unit is given twice, and counts once; leave one out."),
        ("totals --format json --format=json", "--format is given twice, and counts once; leave one out."),
        ("--data a --data b totals", "--data is given twice, and counts once; leave one out."),
        ("--data a totals --data b", "--data is given twice, and counts once; leave one out."),
        ("--data a validate b", "--data is given twice, and counts once; leave one out."),
        ("validate b --data a", "--data is given twice, and counts once; leave one out."),
        ("diff --from-date 2016 --from-date 2017", "--from-date is given twice, and counts once; leave one out."),
    ],
)
def test_an_option_that_counts_once_is_given_once(arguments: str, error: str) -> None:
    ran = invoke(*arguments.split())
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: {error}\n")


def test_options_that_may_be_repeated_and_flags_are() -> None:
    years = ("--year", "2015/16", "--year", "2016/17", "--sum-years", "--sum-years")
    assert invoke("totals", "--data", EXAMPLE, *years).status == 0


def test_a_unit_may_be_typed_without_its_sign() -> None:
    assert invoke("totals", "--data", EXAMPLE, "--unit", "m") == invoke("totals", "--data", EXAMPLE, "--unit", "£m")


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        ("totals", "t.csv", "part,id,"),
        ("totals", "t.JSON", "{"),
        ("totals", "t.md", "**Westmarch"),
        ("totals", "t.htm", "<table>"),
        ("totals", "t.txt", "Westmarch"),
        ("totals --format csv", "t.txt", "part,id,"),
        ("appraisal", "t.csv", "part,id,"),
        ("export", "t.json", "{"),
        ("export", "t.db", "SQLite format 3"),
        ("validate --format gitlab", "t.json", "["),
        ("validate --format sarif", "t.json", "{"),
        ("validate", "t.json", '{\n  "problems"'),
        ("projects --format text", "t", "Projects"),
    ],
)
def test_the_name_of_a_file_says_its_format(tmp_path: Path, command: str, name: str, begins: str) -> None:
    assert invoke(*command.split(), "--data", EXAMPLE, "--output", tmp_path / name).status == 0
    assert (tmp_path / name).read_bytes().startswith(begins.encode())


@pytest.mark.parametrize(
    ("command", "name", "error"),
    [
        ("totals --format csv", "t.json", "is the name of a file of json, and --format is csv."),
        ("totals --format table", "t.md", "is the name of a file of markdown, and --format is table."),
        (
            "totals",
            "t.xlsx",
            "is the name of a file of xlsx, and the formats here are table, markdown, csv, json, html.",
        ),
        ("totals", "t.ods", "is the name of a file of ods, and the formats here are table, markdown, csv, json, html."),
        (
            "export",
            "t.XLS",
            "is the name of a file of xls, and the formats here are csv, json, datapackage, sqlite, xlsx.",
        ),
        ("export --format csv", "t.tsv", "is the name of a file of tsv, and --format is csv."),
        (
            "totals",
            "t.csv.gz",
            "is the name of a file of zip, and the formats here are table, markdown, csv, json, html.",
        ),
        (
            "validate",
            "t.csv",
            "is the name of a file of csv, and the formats here are text, json, github, gitlab, sarif.",
        ),
    ],
)
def test_a_name_that_contradicts_the_format_is_refused(tmp_path: Path, command: str, name: str, error: str) -> None:
    ran = invoke(*command.split(), "--data", EXAMPLE, "--output", tmp_path / name)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"Error: '{tmp_path / name}' {error}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_dash_for_a_file_prints() -> None:
    assert invoke("totals", "--data", EXAMPLE, "--output", "-") == invoke("totals", "--data", EXAMPLE)
    assert invoke("export", "--data", EXAMPLE, "--output", "-") == invoke("export", "--data", EXAMPLE)
    for command in ("export --format sqlite", "report"):
        assert invoke(*command.split(), "--data", EXAMPLE, "--output", "-").status == 2


def test_a_file_of_a_ledger_is_no_folder(make_folder: MakeFolder) -> None:
    folder = make_folder(GOOD)
    error = f"'{folder / 'areas.yaml'}' is a file; the data is checked and totalled whole: name '{folder}'."
    assert invoke("validate", folder / "areas.yaml") == (2, "", usage("validate [OPTIONS] [DIR]", error))


@posix
@pytest.mark.parametrize(("columns", "shown"), [("60", "    Status   closed"), ("120", "---------------  -----------")])
def test_what_is_printed_fits_the_terminal(columns: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    reading, terminal = os.openpty()
    with open(terminal, "w", encoding="utf-8") as stdout, contextlib.redirect_stdout(stdout):  # noqa: PTH123 - no path
        group.main(["--data", str(EXAMPLE), "projects", "--status", "closed"], standalone_mode=False)
        stdout.flush()
        page = os.read(reading, 10_000).decode()
    os.close(reading)
    assert shown in page
    assert max(map(len, page.splitlines())) <= int(columns)


# --- help


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command_with_an_example(flag: str) -> None:
    ran = invoke(flag)
    assert (ran.status, ran.stderr) == (0, "")
    for name, line in COMMANDS.items():
        assert f"  {name} " in ran.stdout
        assert line.split(",")[0][:30] in " ".join(ran.stdout.split())
    assert "Example: emcollab totals --year 2010/11." in ran.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command: str) -> None:
    ran = invoke(command, "--help")
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"Usage: emcollab {command} ")
    assert f"\n    emcollab {command}" in ran.stdout.partition("\n  Example")[2]


def test_without_a_command_the_help_is_shown() -> None:
    assert invoke() == invoke("-h")
    assert invoke("--data", EXAMPLE) == invoke("-h")


def test_the_version() -> None:
    assert invoke("--version") == (0, f"emcollab {__version__}\n", "")


LOADED = """
import sys
before = set(sys.modules)
from emcollab.cli import main
try:
    main()
except SystemExit as left:
    # Compiled packages put in names without a file, and Python has a module named after the machine.
    new = {name for name in set(sys.modules) - before if getattr(sys.modules[name], "__spec__", None)}
    known = {*sys.stdlib_module_names, *(name for name in new if name.startswith("_sysconfigdata_"))}
    loaded = {name for name in new if name.partition(".")[0] not in known}
    print(left.code, *sorted(loaded), file=sys.stderr)
"""


def loaded_by(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> tuple[str, set[str], set[str]]:
    """Return what a command prints, which of our modules it loads, and which packages of others."""
    ran = run_python("-c", LOADED, *arguments, cwd=cwd, env=env)
    status, *modules = ran.stderr.splitlines()[-1].split()
    assert status == ("2" if arguments == ("totlas",) else "0")
    packages = {module.partition(".")[0] for module in modules}
    ours = {module.removeprefix("emcollab.") for module in modules if module.startswith("emcollab.")}
    return ran.stdout, ours, packages - {"emcollab"}


@pytest.mark.parametrize(
    ("arguments", "env", "shown"),
    [
        (["--help"], {}, "Usage: emcollab "),
        (["--version"], {}, f"emcollab {__version__}\n"),
        (["totals", "--help"], {}, "Usage: emcollab totals "),
        ([], {"_EMCOLLAB_COMPLETE": "zsh_source"}, "#compdef emcollab"),
        (
            [],
            {"_EMCOLLAB_COMPLETE": "zsh_complete", "COMP_WORDS": "emcollab tot", "COMP_CWORD": "1"},
            "plain\ntotals\n",
        ),
        (
            [],
            {"_EMCOLLAB_COMPLETE": "zsh_complete", "COMP_WORDS": "emcollab totals --by pro", "COMP_CWORD": "3"},
            "plain\nproject\n",
        ),
    ],
    ids=["help", "version", "help of a command", "completion", "completion of a command", "and of a value"],
)
def test_help_version_and_completion_load_click_alone(
    tmp_path: Path, arguments: list[str], env: dict[str, str], shown: str
) -> None:
    stdout, ours, packages = loaded_by(*arguments, cwd=tmp_path, env=env)
    assert stdout.startswith(shown)
    assert packages == {"click"}
    assert ours <= {"cli", "cli.options", "cli.totals", "values", "values.terms"}


def test_a_mistyped_command_loads_click_alone(tmp_path: Path) -> None:
    assert loaded_by("totlas", cwd=tmp_path)[1:] == ({"cli", "cli.options", "values.terms", *SAFE}, {"click"})


SAFE = {"render", "render.page", "render.formats", "render.formats.safe", "values", "values.characters"}

READING = {
    "cli", "cli.data", "cli.options", "cli.output", "loading", "loading.attributes", "loading.faults", "loading.folder",
    "loading.load", "loading.mending", "loading.parallel", "loading.parser", "loading.plain", "loading.repository",
    "loading.syntax", "loading.text", "results", "results.arithmetic", "results.as_at",
    "results.printed", "results.reconcile", "results.shares",
    "results.standing", "results.totals", *SAFE, "render.formats.json", "render.formats.problems",
}  # fmt: skip
"""What opens a ledger and checks it; and all of `checks`, `records` and `values`, which are those of the data."""

SHOWING = {
    "render.formats.cells", "render.formats.csv", "render.formats.html", "render.formats.markdown",
    "render.formats.text", "render.pages", "render.pages.words",
}  # fmt: skip
"""What makes tables and pages for people."""

TABLING = SHOWING | {
    "publish", "publish.edition", "publish.imprint", "publish.paper", "publish.paper.brief", "publish.paper.cells",
    "publish.paper.changes", "publish.paper.document", "publish.paper.evidence", "publish.paper.opening",
    "publish.paper.plans", "publish.paper.projects", "publish.paper.totals", "render.pages.changes",
    "render.pages.reconcile", "render.pages.sentences", "render.pages.statement", "render.pages.summary",
    "render.pages.totals", "results.appraisal", "results.amended", "results.diff",
    "results.doubts", "results.edits", "results.transfers", "results.trace",
}  # fmt: skip
"""What makes a paper of whatever format."""

REPORTING = TABLING | {
    "publish.export", "publish.export.csv", "publish.export.flat", "publish.export.rows", "publish.export.sheet",
    "publish.export.sheets",
    "publish.export.summaries", "publish.export.tables", "publish.export.xlsx", "publish.paper.html",
    "publish.site", "publish.site.charts", "publish.site.division", "publish.site.downloads", "publish.site.lists",
    "publish.site.pages", "publish.site.register", "publish.site.said", "render.pages.appraisal",
    "render.pages.registers", "render.pages.trace",
}  # fmt: skip
EXPORTING = {
    "render.page",
    "render.pages",
    "render.pages.words",
    "publish",
    "publish.export",
    "publish.export.flat",
    "publish.export.tables",
    "publish.imprint",
}

WRITING = SHOWING | {
    "cli.write", "render.pages.changes", "results.amended", "results.diff",
    "results.doubts", "results.edits", "results.transfers", "writing", "writing.insertion",
    "writing.lines", "writing.proof", "writing.statements",
}  # fmt: skip
"""What adds to a ledger."""

IMPORTING = {
    "records.rules", "render.pages.totals", "writing.cells", "writing.draft", "writing.figures", "writing.headings",
    "writing.meanings", "writing.names", "writing.page", "writing.papers", "writing.rows", "writing.rules",
    "writing.sheet", "writing.spellings", "writing.subjects", "writing.sums",
}  # fmt: skip
"""What reads a sheet."""

PRINTED = {
    "cli.table", "writing.printed", "writing.printed.columns", "writing.printed.draft", "writing.printed.figures",
    "writing.printed.layout", "writing.printed.outcome", "writing.printed.page", "writing.printed.rows",
    "writing.printed.shown", "writing.printed.sums", "writing.printed.totals", "writing.printed.words",
}  # fmt: skip
"""What reads a printed table from a sheet, beside what `IMPORTING` has."""

LOADS: dict[tuple[str, ...], tuple[str, set[str]]] = {
    ("totals",): ("tabulate", {*SHOWING, "cli.selection", "render.pages.totals"}),
    ("validate",): ("", set()),
    ("validate", "--format", "sarif"): ("", set()),
    ("statement", "--all"): (
        "tabulate",
        {*SHOWING, "cli.selection", "render.pages.sentences", "render.pages.statement"},
    ),
    ("trace",): ("tabulate", {*SHOWING, "cli.selection", "render.pages.trace", "results.trace"}),
    ("reconcile",): ("tabulate", {*SHOWING, "cli.selection", "render.pages.reconcile", "results.trace"}),
    ("appraisal",): (
        "tabulate",
        {
            *SHOWING,
            "cli.selection",
            "render.pages.appraisal",
            "render.pages.totals",
            "results.appraisal",
            "results.doubts",
        },
    ),
    ("projects",): ("tabulate", {*SHOWING, "cli.selection", "render.pages.registers"}),
    ("forces",): ("tabulate", {*SHOWING, "cli.selection", "render.pages.registers"}),
    ("recommendations",): ("tabulate", {*SHOWING, "cli.selection", "render.pages.registers"}),
    ("report", "--output", "report"): ("tabulate jinja2 xlsxwriter", {*REPORTING, "cli.files", "cli.selection"}),
    ("paper", "--output", "paper.md"): ("tabulate", {"cli.files", *TABLING, "publish.paper.markdown"}),
    ("paper", "--output", "paper.docx"): ("tabulate docx", {"cli.files", *TABLING, "publish.paper.word"}),
    ("explain",): ("", set()),
    tuple(
        shlex.split(
            "add training/innovation-grant --source committee-2014-11-20-paper-b --at 'section 9' "
            "--reported 2014/15=£150k"
        )
    ): ("tabulate", WRITING),
    ("import", "sheet.csv"): ("tabulate", {*WRITING, *IMPORTING, "cli.table"}),
    ("import", "table.csv", "--table", "--source", "committee-2014-11-20-paper-b"): (
        "tabulate",
        {*WRITING, *IMPORTING, *PRINTED},
    ),
    ("init", "--ci", "github"): ("", {"cli.files", "records.schema", "writing", "writing.beginning", "writing.lines"}),
    ("diff", "--from-date", "2016-01-01", "--to-date", "2020-01-01"): (
        "tabulate",
        {
            *SHOWING,
            "loading.git",
            "loading.revision",
            "render.pages.changes",
            "results.amended",
            "results.diff",
            "results.doubts",
            "results.edits",
            "results.transfers",
        },
    ),
    ("export",): ("", {*EXPORTING, "publish.export.csv", "render.formats.csv", "render.formats.cells"}),
    ("export", "--output", "a.db"): ("", {*EXPORTING, "cli.files", "publish.export.sqlite"}),
    ("schema", "project"): ("", set()),
}
"""What each command may load: packages beside click, pydantic and yaml, and modules beside those of `READING`."""

BROUGHT = {
    "_yaml", "annotated_types", "lxml", "markupsafe", "pydantic_core", "typing_extensions",
    "typing_inspection", "wcwidth",
}  # fmt: skip
"""What these packages load themselves."""


def test_what_each_command_may_load_is_listed() -> None:
    assert {command for command, *_ in LOADS} == set(COMMANDS)


@pytest.mark.parametrize("arguments", LOADS, ids=" ".join)
def test_a_command_loads_what_it_needs_and_no_more(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    packages, modules = LOADS[arguments]
    sheet = "Area,Project,Year,£k,Paper\nVehicles & fuel,Vans,2019/20,5,committee-2014-11-20-paper-b\n"
    (tmp_path / "sheet.csv").write_text(sheet, encoding="utf-8")
    (tmp_path / "table.csv").write_text("Savings (£k),\n,2015/16\nVans,5\n", encoding="utf-8")
    _, ours, others = loaded_by(*arguments, cwd=tmp_path, env={"EMCOLLAB_DATA": str(EXAMPLE)})
    ours = {module for module in ours if module.partition(".")[0] not in {"checks", "records", "values"}}
    assert sorted(ours - READING - modules - {f"cli.{MODULES.get(arguments[0], arguments[0])}"}) == []
    assert sorted(others - BROUGHT - {"click", "pydantic", "yaml", *packages.split()}) == []
