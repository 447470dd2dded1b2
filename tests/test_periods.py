"""Periods: each form there is, what it reaches over, how it is said, and what to write for those that are none."""
# ruff: noqa: RUF001 - papers print dashes and quotation marks of every kind

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emcollab.values.dates import year_from
from emcollab.values.periods import (
    PERIOD_PATTERN,
    end_of_period,
    is_year,
    parse_period,
    say_period,
    start_of_period,
    years_of,
)
from emcollab.values.problems import BadValue


@pytest.mark.parametrize(
    ("period", "start", "end", "years", "said"),
    [
        ("2010/11", date(2010, 4, 1), date(2011, 3, 31), ("2010/11", "2010/11"), "in 2010/11"),
        ("1999/00", date(1999, 4, 1), date(2000, 3, 31), ("1999/00", "1999/00"), "in 1999/00"),
        ("2014/15 to 2014-11", date(2014, 4, 1), date(2014, 11, 30), ("2014/15", "2014/15"), "to November 2014"),
        ("2014/15 to 2014-04", date(2014, 4, 1), date(2014, 4, 30), ("2014/15", "2014/15"), "to April 2014"),
        ("2015/16 to 2016-02", date(2015, 4, 1), date(2016, 2, 29), ("2015/16", "2015/16"), "to February 2016"),
        ("2014/15 to 2018/19", date(2014, 4, 1), date(2019, 3, 31), ("2014/15", "2018/19"), "over 2014/15 to 2018/19"),
        ("1998/99 to 2000/01", date(1998, 4, 1), date(2001, 3, 31), ("1998/99", "2000/01"), "over 1998/99 to 2000/01"),
        ("a year", None, None, None, "a year"),
        ("in all", None, None, None, "in all"),
    ],
)
def test_the_periods_there_are(
    period: str, start: date | None, end: date | None, years: tuple[str, str] | None, said: str
) -> None:
    assert parse_period(period) == period
    assert (start_of_period(period), end_of_period(period), years_of(period)) == (start, end, years)
    assert say_period(period) == said
    assert is_year(period) == (said == f"in {period}")
    assert re.fullmatch(PERIOD_PATTERN, period)


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("2010-11", "bad-year", "2010/11"),
        ("2010/2011", "bad-year", "2010/11"),
        ("2010/12", "bad-year", "2010/11"),
        ("10/11", "bad-year", "2010/11"),
        ("2009-10", "bad-year", "2009/10"),  # and no October
        ("2000-01", "bad-year", "2000/01"),
        ("2014-15", "bad-year", "2014/15"),
        ("2014-11", "bad-period", "2014/15 to 2014-11"),
        ("2014-04", "bad-period", "2014/15 to 2014-04"),
        ("2015-02", "bad-period", "2014/15 to 2015-02"),
        ("2015-03", "bad-period", "2014/15"),  # the whole year
        ("2010-10", "bad-period", "2010/11 to 2010-10"),
        ("2014/15 to 2014/15", "bad-period", "2014/15"),
        ("2018/19 to 2014/15", "bad-period", "2014/15 to 2018/19"),
        ("2014/15 to 2015-03", "bad-period", "2014/15"),
        ("2014/15 to 2015-04", "bad-period", "2015/16 to 2015-04"),
        ("2014/15 to 2014-03", "bad-period", "2013/14"),
        ("2014/15 to 2014-02", "bad-period", "2013/14 to 2014-02"),
        ("2014/15-2018/19", "bad-period", "2014/15 to 2018/19"),
        ("2014/15 - 2018/19", "bad-period", "2014/15 to 2018/19"),
        ("2014/15 – 2018/19", "bad-period", "2014/15 to 2018/19"),
        ("2014/15  to  2018/19", "bad-period", "2014/15 to 2018/19"),
        ("2014/15 to November 2014", "bad-period", "2014/15 to 2014-11"),
        ("2014/15 to Nov", "bad-period", "2014/15 to 2014-11"),
        ("2014/15 to February", "bad-period", "2014/15 to 2015-02"),
        ("2014/15 to March", "bad-period", "2014/15"),
        ("annually", "bad-period", "a year"),
        ("per annum", "bad-period", "a year"),
        ("A year", "bad-period", "a year"),
        ("p.a.", "bad-period", "a year"),
        ("total", "bad-period", "in all"),
        ("In all", "bad-period", "in all"),
    ],
)
def test_what_to_write_for_what_is_no_period(text: str, code: str, meant: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_period(text)
    assert (refused.value.code, re.findall("write '([^']*)'", refused.value.help)) == (code, [meant])
    assert parse_period(meant) == meant


FORMS = ["2010/11", "2010/11 to 2010-11", "2010/11 to 2013/14", "a year", "in all"]
"""What is shown, one of each kind, to whoever wrote what is like none of them."""


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("", "bad-period", FORMS),
        ("soon", "bad-period", FORMS),
        ("2014/15 to", "bad-year", ["2010/11"]),
        ("2014/15 to 2014-13", "bad-period", []),
        ("2014/15 to 2014-00", "bad-period", []),
        ("2014/15 to 2018", "bad-period", FORMS),
        ("0000/01 to 0000-05", "bad-period", []),
        ("2014/15 to Smarch 2014", "bad-period", FORMS),
        ("٢٠١٤/١٥", "bad-period", FORMS),
        ("0000-02", "bad-year", ["0000/01", "0001/02"]),
        ("0000-05", "bad-period", []),
        ("2014-00", "bad-year", ["2014/15", "1999/00"]),
        ("2014-13", "bad-year", ["2014/15", "2012/13"]),
    ],
)
def test_what_nobody_can_tell_the_meaning_of(text: str, code: str, meant: list[str]) -> None:
    with pytest.raises(BadValue) as refused:
        parse_period(text)
    assert (refused.value.code, re.findall("'([^']*)'", refused.value.help)) == (code, meant)


YEARS = st.integers(1, 9998).map(year_from)


@st.composite
def make_periods(draw: st.DrawFn) -> str:
    first = draw(st.integers(1, 9990))
    year = year_from(first)
    month = draw(st.sampled_from([*range(4, 13), 1, 2]))
    reaching = f"{year} to {first + (month < 4):04}-{month:02}"
    return draw(
        st.sampled_from([year, reaching, f"{year} to {year_from(first + draw(st.integers(1, 8)))}", "a year", "in all"])
    )


@given(make_periods())
@settings(max_examples=60)
def test_every_period_is_read_as_it_is_written(period: str) -> None:
    assert parse_period(period) == period
    assert re.fullmatch(PERIOD_PATTERN, period)
    start, end, years = start_of_period(period), end_of_period(period), years_of(period)
    if start is None or end is None or years is None:
        assert (start, end, years) == (None, None, None)
    else:
        assert start < end
        assert start_of_period(years[0]) == start
        assert end <= (end_of_period(years[1]) or date.min)
        assert is_year(period) == ((end - start).days in (364, 365))


PIECES = st.sampled_from(
    [
        "2014/15",
        "2015/16",
        "2014",
        "-",
        " ",
        "to",
        "–",
        "2014-11",
        "2015-03",
        "Nov",
        "a year",
        "0000",
        "9999/00",
        "/",
        "99",
        "13",
    ]
)


@given(
    st.one_of(
        st.text(max_size=20), st.lists(PIECES, max_size=5).map("".join), st.lists(PIECES, max_size=5).map(" ".join)
    )
)
@example("9999/00 to 9999-11")
@example("2014/15 to Nov 0000")
@example("0000/01 to 0001-03")
@settings(max_examples=200)
def test_any_text_is_a_period_or_is_refused_with_one_that_can_be_written(text: str) -> None:
    try:
        assert parse_period(text) == text
    except BadValue as refused:
        for meant in re.findall("write '([^']*)'", refused.help):
            parse_period(meant)
    else:
        assert re.fullmatch(PERIOD_PATTERN, text)
        assert say_period(text)
        start_of_period(text), end_of_period(text)
