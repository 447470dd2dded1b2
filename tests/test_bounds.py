"""Inputs made to take long: the answer is right, and comes; what is looked for is looked up, not searched for."""

from emcollab.results.standing import find_standing
from emcollab.values.problems import Fault, Faulty, Names
from tests.conftest import MakeFolder, check, invoke, open_clean, places_of

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
    # The last of the chain has its other alone, the one before it that and its own, and so on up to a hundred.
    assert takers["b999"] == ["other999"]
    assert takers["b998"] == ["other998", "other999"]
    assert {len(some) for some in takers.values()} == {*range(1, 101)}
    assert takers["b0"] == [f"other{number}" for number in range(100)]


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
