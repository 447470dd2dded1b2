"""Figures, and which of them stands: the rules of statements that restate each other, one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emcollab.records.ledger import Figure, Ledger, keys_of
from emcollab.results.as_at import figures_on
from emcollab.results.standing import find_latest, find_standing
from tests.conftest import EXAMPLE, MakeFolder, check, open_clean


def standing(ledger: Ledger, as_at: str = "") -> list[str]:
    """Return the figures that stand, as `benefit year basis amount source`, sorted."""
    day = date.fromisoformat(as_at) if as_at else None
    return sorted(
        f"{figure.benefit} {figure.year} {figure.basis} {figure.amount:,} {figure.source}"
        for figure in find_standing(figures_on(ledger, day).figures)
    )


def test_every_figure_is_kept_in_the_order_it_is_written(make_folder: MakeFolder) -> None:
    ledger = open_clean(
        make_folder({
            "projects/b.yaml": """
                name: B
                costs:
                  tank:
                    area: vehicles
                    statements:
                      - {source: paper-2016, undated: £5k, reported: {2015/16: £4k}}
                benefits:
                  fuel:
                    area: vehicles
                    category: saving
                    cashability: non-cashable
                    statements:
                      - source: paper-2017
                        actual: {2016/17: -£1.50}
                        reported: {2018/19: £3}
                        estimate: {2018/19: £1, 2017/18: £2}
                        plan: {2015/16: £0}
                      - {source: paper-2016, actual: {2015/16: £7}}
                  hours:
                    area: estates
                    category: saving
                    measure: hours
                    statements: [{source: paper-2016, undated: 1.5}]
                """,
            "projects/a.yaml": """
                name: A
                benefits:
                  grant: {area: grants, category: funding, statements: [{source: paper-2016, reported: {2015/16: £9}}]}
                """,
        })
    )  # fmt: skip
    fuel = ("b", "fuel", "vehicles", "saving", "non-cashable", "money")
    tank = ("b", "tank", "vehicles", "cost", "", "money")
    day_1, day_2 = date(2016, 6, 16), date(2017, 7, 20)
    figures = [(*figure[:8], float(figure.amount), *figure[9:]) for figure in ledger.figures]
    assert figures == [
        ("a", "grant", "grants", "funding", "", "money", "2015/16", "reported", 9, "paper-2016", day_1, 0),
        (*fuel, "2015/16", "plan", 0, "paper-2017", day_2, 0),
        (*fuel, "2018/19", "estimate", 1, "paper-2017", day_2, 0),
        (*fuel, "2017/18", "estimate", 2, "paper-2017", day_2, 0),
        (*fuel, "2018/19", "reported", 3, "paper-2017", day_2, 0),
        (*fuel, "2016/17", "actual", -1.5, "paper-2017", day_2, 0),
        (*fuel, "2015/16", "actual", 7, "paper-2016", day_1, 1),
        ("b", "hours", "estates", "saving", "unstated", "hours", "", "reported", 1.5, "paper-2016", day_1, 0),
        (*tank, "2015/16", "reported", 4000, "paper-2016", day_1, 0),
        (*tank, "", "reported", 5000, "paper-2016", day_1, 0),
    ]
    assert keys_of(ledger.figures[6]) == ("benefits", "fuel", "statements", 1, "actual", "2015/16")
    assert keys_of(ledger.figures[7]) == ("benefits", "hours", "statements", 0, "undated")
    assert keys_of(ledger.figures[8]) == ("costs", "tank", "statements", 0, "reported", "2015/16")
    assert [ledger.benefit(figure).area for figure in ledger.figures[7:9]] == ["estates", "vehicles"]
    assert ledger.years() == ("2015/16", "2016/17", "2017/18", "2018/19")


def fuel(make_folder: MakeFolder, *statements: str) -> Ledger:
    """Return a ledger with one benefit of these statements."""
    text = "name: Joint fleet\nbenefits:\n  fuel:\n    area: vehicles\n    category: saving\n    statements:\n"
    return open_clean(
        make_folder({"projects/fleet.yaml": text + "".join(f"      - {{{statement}}}\n" for statement in statements)})
    )


def test_an_actual_beats_everything_however_late(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder,
        "source: paper-2016, actual: {2015/16: £1}, plan: {2015/16: £5}",
        "source: paper-2017, estimate: {2015/16: £2}",
        "source: paper-2018, reported: {2015/16: £3}, estimate: {2015/16: £4}",
    )
    assert standing(ledger) == ["fuel 2015/16 actual 1.00 paper-2016"]


def test_of_several_actuals_the_one_of_the_latest_paper_stands_wherever_it_is_written(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder,
        "source: paper-2017, actual: {2015/16: £2}",
        "source: paper-2018, actual: {2015/16: £3}",
        "source: paper-2016, actual: {2015/16: £1}",
    )
    assert standing(ledger) == ["fuel 2015/16 actual 3.00 paper-2018"]


@pytest.mark.parametrize(("earlier", "later"), [("estimate", "reported"), ("reported", "estimate")])
def test_of_estimated_and_reported_figures_the_latest_paper_stands(
    make_folder: MakeFolder, earlier: str, later: str
) -> None:
    ledger = fuel(
        make_folder, f"source: paper-2018, {later}: {{2019/20: £3}}", f"source: paper-2016, {earlier}: {{2019/20: £1}}"
    )
    assert standing(ledger) == [f"fuel 2019/20 {later} 3.00 paper-2018"]


def test_of_one_day_reported_beats_estimate(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder,
        "source: paper-2016, reported: {2016/17: £1}, estimate: {2017/18: £3}",
        "source: panel-2016, estimate: {2016/17: £2}, reported: {2017/18: £4}",
        "source: paper-2017, reported: {2018/19: £5}, estimate: {2018/19: £6}",
    )
    assert standing(ledger) == [
        "fuel 2016/17 reported 1.00 paper-2016",
        "fuel 2017/18 reported 4.00 panel-2016",
        "fuel 2018/19 reported 5.00 paper-2017",
    ]


def test_a_plan_never_stands(make_folder: MakeFolder) -> None:
    ledger = fuel(make_folder, "source: paper-2018, plan: {2016/17: £1}")
    assert standing(ledger) == []


def test_a_stated_nil_stands(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder, "source: paper-2016, estimate: {2016/17: £5}", "source: paper-2017, actual: {2016/17: £0}"
    )
    assert standing(ledger) == ["fuel 2016/17 actual 0.00 paper-2017"]


def test_the_same_amount_twice_in_one_day_is_no_conflict(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder, "source: paper-2016, actual: {2015/16: £1k}", "source: panel-2016, actual: {2015/16: £0.001m}"
    )
    assert standing(ledger) == ["fuel 2015/16 actual 1,000.00 paper-2016"]


def test_two_amounts_of_one_basis_year_and_day_are_a_problem(make_folder: MakeFolder) -> None:
    text = (
        "name: N\nbenefits:\n  fuel:\n    area: vehicles\n    category: saving\n    statements:\n"
        "      - {source: paper-2016, actual: {2015/16: £1}}\n      - {source: panel-2016, actual: {2015/16: £2}}\n"
    )
    assert [problem.code for problem in check(make_folder({"projects/fleet.yaml": text}))[1]] == ["conflicting-figures"]


def test_an_undated_amount_is_superseded_as_others_are(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder, "source: paper-2016, undated: £1, reported: {2015/16: £5}", "source: paper-2017, undated: £2"
    )
    assert standing(ledger) == ["fuel  reported 2.00 paper-2017", "fuel 2015/16 reported 5.00 paper-2016"]


def test_benefits_and_costs_of_projects_stand_by_themselves(make_folder: MakeFolder) -> None:
    text = """
        name: N
        benefits:
          fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £1}}]}
          oil: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £2}}]}
        costs:
          tank: {area: vehicles, statements: [{source: paper-2016, actual: {2015/16: £3}}]}
        """
    ledger = open_clean(make_folder({"projects/a.yaml": text, "projects/b.yaml": text.replace("£1", "£4")}))
    assert standing(ledger) == [
        "fuel 2015/16 actual 1.00 paper-2016",
        "fuel 2015/16 actual 4.00 paper-2016",
        "oil 2015/16 actual 2.00 paper-2016",
        "oil 2015/16 actual 2.00 paper-2016",
        "tank 2015/16 actual 3.00 paper-2016",
        "tank 2015/16 actual 3.00 paper-2016",
    ]


def test_as_at_a_day_only_papers_of_that_day_or_before_count(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder,
        "source: paper-2016, estimate: {2016/17: £1}",
        "source: paper-2017, actual: {2016/17: £2}, estimate: {2017/18: £4}",
        "source: paper-2018, actual: {2016/17: £3}",
    )
    assert standing(ledger, "2016-06-15") == []
    assert standing(ledger, "2016-06-16") == ["fuel 2016/17 estimate 1.00 paper-2016"]
    assert standing(ledger, "2017-07-19") == ["fuel 2016/17 estimate 1.00 paper-2016"]
    assert standing(ledger, "2017-07-20") == [
        "fuel 2016/17 actual 2.00 paper-2017",
        "fuel 2017/18 estimate 4.00 paper-2017",
    ]
    assert standing(ledger, "2018-07-19") == [
        "fuel 2016/17 actual 3.00 paper-2018",
        "fuel 2017/18 estimate 4.00 paper-2017",
    ]
    assert standing(ledger, "2018-07-19") == standing(ledger)


def test_of_one_basis_the_latest_paper_counts_whether_it_stands_or_not(make_folder: MakeFolder) -> None:
    ledger = fuel(
        make_folder,
        "source: paper-2018, plan: {2016/17: £3}, actual: {2016/17: £6}",
        "source: paper-2016, plan: {2016/17: £1, 2017/18: £2}, estimate: {2016/17: £4}",
        "source: paper-2017, estimate: {2016/17: £5}",
    )

    def latest(basis: str, as_at: str = "") -> list[str]:
        figures = find_latest(figures_on(ledger, date.fromisoformat(as_at) if as_at else None).figures, basis)
        return [f"{figure.year} {figure.amount:f} {figure.source}" for figure in figures]

    assert latest("plan") == ["2016/17 3.00 paper-2018", "2017/18 2.00 paper-2016"]
    assert latest("plan", "2018-07-18") == ["2016/17 1.00 paper-2016", "2017/18 2.00 paper-2016"]
    assert latest("estimate") == ["2016/17 5.00 paper-2017"]
    assert latest("reported") == []


def test_a_ledger_of_some_of_the_figures_has_the_same_records(make_folder: MakeFolder) -> None:
    ledger = fuel(make_folder, "source: paper-2016, actual: {2014/15: £1, 2015/16: £2}")
    narrow = ledger.narrow(ledger.figures[1:])
    assert narrow.figures == ledger.figures[1:]
    assert narrow.years() == ("2015/16",)
    assert narrow.projects == ledger.projects


def test_a_figure_whose_paper_is_not_there_is_in_no_list(make_folder: MakeFolder) -> None:
    text = "name: N\ncosts:\n  tank: {area: vehicles, statements: [{source: gone, undated: £1}]}\n"
    ledger, problems = check(make_folder({"projects/a.yaml": text}))
    assert ledger.figures == ()
    assert [problem.code for problem in problems] == ["unknown-source"]


def test_benefits_are_called_by_their_project_and_label_or_id(make_folder: MakeFolder) -> None:
    stated = "category: saving, statements: [{source: paper-2016, undated: £1}]"
    text = f"""
        name: Joint fleet
        benefits:
          fuel: {{area: vehicles, label: Fuel contract, {stated}}}
          spare-parts: {{area: vehicles, {stated}}}
        costs:
          new-tank: {{area: vehicles, statements: [{{source: paper-2016, undated: £1}}]}}
        """
    ledger = open_clean(make_folder({"projects/fleet.yaml": text}))
    assert ledger.label("fleet", "fuel") == "Joint fleet: Fuel contract"
    assert ledger.label("fleet", "spare-parts") == "Joint fleet: spare parts"
    assert ledger.label("fleet", "new-tank") == "Joint fleet: new tank"


EXAMPLE_FIGURES = open_clean(EXAMPLE).figures


def rank(figure: Figure) -> tuple[bool, date, bool]:
    return figure.basis == "actual", figure.date, figure.basis == "reported"


@given(st.permutations(EXAMPLE_FIGURES), st.sampled_from(sorted({item.date for item in EXAMPLE_FIGURES})))
def test_what_stands_does_not_depend_on_the_order_of_writing(every: list[Figure], as_at: date) -> None:
    figures = [figure for figure in every if figure.date <= as_at]
    stands = find_standing(figures)
    assert sorted(stands) == sorted(find_standing(figure for figure in EXAMPLE_FIGURES if figure.date <= as_at))
    subjects = [(figure.project, figure.benefit, figure.category, figure.year) for figure in stands]
    assert len(set(subjects)) == len(subjects)
    for figure in figures:
        if figure.basis != "plan":
            subject = (figure.project, figure.benefit, figure.category, figure.year)
            assert rank(stands[subjects.index(subject)]) >= rank(figure)
