"""`emcollab paper`: what it says, that Word, HTML and Markdown say the same, and how the Word file is made."""

import html
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Protocol

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from emcollab.publish.edition import Edition
from emcollab.publish.paper import format_paper
from emcollab.publish.paper.brief import Particulars
from emcollab.publish.paper.document import Document
from emcollab.publish.paper.word import format_document
from emcollab.render.page import Amount, Heading, Page, Paragraph, Quotation, Row, Table
from tests.conftest import EXAMPLE, MakeFolder, fleet, invoke, open_clean, run
from tests.test_site import OURS, Html

COMMITTEE = ["--to", "Westmarch Committee", "--date", "2020-09-17", "--mark", "D", "--since", "2018-07-19"]


def paper_of(folder: Path, target: Path, *options: str) -> str:
    """Return the paper in Markdown, un-escaped."""
    ran = invoke("paper", "--data", folder, "--output", target, *options)
    assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")
    text = target.read_text(encoding="utf-8")
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()<>+!|~$.=:-])", r"\1", text))


def sections_of(text: str) -> dict[str, str]:
    """Return the text of each section, by its heading without the number."""
    parts = re.split(r"(?m)^## [0-9]+\. (.*)$", text)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


class Paper(Protocol):
    """Return the sections of the paper of a ledger, by their headings."""

    def __call__(self, files: dict[str, str] = ..., *options: str) -> dict[str, str]: ...


@pytest.fixture
def paper(make_folder: MakeFolder, tmp_path: Path) -> Paper:
    def make(files: dict[str, str] = {}, *options: str) -> dict[str, str]:  # noqa: B006 - only read
        return sections_of(paper_of(make_folder(files), tmp_path / "paper.md", *options))

    return make


# --- the form


def test_the_paper_has_the_form_that_papers_have(tmp_path: Path) -> None:
    text = paper_of(EXAMPLE, tmp_path / "paper.md", *COMMITTEE, "--title", "What came of it")
    assert text.startswith("""\
# What came of it

**Report to:** Westmarch Committee\x20\x20
**Date of meeting:** 17 September 2020\x20\x20
**Paper marked:** D\x20\x20
**Figures as at:** 17 September 2020; the latest paper with figures is of 16 July 2020

## 1. Purpose
""")
    assert list(sections_of(text)) == [
        "Purpose", "Recommendation", "Summary", "Savings and funding", "What changed since the paper before",
        "What was planned, and what became of it", "The projects", "Benefits without a figure", "What is not known",
        "How the figures were checked", "Papers",
    ]  # fmt: skip
    assert re.findall(r"(?m)^\*\*(Table [0-9]+: [^*]*)\*\*$", text) == [
        "Table 1: By area and year (£k)", "Table 2: By area and year (posts)", "Table 3: By area and year (hours)",
        "Table 4: Savings less costs (£k)", "Table 5: Amounts that changed, the greatest first (£k)",
        "Table 6: Savings planned, and what came of them (£k)",
        "Table 7: What is not known, what concerns most money first",
    ]  # fmt: skip


def test_what_stands_at_its_head_is_what_was_given(make_folder: MakeFolder, tmp_path: Path) -> None:
    imprint = "title: Northmark\npublisher: Northmark Programme\ncontact: benefits@northmark.example\nunit: £k\n"
    folder = make_folder({"ledger.yaml": imprint})
    text = paper_of(folder, tmp_path / "paper.md", "--to", "Marlshire Panel")
    assert text.startswith(
        """\
# Northmark

**Report of:** Northmark Programme\x20\x20
""".replace("\n\n**Report of", "\n\n**Report to:** Marlshire Panel  \n**Report of")
    )
    assert "\n**Figures as at:** 19 July 2018, the day of the latest paper\n" in text
    assert "The panel is asked to note:" in text
    assert text.endswith("- Published by: Northmark Programme\n- Contact: benefits`@`northmark.example\n")


def test_no_raw_id_is_in_it(tmp_path: Path) -> None:
    for options in ([], ["--force", "aldershire"]):
        text = paper_of(EXAMPLE, tmp_path / "paper.md", *options)
        assert not re.findall(r"control-room|hr-service|fleet-size|driver-hours|aldershire\b|committee-20", text)


# --- what it says


def test_of_a_force_costs_that_no_paper_divides_are_not_known(paper: Paper) -> None:
    one = """
        name: {}
        statements: [{{source: paper-2016, forces: [{}]}}]
        benefits:
          fuel: {{area: vehicles, category: saving, {}statements: [{{source: paper-2016, actual: {{2015/16: {}}}}}]}}
        costs:
          pumps: {{area: vehicles, statements: [{{source: paper-2016, actual: {{2015/16: {}}}}}]}}
        """
    shares = "shares: {thornshire: 50%, marlshire: 50%}, shares_source: paper-2016, "
    found = paper({
        "projects/alone.yaml": one.format("Alone", "thornshire", "", "£100k", "£40k"),
        "projects/joint.yaml": one.format("Joint", "thornshire, marlshire", shares, "£60k", "£30k"),
    }, "--force", "thornshire")["Savings and funding"]  # fmt: skip
    assert "| Savings | 130.0 |\n| Costs | 40.0 |\n| **Savings less costs** | **-** |\n" in found
    assert (
        "Papers state a cost that falls to Thornshire Police of one of the two projects with savings. What falls to it "
        "of what the others cost is not known, so that what is left may be less, or cannot be said."
    ) in found


def test_the_table_and_what_it_is_made_of(tmp_path: Path) -> None:
    found = sections_of(paper_of(EXAMPLE, tmp_path / "paper.md"))["Savings and funding"]
    assert "| **TOTAL** | **£229.0** | **£391.1** | **£506.3** | **£473.9** | **£405.9** | **£337.1** |\n" in found
    assert "| \u2003\u2003cashable | 12.0 | 214.8 | 362.3 | 400.8 | 380.9 | 337.1* |\n" in found
    # 58.2 + 180 planned, 201.3 came; the building, then the licence.
    assert (
        """\
| Amount | 2014/15 | 2015/16 | 2016/17 | 2017/18 | 2018/19 | 2019/20 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| Savings | 44.0 | 288.6 | 446.3 | 473.9* | 380.9 | 337.1* |
| Costs | 58.2 | 201.3 | 27.5 | 31.3 | 31.3 | 32.0* |
| **Savings less costs** | **-14.2** | **87.3** | **418.8** | **442.6*** | **349.7** | **305.1*** |

* an estimate, or includes one.\x20\x20
Papers state a cost of one of the six projects with savings. What the others cost is not known, so that what is left \
may be less.\x20\x20
Savings are not of cash alone: cash releasing are £12.0k in 2014/15, £176.5k in 2015/16, £277.8k in 2016/17, \
£266.3k in 2017/18, £240.9k in 2018/19 and £240.0k in 2019/20.\x20\x20
Amounts are rounded one by one, so those shown need not add up.

Years are financial years: 2014/15 is from 1 April 2014 to 31 March 2015."""
        in found
    )


def test_a_cost_of_every_project_leaves_nothing_unknown(paper: Paper) -> None:
    cost = "costs:\n  vans: {area: vehicles, statements: [{source: paper-2018, actual: {2017/18: £4k}}]}\n"
    found = paper({"projects/fleet.yaml": fleet("{source: paper-2018, actual: {2017/18: £10k}}") + cost})
    assert (
        "Papers state a cost of each project with savings.  \n"
        "Savings are not of cash alone: no paper says that any of it released cash.\n"
    ) in found["Savings and funding"]
    cash = fleet("{source: paper-2018, actual: {2017/18: £10k}}", cashability="cash-releasing")
    found = paper({"projects/fleet.yaml": cash + cost})
    assert "Papers state a cost of each project with savings.\n" in found["Savings and funding"]
    assert "Costs of £4.0k are stated for the year; they are not taken off." in found["Summary"]


def test_without_a_number_of_places_there_are_as_many_as_the_savings_need(paper: Paper) -> None:
    cost = "costs:\n  vans: {area: vehicles, statements: [{source: paper-2018, actual: {2017/18: £4k}}]}\n"
    saving = fleet("{source: paper-2018, actual: {2017/18: £10.25k}}")
    found = paper({"projects/fleet.yaml": saving + cost, "ledger.yaml": "title: A ledger\nunit: £k\n"})
    assert "| Savings | 10.25 |\n| Costs | 4.00 |\n" in found["Savings and funding"]


def test_without_a_number_of_places_pence_are_shown_in_pounds_and_every_table_says_so(paper: Paper) -> None:
    cost = "costs:\n  vans: {area: vehicles, statements: [{source: paper-2018, actual: {2017/18: £4k}}]}\n"
    saving = fleet(
        "{source: paper-2016, plan: {2017/18: £1.5m}}, {source: paper-2018, actual: {2017/18: '£1,204,310.50'}}"
    )
    found = paper({"projects/fleet.yaml": saving + cost, "ledger.yaml": "title: A ledger\nunit: £k\n"})
    assert "that for 2017/18 papers state savings of £1,204,310.50; all of it is outturn" in found["Recommendation"]
    assert "Costs of £4,000.00 are stated for the year" in found["Summary"]
    totals = found["Savings and funding"]
    assert "**Table 1: By area and year (£)**" in totals
    assert "| **TOTAL** | **£1,204,310.50** |" in totals
    assert "Costs are not in the total: 2017/18 £4,000.00." in totals
    assert "| Savings | 1,204,310.50 |\n| Costs | 4,000.00 |\n| **Savings less costs** | **1,200,310.50** |" in totals
    assert (
        "| Joint fleet | 2017/18 | 1,500,000.00 | 1,204,310.50 | -295,689.50 |"
        in found["What was planned, and what became of it"]
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "No paper states a cost. Whether"),
        (["--year", "2016/17"], "No paper states a cost for these years. Whether"),
        (["--force", "thornshire"], "No paper states a cost that falls to Thornshire Police for these years. Whether"),
    ],
)
def test_a_cost_that_is_not_stated(paper: Paper, options: list[str], sentence: str) -> None:
    cost = "costs:\n  vans: {area: vehicles, statements: [{source: paper-2018, actual: {2017/18: £4k}}]}\n"
    shares = {"shares": "{thornshire: 60%, marlshire: 40%}", "shares_source": "paper-2016"}
    saving = fleet("{source: paper-2018, actual: {2016/17: £10k}}", **shares)
    found = paper({"projects/fleet.yaml": saving + (cost if options else "")}, *options)
    assert sentence in found["Savings and funding"]


def test_posts_of_no_year_are_told_below_the_table(paper: Paper) -> None:
    found = paper({"projects/fleet.yaml": fleet("{source: paper-2016, reported: {in all: 0.6}}", measure="posts")})
    assert found["Savings and funding"].split("\n\n")[1] == (
        "In no total, as the paper names no years: Joint fleet: fuel, 0.6 of a post in all (saving, cashability not "
        "stated)."
    )


def test_what_is_not_of_one_year_is_told_in_every_section(paper: Paper) -> None:
    """A saving of £8k a year that was £6k, one in all, a plan, and two costs: nothing of them is in a total."""
    saving = fleet("{source: paper-2016, reported: {a year: £6k}, plan: {in all: £90k}}, "
                   "{source: paper-2017, reported: {a year: £8k, in all: £3k}}")  # fmt: skip
    costs = """costs:
  vans: {area: vehicles, statements: [{source: paper-2016, reported: {a year: £2k}}]}
  oil: {area: vehicles, measure: hours, statements: [{source: paper-2016, reported: {in all: 20}}]}
"""
    found = paper({"projects/fleet.yaml": saving + costs})
    fuel, unstated = "Joint fleet: fuel", "saving, cashability not stated"
    assert found["Summary"].split("\n\n") == [
        "No paper states an amount of money for a year.",
        (
            "Papers also state amounts that are not of one year, and are in no sum: "
            f"{fuel}, £8,000 a year ({unstated}) and {fuel}, £3,000 in all ({unstated})."
        ),
    ]
    assert found["Savings and funding"].split("\n\n")[-2:] == [
        "In no total, as the paper names no years: Joint fleet: vans, £2.0k a year (cost).",
        "In no total, as the paper names no years: Joint fleet: oil, 20 hours in all (cost).",
    ]
    assert found["What was planned, and what became of it"].split("\n\n")[1] == (
        f"- In no total, as the paper names no years: {fuel}, £90.0k in all ({unstated}, plan)."
    )
    assert found["What changed since the paper before"].split("\n\n")[-2:] == [
        "In no total, as they are not of one year:",
        f"- {fuel}: £8,000 a year ({unstated}); it was £6,000\n- {fuel}: £3,000 in all ({unstated})",
    ]
    unknown = found["What is not known"]
    assert "| 1 | 8.0 | a year | Joint fleet |" in unknown
    assert "Where they state nothing for one year, it is the most that they state otherwise." in unknown


def test_plans_of_no_year_are_counted_beyond_thirty(paper: Paper) -> None:
    benefits = "".join(
        f"  b{n}: {{area: vehicles, category: saving, statements: [{{source: paper-2016, plan: {{in all: £{n}k}}}}]}}\n"
        for n in range(1, 33)
    )
    found = paper({"projects/fleet.yaml": f"name: Fleet\nbenefits:\n{benefits}"})
    items = found["What was planned, and what became of it"].split("\n\n")[1].split("\n")
    assert len(items) == 31
    assert items[-1] == "- 2 other plans are left out here."


ONE = "For 2016/17 the papers state savings of £10.0k. "


@pytest.mark.parametrize(
    ("source", "figure", "fields", "said"),
    [
        (
            "paper-2017", "actual", {"cashability": "cash-releasing"},
            "All of it is cash releasing. All of it is outturn.",
        ),
        (
            "paper-2018", "estimate", {"cashability": "non-cashable"},
            ("All of it is non-cashable. No paper says that any of it released cash. All of it is an estimate, "
             "stated in July 2018, after the year had ended. No paper says what was saved in the end."),
        ),
        (
            "paper-2016", "estimate", {"cashability": "cashable"},
            ("All of it is cashable, without a word on whether cash was released. No paper says that any of it "
             "released cash. All of it is an estimate, stated in June 2016, while the year was running. No paper "
             "says what was saved in the end."),
        ),
        (
            "paper-2017", "reported", {},
            ("For all of it the papers do not say whether it is cashable. No paper says that any of it released "
             "cash. For all of it the papers do not say whether it is an estimate or final."),
        ),
        (
            "paper-2016", "reported", {"cashability": "not-cash-releasing"},
            ("All of it is cashable but not cash releasing, so that no money leaves a budget. No paper says that "
             "any of it released cash. All of it was stated in June 2016, while the year was running, and not "
             "called an estimate. No paper says what was saved in the end."),
        ),
    ],
)  # fmt: skip
def test_the_summary_says_what_kind_of_saving_it_is_and_how_firm(
    paper: Paper, source: str, figure: str, fields: dict[str, str], said: str
) -> None:
    found = paper({"projects/fleet.yaml": fleet(f"{{source: {source}, {figure}: {{2016/17: £10k}}}}", **fields)})
    assert found["Summary"] == ONE + said


SAVINGS = """
    name: Joint fleet
    benefits:
      fuel:
        area: vehicles
        category: saving
        cashability: cash-releasing
        statements:
          - {source: paper-2016, estimate: {2015/16: £8k, 2018/19: £9k, 2019/20: £11k}}
          - {source: paper-2018, actual: {2016/17: £10k}}
      tyres:
        area: vehicles
        category: saving
        statements: [{source: panel-2016, estimate: {2016/17: £1k, 2017/18: £0}}]
      repairs:
        area: vehicles
        category: saving
        statements: [{source: paper-2017, estimate: {2016/17: £2k}}]
      sales:
        area: vehicles
        category: saving
        statements: [{source: paper-2018, estimate: {2016/17: £3k}}]
      grant:
        area: grants
        category: funding
        statements: [{source: paper-2018, reported: {2016/17: £20k}}]
      other:
        area: grants
        category: unclassified
        statements: [{source: paper-2018, reported: {2016/17: £5k}}]
      staff:
        area: vehicles
        category: saving
        measure: posts
        statements: [{source: paper-2018, actual: {2016/17: 1.5, 2017/18: 2}, estimate: {2018/19: 3}}]
    """


def test_the_summary_of_several_years_and_kinds(paper: Paper) -> None:
    found = paper({"projects/fleet.yaml": SAVINGS})
    assert found["Summary"].split("\n\n") == [
        (
            "To date, that is for 2015/16 to 2017/18 together, papers state savings of £24.0k; £10.0k of it is "
            "outturn, and £14.0k is an estimate; £18.0k of it is cash releasing. A saving that is kept from year to "
            "year counts in each."
        ),
        (
            "Beside savings, papers state for these years £20.0k of money from others and £5.0k of which they do not "
            "say whether it is saving or funding."
        ),
        (
            "For 2016/17, the latest full year, the papers state savings of £16.0k. Of these, £10.0k is cash "
            "releasing; for £6.0k the papers do not say whether it is cashable. £10.0k is outturn. £5.0k is an "
            "estimate, stated in July 2017 and in July 2018, after the year had ended. £1.0k is an estimate, stated in "
            "June 2016, while the year was running. Papers also state £20.0k of money from others, which is no "
            "saving. Of a further £5.0k the papers do not say whether it is saving or funding."
        ),
        "For 2017/18 papers so far state an estimate of nothing, of one benefit where 2016/17 has four.",
        # Of four savings one is an outturn.
        (
            "A full year is one with a saving of at least half as many benefits as have a saving in any one year that "
            "is over."
        ),
        (
            "Papers state savings for later years too: for 2018/19, which is not over, £9.0k (all of it is an "
            "estimate); for 2019/20, which has not begun, £11.0k (all of it is an estimate)."
        ),
        "Beside money, the papers state savings of 2 posts for 2017/18.",
    ]
    assert found["Recommendation"].split("\n\n")[1] == (
        "- that to date, for 2015/16 to 2017/18 together, papers state savings of £24.0k; £10.0k of it is outturn, and "
        "£14.0k is an estimate; £18.0k of it is cash releasing;\n"
        "- that for 2016/17, the latest full year, papers state savings of £16.0k; £10.0k of it is outturn, and £6.0k "
        "is an estimate; £10.0k of it is cash releasing;\n"
        "- that for 2017/18 papers so far state an estimate of nothing, of one benefit where 2016/17 has four;\n"
        "- that papers state savings for later years too: for 2018/19, which is not over, £9.0k (all of it is an "
        "estimate); for 2019/20, which has not begun, £11.0k (all of it is an estimate);\n"
        "- what changed since 20 July 2017 (section 5);\n"
        "- that no paper states a plan for a saving of money in a year, by which to judge what came;\n"
        "- what is not known (section 9)."
    )
    assert [line for line in found["What changed since the paper before"].split("\n") if line.startswith("| ")][2:] == [
        "| Grants and support | 2016/17 | funding | - | 20.0 | 20.0 |",
        "| Vehicles | 2016/17 | cash-releasing saving | - | 10.0 | 10.0 |",
        "| Grants and support | 2016/17 | unclassified | - | 5.0 | 5.0 |",
        "| Vehicles | 2016/17 | saving, cashability not stated | 3.0 | 6.0 | 3.0 |",
        "| Vehicles | 2018/19 | saving, cashability not stated | - | 3 posts | 3 posts |",
        "| Vehicles | 2017/18 | saving, cashability not stated | - | 2 posts | 2 posts |",
        "| Vehicles | 2016/17 | saving, cashability not stated | - | 1.5 posts | 1.5 posts |",
    ]


def test_what_one_year_comes_to(paper: Paper) -> None:
    found = paper({"projects/fleet.yaml": SAVINGS}, "--year", "2015/16")
    assert found["Summary"] == (
        "For 2015/16 the papers state savings of £8.0k. All of it is cash releasing. All of it is an estimate, "
        "stated in June 2016, after the year had ended. No paper says what was saved in the end."
    )
    assert "Amounts that changed" not in found["What changed since the paper before"]
    assert "Fuel: an estimated £8,000 in 2015/16. It is" in found["The projects"]


NOTHING_YET = "No paper states an amount of money for a year."
NEW = "Savings of several years are not added together: some figures count only what is new in a year."
TOGETHER = (
    "To date, that is for 2015/16 and 2016/17 together, papers state savings of £3.0k; no paper calls any of it an "
    "outturn or an estimate; no paper says that any of it released cash. A saving that is kept from year to year "
    "counts in each."
)
NONE_FIRM = (
    "savings of £2.0k; no paper calls any of it an outturn or an estimate; no paper says that any of it released cash;"
)


@pytest.mark.parametrize(
    ("figures", "fields", "summary", "point"),
    [
        (
            "estimate: {2018/19: £10k}", {},
            "For 2018/19, which is not over, the papers state savings of £10.0k.",
            "that for 2018/19, which is not over,",
        ),
        (
            "estimate: {2019/20: £10k}", {},
            "For 2019/20, which has not begun, the papers state savings of £10.0k.", "that for 2019/20, which has not",
        ),
        (
            "estimate: {2016/17: 1}", {"measure": "posts"},
            f"{NOTHING_YET}\n\nBeside money, the papers state savings of 1 post for 2016/17 (an estimate).",
            "- that no paper states a saving for a year;\n",
        ),
        ("plan: {2016/17: £1k}", {}, NOTHING_YET, "- what was planned, and what became of it (section 6);"),
        ("reported: {2015/16: £1k, 2016/17: £2k}", {"counts": "new"}, NEW, "that for 2016/17 papers"),
        ("reported: {2015/16: £1k, 2016/17: £2k}", {}, TOGETHER, f"that for 2016/17 papers state {NONE_FIRM}"),
        (
            "actual: {2015/16: £1k}", {"cashability": "cash-releasing"}, "All of it is outturn.",
            "2015/16 papers state savings of £1.0k; all of it is outturn; all of it is cash releasing;",
        ),
    ],
)  # fmt: skip
def test_what_the_committee_is_asked_to_note(
    paper: Paper, figures: str, fields: dict[str, str], summary: str, point: str
) -> None:
    found = paper({"projects/fleet.yaml": fleet(f"{{source: paper-2016, {figures}}}", **fields)})
    assert summary in found["Summary"]
    assert point in found["Recommendation"]


def test_years_with_funding_alone(paper: Paper) -> None:
    grant = fleet("{source: paper-2016, reported: {2014/15: £5k, 2015/16: £7k}}").replace(": saving", ": funding")
    found = paper({"projects/fleet.yaml": grant})
    assert found["Summary"] == (
        "For 2015/16 no paper states a saving. Papers also state £7.0k of money from others, which is no saving."
    )
    assert "- that for 2015/16 no paper states a saving;\n" in found["Recommendation"]
    assert found["What is not known"].startswith("Papers state no saving of which anything could be asked.\n")


def savings(**figures: str) -> str:
    """Return a project with a saving for each name, and what the paper of 2018 states of it."""
    return "name: Joint fleet\nbenefits:\n" + "".join(
        f"  {name}: {{area: vehicles, category: saving, statements: [{{source: paper-2018, {said}}}]}}\n"
        for name, said in figures.items()
    )


def test_of_what_may_be_counted_twice_the_money_is_told_whatever_its_ids_are(paper: Paper) -> None:
    """One paper states £5k of both in 2015/16; and `abc/def` is as long as a year is."""
    one = (
        "name: {}\nbenefits:\n  {}: {{area: vehicles, category: saving, {}statements: [{{source: paper-2018, {}}}]}}\n"
    )
    first = one.format("Alpha", "def", "", "actual: {2015/16: £5k, 2016/17: £6k}")
    second = one.format("Beta", "fuel", "", "actual: {2015/16: £5k, 2016/17: £8k}")
    found = paper({"projects/abc.yaml": first, "projects/other.yaml": second})["What is not known"]
    assert "| It may be counted twice. | 2 | 10.0 | 2015/16 | Alpha; Beta |" in found
    second = one.format("Beta", "fuel", "possible_duplicate_of: abc/def, ", "actual: {2015/16: £7k, 2016/17: £8k}")
    found = paper({"projects/abc.yaml": first, "projects/other.yaml": second})["What is not known"]
    assert "| It may be counted twice. | 1 | 8.0 | 2016/17 | Beta |" in found


NO_CASH = "no paper says that any of it released cash"


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        (  # of two outturns one is half
            {"fuel": "actual: {2015/16: £1k, 2016/17: £2k}", "tyres": "actual: {2015/16: £4k}"},
            f"that for 2016/17 papers state savings of £2.0k; all of it is outturn; {NO_CASH};",
        ),
        (  # of three one is not, however many estimates there are
            {
                "fuel": "actual: {2015/16: £1k, 2016/17: £2k}",
                "tyres": "actual: {2015/16: £4k}, estimate: {2016/17: £8k}",
                "oil": "actual: {2015/16: £16k}, reported: {2016/17: £32k}",
            },
            ("that for 2015/16, the latest full year, papers state savings of £21.0k; all of it is outturn; "
            f"{NO_CASH};\n"
            "that for 2016/17 papers so far state savings of £42.0k, with an outturn of one benefit where 2015/16 has "
            "three; £2.0k of it is outturn, £8.0k is an estimate, and for £32.0k the papers do not say which; "
            f"{NO_CASH};"),
        ),
        (  # one is more than none
            {"fuel": "actual: {2015/16: £1k}, reported: {2016/17: £2k}", "tyres": "estimate: {2017/18: £4k}"},
            ("that for 2015/16, the latest full year, papers state savings of £1.0k; all of it is outturn; "
            f"{NO_CASH};\n"
            "that for 2016/17 papers so far state savings of £2.0k, with no outturn where 2015/16 has one; no paper "
            f"calls any of it an outturn or an estimate; {NO_CASH};\n"
            "that for 2017/18 papers so far state savings of £4.0k, with no outturn where 2015/16 has one; all of it "
            f"is an estimate; {NO_CASH};"),
        ),
        (  # but one is not half of three
            {
                "fuel": "actual: {2014/15: £1k}, reported: {2016/17: £2k}", "tyres": "reported: {2016/17: £4k}",
                "oil": "reported: {2016/17: £8k}",
            },
            ("that for 2016/17 papers state savings of £14.0k; no paper calls any of it an outturn or an estimate; "
            f"{NO_CASH};"),
        ),
        (  # as Table 1 has them: the latest year comes first, though an earlier one may be final
            {"fuel": "reported: {2015/16: £1k}, estimate: {2016/17: £2k, 2017/18: £4k}"},
            f"that for 2017/18 papers state savings of £4.0k; all of it is an estimate; {NO_CASH};",
        ),
        (  # where nothing is an outturn, any saving counts
            {
                "fuel": "reported: {2016/17: £1k}, estimate: {2017/18: £2k}", "tyres": "estimate: {2016/17: £4k}",
                "oil": "estimate: {2016/17: £8k}",
            },
            ("that for 2016/17, the latest full year, papers state savings of £13.0k; no paper calls any of it an "
            f"outturn: £12.0k is an estimate, and £1.0k is not called one; {NO_CASH};\n"
            "that for 2017/18 papers so far state savings of £2.0k, of one benefit where 2016/17 has three; all of it "
            f"is an estimate; {NO_CASH};"),
        ),
        (
            {"fuel": "actual: {2016/17: £1k}", "tyres": "reported: {2016/17: £2k}"},
            ("that for 2016/17 papers state savings of £3.0k; £1.0k of it is outturn, and for £2.0k the papers do not "
            f"say whether it is; {NO_CASH};"),
        ),
        (
            {"fuel": "actual: {2016/17: £1k}", "tyres": "actual: {2016/17: -£1k}"},
            ("that for 2016/17 papers state savings and losses that come to nothing together; all of it is outturn; "
            f"{NO_CASH};"),
        ),
        ({"fuel": "actual: {2016/17: £0}"}, "that for 2016/17 papers state savings of nothing;"),
    ],
)  # fmt: skip
def test_the_latest_full_year_comes_first_and_thinner_ones_after_it(
    paper: Paper, figures: dict[str, str], points: str
) -> None:
    found = paper({"projects/fleet.yaml": savings(**figures)})["Recommendation"].split("\n- ")
    assert [point for point in found if point.startswith("that for ")] == points.split("\n")


def test_years_to_come_make_no_year_that_is_over_thinner(paper: Paper) -> None:
    """Three outturns and one are over; eight are expected of 2019/20."""
    past = {
        "fuel": "actual: {2015/16: £1k, 2016/17: £2k}",
        "oil": "actual: {2015/16: £4k}",
        "tyres": "actual: {2015/16: £8k}",
    }
    ahead = {f"van{number}": "estimate: {2019/20: £1k}" for number in range(8)}
    found = paper({"projects/fleet.yaml": savings(**past, **ahead)})["Recommendation"]
    assert "- that for 2015/16, the latest full year, papers state savings of £13.0k;" in found
    assert "- that papers state savings for later years too: for 2019/20, which has not begun, £8.0k (all" in found


def test_a_planned_cost_in_hours_is_told_beside_what_it_came_to(paper: Paper) -> None:
    cost = "{source: paper-2016, plan: {2016/17: 1.25}}, {source: paper-2018, actual: {2016/17: 2}}"
    project = f"name: Fleet\ncosts:\n  time: {{area: vehicles, measure: hours, statements: [{cost}]}}\n"
    found = paper({"projects/fleet.yaml": project})["What was planned, and what became of it"]
    assert found == (
        "No paper states a plan for a saving of money in a year.\n\n"
        "- 2016/17: costs of 1.25 hours were planned, and they came to 2.00, 0.75 more than planned."
    )


def test_what_changed_is_told_to_the_penny_though_now_there_are_pounds_alone(paper: Paper) -> None:
    stated = "{source: paper-2016, actual: {2014/15: '£1,234.56'}}, {source: paper-2018, actual: {2014/15: '£2,000'}}"
    found = paper({"projects/fleet.yaml": fleet(stated), "ledger.yaml": "title: A ledger\nunit: £\n"})
    assert "Savings: £765.44 more for 2014/15" in found["What changed since the paper before"]


def test_a_year_with_funding_alone_is_thin(paper: Paper) -> None:
    grant = savings(grant="reported: {2017/18: £5k}").replace(": saving", ": funding").partition("benefits:\n")[2]
    found = paper({"projects/fleet.yaml": savings(fuel="actual: {2015/16: £1k, 2016/17: £2k}") + grant})
    assert found["Summary"].split("\n\n")[3:] == [
        "For 2017/18 no paper states a saving. Papers also state £5.0k of money from others, which is no saving.",
        (
            "A full year is one with an outturn of at least half as many benefits as have a saving in any one year "
            "that is over."
        ),
    ]
    assert "- that for 2017/18 no paper states a saving;\n" in found["Recommendation"]


def test_what_falls_to_a_force_is_nothing(paper: Paper) -> None:
    shares = {"shares": "{thornshire: 100%, marlshire: 0%}", "shares_source": "paper-2016"}
    found = paper(
        {"projects/fleet.yaml": fleet("{source: paper-2018, estimate: {2016/17: £10k}}", **shares)},
        "--force", "marlshire",
    )  # fmt: skip
    assert found["Summary"] == (
        "For 2016/17 the papers state estimates of savings of which nothing falls to Marlshire Constabulary."
    )


def test_of_many_months_the_first_and_the_last_are_named(paper: Paper) -> None:
    papers = "".join(f"p{n}:\n  title: T\n  body: B\n  date: 2017-{n:02}\n" for n in (5, 6, 8))
    benefits = "".join(
        f"  b{n}: {{area: vehicles, category: saving, statements: [{{source: p{n}, estimate: {{2016/17: £1k}}}}]}}\n"
        for n in (5, 6, 8)
    )
    found = paper({"sources.yaml": papers, "projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n{benefits}"})
    assert "an estimate, stated between May 2017 and August 2017, after the year had ended." in found["Summary"]


# --- what changed


def test_one_paper_or_none_is_not_compared(paper: Paper) -> None:
    assert paper()["What changed since the paper before"] == "No paper gives figures yet: there is nothing to compare."
    found = paper({"projects/fleet.yaml": fleet("{source: paper-2017, actual: {2016/17: £10k}}")})
    assert found["What changed since the paper before"] == "Only one paper gives figures: there is nothing to compare."


def test_a_day_after_which_nothing_came(paper: Paper) -> None:
    files = {"projects/fleet.yaml": fleet("{source: paper-2017, actual: {2016/17: £10k}}")}
    found = paper(files, "--since", "2018-07-20", "--as-at", "2018-08-01")
    assert found["What changed since the paper before"] == (
        "Since 20 July 2018, no papers have come in.\n\nNothing changed."
    )
    assert "what changed since" not in found["Recommendation"]


def test_small_changes_are_counted_and_not_shown(paper: Paper) -> None:
    benefits = "".join(
        f"  b{n}: {{area: a{n}, category: saving, statements: [{{source: paper-2018, actual: {{2016/17: £{n}k}}}}]}}\n"
        for n in range(1, 33)
    )
    one = benefits.partition("  b2:")[0]
    tiny = "  tiny: {area: a1, category: funding, statements: [{source: paper-2018, actual: {2016/17: £40}}]}\n"
    old = "  old: {area: a1, category: saving, statements: [{source: paper-2016, actual: {2014/15: £1.25k}}]}\n"
    files = {
        "areas.yaml": "".join(f"a{n}: Area {n}\n" for n in range(1, 33)),
        "projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n{benefits}{tiny}{old}",
    }
    rows = paper(files)["What changed since the paper before"].split("\n")
    shown = [row for row in rows if row.startswith("| Area")]
    assert shown[1] == "| Area 32 | 2016/17 | saving, cashability not stated | - | 32.0 | 32.0 |"
    assert shown[-1] == "| Area 3 | 2016/17 | saving, cashability not stated | - | 3.0 | 3.0 |"
    assert rows[-1] == "3 smaller changes are left out here."
    few = paper(files | {"projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n{tiny}{old}{one}"})
    rows = few["What changed since the paper before"].split("\n")
    assert rows[2] == "- Savings: £1.0k more for 2016/17"  # of the £40 of funding nothing is left in £k
    assert rows[-1] == "1 smaller change is left out here."
    assert "Amounts are rounded one by one, so those shown need not add up." not in rows


def test_projects_that_are_new_or_stand_otherwise(paper: Paper) -> None:
    figure = "{source: paper-2018, actual: {2016/17: £10k}}"
    found = paper(
        {
            "projects/a.yaml": fleet(figure, said="{source: paper-2016, status: live}, {source: paper-2018, "
            "status: completed}")
            .replace("Joint fleet", "A"),
            "projects/b.yaml": fleet(figure, said="{source: paper-2018, status: proposed}").replace("Joint "
            "fleet", "B"),
            "projects/c.yaml": fleet(figure).replace("Joint fleet", "C"),
            "projects/d.yaml": "name: D\nstatements:\n  - {source: paper-2016, lead: L}\n  - {source: "
            "paper-2018, status: live}\n",
            "projects/e.yaml": "name: E\nstatements: [{source: paper-2016, status: live}]\n",
        },
        "--since", "2017-12-31",
    )  # fmt: skip
    assert found["What changed since the paper before"].endswith("""\
Projects that are new, or stand otherwise than before:

- A: now completed; it was live
- B: new, proposed
- C: new
- D: now live""")


# --- what was planned


def test_what_was_planned_and_what_became_of_it(tmp_path: Path) -> None:
    found = sections_of(paper_of(EXAMPLE, tmp_path / "paper.md"))["What was planned, and what became of it"]
    # 2016/17: 70 + 240 + 1,250 + 80 planned; 61 + 219.95077 + 84.50002 came of 390.
    assert found.startswith("""\
- 2015/16: £230.0k was planned, and £219.3k came of it, £10.7k less than planned.
- 2016/17: £1,640.0k was planned. Papers say of £390.0k of that what came: £365.5k, £24.5k less than planned. Of the \
rest they say nothing.
""")
    assert "| Air support pilot | 2015/16 | 70.0 | 64.0 | -6.0 | -8.6% | 5.0 | - |\n" in found
    assert "| Shared custody suites | 2017/18 | 1,300.0 | - | - | - | - | - |\n" in found
    # Of the costs, that of 2016/17 was not planned: 60 and 180 were; 58.2 and 201.3 were spent.
    assert found.endswith("""\
- nothing stated.\x20\x20
Amounts are rounded one by one, so those shown need not add up.

- 2016/17: 10.0 posts were planned, and 7.5 came of it, 2.5 less than planned.
- 2017/18: 12.5 posts were planned, and 12.5 came of it, as planned.
- 2014/15: costs of £60.0k were planned, and they came to £58.2k, £1.8k less than planned.
- 2015/16: costs of £180.0k were planned, and they came to £201.3k, £21.3k more than planned.

Milestones that papers call missed:

- Shared control room: Old Aldershire room sold, by 2019 (Five years of collaboration, 16 July 2020). Note: No buyer \
yet.""")


PLANS = """
    name: Joint fleet
    benefits:
      fuel:
        area: vehicles
        category: saving
        statements:
          - {source: paper-2016, plan: {2015/16: £5k, 2016/17: £10k, 2017/18: £20k, 2018/19: £30k, 2019/20: £40k}}
          - {source: paper-2018, actual: {2016/17: £12k}, estimate: {2015/16: £5k, 2018/19: £30k}}
      tyres:
        area: vehicles
        category: saving
        statements:
          - {source: paper-2016, plan: {2016/17: £1k, 2018/19: £2k}}
          - {source: paper-2018, estimate: {2016/17: £1k}}
    """


def test_a_plan_that_is_met_or_not_over_or_of_which_nothing_is_said(paper: Paper) -> None:
    found = paper({"projects/fleet.yaml": PLANS})["What was planned, and what became of it"]
    assert (
        found
        == """\
- 2015/16: £5.0k was planned, and £5.0k (none of it outturn) came of it, as planned.
- 2016/17: £11.0k was planned, and £13.0k (£12.0k of it outturn) came of it, £2.0k more than planned.
- 2017/18: £20.0k was planned, and no paper says what came of it.
- 2018/19: £32.0k was planned. Papers say of £30.0k of that what is expected: £30.0k, as planned. Of the rest they say \
nothing.
- 2019/20: £40.0k was planned, and the year is not over.

**Table 3: Savings planned, and what came of them (£k)**

| Project | Year | Planned | Came or expected | Difference | % |
| --- | --- | ---: | ---: | ---: | ---: |
| Joint fleet | 2015/16 | 5.0 | 5.0* | 0.0 | 0.0% |
| Joint fleet | 2016/17 | 11.0 | 13.0* | 2.0 | 18.2% |
| Joint fleet | 2017/18 | 20.0 | - | - | - |
| Joint fleet | 2018/19 | 32.0 | 30.0* | 0.0 | 0.0% |
| Joint fleet | 2019/20 | 40.0 | - | - | - |

* an estimate, or includes one.\x20\x20
- nothing stated.\x20\x20
Where papers say of only a part of a plan what came of it, the difference is of that part."""
    )


OTHER_PLANS = """
    name: Joint fleet
    benefits:
      hours:
        area: vehicles
        category: saving
        measure: hours
        statements:
          - {source: paper-2016, plan: {2016/17: "1,180.5", 2018/19: 30, in all: 7}}
          - {source: paper-2018, actual: {2016/17: 1200}, estimate: {2018/19: 29.25}}
      posts:
        area: vehicles
        category: saving
        measure: posts
        statements:
          - {source: paper-2016, plan: {2015/16: 0.6, 2016/17: 1, 2017/18: 3, 2018/19: 2}}
          - {source: paper-2018, estimate: {2015/16: 0.35, 2018/19: 1}}
      more-posts:
        area: vehicles
        category: saving
        measure: posts
        statements:
          - {source: paper-2016, plan: {2018/19: 2.5}}
    costs:
      vans:
        area: vehicles
        statements:
          - {source: paper-2016, plan: {2015/16: £5k, 2016/17: £8k, 2017/18: £3k, 2018/19: £2k, in all: £90k}}
          - {source: paper-2018, actual: {2015/16: £6.2k}, estimate: {2016/17: £8k, 2018/19: £1.5k}}
      yard:
        area: vehicles
        statements:
          - {source: paper-2016, plan: {2015/16: £1k, 2016/17: £1k}}
          - {source: paper-2018, actual: {2016/17: £0.5k}}
    """


def test_plans_of_posts_hours_and_costs_are_told_year_by_year(paper: Paper) -> None:
    found = paper({"projects/fleet.yaml": OTHER_PLANS})["What was planned, and what became of it"]
    assert (
        found
        == """\
No paper states a plan for a saving of money in a year.

- 2015/16: 0.60 of a post was planned, and 0.35 (none of it outturn) came of it, 0.25 less than planned.
- 2016/17: 1 post was planned, and no paper says what came of it.
- 2017/18: 3 posts were planned, and no paper says what came of it.
- 2018/19: 4.5 posts were planned. Papers say of 2.0 of that what is expected: 1.0, 1.0 less than planned. Of the rest \
they say nothing.
- 2016/17: 1,180.5 hours were planned, and 1,200.0 came of it, 19.5 more than planned.
- 2018/19: 30.00 hours were planned, and 29.25 are expected so far, 0.75 less than planned.
- 2015/16: costs of £6.0k were planned. Papers say of £5.0k of that what came: £6.2k, £1.2k more than planned. Of the \
rest they say nothing.
- 2016/17: costs of £9.0k were planned, and they came to £8.5k (£0.5k of it outturn), £0.5k less than planned.
- 2017/18: costs of £3.0k were planned, and no paper says what they came to.
- 2018/19: costs of £2.0k were planned, and £1.5k is expected so far, £0.5k less than planned.
- In no total, as the paper names no years: Joint fleet: hours, 7 hours in all (saving, cashability not stated, plan).
- In no total, as the paper names no years: Joint fleet: vans, £90.0k in all (cost, plan)."""
    )
    one_year = paper({"projects/fleet.yaml": OTHER_PLANS}, "--year", "2017/18")
    assert one_year["What was planned, and what became of it"].split("\n")[2:4] == [
        "- 2017/18: 3 posts were planned, and no paper says what came of it.",
        "- 2017/18: costs of £3.0k were planned, and no paper says what they came to.",
    ]


def test_of_many_missed_milestones_the_first_are_named(paper: Paper) -> None:
    missed = ", ".join(f"{{name: Step {n}, state: missed, source: paper-2017}}" for n in range(31))
    other = "{name: Step in time, state: completed, source: paper-2017}"
    found = paper({"projects/fleet.yaml": f"name: Joint fleet\nmilestones: [{other}, {missed}]\n"})
    _, heading, items = found["What was planned, and what became of it"].split("\n\n")
    assert heading == "Milestones that papers call missed:"
    assert items.split("\n") == [
        *(f"- Joint fleet: Step {n} (Benefits in 2016/17, 20 July 2017)." for n in range(30)),
        "- 1 other milestone is left out here.",
    ]


def test_of_many_plans_those_are_shown_that_count_for_most(paper: Paper) -> None:
    plan = "{{source: paper-2016, plan: {{2016/17: £100k}}}}, {{source: paper-2018, actual: {{2016/17: £{}k}}}}"
    files = {
        f"projects/p{n}.yaml": fleet(plan.format(100 - n)).replace("Joint fleet", f"Project {n}") for n in range(31)
    }
    found = paper(files)["What was planned, and what became of it"]
    assert found.count("| Project ") == 31
    assert "| Project 0 |" not in found
    assert found.endswith("|\n\n1 smaller difference is left out here.")


# --- the projects, what is not known, and the papers


def test_projects_with_figures_and_without(paper: Paper) -> None:
    figure = "{source: paper-2018, actual: {2016/17: £10k}}"
    found = paper({
        "projects/b.yaml": fleet(figure, said="{source: paper-2016, forces: [thornshire]}").replace("Joint "
        "fleet", "a"),
        "projects/a.yaml": fleet(figure).replace("Joint fleet", "B")
        + f"costs: {{vans: {{area: vehicles, statements: [{figure}]}}}}\n",
        "projects/c.yaml": "name: C\nstatements: [{source: paper-2016, status: live}]\n",
        "projects/d.yaml": "name: D\nstatements: [{source: paper-2016, status: live}]\n",
        "projects/e.yaml": "name: E\nstatements: [{source: paper-2016, quote: E}]\n",
        "projects/f.yaml": "name: F\nstatements: [{source: paper-2017, status: completed}]\n",
        "projects/g.yaml": "name: G\nstatements: [{source: paper-2016, status: completed}, "
        "{source: paper-2018, quote: G}]\n",
        "projects/h.yaml": "name: H\nstatements: [{source: paper-2016, status: live}, "
        "{source: paper-2017, status: completed}]\n",
    })  # fmt: skip
    assert found["The projects"].split("\n\n")[1:] == [
        "### a",
        (
            "Thornshire Police takes part (said on 16 June 2016). No paper says whether it is under way, "
            "finished or closed."
        ),
        "Fuel: £10,000 in 2016/17. The paper does not say whether this released cash.",
        "### B",
        "Fuel: £10,000 in 2016/17. The paper does not say whether this released cash.",
        "Cost: Vans: £10,000 in 2016/17.",
        "### Projects without figures",
        "Of six other projects no paper states a figure:",
        (
            "- Live, as papers last said, on 16 June 2016: C; D\n"
            "- Completed, as papers last said, between 16 June 2016 and 20 July 2017: F; G; H\n"
            "- No paper says how they stand: E"
        ),
    ]
    assert "It covers eight projects, two with figures." in found["Purpose"]


def test_benefits_without_a_figure(paper: Paper) -> None:
    assert paper()["Benefits without a figure"] == "No paper tells of a benefit without a figure."
    outcomes = (
        "outcomes:\n"
        "  a: {kind: resilience, text: One room answers for the other., state: achieved, source: paper-2016}\n"
        "  b: {kind: capability, text: Calls are answered sooner, source: paper-2017}\n"
        "  c: {kind: capability, text: Cars come sooner., source: paper-2017}\n"
    )
    found = paper({
        "projects/a.yaml": "name: Rooms\n" + outcomes,
        "projects/b.yaml": "name: Cars\n" + outcomes.replace("state: achieved", "state: expected"),
    })  # fmt: skip
    assert (
        found["Benefits without a figure"]
        == """\
### Achieved

- Rooms: One room answers for the other (Benefits in 2015/16, 16 June 2016)

### Expected

- Cars: One room answers for the other (Benefits in 2015/16, 16 June 2016)

### The papers do not say whether it has come

- Cars: Calls are answered sooner. Cars come sooner (Benefits in 2016/17, 20 July 2017)
- Rooms: Calls are answered sooner. Cars come sooner (Benefits in 2016/17, 20 July 2017)"""
    )


def test_what_is_not_known_is_in_the_order_of_the_money_that_it_concerns(tmp_path: Path) -> None:
    found = sections_of(paper_of(EXAMPLE, tmp_path / "paper.md", "--as-at", "2020-09-17"))["What is not known"]
    rows = [row.split(" | ") for row in found.split("\n")[4:] if row.startswith("| ")]
    amounts = [float(amount.replace(",", "").replace("-", "0")) for _, _, amount, *_ in rows]
    assert amounts == sorted(amounts, reverse=True)
    # What was planned of the suites for 2017/18, and what is stated of time and licences, 63.5 and 9.6.
    assert "| A year is over, and no paper calls a figure its outturn. | 10 | 1,373.1 | 2017/18 | Air support" in found
    assert "Forensic hub; Joint fleet; " in found
    assert "Regional training school; Shared control room; Shared custody suites; and 1 more |" in found
    assert "| The latest word on a year is an estimate of more than a year ago. | 1 | - | - | Joint fleet |" in found


def test_what_is_not_known_is_of_the_later_of_equal_years_and_of_what_stands_rather_than_its_plan(paper: Paper) -> None:
    stated = "{source: paper-2016, plan: {2016/17: £20k}}, {source: paper-2017, actual: {2015/16: £10k, 2016/17: £10k}}"
    found = paper({"projects/fleet.yaml": fleet(stated)})["What is not known"]
    assert "| 1 | 10.0 | 2016/17 | Joint fleet |" in found


def test_nothing_is_unknown_of_a_saving_of_which_all_is_said(paper: Paper) -> None:
    cost = "costs:\n  vans: {area: vehicles, statements: [{source: paper-2018, actual: {2017/18: £4k}}]}\n"
    shares = {"shares": "{thornshire: 60%, marlshire: 40%}", "shares_source": "paper-2016"}
    saving = fleet("{source: paper-2018, actual: {2016/17: £10k}}", cashability="cashable", **shares)
    found = paper({"projects/fleet.yaml": saving + cost})
    assert (
        found["What is not known"]
        == "Of the savings in this paper, papers answer every question that a committee asks."
    )


def test_how_the_figures_were_checked(tmp_path: Path, paper: Paper) -> None:
    found = sections_of(paper_of(EXAMPLE, tmp_path / "example.md"))["How the figures were checked"]
    assert found.startswith(
        "The ledger keeps 87 figures of these projects, also those that later papers restate. Each is kept with "
    )
    assert "all with the place in the paper, and 13 with the paper's own words." in found
    assert found.endswith("""\
- Collaboration and Aldershire: Aldershire Police and Crime Panel, 16 June 2016, Agenda Item 7, Table 1: 8 cells and 2 \
totals agree; 2 sums are exact; no row is missing.""")
    assert paper()["How the figures were checked"] == (
        "There is no figure to check.\n\nThe ledger has no table, as a paper printed it, to compare the figures with."
    )
    one = paper({"projects/fleet.yaml": fleet("{source: paper-2017, actual: {2016/17: £10k}}")})
    assert (
        "none with the place in the paper, and none with the paper's own words." in one["How the figures were checked"]
    )


GRADED = """
    name: {}
    benefits:
      fuel:
        area: vehicles
        category: saving
        statements:
          - {{source: paper-2016, plan: {{2016/17: £9k}}, assurance: red, assured_by: Audit}}
          - {{source: paper-2017, actual: {{2016/17: £9k}}, {}}}
    """


def test_the_grades_of_the_evidence_are_told_with_who_gave_them(tmp_path: Path, paper: Paper) -> None:
    found = sections_of(paper_of(EXAMPLE, tmp_path / "example.md"))["How the figures were checked"].split("\n\n")
    assert found[1:3] == [
        "Papers give a grade to the evidence of:",
        """\
- Forensic hub: Officer time saved by quicker results: red (Westmarch Internal Audit, February 2019)
- Joint fleet: Fuel contract: amber (Westmarch Internal Audit, February 2019)
- Shared control room: Control room staff: green (Westmarch Internal Audit, February 2019)""",
    ]
    # A later grade takes the place of an earlier one, and of who gave it. Of many the first are named.
    files = {f"projects/p{n}.yaml": GRADED.format(f"Yard {n}", "assurance: B+") for n in range(10, 40)}
    files["projects/a.yaml"] = GRADED.format("A", "at: Table 2")
    grades = paper(files)["How the figures were checked"].split("\n\n")[2].split("\n")
    assert grades == [
        "- A: fuel: red (Audit)", *(f"- Yard {n}: fuel: B+" for n in range(10, 39)), "- 1 other grade is left out here."
    ]  # fmt: skip


def test_the_papers_are_listed_by_their_days(paper: Paper) -> None:
    files = {"projects/fleet.yaml": fleet("{source: paper-2017, actual: {2016/17: £10k}}")}
    assert (
        paper(files)["Papers"]
        == """\
- Benefits in 2015/16: Northmark Committee, 16 June 2016: no figure
- Marlshire and collaboration: Marlshire Panel, 16 June 2016: no figure
- Benefits in 2016/17: Northmark Committee, 20 July 2017: 1 figure
- Benefits in 2017/18: Northmark Committee, 19 July 2018: no figure"""
    )


def test_a_ledger_of_nothing_has_a_paper_that_says_so(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"sources.yaml": "{}\n", "ledger.yaml": "title: Nothing\n"})
    text = paper_of(folder, tmp_path / "paper.md")
    assert "**Figures as at:** no paper yet\n" in text
    found = sections_of(text)
    assert "It covers no projects, none with figures. It rests on no papers." in found["Purpose"]
    assert found["Savings and funding"] == (
        "Nothing is stated yet.\n\n"
        "No paper states a cost. Whether savings are greater than what they cost cannot be said."
    )
    assert found["What is not known"] == "Papers state no saving of which anything could be asked."
    assert found["Papers"] == "The ledger has no papers yet."
    for name in ("paper.docx", "paper.html"):
        assert invoke("paper", "--data", folder, "--output", tmp_path / name) == (0, "", "")


# --- for one force


def test_nil_that_is_newly_stated_is_no_table_of_changes(tmp_path: Path) -> None:
    """To Calderdown nothing falls of what the papers of 2019 and 2020 state anew."""
    text = paper_of(EXAMPLE, tmp_path / "paper.md", "--force", "calderdown")
    assert "\nNo amount moves: nil is newly stated, or stated no more.\n" in text
    assert "Amounts that changed" not in text


def test_the_edition_of_a_force_has_its_parts(tmp_path: Path) -> None:
    text = paper_of(EXAMPLE, tmp_path / "paper.md", "--force", "aldershire")
    assert "**Edition for:** Aldershire Police  \n" in text
    found = sections_of(text)
    assert "It covers four projects for which papers name Aldershire Police, all with figures." in found["Purpose"]
    assert "Amounts are what papers apportion to Aldershire Police;" in found["Purpose"]
    assert (
        "| **TOTAL** | **£45.0** | **£115.1** | **£129.8** | **£140.0** | **£140.2** |\n"
        in found["Savings and funding"]
    )
    # Two fifths of the fifth that was not achievable, 7.5.
    assert (
        "| Shared control room | 2015/16 | 48.0 | 45.0 | -3.0 | -6.3% | 3.0 |\n"
        in (found["What was planned, and what became of it"])
    )


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({}, "No paper divides any figure between forces."),
        (
            {"shares": "{marlshire: 100%}", "shares_source": "paper-2016"},
            "No paper gives Thornshire Police a part of any figure.",
        ),
    ],
)
def test_the_edition_of_a_force_to_which_nothing_falls(paper: Paper, shares: dict[str, str], sentence: str) -> None:
    said = "{source: paper-2016, forces: [thornshire, marlshire]}"
    saving = fleet("{source: paper-2018, actual: {2016/17: £10k}}", said=said, **shares)
    found = paper({"projects/fleet.yaml": saving}, "--force", "thornshire")
    assert found["Purpose"].endswith(
        f"{sentence} The amounts here are those of all forces together, not those of Thornshire Police."
    )
    assert (
        "papers state savings of £10.0k of the collaboration as a whole; all of it is outturn;"
        in found["Recommendation"]
    )
    assert "**Table 1: By area and year: all forces together (£k)**" in found["Savings and funding"]
    assert "| **TOTAL** | **£10.0** |\n" in found["Savings and funding"]


# --- Word, HTML and Markdown


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the paper of the example as `paper.docx`, `paper.html` and `paper.md`."""
    folder = tmp_path_factory.mktemp("papers")
    for suffix in ("docx", "html", "md"):
        ran = invoke("paper", "--data", EXAMPLE, *COMMITTEE, "--output", folder / f"paper.{suffix}")
        assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")
    return folder


def texts_of(word: Word) -> Iterator[str]:
    """Yield the text of each paragraph and each row of a table, in their order."""
    for item in word.iter_inner_content():
        if isinstance(item, WordParagraph):
            yield item.text
        else:
            yield from (" | ".join(cell.text for cell in row.cells) for row in item.rows)


def style_of(paragraph: WordParagraph) -> str | None:
    return paragraph.style.name if paragraph.style else None


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_word_html_and_markdown_say_the_same(papers: Path) -> None:
    word = docx.Document(str(papers / "paper.docx"))
    page = Html((papers / "paper.html").read_text(encoding="utf-8"))
    assert set(page.elements) <= OURS
    assert (page.badly_nested, page.open) == ([], [])
    text = paper_of(EXAMPLE, papers / "again.md", *COMMITTEE)
    in_word = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    in_html = [[re.sub("^of (which|these) ", "", cell) for cell, _ in row] for row in page.rows]
    in_markdown = [
        [
            re.sub(r"^[*\u2003]*|[*]{2}$", "", cell) if "**" in cell or not place else cell
            for place, cell in enumerate(row)
        ]
        for line in text.split("\n")
        if line.startswith("| ") and not line.startswith("| ---") and "of which" not in line
        for row in [line[2:-2].split(" | ")]
    ]
    in_word = [row for row in in_word if row[0] != "of which"]
    assert in_word == in_html == in_markdown
    assert len(word.tables) == 7
    whole = squeezed(page.text)
    assert [text for item in word.iter_inner_content() if isinstance(item, WordParagraph)
            for text in [squeezed(item.text)] if text not in whole] == []  # fmt: skip


def test_the_same_bytes_on_every_run_with_no_day_but_that_of_the_meeting(papers: Path, tmp_path: Path) -> None:
    env = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LANG": "C"}
    ran = run("paper", "--data", EXAMPLE, *COMMITTEE, "--output", "paper.docx", cwd=tmp_path, env=env)
    assert ran == (0, "", "")
    data = (papers / "paper.docx").read_bytes()
    assert data == (tmp_path / "paper.docx").read_bytes()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "app.xml" in name]
        core = archive.read("docProps/core.xml").decode()
    assert re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]*Z", core) == ["2020-09-17T00:00:00Z"] * 2
    assert "python-docx" not in core


def test_the_word_paper_can_be_read_by_those_who_cannot_see_it(papers: Path) -> None:
    word = docx.Document(str(papers / "paper.docx"))
    about = word.core_properties
    assert (about.title, about.language) == ("Westmarch police collaboration", "en-GB")
    assert {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert [each.text for each in word.paragraphs if style_of(each) == "Title"] == ["Westmarch police collaboration"]
    sections = [each.text for each in word.paragraphs if style_of(each) == "Heading 1"]
    assert sections[:2] == ["1. Purpose", "2. Recommendation"]
    assert "Joint fleet" in [each.text for each in word.paragraphs if style_of(each) == "Heading 2"]
    (before,) = [each for each in word.paragraphs if each.text == "The committee is asked to note:"]
    assert before.paragraph_format.keep_with_next is True  # and so with its list, whatever the page
    for table in word.tables:
        properties = table._tbl.tblPr  # noqa: SLF001 - python-docx does not say it otherwise
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == ["tblW", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
        assert properties.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Table ")
        assert " rows: " in properties.find(qn("w:tblDescription")).get(qn("w:val"))
        first, *others = (row._tr for row in table.rows)  # noqa: SLF001 - nor this
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in others if row.trPr.find(qn("w:tblHeader")) is not None]
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))


def test_numbers_stand_at_the_right_and_marks_beyond_them(papers: Path) -> None:
    table = docx.Document(str(papers / "paper.docx")).tables[0]
    name, *amounts = table.rows[1].cells
    assert name.paragraphs[0].alignment is None
    assert {cell.paragraphs[0].alignment for cell in amounts} == {2}
    indents = {cell.text: cell.paragraphs[0].paragraph_format.right_indent for cell in table.columns[6].cells}
    assert indents["240.0*"] is None
    assert indents["£337.1"] == 45720  # 3.6 points, in which a star of nine has room


def test_a_wide_table_lies_on_its_side_with_its_heading(make_folder: MakeFolder, tmp_path: Path) -> None:
    years = ", ".join(f"{year}/{(year + 1) % 100:02}: £{year}k" for year in range(2000, 2020))
    folder = make_folder({
        "ledger.yaml": "title: Wide\nunit: £\nplaces: 2\n",
        "projects/fleet.yaml": fleet(f"{{source: paper-2018, reported: {{{years}}}}}"),
    })  # fmt: skip
    assert invoke("paper", "--data", folder, "--output", tmp_path / "paper.docx") == (0, "", "")
    word = docx.Document(str(tmp_path / "paper.docx"))
    assert [round((section.page_width or 0) / 36_000) for section in word.sections] == [210, 297, 210]
    items = list(word.iter_inner_content())
    (position,) = [n for n, item in enumerate(items) if isinstance(item, WordTable) and len(item.columns) == 21]
    caption, heading = items[position - 1], items[position - 2]
    assert isinstance(heading, WordParagraph)
    assert heading.text == "4. Savings and funding"
    assert isinstance(caption, WordParagraph)
    assert style_of(caption) == "Caption"
    widths = [(column.width or 0) / 36_000 for column in word.tables[0].columns]
    assert sum(widths) < 258
    assert word.tables[0].rows[0].cells[1].paragraphs[0].runs[0].font.size < 114300  # nine points


def test_a_table_of_more_years_than_a_page_has_room_for_is_divided() -> None:
    years = tuple(f"{year}/{year % 100 + 1:02}" for year in range(1950, 1998))
    rows = [
        Row(("Early & <late>", Amount(Decimal(1_000), "£k", 0), *[None] * 46, Amount(Decimal(2_000), "£k", 0))),
        Row(("Late", *[None] * 47, Amount(Decimal(3_000), "£k", 0, estimate=True))),
        Row(("TOTAL", Amount(Decimal(1_000), "£k", 0), *[None] * 46, Amount(Decimal(5_000), "£k", 0)), total=True),
        Row(("Savings", *[None] * 48), part=1),
    ]
    table = Table("Table 1: By area", ("Area", *years), (False, *[True] * 48), tuple(rows), ("- nothing stated.",))
    word = docx.Document(BytesIO(format_document(Document(Page("T", (table,)), "", None))))
    assert [[cell.text for cell in table.columns[0].cells] for table in word.tables] == [
        ["Area", "Early & <late>", "TOTAL", "of which", "Savings"],
        ["Area", "TOTAL", "of which", "Savings"],
        ["Area", "Early & <late>", "Late", "TOTAL", "of which", "Savings"],
    ]
    assert [cell.text for table in word.tables for cell in table.rows[0].cells[1:]] == [*years]
    assert [cell.text for cell in word.tables[2].columns[8].cells] == ["1997/98", "2", "3*", "5", "", "-"]
    left_out = "Rows of which nothing is stated in these years are left out."
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.text] == [
        "T",
        "Table 1: By area, 1950/51 to 1969/70", "- nothing stated.", left_out,
        "Table 1: By area, 1970/71 to 1989/90", "- nothing stated.", left_out,
        "Table 1: By area, 1990/91 to 1997/98", "- nothing stated.",
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "kept"), [(35, 35), (36, 0)])
def test_a_table_that_has_room_on_a_page_is_kept_on_one(number: int, kept: int) -> None:
    table = Table("T", ("A",), (False,), tuple(Row((str(each),)) for each in range(number)))
    word = docx.Document(BytesIO(format_document(Document(Page("T", (table,)), "", None))))
    keeps = [cell.paragraphs[0].paragraph_format.keep_with_next for cell in word.tables[0].columns[0].cells]
    # The headings and all rows but the last are each kept with the next; of a longer table, none.
    assert keeps == [True] * kept + [None] * (number + 1 - kept)


def test_every_block_has_its_form_in_word() -> None:
    page = Page("T", (
        Heading("H"), Paragraph("P"), Quotation("Q"), Table("Empty", ("A", "B"), (False, True), ()),
        Table("Two", ("A", "B"), (False, True), (Row(("a", None)), Row(("b", "c")))),
    ))  # fmt: skip
    word = docx.Document(BytesIO(format_document(Document(page, "", None))))
    assert list(texts_of(word)) == [
        "T", "H", "P", "“Q”", "Empty", "A | B", "", "Two", "A | B", "a | -", "b | c", "",
    ]  # fmt: skip
    assert word.core_properties.created == datetime.fromisoformat("1980-01-01T00:00:00Z")


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and Poppler")
def test_another_program_opens_it_and_shows_every_word(papers: Path, tmp_path: Path) -> None:
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, papers / "paper.docx"],  # noqa: S607 - wherever it is
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    shown = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "paper.pdf", "-"],  # noqa: S607 - as above
        check=True, capture_output=True, encoding="utf-8", timeout=60,
    ).stdout  # fmt: skip
    word = docx.Document(str(papers / "paper.docx"))
    words = {word for text in texts_of(word) for word in text.replace("|", " ").split() if "-" not in word}
    broken = re.sub(r"-\n\s*", "-", shown)
    assert sorted(word for word in words if word not in broken) == []
    assert "page 1 of " in shown


# --- how it is asked for


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--output", "paper.pdf"], "--output: there is no format of papers '.pdf'; "),
        (["--output", "-"], "--output: a paper is a file: end its name in .docx, .html or .md\n"),
        (["--output", "paper"], "--output: a paper is a file: end its name in .docx, .html or .md\n"),
        (["--output", "paper.doc"], "--output: there is no format of papers '.doc'; did you mean '.docx'?\n"),
        (
            ["--output", "paper.md", "--date", "2017-01-01", "--as-at", "2017-01-02"],
            "--as-at is after --date: a meeting knows no later papers.",
        ),
        (["--output", "paper.md", "--since", "2018-07-19"], "--since is not before the day of the figures."),
        (
            ["--output", "paper.md", "--since", "2017-01-02", "--date", "2017-01-02"],
            "--since is not before the day of the figures.",
        ),
        (
            ["--output", "paper.md", "--force", "thornshir"],
            "--force: there is no 'thornshir'; did you mean 'thornshire'?",
        ),
    ],
)
def test_what_cannot_be_is_refused(make_folder: MakeFolder, tmp_path: Path, options: list[str], error: str) -> None:
    folder = make_folder()
    ran = invoke("paper", "--data", folder, *options)
    assert (ran.status, ran.stdout) == (2, "")
    assert error in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_without_the_extra_one_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "emcollab.publish.paper.word")
    ran = invoke("paper", "--data", EXAMPLE, "--output", tmp_path / "paper.docx")
    line = "emcollab: a Word paper needs the package python-docx; install it with: pip install 'emcollab[docx]'\n"
    assert ran == (2, "", line)
    assert list(tmp_path.iterdir()) == []
    assert invoke("paper", "--data", EXAMPLE, "--output", tmp_path / "paper.html") == (0, "", "")


def test_a_module_that_is_missing_otherwise_is_no_missing_extra(
    monkeypatch: pytest.MonkeyPatch, make_folder: MakeFolder
) -> None:
    monkeypatch.setitem(sys.modules, "emcollab.publish.paper.html", None)
    edition = Edition(open_clean(make_folder()), date(2018, 12, 31))
    with pytest.raises(ModuleNotFoundError, match=r"emcollab\.publish\.paper\.html"):
        format_paper(edition, Particulars(), ".html")
