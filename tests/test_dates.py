"""Financial years: the one form of data files, the forms people type, and what a wrong one is answered with."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emcollab.values.dates import (
    end_of,
    format_day,
    parse_day,
    parse_when,
    parse_year,
    read_clock,
    read_epoch,
    read_year,
    start_of,
    year_from,
    years_between,
)
from emcollab.values.problems import BadValue

EN_DASH = "\N{EN DASH}"


@pytest.mark.parametrize("text", ["2010/11", "1999/00", "2008/09", "2099/00", "0000/01", "9999/00"])
def test_a_year_in_the_one_form_is_itself(text: str) -> None:
    assert parse_year(text) == text
    assert read_year(text) == text


WRONG = [
    # other forms of a year: the one form of it
    ("2010-11", ["2010/11"]),
    ("2010/2011", ["2010/11"]),
    ("2010-2011", ["2010/11"]),
    (f"2010{EN_DASH}11", ["2010/11"]),
    ("2010 11", ["2010/11"]),
    ("2010 / 11", ["2010/11"]),
    (" 2010/11", ["2010/11"]),
    ("2010/11\n", ["2010/11"]),
    ("201011", ["2010/11"]),
    ("20102011", ["2010/11"]),
    ("1999-00", ["1999/00"]),
    ("1999/2000", ["1999/00"]),
    # two years that do not follow each other
    ("2010/12", ["2010/11", "2011/12"]),
    ("2010/10", ["2010/11", "2009/10"]),
    ("2010/2013", ["2010/11", "2012/13"]),
    ("2010/09", ["2010/11", "2008/09"]),
    ("2010/2009", ["2010/11", "2008/09"]),
    ("1999/99", ["1999/00", "1998/99"]),
    ("0000/0000", ["0000/01", "0000/01"]),
    # a calendar year; and what is none at all
    ("2010", ["2009/10", "2010/11"]),
    ("1999", ["1998/99", "1999/00"]),
    ("0000", ["0000/01", "0000/01"]),
    ("FY23", ["2022/23", "2023/24"]),
    ("fy 2023", ["2022/23", "2023/24"]),
    ("23", ["2022/23", "2023/24"]),
    ("10/11", ["2010/11"]),
    ("2010/1", ["2010/11"]),
    ("2010/111", ["2010/11"]),
    ("FY2010/11", ["2010/11"]),
    ("", ["2010/11"]),
    ("\N{ARABIC-INDIC DIGIT TWO}010/11", ["2010/11"]),
    ("\N{FULLWIDTH DIGIT TWO}010", ["2010/11"]),
]


@pytest.mark.parametrize(("text", "meant"), WRONG)
def test_any_other_form_is_refused_with_the_year_to_write(text: str, meant: list[str]) -> None:
    assert refuse(parse_year, text) == ("bad-year", meant)


def refuse(parse: Callable[[str], object], text: str) -> tuple[str, list[str]]:
    """Return the code of what `parse` makes of a text that it refuses, and the texts that it says to write."""
    with pytest.raises(BadValue) as refused:
        parse(text)
    assert text in refused.value.message
    return refused.value.code, re.findall("'([^']*)'", refused.value.help)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22/02/2010", ["2010-02-22"]),
        ("22.2.2010", ["2010-02-22"]),
        ("22/02/10", ["2010-02-22"]),
        ("2010/02/22", ["2010-02-22"]),
        ("2010-2-22", ["2010-02-22"]),
        ("22 February 2010", ["2010-02-22"]),
        ("22nd Feb 2010", ["2010-02-22"]),
        ("1st sept 2010", ["2010-09-01"]),
        ("07/19/2018", ["2018-07-19"]),
        ("22 Febtober 2010", ["2010-02-22"]),
        # of what cannot be told, the form
        ("31/04/2010", ["2010-02-22"]),
        ("99999999999999999999-07-16", ["2010-02-22"]),
        ("2010-07-99999999999999999999", ["2010-02-22"]),
        ("22 Nontember 2010", ["2010-02-22"]),
        ("spring 2010", ["2010-02-22"]),
        ("2010", ["2010-02-22"]),
        # what there is not
        ("2010-02-30", []),
        ("2010-13-01", []),
        ("0000-01-01", []),
    ],
)
def test_what_is_no_day_is_refused_with_the_day_to_write(text: str, meant: list[str]) -> None:
    assert refuse(parse_day, text) == ("bad-date", meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("June 2017", ["2017-06"]),
        ("06/2017", ["2017-06"]),
        ("31/03/2016", ["2016-03-31"]),
        ("2016/06", ["2016-06"]),
        ("2016-6", ["2016-06"]),
        ("2016 June", ["2016-06"]),
        ("2010/11", ["2010", "2010-07", "2010-07-15"]),  # a financial year, it may be
        ("June 17", ["2010", "2010-07", "2010-07-15"]),
        ("summer", ["2010", "2010-07", "2010-07-15"]),
        ("0000", []),
        ("2017-13", []),
        ("2017-02-30", []),
    ],
)
def test_what_is_no_year_month_or_day_is_refused_with_what_to_write(text: str, meant: list[str]) -> None:
    assert refuse(parse_when, text) == ("bad-date", meant)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2010-11", "2010/11"),
        ("2010/2011", "2010/11"),
        ("2010-2011", "2010/11"),
        (f"2010{EN_DASH}11", "2010/11"),
        (" 2010/11 ", "2010/11"),
        ("2010 11", "2010/11"),
        ("1999-00", "1999/00"),
        ("1999/2000", "1999/00"),
    ],
)
def test_people_may_type_a_year_in_other_forms(text: str, year: str) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("201011", ["2010/11"]),
        ("20102011", ["2010/11"]),
        ("2010", ["2009/10", "2010/11"]),
        ("2010/12", ["2010/11", "2011/12"]),
        ("2010-2012", ["2010/11", "2011/12"]),
        ("10/11", ["2010/11"]),
        ("x", ["2010/11"]),
        ("", ["2010/11"]),
    ],
)
def test_what_people_type_must_still_be_a_year(text: str, meant: list[str]) -> None:
    assert refuse(read_year, text) == ("bad-year", meant)


def test_a_year_begins_in_april_and_ends_in_march() -> None:
    assert start_of("2010/11") == 2010
    assert end_of("2010/11") == date(2011, 3, 31)
    assert end_of("1999/00") == date(2000, 3, 31)
    assert year_from(2010) == "2010/11"
    assert year_from(1999) == "1999/00"
    assert year_from(5) == "0005/06"


def test_years_between_include_both_ends() -> None:
    assert years_between("2008/09", "2010/11") == ("2008/09", "2009/10", "2010/11")
    assert years_between("2010/11", "2010/11") == ("2010/11",)
    assert years_between("2010/11", "2009/10") == ()
    assert years_between("1998/99", "2000/01") == ("1998/99", "1999/00", "2000/01")


def test_days_are_written_as_papers_write_them() -> None:
    assert format_day(date(2010, 2, 22)) == "22 February 2010"
    assert format_day(date(2014, 6, 1)) == "1 June 2014"
    assert [format_day(date(2010, month, 9)).split()[1] for month in (1, 12)] == ["January", "December"]


@given(st.integers(1000, 9998))
def test_every_year_reads_back_in_every_form(start: int) -> None:
    year = year_from(start)
    assert parse_year(year) == year
    assert start_of(year) == start
    assert read_year(year.replace("/", "-")) == year
    assert read_year(f"{start}/{start + 1}") == year


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_years_sort_as_time_does(one: int, other: int) -> None:
    assert (year_from(one) < year_from(other)) == (one < other)


@given(st.text(alphabet="0123456789/- ", max_size=9) | st.text(max_size=9))
def test_any_text_is_a_year_or_refused_with_one(text: str) -> None:
    try:
        assert year_from(start_of(parse_year(text))) == text
    except BadValue as bad:
        refused = bad
    else:
        return
    suggestions = re.findall("'([^']*)'", refused.help)
    assert suggestions
    assert [parse_year(year) for year in suggestions] == suggestions


def test_today_is_that_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1290384000")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert read_clock() in {datetime.now(UTC).date(), (datetime.now(UTC) - timedelta(minutes=1)).date()}


def test_the_day_of_a_run_that_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1290384000")
    assert read_epoch() == date(2010, 11, 22)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert read_epoch() is None
