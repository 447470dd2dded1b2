"""Apportionment: parts that add up to the whole to the penny, and nothing split that no paper splits."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emcollab.records.ledger import Figure, Ledger
from emcollab.results.as_at import narrow_to_day
from emcollab.results.shares import apportion, count_millionths, divide
from emcollab.results.standing import find_standing
from emcollab.values.money import GRAIN, PENNY
from tests.conftest import EXAMPLE, MakeFolder, fleet, open_clean

FORCES = ("brackenshire", "aldershire", "calderdown")


@pytest.mark.parametrize(
    ("amount", "percentages", "parts"),
    [
        # nothing left over
        ("112500.00", "60 40", "67500.00 45000.00"),
        ("10000.00", "33.33 33.33 33.34", "3333.00 3333.00 3334.00"),
        # a penny left over goes to the largest remainder
        ("219950.77", "60 40", "131970.46 87980.31"),
        ("91237.45", "33.33 33.33 33.34", "30409.44 30409.44 30418.57"),
        ("14999.99", "33.33 33.33 33.34", "4999.50 4999.50 5000.99"),
        ("97040.10", "54.5 45.5 0", "52886.85 44153.25 0.00"),
        # of equal remainders the first force takes it
        ("84500.02", "33.33 33.33 33.34", "28163.86 28163.85 28172.31"),
        ("96001.00", "54.5 45.5 0", "52320.55 43680.45 0.00"),
        ("0.01", "50 50", "0.01 0.00"),
        ("0.01", "0 50 50", "0.00 0.01 0.00"),
        ("0.02", "33.33 33.33 33.34", "0.01 0.00 0.01"),
        # a minus amount is divided as its opposite is
        ("-3200.00", "33.33 33.33 33.34", "-1066.56 -1066.56 -1066.88"),
        ("-82.50", "54.5 45.5 0", "-44.96 -37.54 0.00"),
        ("-0.01", "50 50", "-0.01 0.00"),
        # nil, and shares of nil, all and less than nothing
        ("0.00", "60 40", "0.00 0.00"),
        ("100.00", "100 0", "100.00 0.00"),
        ("100.00", "120 -20", "120.00 -20.00"),
        ("0.01", "150 -50", "0.02 -0.01"),
        ("-100.01", "133.33 -33.33", "-133.34 33.33"),
    ],
)
def test_amounts_are_divided_to_the_penny(amount: str, percentages: str, parts: str) -> None:
    by_force = dict(zip(FORCES, map(Decimal, percentages.split()), strict=False))
    assert divide(Decimal(amount), count_millionths(by_force), PENNY) == dict(
        zip(FORCES, map(Decimal, parts.split()), strict=False)
    )


def test_posts_and_hours_are_divided_to_the_thousandth() -> None:
    thirds = {"a": Decimal("33.33"), "b": Decimal("33.33"), "c": Decimal("33.34")}
    assert divide(Decimal("7.500"), count_millionths({"a": Decimal(60), "b": Decimal(40)}), GRAIN) == {
        "a": Decimal("4.5"),
        "b": Decimal(3),
    }
    assert divide(Decimal("0.100"), count_millionths(thirds), GRAIN) == {
        "a": Decimal("0.033"),
        "b": Decimal("0.033"),
        "c": Decimal("0.034"),
    }


@st.composite
def percentages(draw: st.DrawFn) -> dict[str, Decimal]:
    """Return percentages that add up to 100, some of them perhaps nil or less."""
    parts = [
        Decimal(part).scaleb(-draw(st.integers(0, 6))) for part in draw(st.lists(st.integers(-300, 900), max_size=9))
    ]
    return {f"force-{number}": part for number, part in enumerate([*parts, 100 - sum(parts, Decimal(0))])}


@given(st.integers(-(10**14), 10**14), percentages())
def test_parts_add_up_to_the_whole_and_are_a_penny_off_at_most(pennies: int, shares: dict[str, Decimal]) -> None:
    amount = Decimal(pennies) / 100
    parts = divide(amount, count_millionths(shares), PENNY)
    assert sum(parts.values()) == amount
    assert list(parts) == list(shares)
    for force, part in parts.items():
        assert part == part.quantize(PENNY)
        assert abs(part - amount * shares[force] / 100) < PENNY


@given(st.integers(-(10**14), 10**14), percentages())
def test_a_correction_undoes_what_it_corrects(pennies: int, shares: dict[str, Decimal]) -> None:
    amount = Decimal(pennies) / 100
    undone = divide(-amount, count_millionths(shares), PENNY)
    assert {force: -part for force, part in divide(amount, count_millionths(shares), PENNY).items()} == undone


def split(ledger: Ledger, figure: Figure) -> str:
    """Return the parts of a figure, as `force part force part`."""
    return " ".join(f"{force} {part:.2f}" for force, part in apportion(ledger, figure).items())


def test_every_figure_of_the_example_is_apportioned_as_worked_out_by_hand() -> None:
    ledger = open_clean(EXAMPLE)
    parts = {
        f"{figure.project}/{figure.benefit} {figure.year}": split(ledger, figure)
        for figure in find_standing(ledger).figures
        if ledger.benefit(figure).shares
    }
    assert parts == {
        "control-room/posts 2016/17": "brackenshire 4.50 aldershire 3.00",
        "control-room/posts 2017/18": "brackenshire 7.50 aldershire 5.00",
        "control-room/staff 2015/16": "brackenshire 67500.00 aldershire 45000.00",
        "control-room/staff 2016/17": "brackenshire 131970.46 aldershire 87980.31",
        "control-room/staff 2017/18": "brackenshire 141660.00 aldershire 94440.00",
        "control-room/staff 2018/19": "brackenshire 144600.00 aldershire 96400.00",
        "control-room/staff 2019/20": "brackenshire 144024.00 aldershire 96016.00",
        "fleet/fuel 2015/16": "not-apportioned 42800.00",
        "fleet/fuel 2016/17": "brackenshire 28163.86 aldershire 28163.85 calderdown 28172.31",
        "fleet/fuel 2017/18": "brackenshire 30409.44 aldershire 30409.44 calderdown 30418.57",
        "fleet/fuel 2018/19": "brackenshire 52320.55 aldershire 43680.45 calderdown 0.00",
        "fleet/fuel 2019/20": "brackenshire 52886.85 aldershire 44153.25 calderdown 0.00",
        "fleet/maintenance 2016/17": "brackenshire -1066.56 aldershire -1066.56 calderdown -1066.88",
        "fleet/maintenance 2017/18": "brackenshire 4999.50 aldershire 4999.50 calderdown 5000.99",
        "fleet/maintenance 2018/19": "brackenshire -44.96 aldershire -37.54 calderdown 0.00",
    }


def test_the_order_of_the_forces_decides_a_tie_and_not_the_order_of_the_shares(make_folder: MakeFolder) -> None:
    shares = "{saltisle: 25%, marlshire: 25%, thornshire: 50%}"
    project = fleet("{source: paper-2016, actual: {2015/16: £0.02}}", shares=shares, shares_source="paper-2016")
    ledger = open_clean(make_folder({"projects/fleet.yaml": project}))
    # Salt Isle and Marlshire are due half a penny each. Salt Isle's share is written first, but Marlshire stands first.
    assert split(ledger, ledger.figures[0]) == "thornshire 0.01 marlshire 0.01 saltisle 0.00"


def test_without_percentages_that_a_paper_gives_nothing_is_split(make_folder: MakeFolder) -> None:
    ledger = open_clean(
        make_folder({
            "projects/fleet.yaml": """
                name: Joint fleet
                statements: [{source: paper-2016, forces: [thornshire, marlshire]}]
                benefits:
                  fuel:
                    area: vehicles
                    category: saving
                    statements: [{source: paper-2016, actual: {2015/16: £10}}]
                  oil:
                    area: vehicles
                    category: saving
                    shares: size
                    statements:
                      - source: paper-2018
                        reported: {a year: £50, 2016/17 to 2017/18: £70, 2016/17 to 2016-11: £7}
                        actual: {2015/16: £20, 2016/17: £30, 2017/18: £40}
                costs:
                  tank:
                    area: vehicles
                    shares: {thornshire: 100%}
                    shares_source: paper-2016
                    statements: [{source: paper-2016, actual: {2015/16: £60}}]
                """,
            "shares.yaml": "size: {source: paper-2017, years: {2016/17: {thornshire: 50%, marlshire: 50%}}}",
        })
    )  # fmt: skip
    assert [f"{figure.benefit} {figure.period}: {split(ledger, figure)}" for figure in ledger.figures] == [
        "fuel 2015/16: not-apportioned 10.00",
        # A key by years divides no amount that is not one year's.
        "oil a year: not-apportioned 50.00",
        "oil 2016/17 to 2017/18: not-apportioned 70.00",
        "oil 2016/17 to 2016-11: not-apportioned 7.00",
        "oil 2015/16: not-apportioned 20.00",  # the key begins later
        "oil 2016/17: thornshire 15.00 marlshire 15.00",
        "oil 2017/18: thornshire 20.00 marlshire 20.00",
        "tank 2015/16: thornshire 60.00",
    ]


def test_a_key_that_changes_in_mid_course_holds_from_year_to_year(make_folder: MakeFolder) -> None:
    years = "2014/15: {thornshire: 100%}, 2018/19: {saltisle: 100%}, 2016/17: {thornshire: 30%, marlshire: 70%}"
    ledger = open_clean(
        make_folder({
            "projects/fleet.yaml": """
                name: Joint fleet
                benefits:
                  fuel:
                    area: vehicles
                    category: saving
                    shares: size
                    statements:
                      - source: paper-2016
                        plan: {2014/15: £10, 2015/16: £10, 2016/17: £10, 2017/18: £10, 2018/19: £10, 2019/20: £10}
                """,
            "shares.yaml": f"size: {{source: paper-2016, years: {{{years}}}}}",
        })
    )  # fmt: skip
    assert [f"{figure.year}: {split(ledger, figure)}" for figure in ledger.figures] == [
        "2014/15: thornshire 10.00",
        "2015/16: thornshire 10.00",
        "2016/17: thornshire 3.00 marlshire 7.00",
        "2017/18: thornshire 3.00 marlshire 7.00",
        "2018/19: saltisle 10.00",
        "2019/20: saltisle 10.00",
    ]


def test_what_a_paper_gives_by_force_and_what_is_of_one_force_is_nobody_elses(make_folder: MakeFolder) -> None:
    ledger = open_clean(
        make_folder({
            "projects/fleet.yaml": """
                name: Joint fleet
                statements: [{source: paper-2016, force_count: 1}, {source: paper-2017, forces: [marlshire]}]
                benefits:
                  fuel: {area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £10}}]}
                """,
            "projects/yard.yaml": """
                name: Joint yard
                benefits:
                  rent:
                    area: estates
                    category: saving
                    statements:
                      - source: paper-2016
                        plan: {2015/16: {saltisle: £0.01, thornshire: £5}, in all: {marlshire: £1}}
                """,
        })
    )  # fmt: skip
    assert [f"{figure.benefit} {figure.amount}: {split(ledger, figure)}" for figure in ledger.figures] == [
        "fuel 10.00: marlshire 10.00",
        "rent 5.01: saltisle 0.01 thornshire 5.00",
        "rent 1.00: marlshire 1.00",
    ]
    # On the day of the first paper nobody was named.
    before = narrow_to_day(ledger, date(2016, 6, 16))
    assert split(before, before.figures[0]) == "not-apportioned 10.00"
