"""Inputs made to take long: the answer is right, and comes; what is looked for is looked up, not searched for."""

import json

from emcollab.loading.parser import find_places, read_document
from emcollab.loading.text import FileText, find_hidden
from emcollab.render.formats.problems import REPORTS, Findings
from emcollab.results.reconcile import reconcile
from emcollab.results.standing import find_standing
from emcollab.values.problems import Fault, Faulty, Names, Problem
from tests.conftest import DEFAULTS, MakeFolder, check, check_files, invoke, open_clean, places_of

SOURCE = "statements: [{source: paper-2017, actual: {2016/17: £1}}]"


def chain_of(length: int) -> str:
    """Return a project of benefits each of which takes the place of the one before it, the newest first."""
    lines = [
        f"  b{number}: {{area: vehicles, category: saving, "
        f"{f'replaces: [chain/b{number - 1}], ' if number else ''}{SOURCE}}}"
        for number in reversed(range(length))
    ]
    return "\n".join(["name: Chain", "benefits:", *lines]) + "\n"


def test_of_a_long_chain_of_replacements_the_last_stands(make_folder: MakeFolder) -> None:
    ran = invoke("totals", "--format", "csv", "--data", make_folder({"projects/chain.yaml": chain_of(4_000)}))
    assert ",1," in ran.stdout
    assert "4000" not in ran.stdout


def test_of_a_long_chain_of_which_each_is_replaced_twice_so_many_are_named(make_folder: MakeFolder) -> None:
    one = "  {}: {{area: vehicles, category: saving, replaces: [chain/b{}], {}}}"
    lines = [one.format(f"other{number}", number, SOURCE) for number in range(1_000)]
    folder = make_folder({"projects/chain.yaml": chain_of(1_000) + "\n".join(lines) + "\n"})
    displaced = find_standing(open_clean(folder)).displaced
    takers = {old.benefit: [by.benefit for by in some] for old, some in displaced.values()}
    assert len(takers) == 1_000
    # The last of the chain has its other alone, the one before it that and its own, and so on up to twenty.
    assert takers["b999"] == ["other999"]
    assert takers["b998"] == ["other998", "other999"]
    assert {len(some) for some in takers.values()} == {*range(1, 21)}
    assert takers["b0"] == [f"other{number}" for number in range(20)]


def test_one_paper_that_states_one_amount_for_thousands_of_benefits(make_folder: MakeFolder) -> None:
    lines = [f"  b{number}: {{area: vehicles, category: saving, {SOURCE}}}" for number in range(3_000)]
    folder = make_folder({"projects/many.yaml": "\n".join(["name: Many", "benefits:", *lines])})
    assert len(open_clean(folder).figures) == 3_000
    ran = invoke("appraisal", "--format", "json", "--data", folder)
    assert len(ran.stdout) < 6_000_000
    assert "and others" in ran.stdout


def test_of_many_problems_of_one_file_the_first_are_shown(make_folder: MakeFolder) -> None:
    forces = "".join(f"force-number-{number}: {{name: F}}\n" for number in range(5_000))
    names = ", ".join(f"force-nomber-{number}" for number in range(1_000))
    text = f"name: Many\nstatements: [{{source: paper-2017, forces: [{names}]}}]\n"
    _, problems = check(make_folder({"forces.yaml": forces, "projects/many.yaml": text}))
    assert len(problems) == 502
    assert places_of(problems)[:2] == [
        "forces.yaml:101:1: too-many-forces",
        "projects/many.yaml:1:1: too-many-problems",
    ]
    assert "'force-number-0'" in problems[2].help


def test_of_many_hidden_characters_the_first_are_problems_and_the_others_are_counted() -> None:
    text = "a: " + "\t\t\x7f" * 1_000  # a stretch of tabs is one
    found, more = find_hidden(FileText("a.yaml", text))
    assert (len(found), found[2].column, more) == (500, 7, 1_500)
    first, *shown = read_document("a.yaml", text.encode()).problems
    # 2,000 stretches, and nothing else is there for a value.
    assert (len(shown), first.message) == (500, "the file has 1,501 more problems")


def test_a_long_text_that_is_refused_is_not_read_again_for_better_words(make_folder: MakeFolder) -> None:
    many = "".join(f"  b{number}: {{area: vehicles, category: saving, {SOURCE}}}\n" for number in range(700))
    text = f"name: Many\nbenefits:\n{many}"
    assert len(text) > 50_000
    for more, place in (
        ("  x: a: b\n", "703:7: syntax"),
        ("  x: [a\n", "703:6: syntax"),
        ("  x: !odd a\n", "703:6: tag"),
        ("  ? x\n", "703:5: empty-value"),
        ("note: PNC #2\nowner: [a\n", "703:11: swallowed-text"),
    ):
        _, problems = check(make_folder({"projects/many.yaml": text + more}))
        assert f"projects/many.yaml:{place}" in places_of(problems)
    for directive in ("%ODD", "%TAG ! x"):
        _, problems = check(make_folder({"projects/many.yaml": f"{directive}\n---\n{text}"}))
        assert places_of(problems)[0].startswith("projects/many.yaml:1:1: ")


def test_among_many_names_the_nearest_is_found_at_either_end() -> None:
    names = Names(f"{letter}force-{number}" for letter in "abc" for number in range(1_000))
    assert (names.find_near("bforce_717"), names.find_near("xforce-717x")) == ("bforce-717", "")
    assert "aforce-0" in names
    assert names.suggest("unlike").endswith(" and 2,980 more")


def test_names_that_are_all_alike_are_compared_for_a_moment_only() -> None:
    alike = "force-of-the-same-long-name-" * 3
    names = Names(f"{alike}{number:03}" for number in range(100))
    first = names.find_near(f"{alike}x")
    assert first.startswith(alike)
    assert [names.find_near(f"{alike}{letter}") for letter in "abcdefghijklmnop"][-1] == ""
    assert names.find_near(f"{alike}x") == first  # what was compared need not be again


def test_a_fault_covers_what_is_below_it_and_touches_what_is_above() -> None:
    faulty = Faulty([Fault("", ("a", 1), "", ""), Fault("", ("b",), "", "", meant="c")])
    assert [faulty.covers(keys) for keys in (("a",), ("a", 1), ("a", 1, "x"), ("b",), ("b", "x"))] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert [faulty.touches(keys) for keys in ((), ("a",), ("c",))] == [True, True, False]


class Line(str):  # noqa: SLOT000 - what is tested asks for a text
    """A line of a file that counts how often it is looked at."""

    times = 0

    def strip(self, chars: str | None = None, /) -> str:
        Line.times += 1
        return super().strip(chars)


def test_of_many_problems_of_one_line_it_is_looked_at_once() -> None:
    line = Line("x" * 1_000)
    problems = [Problem("a.yaml", 1, column, "syntax", "message", "help", line) for column in range(1, 501)]
    found = json.loads(REPORTS["gitlab"](Findings(problems, 1, 0)))
    assert len({each["fingerprint"] for each in found}) == 500
    assert Line.times == 1


def test_places_are_noted_of_what_is_asked_for_and_of_what_is_above_it() -> None:
    text = "a: [b, {c: d, e: [f, g]}]\nh: {i: j}\n"
    everything = find_places(text)
    assert len(everything) == 10
    some = find_places(text, [("a", 1, "e", 1), ("h", "lost"), ("nowhere",)])
    assert some == {keys: everything[keys] for keys in ((), ("a",), ("a", 1), ("a", 1, "e"), ("a", 1, "e", 1), ("h",))}
    assert [(keys, spot.key) for keys, spot in find_places(text, []).items()] == [((), (1, 1))]


def test_many_tables_of_many_days_are_set_beside_one_ledger_if_nothing_came_between(make_folder: MakeFolder) -> None:
    days = range(1, 29)
    one = (
        "    {}: {{area: vehicles, category: saving, {}statements: [{{source: paper-2016, actual: {{2015/16: £{}}}}}]}}"
    )
    files: dict[str, str] = {
        "sources.yaml": DEFAULTS["sources.yaml"] + "".join(
            f"\n        on-{day}: {{title: On {day}, body: Panel, date: 2017-02-{day:02}}}" for day in days
        ),
        "projects/fleet.yaml": "\n".join(
            ["    name: Fleet", "    benefits:", *(
                "  " + one.format(f"b{number}", "replaces: [fleet/b0], " if number == 1 else "", number)
                for number in range(50)
            )]
        ),
    }  # fmt: skip
    for day in days:
        files[f"published/on-{day}.yaml"] = (
            f"source: on-{day}\ntitle: On {day}\nby: area\nunit: £\nyears: [2015/16]\nrows:\n  vehicles: ['1225']\n"
        )
    ledger = open_clean(make_folder(files))
    results = reconcile(ledger, ledger.published)
    assert [[cell.verdict for cell in each.cells] for each in results] == [["agrees"]] * len(days)
    # The figures in the cell are one tuple, that all tables have in common.
    assert len({id(each.cells[0].figures) for each in results}) == 1
    assert len(results[0].cells[0].figures) == 49


def test_columns_of_a_force_or_a_benefit_each_are_told_apart_once(make_folder: MakeFolder) -> None:
    key = "k: {source: paper-2016, years: {2015/16: {thornshire: 50%, marlshire: 30%, saltisle: 20%}}}\n"
    benefits = "".join(
        f"  b{number}: {{area: vehicles, category: saving, shares: k, "
        f"statements: [{{source: paper-2016, actual: {{2015/16: £{number * 10}}}}}]}}\n"
        for number in range(1, 5)
    )
    columns = [f"{{label: F{place}, period: 2015/16, force: {force}}}"
               for place, force in enumerate(("thornshire", "marlshire", "saltisle"))]  # fmt: skip
    columns += [f"{{label: B{number}, period: 2015/16, benefit: fleet/b{number}}}" for number in range(1, 5)]
    columns.append("{label: FB, period: 2015/16, force: marlshire, benefit: fleet/b2}")
    columns.append("{label: Early, period: 2015/16, as_at: 2015-01-01}")
    table = (
        f"source: paper-2016\ntitle: T\nby: area\nunit: £\ncolumns: [{', '.join(columns)}]\n"
        'rows: {vehicles: ["50", "30", "20", "10", "20", "30", "40", "6", "-"]}\n'
    )
    by_force = (
        "source: paper-2016\ntitle: T\nby: force\nunit: £\nyears: [2015/16]\n"
        "rows: {thornshire: ['50'], marlshire: ['30'], saltisle: ['20']}\ntotals: ['100']\n"
    )
    folder = make_folder({
        "shares.yaml": key, "projects/fleet.yaml": f"name: Fleet\nbenefits:\n{benefits}",
        "published/t.yaml": table, "published/u.yaml": by_force,
    })  # fmt: skip
    ledger = open_clean(folder)
    results = reconcile(ledger, ledger.published)
    assert {cell.verdict for each in results for cell in each.cells} == {"agrees"}


def test_whether_a_project_goes_on_is_looked_up_by_the_day_of_the_paper(make_folder: MakeFolder) -> None:
    days = [(month, day) for month in range(1, 13) for day in range(1, 29)]
    sources = "".join(
        f"\n        s{place}: {{title: S, body: B, date: 2016-{month:02}-{day:02}}}"
        for place, (month, day) in enumerate(days)
    )
    said = "".join(
        f"- {{source: s{place}, status: {'live' if place % 2 else 'closed'}}}\n" for place in range(len(days))
    )
    text = (
        f"name: Fleet\nstatements:\n{said}benefits:\n  b:\n    area: vehicles\n    category: saving\n    statements:\n"
        "    - {source: s0, reported: {2018/19: £1}}\n    - {source: s1, reported: {2018/19: £1}}\n"
        "    - {source: s334, reported: {2018/19: £1}}\n    - {source: paper-2017, reported: {2018/19: £1}}\n"
    )
    _, problems = check(make_folder({"sources.yaml": DEFAULTS["sources.yaml"] + sources, "projects/fleet.yaml": text}))
    # At 0 and 334 it was closed, at 1 and after 335 it went on.
    line = len(days) + 8
    assert places_of(problems) == [
        f"projects/fleet.yaml:{line}:31: figure-after-closure",
        f"projects/fleet.yaml:{line + 2}:33: figure-after-closure",
    ]


def test_of_many_benefits_that_one_key_divides_a_note_names_the_first(make_folder: MakeFolder) -> None:
    key = "k: {source: paper-2016, years: {2016/17: {thornshire: 50%, marlshire: 50%}}}\n"
    lines = [f"  b{number}: {{area: vehicles, category: saving, shares: k, {SOURCE}}}" for number in range(103)]
    folder = make_folder({"shares.yaml": key, "projects/many.yaml": "\n".join(["name: Many", "benefits:", *lines])})
    ran = invoke("totals", "--by", "force", "--format", "json", "--data", folder)
    assert json.loads(ran.stdout)["total"] == {"2016/17": 103}
    ran = invoke("totals", "--by", "force", "--format", "markdown", "--data", folder)
    assert "b99 and three more by the key of k" in ran.stdout


def test_a_name_far_along_a_line_is_looked_at_from_near() -> None:
    many = ", ".join(f"odd{number}: {'x' * 50}" for number in range(100))
    _, problems = check_files({"areas.yaml": b"a: A\n", "ledger.yaml": f"{{title: T, {many}}}\n".encode()})
    odd = [problem for problem in problems if problem.code == "unknown-key"]
    assert len(odd) == 100
    assert all("; or quote the text before it" in problem.help for problem in odd)
