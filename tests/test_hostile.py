"""Data that would forge markup, commands, formulas or tables: run through every command in every format.

Nothing is executed, nothing forged, and nothing lost: un-escaped, each text is found again.
"""

import csv
import html
import io
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import docx
import openpyxl
import pytest

from emcollab.cli import COMMANDS, group
from emcollab.loading.text import hidden_pattern
from emcollab.publish.paper import FORMATS
from tests.conftest import DEFAULTS, EXAMPLE, MakeFolder, invoke, run
from tests.test_plain_yaml import NAUGHTY
from tests.test_site import OURS, Html, written

TEXTS = [
    "a | b || c |",
    "::error::y",
    "::set-output name=x::y",
    "##[group]x",
    "##vso[task.complete]x",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "@mention and a@example.org",
    "<script>alert(2)</script>",
    '"><img src=x onerror="alert(1)">',
    "</table></article></html>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "`code` ```fence```",
    "# heading",
    "> quotation",
    "1. item",
    "---",
    "***bold*** _it_ ~~gone~~",
    "%0A%0D::error::x",
    "&amp; &lt;b&gt; &#10;",
    "{{ 7*7 }} {% raw %}",
    "$(touch stolen) ${{ github.token }}",
    "\\x1b[31m \\n \\| \\",
    "quote \" and ' and “ ”",
    "漢字 \uff46\uff55\uff4c\uff4c full width",
    "e\u0301 n\u0303 combined",
    "שלום عربى",
    "x" * 300,
    *(text for text in NAUGHTY if text.strip() and not hidden_pattern().search(text)),
]  # fmt: skip

COMMAND = re.compile(r"##(vso)?\[")  # which a CI looks for anywhere in a line
CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

ARGUMENTS = {
    "totals": [], "statement": ["--all"], "trace": [], "reconcile": [], "appraisal": [], "projects": [], "forces": [],
    "recommendations": [], "report": [], "validate": [], "explain": [], "diff": ["--from-date", "2016-01-01"],
    "export": [], "schema": [], "import": [str(Path(__file__).parent / "sheets/hostile.csv")],
    "paper": ["--to", TEXTS[3], "--title", TEXTS[4], "--mark", TEXTS[5]],
}  # fmt: skip
SILENT = {("validate", ""), ("explain", ""), ("schema", ""), ("import", ""), ("reconcile", "json"), ("diff", "json")}
"""Commands, and formats of commands, that show ids and no text of data that is in order."""


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def hostile_files() -> dict[str, str]:
    numbered = list(enumerate(TEXTS))
    files = {
        "ledger.yaml": f"title: {quoted(' '.join(TEXTS[:6]))}\npublisher: {quoted(TEXTS[0])}\n"
        f"contact: {quoted(TEXTS[10])}\nlicence: {quoted(TEXTS[12])}\n",
        "areas.yaml": "".join(f"a{n}: {quoted(text)}\n" for n, text in numbered),
        "forces.yaml": "".join(f"f{n}: {{name: {quoted(text)}, note: {quoted(text)}}}\n" for n, text in numbered),
        "sources.yaml": DEFAULTS["sources.yaml"].replace("\n        ", "\n")
        + "".join(
            f"\ns{n}: {{title: {quoted(text)}, body: {quoted(text)}, date: 2016-06-16, note: {quoted(text)}, "
            f"url: 'javascript:alert({n})'}}"
            for n, text in numbered
        ),
        "recommendations/r.yaml": "made_by: M\nsource: s1\nitems:\n"
        + "".join(
            f"  {n}: {{recommendation: {quoted(text)}, area: {quoted(text[:80])}, action: {quoted(text)}}}\n"
            for n, text in numbered
        ),
        "published/t.yaml": "by: area\nunit: £\nyears: [2015/16]\nsource: paper-2016\n"
        f"title: {quoted(' '.join(TEXTS[:9]))}\nfootnotes: [{', '.join(map(quoted, TEXTS))}]\nrows:\n"
        + "".join(f"  a{n}: ['1']\n" for n, _ in numbered)
        + f"totals: {{label: {quoted(TEXTS[9])}, cells: ['{len(TEXTS)}']}}\n",
        "published/u.yaml": f"unit: £\nsource: paper-2016\ntitle: U\nat: {quoted(TEXTS[11])}\n"
        f"columns: [{{label: {quoted(TEXTS[9])}, compare: false}}, {{label: {quoted(TEXTS[4])}, compare: false}}, "
        f"{{label: Sum, adds: [{quoted(TEXTS[9])}], less: [{quoted(TEXTS[4])}]}}]\nrows:\n"
        + "".join(f"  r{n}: {{label: {quoted(text)}, cells: ['3', '1', '2']}}\n" for n, text in numbered),
    }
    for n, text in numbered:
        said = quoted(text)
        files[f"projects/p{n}.yaml"] = (
            f"name: {said}\nsummary: {said}\nnote: {said}\n"
            f"statements: [{{source: s{n}, at: {said}, quote: {said}, note: {said}, lead: {said}, forces: [f{n}], "
            f"status: closed, closed: {{reason: {said}}}}}]\n"
            f"outcomes:\n  o: {{kind: resilience, text: {said}, state: achieved, source: s{n}, quote: {said}}}\n"
            f"milestones:\n  - {{name: {said}, source: s{n}, note: {said}, quote: {said}}}\n"
            f"benefits:\n  b:\n    area: a{n}\n    category: saving\n    label: {said}\n    note: {said}\n"
            f"    statements: [{{source: s{n}, at: {said}, quote: {said}, note: {said}, reported: {{2015/16: £1}}, "
            f"at_risk: {{2015/16: £1}}, reason: {said}, baseline: {said}, owner: {said}, assurance: {said}, "
            f"assured_by: {said}}}]\n"
            f"  old:\n    area: a{n}\n    category: saving\n    label: {said}\n"
            f"    statements: [{{source: s{n}, at: {said}, quote: {said}, estimate: {{a year: £1, 2016/17: £1}}}}]\n"
        )
    return files


def formats_of(command: str) -> list[str]:
    """Return the choices of a command's `--format`, or an empty one; for `paper` the ends of its files' names."""
    if command == "paper":
        return [suffix.removeprefix(".") for suffix in FORMATS]
    found = group.get_command(click.Context(group), command)
    assert found is not None
    for parameter in found.params:
        if parameter.name == "format_":
            assert isinstance(parameter.type, click.Choice)
            return [str(choice) for choice in parameter.type.choices]
    return [""]


WRITING = {"add", "init"}
"""Commands that say what they were told to write: `test_add` and `test_init` show what they print."""

CASES = [(command, format_) for command in COMMANDS if command not in WRITING for format_ in formats_of(command)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "data"
    for name, text in hostile_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


WIDEST = {
    "ledger.yaml": "title: Widest",
    "areas.yaml": "wide: Wide\nfine: Fine",
    "forces.yaml": "a: {name: A}\nb: {name: B}\nc: {name: C}",
    "sources.yaml": "first: {title: F, body: B, date: 0001-01-01}\nlast: {title: L, body: B, date: 2020-12-31}",
    "shares.yaml": """
        thirds: {source: first, years: {0000/01: {a: 33.333333%, b: 33.333333%, c: 33.333334%}}}
        odd: {source: first, years: {0000/01: {a: 999%, b: -899%}}}
        """,
    "projects/wide.yaml": """
        name: Wide
        benefits:
          most:
            area: wide
            category: saving
            shares: thirds
            statements:
              - {source: first, plan: {2018/19: £0.01}, reported: {2017/18: -£0.00000001m}}
              - {source: last, reported: {2017/18: "£1,000bn", 2019/20: -£1000bn}, actual: {2018/19: £999999999999.99}}
          least:
            area: fine
            category: saving
            shares: odd
            statements: [{source: last, reported: {2017/18: £0.01, 2018/19: -£999999999999.99, 2019/20: -£0}}]
          posts:
            area: fine
            category: saving
            measure: posts
            shares: odd
            statements: [{source: last, plan: {2018/19: 0.001}, actual: {2018/19: 999999999999.999}}]
        costs:
          dear: {area: wide, statements: [{source: last, plan: {2018/19: £0.01}, actual: {2018/19: £1000bn}}]}
        """,
    "published/t.yaml": """
        source: last
        title: T
        by: area
        unit: £m
        years: [2017/18, 2018/19]
        rows:
          wide: ["1,000,000.00000000", "999999.99999998"]
          fine: ["0.00000001", "(999999.99999999)"]
        totals: ["1,000,000.00000000", "-"]
        accepted_differences: [{row: wide, column: 2018/19, off: -£0.01, why: W}]
        """,
}  # fmt: skip


@pytest.mark.parametrize(("command", "format_"), CASES, ids=lambda value: value or "-")
def test_the_largest_and_the_smallest_amounts_are_shown_in_every_way(
    make_folder: MakeFolder, tmp_path: Path, command: str, format_: str
) -> None:
    found = answer(make_folder(WIDEST), command, format_, tmp_path / f"out.{format_}")
    shown = b" ".join(found.values()).decode(errors="replace")
    if format_ in {"csv", "json"} and command in {"totals", "export"}:
        largest = {"1000000000000", "-1000000000000", "-999999999999.99"}
        assert largest <= set(re.findall("-?[0-9]+(?:[.][0-9]+)?", shown))


def answer(folder: Path, command: str, format_: str, target: Path) -> dict[str, bytes]:
    """Return what a command prints or writes, by name."""
    options = [*(["--format", format_] if format_ and command != "paper" else []), *ARGUMENTS[command]]
    to_file = command in {"report", "paper"} or format_ in {"xlsx", "sqlite", "datapackage"}
    data = [] if command in {"explain", "schema"} else ["--data", str(folder)]
    ran = invoke(command, *data, *options, *(["--output", str(target)] if to_file else []))
    asked = 1 if command == "import" else 0  # one of the sheet's notes is a formula
    assert (ran.status, re.sub("^wrote .* to [^\n]*\n", "", ran.stderr)) == (asked, "")
    if not to_file:
        return {"stdout": ran.stdout.encode()}
    if target.is_dir():
        return {name: text.encode() for name, text in written(target).items()}
    return {target.name: target.read_bytes()}


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) | WRITING == set(COMMANDS)


def test_the_hostile_ledger_is_in_order(hostile: Path) -> None:
    assert invoke("validate", hostile) == (0, f"{len(TEXTS) + 7} files, {4 * len(TEXTS)} figures: no problems\n", "")


@pytest.mark.parametrize(("command", "format_"), CASES, ids=lambda value: value or "-")
def test_nothing_is_forged_and_nothing_lost(hostile: Path, tmp_path: Path, command: str, format_: str) -> None:
    found = answer(hostile, command, format_, tmp_path / f"out.{format_}")
    assert not (tmp_path / "stolen").exists()
    if format_ in {"xlsx", "sqlite", "docx"}:
        (name,) = found
        shown = set(cells_of(tmp_path / name, format_))
        assert set(TEXTS) <= shown
        return
    texts = {name: data.decode() for name, data in found.items()}
    for name, text in texts.items():
        assert not CONTROL.search(text), name
        assert not [line for line in text.split("\n") if line.lstrip().startswith("::")], name
        assert not COMMAND.search(text), name
        check_format(name, text, command, format_)
    if command == "export":
        read = {text for name, data in texts.items() for text in read_back(name, data, format_)}
        assert set(TEXTS) <= read
    if not SILENT & {(command, ""), (command, format_)}:
        whole = squeezed(" ".join(unescaped(name, text, format_) for name, text in texts.items()))
        assert [text for text in TEXTS if squeezed(text) not in whole] == []


def read_back(name: str, text: str, format_: str) -> Iterator[str]:
    """Yield each text of an export as another program reads it."""
    if format_ == "csv" or name.endswith(".csv"):
        yield from map(without_guards, cells_of_csv(text))
    elif format_ == "json" or name.endswith(".json"):
        yield from texts_of(json.loads(text))


def squeezed(text: str) -> str:
    """Return a text without white space: paragraphs are filled."""
    return re.sub(r"\s", "", text)


def unescaped(name: str, text: str, format_: str) -> str:
    if format_ == "html" or name.endswith(".html"):
        return Html(text).text
    if format_ in {"markdown", "md"}:
        return html.unescape(re.sub(r"\\([\\`*_{}\[\]()<>+!|~$.=:-])", r"\1", SIGNS.sub(r"\1", text)))
    if format_ == "json" or name.endswith(".json"):
        return " ".join(texts_of(json.loads(text)))
    if format_ == "csv" or name.endswith(".csv"):
        text = " ".join(cells_of_csv(text))
    return without_guards(text)


def without_guards(text: str) -> str:
    """Return a text without what keeps a CI from taking it for a command."""
    return re.sub(r"\\(?=::)|(?<=##)\\(?=(?:vso)?\[)", "", text)


def cells_of_csv(text: str) -> list[str]:
    """Return the cells of CSV without what keeps a spreadsheet from taking them for formulas."""
    return [re.sub(r"^'(?=[-=+@])", "", cell) for row in csv.reader(io.StringIO(text)) for cell in row]


SIGNS = re.compile(r"(?<!\\)`([@#:]+|[0-9a-f]{7,40})`")
"""What mentions people, issues and commits, in Markdown."""


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from texts_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)
    else:
        yield str(value)


def cells_of(path: Path, format_: str) -> Iterator[str]:
    if format_ == "sqlite":
        with closing(sqlite3.connect(path)) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for name in names:
                for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - the names are the database's
                    yield from map(str, row)
        return
    if format_ == "docx":
        word = docx.Document(str(path))
        yield from (paragraph.text for paragraph in word.paragraphs)
        return
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None or "javascript" not in str(cell.hyperlink.target)
                if cell.data_type == "f":
                    # The workbook's own sums may be formulas; none holds a text of the data.
                    assert not any(text in str(cell.value) for text in TEXTS if text not in {"=1+1", "+1", "-1"})
                    assert str(cell.value) != "=1+1"
                else:
                    yield str(cell.value)
    book.close()


def check_format(name: str, text: str, command: str, format_: str) -> None:
    if format_ == "html" or name.endswith(".html"):
        page = Html(text)
        assert set(page.elements) <= OURS, name
        assert not [attribute for _, attribute in page.attributes if attribute.startswith("on")], name
        assert not [link for link in page.links if ":" in link], name
        # `statement --all` prints an article for each.
        assert (page.badly_nested, page.open) == ([], []), name
    elif format_ in {"markdown", "md"}:
        check_markdown(text)
    elif format_ == "csv" or name.endswith(".csv"):
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not re.match(r"[=+@\t\r]|-(?![0-9]+(\.[0-9]+)?$)", cell), (name, cell)
    elif format_ == "json" or name.endswith(".json"):
        json.loads(text)
    elif name.endswith(".sha256"):
        assert re.fullmatch(r"#[ A-Za-z.]+\n([0-9a-f]{64}  [a-z0-9_./-]+\n)+", text)
    elif format_ in {"text", "table"}:
        assert "\t" not in text
    else:
        assert command in {"explain", "schema", "validate", "report"}


def check_markdown(text: str) -> None:
    text = SIGNS.sub("", text)
    columns = 0
    for line in text.split("\n"):
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
            columns = columns or cells
            assert cells == columns, line
        else:
            columns = 0
    assert not re.search(r"<(?!-)", text), "an element of HTML"
    assert not re.search(r"(?<!\\)(?:\\\\)*\]\(", text), "a link"
    assert not re.search(r"(?<!\\)(?:\\\\)*`", text.replace("`emcollab diff`", "")), "code"
    assert "@" not in text, "a mention"
    assert "://" not in text, "an address"
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert not [line for line in headings if re.match(r"#{1,3} #", line)]


# --- hostile bytes in files that are refused

RLO = "\u202e"
BAD_FILES: dict[str, str | bytes] = {
    "projects/escape.yaml": b"name: a\x1b[2Jb\n",
    "projects/turned.yaml": f"name: a\n{RLO}key: b\n",
    "projects/newline.yaml": 'name: a\n"x\\n::error::forged": b\n',
    "projects/command.yaml": 'name: a\n"::error::x": b\nforces: ["::warning::y", "%0A::error::z", "y ##[error]z"]\n',
    "projects/markup.yaml": "name: a\nstatus: '<script>alert(1)</script> | `x` @y'\n",
    "projects/bytes.yaml": b"name: \xff\xfe\n",
    "projects/c1.yaml": "name: a\u0085b\u009bc\n",
    "projects/zero.yaml": "name: a\u200bb\ufeff\n",
    "projects/\x1b[31mred.yaml": "name: a\n",
    "projects/two\nlines::error::forged.yaml": "name: a\n",
    "projects/%0A::error file=x.yaml": "name: a\n",
    "projects/a,line=1::b.yaml": "name: a\n",
}


@pytest.mark.parametrize("format_", formats_of("validate"))
def test_problems_forge_nothing(make_folder: MakeFolder, format_: str) -> None:
    folder = make_folder(BAD_FILES)
    ran = invoke("validate", folder, "--format", format_)
    assert (ran.status, ran.stderr) == (1, "")
    assert not CONTROL.search(ran.stdout)
    assert not COMMAND.search(ran.stdout)
    lines = ran.stdout.split("\n")
    commands = [line for line in lines if line.startswith("::")]
    if format_ == "github":
        assert len(commands) == 10
        for line in commands[:-1]:
            assert re.fullmatch(r"::error file=[^:,]+,line=[0-9]+,col=[0-9]+,title=[a-z0-9-]+::(?:(?!::).)*", line), (
                line
            )
        assert re.fullmatch(
            r"::error title=more problems::[0-9]+ more; `emcollab validate` lists them all", commands[-1]
        )
        assert len(lines) == 12
        return
    assert commands == []
    if format_ == "text":
        for line in lines[:-2]:
            assert line.startswith((f"{folder.as_posix()}/projects/", "  ")), line
        assert re.fullmatch(r"[0-9]+ problems in 12 files", lines[-2])
        for spelt in ("\\x1b[2J", "\\u202e", "\\x1b[31mred.yaml", "two\\nlines", "\\x85", "\\u200b"):
            assert spelt in ran.stdout
        return
    document = json.loads(ran.stdout)
    if format_ == "json":
        places = {problem["path"].rpartition("/projects/")[2] for problem in document["problems"]}
    elif format_ == "gitlab":
        places = {problem["location"]["path"].rpartition("/projects/")[2] for problem in document}
    else:
        places = {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].rpartition("/projects/")[2]
            for result in document["runs"][0]["results"]
        }
        assert all(re.fullmatch(r"[A-Za-z0-9._~%-]+", place) for place in places)
    # A file's name is told as it is in JSON, and spelt out elsewhere.
    assert len(places) == 12


def test_a_file_name_that_is_no_text_is_told(make_folder: MakeFolder) -> None:
    folder = make_folder()
    (folder / "projects").mkdir()
    Path(os.fsdecode(os.fsencode(folder / "projects") + b"/\xff\xfe.yaml")).write_bytes(b"name: a\n")
    ran = invoke("validate", folder)
    assert (ran.status, ran.stderr) == (1, "")
    assert ran.stdout.startswith(f"{folder.as_posix()}/projects/\\udcff\\udcfe.yaml: file-name: ")


def test_hostile_names_on_the_command_line_are_spelt_out(hostile: Path) -> None:
    for word in ("\x1b[2J", RLO, "a\nb::error::x"):
        for arguments in (["trace", word], ["statement", word], ["reconcile", word], ["totals", "--area", word]):
            ran = invoke(*arguments, "--data", hostile)
            assert (ran.status, ran.stdout) == (2, "")
            assert not CONTROL.search(ran.stderr)
            assert not [line for line in ran.stderr.split("\n") if line.startswith("::")]


@pytest.mark.parametrize(
    "arguments",
    [("statement", "##[error]x"), ("##vso[task.complete]x",), ("totals", "--output", "gone/##[error]x")],
    ids=["no project", "no command", "no folder"],
)
def test_what_went_wrong_is_no_command_to_a_ci(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "data")
    ran = run(*arguments, cwd=tmp_path)
    assert ran.status in {2, 3}
    assert not COMMAND.search(ran.stderr)
    assert arguments[-1].replace("##", "##\\") in ran.stderr
