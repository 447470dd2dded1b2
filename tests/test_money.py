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
    format_amount,
    parse_money,
    parse_number,
    places_needed,
    round_to,
    say_amount,
    say_amounts,
)
from emcollab.values.problems import BadValue

FORMS = "write it as '£0.478m', '£30k' or '£1,324,000'"


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
        ("0.478", "give its sign and unit: write '£0.478m' for millions, '£0.478k' for thousands"),
        ("-0.5", "give its sign and unit: write '-£0.5m' for millions, '-£0.5k' for thousands"),
        ("500", "give its sign: write '£500' for pounds, '£500k' for thousands"),
        ("-500", "give its sign: write '-£500' for pounds, '-£500k' for thousands"),
        ("(500)", "give its sign: write '-£500' for pounds, '-£500k' for thousands"),
        ("1,324", 'give its sign: write "£1,324" for pounds, "£1,324k" for thousands'),
        ("1_324_000", 'give its sign: write "£1,324,000" for pounds, "£1,324,000k" for thousands'),
        # a unit, but no sign
        ("500k", "write '£500k'"),
        ("1.3m", "write '£1.3m'"),
        # units in other words
        ("£1.3 million", "write '£1.3m'"),
        ("£1.3millions", "write '£1.3m'"),
        ("£1.3mn", "write '£1.3m'"),
        ("£1.3mil", "write '£1.3m'"),
        ("£1.3M", "write '£1.3m'"),
        ("£30 thousand", "write '£30k'"),
        ("£30th", "write '£30k'"),
        ("£30 000s", "write '£30k'"),
        ("£30K", "write '£30k'"),
        ("£2 billion", "write '£2bn'"),
        ("£2b", "write '£2bn'"),
        # minus in other forms
        ("£-82", "write '-£82'"),
        ("\N{MINUS SIGN}£82", "write '-£82'"),
        ("(£82)", "write '-£82'"),
        ("£(82)", "write '-£82'"),
        ("+£5", "write '£5'"),
        # digits in other forms
        ("£1 324 000", 'write "£1,324,000"'),
        ("£1_324_000", 'write "£1,324,000"'),
        ("£01.5m", "write '£1.5m'"),
        ("£007", "write '£7'"),
        ("£.5m", "write '£0.5m'"),
        ("£5.", "write '£5'"),
        ("£1,32,000", 'write "£132,000"'),
        # exponents
        ("1.5e6", 'write "£1,500,000"'),
        ("£1.5e6", 'write "£1,500,000"'),
        ("-£1.5E+6", 'write "-£1,500,000"'),
        ("1e12", 'write "£1,000,000,000,000"'),
        ("£12.345e1", "write '£123.45'"),
        # a comma that may be a decimal point
        ("£1,32", "a comma goes before each three digits: write '£1.32' or '£132'"),
        ("£1,3", "a comma goes before each three digits: write '£1.3' or '£13'"),
        ("1,32", "a comma goes before each three digits: write '£1.32' or '£132'"),
        ("-£1,32m", "a comma goes before each three digits: write '-£1.32m' or '-£132m'"),
        ("£,5", "a comma goes before each three digits: write '£0.5' or '£5'"),
        # nothing to go by
        ("", FORMS),
        ("£", FORMS),
        (",", FORMS),
        ("TBC", "leave the year out until a paper states an amount"),
        ("n/a", "leave the year out until a paper states an amount"),
        ("-", "leave the year out until a paper states an amount"),
        ("lots", FORMS),
        ("£1.3 lakh", FORMS),
        ("£1.3.2", FORMS),
        ("1e13", FORMS),
        ("£\N{ARABIC-INDIC DIGIT ONE}", FORMS),
        ("$82", FORMS),
        ("£" + "9" * 40, FORMS),
    ],
)
def test_what_is_not_money_is_refused_with_what_to_write(text: str, meant: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_money(text)
    assert refused.value.code == "bad-amount"
    assert refused.value.message == f"'{text}' is not an amount of money"
    assert refused.value.help == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("£0.478123456789m", 'write "£478,123.46"'),
        ("£0.005", "write '£0.01'"),
        ("-£0.005", "write '-£0.01'"),
        ("£0.0049", "write '£0'"),
        ("£12.345678k", 'write "£12,345.68"'),
        ("£2.999", "write '£3' or \"£2,999\""),
        ("£1.005", "write '£1.01' or \"£1,005\""),
        ("-£12.345", "write '-£12.35' or \"-£12,345\""),
    ],
)
def test_money_finer_than_a_penny_is_refused(text: str, meant: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_money(text)
    assert (refused.value.code, refused.value.message, refused.value.help) == (
        "bad-amount",
        f"'{text}' is finer than a penny",
        meant,
    )


@pytest.mark.parametrize("text", ["£1,000,000,000,000.01", "-£1,000,000,000,000.01", "£1,001bn", "£9999999bn"])
def test_money_beyond_a_thousand_billion_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_money(text)
    assert str(refused.value) == f"'{text}' is beyond ±£1,000bn; check the number of noughts and the unit"
    assert refused.value.code == "bad-amount"


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
    ("text", "message", "meant"),
    [
        ("six", "'six' is not a plain number of posts or hours", "write it as '0.6'"),
        ("", "'' is not a plain number of posts or hours", "write it as '0.6'"),
        (".6", "'.6' is not a plain number of posts or hours", "write it as '0.6'"),
        ("010", "'010' is not a plain number of posts or hours", "write '10'"),
        ("1e3", "'1e3' is not a plain number of posts or hours", "write it as '0.6'"),
        ("1_000", "'1_000' is not a plain number of posts or hours", "write it as '0.6'"),
        (
            "12,50",
            "'12,50' is not a plain number of posts or hours",
            "a comma goes before each three digits: write '12.50' or \"1,250\"",
        ),
        ("1250 hours", "'1250 hours' is not a plain number of posts or hours", 'write "1,250"'),
        ("(3)", "'(3)' is not a plain number of posts or hours", "write '-3'"),
        ("TBC", "'TBC' is not a plain number of posts or hours", "leave the year out until a paper states an amount"),
        ("9" * 41, f"'{'9' * 41}' is not a plain number of posts or hours", "write it as '0.6'"),
        (
            "£6",
            "'£6' is not a plain number of posts or hours",
            "take the '£' out, or take 'measure' out of the benefit if this is money",
        ),
        ("1.2345", "'1.2345' has more than three decimal places", "write '1.235'"),
        ("-1.2345", "'-1.2345' has more than three decimal places", "write '-1.235'"),
        ("1000000000001", "'1000000000001' is beyond ±1,000,000,000,000", "check the number of noughts and the unit"),
    ],
)
def test_what_is_no_number_of_posts_is_refused_with_what_to_write(text: str, message: str, meant: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_number(text)
    assert (refused.value.code, refused.value.message, refused.value.help) == ("bad-amount", message, meant)


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
        ("", ""),
    ],
)
def test_amounts_of_one_sentence_are_said_in_one_unit(amounts: str, said: str) -> None:
    assert say_amounts([Decimal(amount) for amount in amounts.split()], "money") == said.split()


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
