"""Amounts of money, posts and hours: what is read, what is refused with which words, and how rounding goes."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emcollab.values.money import (
    POUNDS,
    fit_measures,
    fit_unit,
    format_amount,
    parse_money,
    parse_number,
    places_needed,
    round_to,
    say_amount,
    say_amounts,
)
from emcollab.values.problems import BadValue

FORMS = ["£0.478m", "£30k", "£1,324,000"]


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£0", "0"),
        ("-£0", "0"),
        ("£82", "82"),
        ("£82.5", "82.50"),
        ("£82.50", "82.50"),
        ("-£82.50", "-82.50"),
        ("£0.01", "0.01"),
        ("£30k", "30000"),
        ("£1,324k", "1324000"),
        ("£17.5k", "17500"),
        ("£12.34567k", "12345.67"),
        ("£0.00001k", "0.01"),
        ("£1,324,000", "1324000"),
        ("£1324000", "1324000"),
        ("£0.478m", "478000"),
        ("-£0.082m", "-82000"),
        ("£0.00000001m", "0.01"),
        ("£1.23456789m", "1234567.89"),
        ("£1.2bn", "1200000000"),
        ("£0.00000000001bn", "0.01"),
        ("£1.0000000", "1"),
        ("£1,000bn", "1000000000000"),
        ("-£1,000bn", "-1000000000000"),
        ("£999,999,999,999.99", "999999999999.99"),
    ],
)
def test_money_is_read_to_the_penny_in_every_unit(text: str, pounds: str) -> None:
    amount = parse_money(text)
    assert amount == Decimal(pounds)
    assert amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # no sign, no unit: which of the two was meant cannot be told
        ("0.478", ["£0.478m", "£0.478k"]),
        ("-0.5", ["-£0.5m", "-£0.5k"]),
        ("82.50", ["£82.50", "£82.50m", "£82.50k"]),
        ("204,310.50", ["£204,310.50", "£204,310.50k"]),
        ("-1250.5", ["-£1,250.5", "-£1,250.5k"]),
        ("500", ["£500", "£500k"]),
        ("-500", ["-£500", "-£500k"]),
        ("(500)", ["-£500", "-£500k"]),
        ("1,324", ["£1,324", "£1,324k"]),
        ("1_324_000", ["£1,324,000", "£1,324,000k"]),
        # a unit, but no sign
        ("500k", ["£500k"]),
        ("1.3m", ["£1.3m"]),
        # units in other words
        ("£1.3 million", ["£1.3m"]),
        ("£1.3millions", ["£1.3m"]),
        ("£1.3mn", ["£1.3m"]),
        ("£1.3mil", ["£1.3m"]),
        ("£1.3M", ["£1.3m"]),
        ("£30 thousand", ["£30k"]),
        ("£30th", ["£30k"]),
        ("£30 000s", ["£30k"]),
        ("£30K", ["£30k"]),
        ("£2 billion", ["£2bn"]),
        ("£2b", ["£2bn"]),
        # minus in other forms
        ("£-82", ["-£82"]),
        ("\N{MINUS SIGN}£82", ["-£82"]),
        ("(£82)", ["-£82"]),
        ("£(82)", ["-£82"]),
        ("\N{EN DASH}£82", ["-£82"]),
        ("£82-", ["-£82"]),
        ("£5-10k-", FORMS),
        ("£82k -", ["-£82k"]),
        ("82,000-", ["-£82,000", "-£82,000k"]),
        ("0.5m\N{MINUS SIGN}", ["-£0.5m"]),
        ("£ -82", ["-£82"]),
        ("£ (82)", ["-£82"]),
        ("(-£82)", ["-£82"]),
        ("+£5", ["£5"]),
        ("+ £ 5", ["£5"]),
        ("+-82", FORMS),
        ("-£-82", FORMS),
        ("+(82)", FORMS),
        ("+£(82)", FORMS),
        ("£(+82)", FORMS),
        ("( + £82k)", FORMS),
        # digits in other forms
        ("£1 324 000", ["£1,324,000"]),
        ("£ 204,310.50", ["£204,310.50"]),
        ("£1_324_000", ["£1,324,000"]),
        ("£01.5m", ["£1.5m"]),
        ("£007", ["£7"]),
        ("£.5m", ["£0.5m"]),
        ("£5.", ["£5"]),
        ("£1,32,000", ["£132,000"]),
        # exponents
        ("1.5e6", ["£1,500,000"]),
        ("£1.5e6", ["£1,500,000"]),
        ("-£1.5E+6", ["-£1,500,000"]),
        ("1e12", ["£1,000,000,000,000"]),
        ("£12.345e1", ["£123.45"]),
        # a comma that may be a decimal point
        ("£1,32", ["£1.32", "£132"]),
        ("£1,3", ["£1.3", "£13"]),
        ("1,32", ["£1.32", "£132"]),
        ("-£1,32m", ["-£1.32m", "-£132m"]),
        ("£,5", ["£0.5", "£5"]),
        # nothing to go by
        ("", FORMS),
        ("£", FORMS),
        (",", FORMS),
        ("TBC", []),
        ("n/a", []),
        ("-", []),
        ("lots", FORMS),
        ("£1.3 lakh", FORMS),
        ("£1.3.2", FORMS),
        ("1e13", FORMS),
        ("£\N{ARABIC-INDIC DIGIT ONE}", FORMS),
        ("$82", FORMS),
        ("£" + "9" * 40, FORMS),
    ],
)
def test_what_is_not_money_is_refused_with_what_to_write(text: str, meant: list[str]) -> None:
    assert refuse(parse_money, text) == meant


@pytest.mark.parametrize("nil", [parse_money("-£0"), parse_money("-£0.00m"), parse_number("-0.000")])
def test_nil_has_no_sign(nil: Decimal) -> None:
    assert (nil, nil.is_signed()) == (Decimal(0), False)


def refuse(parse: Callable[[str], Decimal], text: str) -> list[str]:
    """Return the texts that `parse` says to write instead of one that is no amount."""
    with pytest.raises(BadValue) as refused:
        parse(text)
    assert refused.value.code == "bad-amount"
    assert text in refused.value.message
    quoted = re.findall("'([^']*)'|\"([^\"]*)\"", refused.value.help)
    texts = [single or double for single, double in quoted]
    # A text with a comma is given as it has to be written between braces.
    assert texts == FORMS or all(("," in double) != bool(single) for single, double in quoted)
    return texts


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("£0.478123456789m", ["£478,123.46"]),
        ("£0.005", ["£0.01"]),
        ("-£0.005", ["-£0.01"]),
        ("£0.0049", ["£0"]),
        ("£12.345678k", ["£12,345.68"]),
        ("£2.999", ["£3", "£2,999"]),
        ("£1.005", ["£1.01", "£1,005"]),
        ("-£12.345", ["-£12.35", "-£12,345"]),
    ],
)
def test_money_finer_than_a_penny_is_refused(text: str, meant: list[str]) -> None:
    assert refuse(parse_money, text) == meant


@pytest.mark.parametrize("text", ["£1,000,000,000,000.01", "-£1,000,000,000,000.01", "£1,001bn", "£9999999bn"])
def test_money_beyond_a_thousand_billion_is_refused(text: str) -> None:
    assert refuse(parse_money, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("0.6", "0.6"),
        ("10", "10"),
        ("12.5", "12.5"),
        ("-3", "-3"),
        ("1250", "1250"),
        ("1,250.125", "1250.125"),
        ("2350.250", "2350.25"),
        ("1,000,000,000,000", "1000000000000"),
    ],
)
def test_posts_and_hours_are_plain_numbers(text: str, number: str) -> None:
    amount = parse_number(text)
    assert amount == Decimal(number)
    assert amount.as_tuple().exponent == -3


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("six", ["0.6"]),
        ("", ["0.6"]),
        (".6", ["0.6"]),
        ("-.5", ["-0.5"]),
        ("- 0.5", ["-0.5"]),
        ("12.", ["12"]),
        ("1 250", ["1,250"]),
        ("1 250 000.5 hours", ["1,250,000.5"]),
        ("5 6", ["0.6"]),
        ("5 - 6", ["0.6"]),
        ("010", ["10"]),
        ("1e3", ["0.6"]),
        ("1_000", ["1,000"]),
        ("12,50", ["12.50", "1,250"]),
        ("1250 hours", ["1,250"]),
        ("(3)", ["-3"]),
        ("3.5-", ["-3.5"]),
        ("\N{EN DASH}3", ["-3"]),
        ("+ 3", ["3"]),
        ("+-3", ["0.6"]),
        ("(+3)", ["0.6"]),
        ("+(3)", ["0.6"]),
        ("TBC", []),
        ("9" * 41, ["0.6"]),
        ("£6", ["£", "measure"]),
        ("1.2345", ["1.235"]),
        ("-1.2345", ["-1.235"]),
        ("1000000000001", []),
    ],
)
def test_what_is_no_number_of_posts_is_refused_with_what_to_write(text: str, meant: list[str]) -> None:
    assert refuse(parse_number, text) == meant


@pytest.mark.parametrize(
    ("amount", "unit", "places", "shown"),
    [
        ("0.5", "£", 0, "1"),
        ("1.5", "£", 0, "2"),
        ("2.5", "£", 0, "3"),
        ("-2.5", "£", 0, "-3"),
        ("2.49", "£", 0, "2"),
        ("15250", "£k", 1, "15.3"),
        ("73750", "£k", 1, "73.8"),
        ("219950.77", "£m", 3, "0.220"),
        ("500", "£m", 3, "0.001"),
        ("499.99", "£m", 3, "0.000"),
        ("1.0005", "posts", 3, "1.001"),
        ("1250.5", "hours", 0, "1251"),
    ],
)
def test_rounding_is_half_up_and_only_when_shown(amount: str, unit: str, places: int, shown: str) -> None:
    rounded = round_to(Decimal(amount), unit, places)
    assert f"{rounded:f}" == shown


@pytest.mark.parametrize(
    ("amount", "unit", "places", "plain", "with_sign"),
    [
        ("1324000", "£k", 3, "1,324.000", "£1,324.000"),
        ("12335000", "£m", 3, "12.335", "£12.335"),
        ("-82000", "£m", 3, "-0.082", "-£0.082"),
        ("-0.04", "£", 1, "0.0", "£0.0"),
        ("0", "£m", 3, "0.000", "£0.000"),
        ("1234567.89", "£", 2, "1,234,567.89", "£1,234,567.89"),
        ("12.5", "posts", 1, "12.5", "12.5"),
        ("-1250", "hours", 0, "-1,250", "-1,250"),
    ],
)
def test_amounts_are_shown_with_commas_and_the_minus_first(
    amount: str, unit: str, places: int, plain: str, with_sign: str
) -> None:
    assert format_amount(Decimal(amount), unit, places) == plain
    assert format_amount(Decimal(amount), unit, places, sign=True) == with_sign


@pytest.mark.parametrize(
    ("amount", "unit", "places"),
    [
        ("478000", "£m", 3),
        ("478000.00", "£k", 0),
        ("0", "£m", 0),
        ("1000000.00", "£m", 0),
        ("0.01", "£m", 8),
        ("-0.50", "£", 1),
        ("12.500", "posts", 1),
        ("2350.250", "hours", 2),
    ],
)
def test_as_many_places_as_lose_nothing(amount: str, unit: str, places: int) -> None:
    assert places_needed(Decimal(amount), unit) == places


@pytest.mark.parametrize(
    ("amounts", "unit", "places", "fit"),
    [
        ([], "£k", 1, ("£k", 1)),
        (["10000"], "£k", 0, ("£k", 0)),
        (["10000", "12500"], "£k", 0, ("£k", 1)),
        (["12345"], "£k", 1, ("£k", 3)),
        (["10000", "0.5"], "£k", 1, ("£", 2)),
        (["240040"], "£m", 3, ("£", 0)),
        (["1324000"], "£m", 1, ("£m", 3)),
        (["82"], "£", 3, ("£", 0)),
        (["82.5"], "£", 0, ("£", 2)),
    ],
)
def test_a_table_has_one_unit_that_shows_every_amount(
    amounts: list[str], unit: str, places: int, fit: tuple[str, int]
) -> None:
    assert fit_unit(map(Decimal, amounts), unit, places) == fit


@pytest.mark.parametrize(
    ("amount", "measure", "said"),
    [
        ("1324000", "money", "£1.324m"),
        ("1000000", "money", "£1.0m"),
        ("-1500000", "money", "-£1.5m"),
        ("-500000", "money", "-£500,000"),
        ("999000", "money", "£999,000"),
        ("99000", "money", "£99,000"),
        ("472398.43", "money", "£472,398.43"),
        ("1000500", "money", "£1,000,500"),
        ("30000", "money", "£30,000"),
        ("82.5", "money", "£82.50"),
        ("-0.01", "money", "-£0.01"),
        ("0", "money", "£0"),
        ("12.500", "posts", "12.5 posts"),
        ("1.000", "posts", "1 post"),
        ("0.600", "posts", "0.6 of a post"),
        ("0.500", "hours", "0.5 of an hour"),
        ("1250.000", "hours", "1,250 hours"),
        ("0.000", "hours", "0 hours"),
    ],
)
def test_amounts_are_said_as_people_say_them(amount: str, measure: str, said: str) -> None:
    assert say_amount(Decimal(amount), measure) == said


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ("478000 1324000 1531000", "£0.478m £1.324m £1.531m"),
        ("150000 85000 60000", "£150,000 £85,000 £60,000"),
        ("1250000 85500", "£1,250,000 £85,500"),
        ("-2000000 0", "-£2.0m £0"),
        ("1250000 1300000 2000000", "£1.25m £1.30m £2.00m"),
        ("42800 -81300.02 0", "£42,800.00 -£81,300.02 £0"),
        ("1250000 85.5", "£1,250,000.00 £85.50"),
        ("", ""),
    ],
)
def test_amounts_of_one_sentence_are_said_in_one_unit_with_the_same_decimals(amounts: str, said: str) -> None:
    assert say_amounts([Decimal(amount) for amount in amounts.split()], "money") == said.split()


@pytest.mark.parametrize(
    ("amounts", "measure", "said"),
    [
        ("1 12.5", "posts", ["1.0 posts", "12.5 posts"]),
        ("1 12", "posts", ["1 post", "12 posts"]),
        ("0.25 0.5 0", "posts", ["0.25 of a post", "0.50 of a post", "0 posts"]),
        ("1180.5 2350.25 1", "hours", ["1,180.50 hours", "2,350.25 hours", "1.00 hours"]),
    ],
)
def test_posts_and_hours_of_one_sentence_have_the_same_decimals(amounts: str, measure: str, said: list[str]) -> None:
    assert say_amounts([Decimal(amount) for amount in amounts.split()], measure) == said


@given(st.lists(st.integers(-(10**11), 10**11).map(lambda pennies: Decimal(pennies) / 100), min_size=1))
def test_amounts_of_one_sentence_read_back_as_the_same(amounts: list[Decimal]) -> None:
    said = say_amounts(amounts, "money")
    assert [parse_money(each) for each in said] == amounts
    decimals = {len(each.rstrip("m").partition(".")[2]) for each, amount in zip(said, amounts, strict=True) if amount}
    assert len(decimals) <= 1


def test_amounts_of_several_measures_are_each_said_beside_their_own() -> None:
    words = fit_measures([("posts", Decimal("1.5")), ("money", Decimal(500)), ("money", Decimal("0.5"))])
    assert words["money"](Decimal(500)) == "£500.00"
    assert words["posts"](Decimal(2)) == "2.0 posts"


@given(pennies=st.integers(-(10**14), 10**14), unit=st.sampled_from(sorted(POUNDS)))
def test_money_shown_in_any_unit_reads_back_as_the_same(pennies: int, unit: str) -> None:
    amount = Decimal(pennies) / 100
    shown = format_amount(amount, unit, places_needed(amount, unit), sign=True) + unit.removeprefix("£")
    assert parse_money(shown) == amount


@given(st.integers(-(10**15), 10**15))
def test_posts_shown_read_back_as_the_same(grains: int) -> None:
    amount = Decimal(grains) / 1000
    assert parse_number(format_amount(amount, "posts", 3)) == amount


@given(st.integers(-(10**14), 10**14), st.integers(0, 8), st.sampled_from(sorted(POUNDS)))
def test_rounding_moves_an_amount_by_half_a_place_at_most(pennies: int, places: int, unit: str) -> None:
    exact = Decimal(pennies) / 100 / POUNDS[unit]
    assert abs(round_to(Decimal(pennies) / 100, unit, places) - exact) * 2 <= Decimal(10) ** -places


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_refused_in_words(text: str) -> None:
    for parse in (parse_money, parse_number):
        amount, refused = _try(parse, text)
        assert (amount is None) != (refused is None)
        assert refused is None or (refused.code == "bad-amount" and refused.help)
        assert amount is None or abs(amount) <= 10**12


_POWERS = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}


@given(
    whole=st.integers(0, 37).flatmap(lambda digits: st.integers(10**digits // 10, 10**digits)),
    part=st.one_of(st.just(""), st.text("0123456789", min_size=1, max_size=25), st.just("0" * 30)),
    unit=st.sampled_from(sorted(_POWERS)),
)
def test_an_amount_is_kept_whole_or_refused_however_long_it_is(whole: int, part: str, unit: str) -> None:
    text = f"£{whole}{'.' if part else ''}{part}{unit}"
    pounds = Fraction(whole * 10 ** len(part) + int(part or 0), 10 ** len(part)) * _POWERS[unit]
    amount, _ = _try(parse_money, text)
    can_be_kept = len(text) <= 40 and pounds <= 10**12 and pounds * 100 % 1 == 0
    assert (None if amount is None else Fraction(amount)) == (pounds if can_be_kept else None)
    posts = pounds / _POWERS[unit]
    number, _ = _try(parse_number, text.strip("£kmbn"))
    can_be_kept = len(text.strip("£kmbn")) <= 40 and posts <= 10**12 and posts * 1000 % 1 == 0
    assert (None if number is None else Fraction(number)) == (posts if can_be_kept else None)


@given(st.text(alphabet="£0123456789,.-+() ekmbn_", max_size=12))
def test_what_is_suggested_is_itself_written_as_money_is(text: str) -> None:
    _, refused = _try(parse_money, text)
    for suggestion in re.findall("['\"]([^'\"]*)['\"]", refused.help) if refused else []:
        _, again = _try(parse_money, suggestion)
        assert again is None or "is not an amount of money" not in again.message


def _try(parse: Callable[[str], Decimal], text: str) -> tuple[Decimal | None, BadValue | None]:
    try:
        return parse(text), None
    except BadValue as refused:
        return None, refused
