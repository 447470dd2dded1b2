"""Financial years: the one form of data files, the forms people type, and what a wrong one is answered with."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emcollab.values.dates import end_of, format_day, parse_year, read_year, start_of, year_from, years_between
from emcollab.values.problems import BadValue

EN_DASH = "\N{EN DASH}"


@pytest.mark.parametrize("text", ["2010/11", "1999/00", "2008/09", "2099/00", "0000/01", "9999/00"])
def test_a_year_in_the_one_form_is_itself(text: str) -> None:
    assert parse_year(text) == text
    assert read_year(text) == text


WRONG = [
    # other forms of a year: the one form of it
    ("2010-11", "write '2010/11'"),
    ("2010/2011", "write '2010/11'"),
    ("2010-2011", "write '2010/11'"),
    (f"2010{EN_DASH}11", "write '2010/11'"),
    ("2010 11", "write '2010/11'"),
    ("2010 / 11", "write '2010/11'"),
    (" 2010/11", "write '2010/11'"),
    ("2010/11\n", "write '2010/11'"),
    ("201011", "write '2010/11'"),
    ("20102011", "write '2010/11'"),
    ("1999-00", "write '1999/00'"),
    ("1999/2000", "write '1999/00'"),
    # two years that do not follow each other
    ("2010/12", "the two years must follow each other: write '2010/11' or '2011/12'"),
    ("2010/10", "the two years must follow each other: write '2010/11' or '2009/10'"),
    ("2010/2013", "the two years must follow each other: write '2010/11' or '2012/13'"),
    ("2010/09", "the two years must follow each other: write '2010/11' or '2008/09'"),
    ("2010/2009", "the two years must follow each other: write '2010/11' or '2008/09'"),
    ("1999/99", "the two years must follow each other: write '1999/00' or '1998/99'"),
    ("0000/0000", "the two years must follow each other: write '0000/01' or '0000/01'"),
    # a calendar year; and what is none at all
    ("2010", "write it as '2010/11'"),
    ("1999", "write it as '1999/00'"),
    ("10/11", "write '2010/11'"),
    ("2010/1", "write it as '2010/11'"),
    ("2010/111", "write it as '2010/11'"),
    ("FY2010/11", "write '2010/11'"),
    ("", "write it as '2010/11'"),
    ("\N{ARABIC-INDIC DIGIT TWO}010/11", "write it as '2010/11'"),
    ("\N{FULLWIDTH DIGIT TWO}010", "write it as '2010/11'"),
]


@pytest.mark.parametrize(("text", "meant"), WRONG)
def test_any_other_form_is_refused_with_the_year_to_write(text: str, meant: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_year(text)
    assert refused.value.code == "bad-year"
    assert refused.value.message == f"'{text}' is not a financial year"
    assert refused.value.help == meant


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


@pytest.mark.parametrize("text", ["201011", "20102011", "2010", "2010/12", "2010-2012", "10/11", "x", ""])
def test_what_people_type_must_still_be_a_year(text: str) -> None:
    with pytest.raises(BadValue, match=r"is not a financial year; .*write ") as refused:
        read_year(text)
    assert refused.value.code == "bad-year"


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
