"""A ledger of another region, with its own forces, areas and units, and half-empty: the code knows of no region."""

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import emcollab
from tests.conftest import MakeFolder, check, invoke

STRANGER = {
    "ledger.yaml": "title: Ytterland, polissamverkan\nunit: £k\n",
    "areas.yaml": """
        hundar: Hundar & hästar
        10-it: IT – gemensam drift
        """,  # noqa: RUF001 - an en dash is meant
    "forces.yaml": """
        norra: {name: Polisregion Norra}
        sodra: {name: Polisregion Södra, in_region: false}
        """,
    "sources.yaml": "1999-protokoll: {title: Protokoll, body: Nämnden, date: 2000-01-31}\n",
    "projects/hundforare.yaml": """
        name: Hundförare
        benefits:
          valpar:
            area: hundar
            category: saving
            shares: {sodra: 50%, norra: 50%}
            shares_source: 1999-protokoll
            statements:
              - {source: 1999-protokoll, reported: {1998/99: £0.03k, 1999/00: £1.25k, a year: £7}}
          bidrag: {area: 10-it, category: funding, statements: [{source: 1999-protokoll, estimate: {2000/01: £2m}}]}
        """,
    "projects/tomt.yaml": "name: Tomt\n",
    "projects/namngivet.yaml": """
        name: Namngivet
        statements: [{source: 1999-protokoll, forces: [norra]}]
        costs: {}
        milestones: []
        """,
    "recommendations/revision-2000.yaml": """
        made_by: Revisorn
        source: 1999-protokoll
        items: {1a: {recommendation: Gör det}}
        """,
}


def test_it_validates(make_folder: MakeFolder) -> None:
    folder = make_folder(STRANGER)
    assert check(folder)[1] == []
    assert invoke("validate", folder) == (0, "8 files, 4 figures: no problems\n", "")


def test_it_totals_in_its_own_unit_with_as_many_places_as_it_needs(make_folder: MakeFolder) -> None:
    assert invoke("totals", "--data", make_folder(STRANGER)) == (
        0,
        """\
Ytterland, polissamverkan (£k)

Area                          1998/99    1999/00     2000/01
--------------------------  ---------  ---------  -----------
Hundar & hästar                 0.030      1.250           -
IT – gemensam drift                 -          -   2,000.000*
--------------------------  ---------  ---------  -----------
TOTAL                          £0.030     £1.250  £2,000.000
of which
  savings                       0.030      1.250           -
    cashable                        -          -           -
      cash releasing                -          -           -
    non-cashable                    -          -           -
    cashability not stated      0.030      1.250           -
  funding                           -          -   2,000.000*
  unclassified                      -          -           -

* an estimate, or includes one, in 2000/01: IT – gemensam drift.
- nothing stated.
In no total, as the paper names no years: Hundförare: valpar, £0.007k a year (saving, cashability
  not stated).
""",  # noqa: RUF001 - en dashes are meant
        "",
    )


def test_its_table_1_in_a_database_is_its_own(make_folder: MakeFolder, tmp_path: Path) -> None:
    target = tmp_path / "ledger.db"
    ran = invoke("export", "--data", make_folder(STRANGER), "--format", "sqlite", "--output", target)
    assert (ran.status, ran.stdout) == (0, "")
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("SELECT * FROM table_1").fetchall() == [
            ("Hundar & hästar", 30, 1_250, None),
            ("IT – gemensam drift", None, None, 2_000_000),  # noqa: RUF001 - an en dash is meant
            ("TOTAL", 30, 1_250, 2_000_000),
        ]
        assert database.execute("SELECT * FROM table_1_breakdown").fetchall() == [
            ("savings", 30, 1_250, None),
            ("savings: cashable", None, None, None),
            ("savings: cashable: cash releasing", None, None, None),
            ("savings: non-cashable", None, None, None),
            ("savings: cashability not stated", 30, 1_250, None),
            ("funding", None, None, 2_000_000),
            ("unclassified", None, None, None),
        ]


def test_its_report_is_in_its_own_words(make_folder: MakeFolder, tmp_path: Path) -> None:
    target = tmp_path / "report"
    assert invoke("report", "--data", make_folder(STRANGER), "--output", target).status == 0
    text = (target / "projects" / "hundforare.html").read_text(encoding="utf-8")
    assert '<section id="valpar-a_year">' in text
    assert "Hundförare: valpar, a year, no years being named: £7 (reported)" in text
    assert not REGION.search(" ".join(path.read_text(encoding="utf-8") for path in target.rglob("*.html")))


def test_it_totals_by_its_own_forces(make_folder: MakeFolder) -> None:
    ran = invoke("totals", "--data", make_folder(STRANGER), "--by", "force", "--format", "csv")
    assert ran.stdout.split("\n")[:5] == [
        "part,id,label,unit,1998/99,1999/00,2000/01,estimates,period,basis,source,not added",
        "row,norra,Polisregion Norra,GBP,15,625,,,,,,",
        "row,sodra,Polisregion Södra,GBP,15,625,,,,,,",
        "row,not-apportioned,Not apportioned,GBP,,,2000000,2000/01,,,,",
        "total,total,TOTAL,GBP,30,1250,2000000,2000/01,,,,",
    ]


def test_what_it_mistypes_is_answered_with_its_own_names(make_folder: MakeFolder) -> None:
    folder = make_folder(STRANGER)
    assert invoke("totals", "--data", folder, "--force", "norrra").stderr.endswith("did you mean 'norra'?\n")
    assert invoke("totals", "--data", folder, "--area", "katter").stderr.endswith("write one of: hundar, 10-it\n")


REGION = re.compile(
    r"east.midlands|\bem(sou|opss|cjs|scu)\b|derbyshire|leicester|lincoln|northampton|nottingham|cheshire|rutland"
    r"|\bgoem\b|\bnpia\b|\banpr\b|\bdcc\b|mobile.data|joint.procurement|westmarch",
    re.IGNORECASE,
)


def test_the_code_names_no_region_force_or_area_but_in_examples() -> None:
    found = []
    for path in sorted(Path(emcollab.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for example in [*_examples(tree)]:
            example.value = ""
        found += [
            f"{path.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and REGION.search(node.value)
        ]
    assert found == []


def _examples(tree: ast.Module) -> list[ast.Constant]:
    """Return the texts that are examples: of docstrings, of the help of commands, and of fields."""
    examples: list[ast.AST] = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "command":
            examples += node.args
        if isinstance(node, ast.keyword) and node.arg == "examples":
            examples += ast.walk(node.value)
    return [node for node in examples if isinstance(node, ast.Constant) and isinstance(node.value, str)]
