"""`emcollab report`: its links and anchors, its numbers, its charts, its editions, and how it is written."""

import contextlib
import json
import re
import sys
from collections.abc import Callable
from cProfile import Profile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from emcollab.publish.site import downloads
from emcollab.values.dates import format_day, read_clock
from tests.conftest import EXAMPLE, MakeFolder, fleet, invoke, posix
from tests.test_export import FORMAT

with contextlib.suppress(ImportError):  # they are of POSIX, as the tests that use them
    import resource

VOID = {"meta", "link", "rect", "br"}
OURS = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "p", "nav", "ul", "li", "main", "footer",
    "h1", "h2", "h3", "div", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "abbr",
    "section", "blockquote", "dl", "dt", "dd", "svg", "desc", "text", "rect", "line", "article", "style",
}  # fmt: skip
"""Every element that this program writes."""


class Html(HTMLParser):
    """A page as a browser reads it: its elements and ids, its links, and the texts of some elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.rows: list[list[tuple[str, str]]] = []
        self.badly_nested: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        values = {name: value or "" for name, value in attrs}
        self.attributes |= {(tag, name) for name in values}
        if "id" in values:
            self.ids.append(values["id"])
        if "href" in values or "src" in values:
            self.links.append(values.get("href", values.get("src", "")))
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append(("", ""))
        if tag == "a" and self.rows and self.rows[-1] and {"th", "td"} & set(self.open):
            self.rows[-1][-1] = (self.rows[-1][-1][0], values["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.badly_nested.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))
        if {"th", "td"} & set(self.open):
            text, href = self.rows[-1][-1]
            self.rows[-1][-1] = (text + data, href)

    def text_of(self, tag: str) -> list[str]:
        return [text for of, text in self.texts if of == tag]

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.texts)


Site = dict[str, str]


def written(folder: Path) -> Site:
    """Return the texts that were written, by path, and nothing of the workbook but that it is there."""
    return {
        path.relative_to(folder).as_posix(): "" if path.suffix == ".xlsx" else path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make_report(target: Path, *options: str, data: Path = EXAMPLE) -> Site:
    ran = invoke("report", "--data", data, "--output", target, *options)
    files = sum(path.is_file() for path in target.rglob("*")) - 1  # the manifest
    assert ran == (0, "", f"wrote {files} files, index.html first, to {target}\n")
    return written(target)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """Give a function that returns the report of the example with some options, made once."""
    return cache(lambda *options: make_report(tmp_path_factory.mktemp("site") / "report", *options))


EDITIONS = {
    "whole": ["--as-at", "2020-12-31"],
    "force": ["--as-at", "2020-12-31", "--force", "aldershire"],
    "year": ["--as-at", "2020-12-31", "--year", "2017/18", "--year", "2018-19"],
    "earlier": ["--as-at", "2014-11-20"],
    "today": [],
}


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest, reported: Callable[..., Site]) -> Site:
    return reported(*EDITIONS[request.param])


@pytest.fixture(scope="module")
def pages(edition: Site) -> dict[str, Html]:
    return pages_of(edition)


@pytest.fixture(scope="module")
def site(reported: Callable[..., Site]) -> Site:
    return reported(*EDITIONS["whole"])


def pages_of(site: Site) -> dict[str, Html]:
    return {path: Html(text) for path, text in site.items() if path.endswith(".html")}


# --- every edition


def test_every_link_and_anchor_leads_somewhere(edition: Site) -> None:
    follow_links(edition)


@pytest.mark.parametrize("years", [[], ["--year", "2017/18"]], ids=["all", "year"])
@pytest.mark.parametrize("force", ["brackenshire", "aldershire", "dunmoor", "calderdown", "northlea"])
def test_no_link_of_an_edition_leads_to_a_page_that_it_leaves_out(
    reported: Callable[..., Site], force: str, years: list[str]
) -> None:
    site = reported("--force", force, *years)
    assert {f"forces/{force}.html", "index.html"} <= set(site)
    follow_links(site)


def follow_links(site: Site) -> None:
    """Find what each link within a report leads to."""
    pages = pages_of(site)
    for path, page in pages.items():
        # The anchors of these two, to what the page they lead to leaves out, are for another test.
        exact = not path.startswith(("papers/", "projects/"))
        for link in page.links:
            if link.startswith("https://example.org/"):
                continue
            target, _, anchor = link.partition("#")
            target = normpath(join(dirname(path), target)) if target else path
            assert target in site, f"{path} leads to {link}"
            assert not anchor or not exact or anchor in pages[target].ids, f"{path} leads to {link}"


def test_no_two_elements_of_a_page_have_one_id(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_each_page_is_well_formed_and_has_only_elements_of_ours(edition: Site, pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        assert (page.badly_nested, page.open) == ([], []), path
        assert set(page.elements) <= OURS, path
        assert edition[path].startswith('<!DOCTYPE html>\n<html lang="en-GB">\n')
        assert page.elements.count("h1") == 1, path


def test_there_is_no_script_and_no_request_to_anywhere(edition: Site, pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        strange = {"script", "iframe", "img", "object", "embed", "form", "base"}
        assert not (strange | (set() if path == "paper.html" else {"style"})) & set(page.elements), path
        assert not [name for _, name in page.attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
        assert all("://" not in link for link in page.links if not link.startswith("https://example.org/")), path
    assert "url(" not in edition["style.css"]
    assert "@import" not in edition["style.css"]


# --- numbers

FRONT = """
    Shared control room | - | 112.5 | 220.0 | 236.1 | 241.0 | 240.0*
    Vehicles & fuel | - | 42.8 | 81.3 | 106.2 | 95.9 | 97.0*
    Forensic services | 20.0 | 73.8 | 84.0 | 63.5* | - | -
    Air support (pilot) | 35.0 | 81.5 | 61.0 | 15.3 | - | -
    Grants and support | 150.0 | 85.0 | 60.0 | - | 25.0 | -
    Back office | 12.0 | -4.5 | 0.0 | 52.8 | 44.0 | -
    Custody suites | - | - | - | - | - | -
    Training school | 12.0 | - | - | - | - | -
    TOTAL | £229.0 | £391.1 | £506.3 | £473.9 | £405.9 | £337.1
    of which savings | 44.0 | 288.6 | 446.3 | 473.9* | 380.9 | 337.1*
    of these cashable | 12.0 | 214.8 | 362.3 | 400.8 | 380.9 | 337.1*
    of these cash releasing | 12.0 | 176.5 | 277.8 | 266.3 | 240.9 | 240.0*
    of these non-cashable | - | 49.8 | 58.0 | 63.5* | - | -
    of these cashability not stated | 32.0 | 24.0 | 26.0 | 9.6 | - | -
    of which funding | 150.0 | 85.0 | 60.0 | - | 25.0 | -
    of which unclassified | 35.0 | 17.5 | - | - | - | -
    """
EXACT = {
    "control-room": "2015/16: £112,500 | 2016/17: £219,950.77 and 7.5 posts | 2017/18: £236,100 and 12.5 posts | "
    "2018/19: £241,000 | 2019/20: £240,040",
    "vehicles": "2015/16: £42,800 | 2016/17: £81,300.02 and 1,180.5 hours | 2017/18: £106,237.44 and 2,350.25 hours | "
    "2018/19: £95,918.50 | 2019/20: £97,040.10",
    "forensics": "2014/15: £20,000 | 2015/16: £73,750 | 2016/17: £84,000 | 2017/18: £63,500",
    "air-support": "2014/15: £35,000 | 2015/16: £81,500 | 2016/17: £61,000 | 2017/18: £15,250",
    "grants": "2014/15: £150,000 | 2015/16: £85,000 | 2016/17: £60,000 | 2018/19: £25,000",
    "back-office": "2014/15: £12,000 | 2015/16: -£4,500 | 2016/17: £0 | 2017/18: £52,810.99 | 2018/19: £44,000.01 | "
    "A year, no years being named: in no total",
    "training": "2014/15: £12,000 | 2018/19: 1.5 posts",
    "custody": "",
}
"""Of each area, its years with the exact total of each."""


def test_the_front_table_is_the_summary_table(site: Site) -> None:
    front = Html(site["index.html"])
    assert front.text_of("caption")[0] == "Westmarch police collaboration (£k)"
    rows = [" | ".join(text for text, _ in row) for row in front.rows[:17]]
    assert rows[0] == "Area | 2014/15 | 2015/16 | 2016/17 | 2017/18 | 2018/19 | 2019/20"
    assert rows[1:] == [line.strip() for line in FRONT.strip().split("\n")]


def test_each_figure_of_the_front_table_leads_to_what_it_is_made_of(site: Site) -> None:
    pages = pages_of(site)
    years = [text for text, _ in pages["index.html"].rows[0][1:]]
    followed = 0
    for row in pages["index.html"].rows[1:9]:
        _, area = row[0]
        for year, (text, href) in zip(years, row[1:], strict=True):
            assert href == ("" if text == "-" else f"{area}#{year.replace('/', '-')}")
            if href:
                followed += 1
                section = site[area].partition(f'<section id="{year.replace("/", "-")}">')[2].partition("</section>")[0]
                figures = Html(section).links
                assert figures
                for figure in figures:
                    page, _, anchor = figure.removeprefix("../").partition("#")
                    told = site[page].partition(f'<section id="{anchor}">')[2].partition("</section>")[0]
                    assert 'href="../papers/' in told
    # The cells of FRONT above the total that are no dash.
    assert followed == 28


@pytest.mark.parametrize("area", EXACT)
def test_each_area_has_its_exact_totals(site: Site, area: str) -> None:
    assert " | ".join(Html(site[f"areas/{area}.html"]).text_of("h2")) == EXACT[area]


def test_notes_stand_below_the_box_in_which_a_wide_table_is(site: Site) -> None:
    """So that the shade, which tells that the table goes on, is not drawn over them."""
    _, _, table = site["index.html"].partition('<div class="scroll"')
    box, _, below = table.partition("</div>")
    assert "<p>" not in box
    assert "<p>* an estimate, or includes one," in below.partition("<h2")[0]


def test_headings_stand_over_their_columns(site: Site) -> None:
    """Amounts, which have no class, stand at the right of their columns, and so do their headings; text at the left."""
    rules = dict(re.findall(r"^([^{}\n]+?) \{ ([^}]*) \}$", site["style.css"], re.MULTILINE))
    assert {name: re.findall("text-align: ([a-z]+)", rules[name])
            for name in ("td", "td.text", "thead th", "thead th:first-child, thead th.text")} == {
        "td": ["right"], "td.text": ["left"], "thead th": ["right"], "thead th:first-child, thead th.text": ["left"],
    }  # fmt: skip
    (head,) = re.findall("<thead>(.*?)</thead>", site["projects.html"])
    assert re.findall('<th scope="col"([^>]*)>([^<]*)', head) == [
        ("", "Project"), (' class="text"', "Status"), (' class="text"', "Years"), ("", "Savings to date"),
        ("", "Funding to date"), ("", "Unclassified to date"), ("", "Costs to date"), (' class="text"', "In no sum"),
    ]  # fmt: skip


def test_a_chart_says_in_words_what_it_draws(site: Site) -> None:
    amounts = {
        "2014/15": ["£44.0k savings", "£150.0k funding", "£35.0k not classified"],
        "2015/16": ["£288.6k savings", "£85.0k funding", "£17.5k not classified"],
        "2016/17": ["£446.3k savings", "£60.0k funding"],
        "2017/18": ["£473.9k* savings"],
        "2018/19": ["£380.9k savings", "£25.0k funding"],
        "2019/20": ["£337.1k* savings"],
    }
    front = Html(site["index.html"])
    axis = ["£0k", "£200k", "£400k"]
    mark = "* an estimate, or includes one"
    drawn = [text for year, said in amounts.items() for text in (year, *said)]
    assert front.text_of("text") == [*drawn, mark, *axis]
    described = [f"{year}: {text}" for year, said in amounts.items() for text in said]
    assert front.text_of("desc") == ["; ".join([*described, mark])]
    assert front.text_of("title")[1] == "Savings, funding and what is not classified, by year (£k)"
    assert front.elements.count("rect") == 12
    widths = [
        int(width) for width in re.findall(r'<rect class="\w+" x="0" y="[0-9]+" width="([0-9]+)"', site["index.html"])
    ]
    # The longest bar, 473,898.43, is 360 wide; 44,000 is 33 (33.4), 150,000 is 114 (113.9), and 200,000 152 (151.9).
    assert (max(widths), widths[:2]) == (360, [33, 114])
    assert re.findall('class="axis" x="([0-9]+)"[^>]*text-anchor="([a-z]+)"', site["index.html"]) == [
        ("0", "start"), ("152", "middle"), ("304", "middle"),
    ]  # fmt: skip


def test_a_loss_is_drawn_to_the_left_of_the_line(site: Site) -> None:
    text = site["projects/hr-service.html"]
    # From -4,500 to 52,810.99 is 57,310.99, drawn 360 wide: the line is at 28 (28.3), the loss as wide as that.
    assert '<rect class="saving" x="0" y="104" width="28" height="12"/>' in text
    assert '<rect class="saving" x="28" y="44" width="75" height="12"/>' in text


def test_the_headline_is_the_summary_of_the_paper(tmp_path: Path, site: Site) -> None:
    def said(site: Site) -> list[str]:
        found = re.findall('<p(?: class="headline")?>([^<]+)</p>', site["index.html"].partition("<h2")[0])
        return [text for text in found if not text.startswith("As at")]

    together, beside, full, thin, what_full, other, apart = said(site)
    # 1,970,697.83 in all; 1,213,558.26 of it is cash releasing.
    # Not called either: 2014/15 44,000, 2015/16 73,750, 2016/17 84,000, 2017/18 9,600: 211,350.
    assert together == (
        "To date, that is for 2014/15 to 2019/20 together, papers state savings of £1,970.7k; £1,358.8k of it is "
        "outturn, £400.6k is an estimate, and for £211.4k the papers do not say which; £1,213.6k of it is cash "
        "releasing. A saving that is kept from year to year counts in each."
    )
    assert beside == (
        "Beside savings, papers state for these years £320.0k of money from others and £52.5k of which they do not say "
        "whether it is saving or funding."
    )
    assert full.startswith("For 2018/19, the latest full year, the papers state savings of £380.9k. Of these, £240.9k ")
    assert "All of it is outturn." in full
    assert thin.startswith(
        "For 2019/20 papers so far state savings of £337.1k, of two benefits where 2018/19 has four. Of these, £240.0k "
        "is cash releasing; "
    )
    assert "All of it is an estimate, stated in July 2020, after the year had ended." in thin
    many = "at least half as many benefits as have a saving in any one year that is over"
    full_year = f"A full year is one with an outturn of {many}."
    assert what_full == full_year
    # Of posts 2018/19 has no outturn, and of hours 2017/18 has none.
    assert other == (
        "Beside money, the papers state savings of 12.5 posts for 2017/18, 1.5 posts for 2018/19, 1,180.50 hours for "
        "2016/17 and 2,350.25 hours for 2017/18 (an estimate)."
    )
    assert apart == (
        "Papers also state amounts that are not of one year, and are in no sum: Shared HR service: Fewer meetings, "
        "£8,000 a year (cashable saving)."
    )
    running, apart = said(make_report(tmp_path / "b", "--as-at", "2016-06-16", "--year", "2016/17"))
    assert apart.endswith("are in no sum: Shared HR service: Fewer meetings, £8,000 a year (cashable saving).")
    assert running.startswith("For 2016/17, which is not over, the papers state savings of £448.0k.")
    # A third of £84,500.02 and of -£3,200, and the like in the year after.
    share = said(make_report(tmp_path / "c", "--as-at", "2020-12-31", "--force", "calderdown"))
    assert (
        "for 2016/17 to 2019/20 together, papers state savings of £62.5k; all of it is outturn; £3.9k of it is cash "
        "releasing."
    ) in share[1]
    # From 2018/19 on its share is 0 %.
    nothing = "savings of which nothing falls to Calderdown Constabulary."
    assert share[2:] == [
        (  # a third of 91,237.45 and of 14,999.99
            "For 2017/18, the latest full year, the papers state savings of £35.4k. Of these, £5.0k is cash releasing; "
            "£30.4k is cashable, without a word on whether cash was released. All of it is outturn."
        ),
        f"For 2018/19 papers so far state {nothing}",
        f"For 2019/20 papers so far state estimates of {nothing}",
        full_year,
    ]
    early = make_report(tmp_path / "d", "--as-at", "2014-01-01")["index.html"]
    assert '<p class="headline">No paper states an amount of money for a year.</p>' in early


def test_beside_money_by_area_the_first_page_has_posts_hours_net_and_plans(tmp_path: Path, site: Site) -> None:
    front = site["index.html"]
    assert re.findall('<h2 id="([a-z]+)">([^<]+)</h2>', front)[1:-1] == [
        ("posts", "Posts by area and year"), ("hours", "Hours by area and year"), ("net", "Savings less costs"),
        ("plans", "What was planned, and what became of it"), ("chart", "By kind and year"),
    ]  # fmt: skip
    tables = {anchor: [[text for text, _ in row] for row in Html(table_at(front, anchor)).rows] for anchor in MORE}
    assert tables["posts"] == [
        ["Area", "2016/17", "2017/18", "2018/19"],
        ["Shared control room", "7.5", "12.5", "-"],
        ["Training school", "-", "-", "1.5"],
        ["TOTAL", "7.5", "12.5", "1.5"],
        ["of which savings", "7.5", "12.5", "1.5"],
        ["of these cashable", "7.5", "12.5", "1.5"],
    ]
    assert tables["hours"][-1] == ["of these non-cashable", "1,180.50", "2,350.25*"]
    assert tables["net"][1:] == [
        ["Savings", "44.0", "288.6", "446.3", "473.9*", "380.9", "337.1*"],
        ["Costs", "58.2", "201.3", "27.5", "31.3", "31.3", "32.0*"],
        ["Savings less costs", "-14.2", "87.3", "418.8", "442.6*", "349.7", "305.1*"],
    ]
    # Of the suites, 1,250.0 and 1,300.0, nothing is said; the pilot, the room and the fleet come to the rest.
    assert tables["plans"] == [
        ["Savings", "2015/16", "2016/17", "2017/18", "2018/19"],
        ["Planned", "230.0", "1,640.0", "1,630.0", "240.0"],
        ["Of that, papers say what came, or is expected", "230.0", "390.0", "330.0", "240.0"],
        ["What came, or is expected", "219.3", "365.5", "327.3", "241.0"],
        ["Of that, outturn", "219.3", "365.5", "327.3", "241.0"],
        ["Difference from what was planned", "-10.7", "-24.5", "-2.7", "1.0"],
    ]
    early = make_report(tmp_path / "early", "--as-at", "2016-06-16")["index.html"]
    assert "* an estimate, or includes one." in table_at(early, "plans")


def test_the_first_page_has_no_heading_over_nothing(make_folder: MakeFolder, tmp_path: Path) -> None:
    plain = make_folder({"projects/fleet.yaml": BY_FORCE})
    assert not any(f'id="{anchor}"' in make_report(tmp_path / "a", data=plain)["index.html"] for anchor in MORE)
    nothing = make_report(tmp_path / "b", "--force", "northlea")["index.html"]
    assert "No paper gives Northlea Police a part of any figure." in nothing
    assert not any(f'id="{anchor}"' in nothing for anchor in MORE)


MORE = ("posts", "hours", "net", "plans")


def table_at(page: str, anchor: str) -> str:
    return page.partition(f'<h2 id="{anchor}">')[2].partition("<h2")[0]


# --- editions


def test_an_edition_of_a_day_says_nothing_of_later_papers(tmp_path: Path) -> None:
    site = make_report(tmp_path / "a", "--as-at", "2018-07-19")
    status = {row[0][0]: row[1][0] for row in Html(site["projects.html"]).rows}
    # The evidence store is of 2020, and so is the status of the hub; the pilot was closed in 2017.
    assert "Joint evidence store" not in status
    assert "projects/evidence-store.html" not in site
    assert (status["Forensic hub"], status["Air support pilot"]) == ("-", "closed")
    assert "2020" not in "".join(
        site[path] for path in site if path.startswith(("areas/", "projects/", "sources", "papers"))
    )
    assert "Savings by kind" in site["reconciliation.html"]
    assert "Change in net spending" not in site["reconciliation.html"]
    control = site["projects/control-room.html"]
    assert "Review of shift patterns" in control
    assert "Third force joins" not in control
    assert "Agree a baseline" not in site["recommendations.html"]
    # The recommendations are of February 2019 and the answers of July 2020.
    later = make_report(tmp_path / "b", "--as-at", "2019-12-31")["recommendations.html"]
    assert "Agree a baseline before a business case is approved." in later
    assert later.count("No paper says what was done.") == 6
    assert "The form for business cases" not in later


def test_the_edition_of_a_force_has_its_share_and_its_projects(tmp_path: Path) -> None:
    site = make_report(tmp_path / "report", "--as-at", "2020-12-31", "--force", "calderdown")
    front = Html(site["index.html"])
    assert [[text for text, _ in row] for row in front.rows[:3]] == [
        ["Area", "2016/17", "2017/18", "2018/19", "2019/20"],
        ["Vehicles & fuel", "27.1", "35.4", "0.0", "0.0*"],
        ["TOTAL", "£27.1", "£35.4", "£0.0", "£0.0"],
    ]
    assert "The share of Calderdown Constabulary, as far as papers apportion benefits between forces." in front.text
    # 33.34 per cent of £84,500.02 and of -£3,200, the last penny to the largest remainder.
    vehicles = Html(site["areas/vehicles.html"])
    assert vehicles.text_of("h2")[0] == "2016/17: £27,105.43"
    assert vehicles.text_of("a")[-7:-5] == [
        "Joint fleet: Fuel contract: £28,172.31 (actual)",
        "Joint fleet: Joint workshop: -£1,066.88 (actual)",
    ]
    assert "No paper apportions a figure for this area." in site["areas/forensics.html"]
    assert [row[0] for row in front.rows if row[0][1].startswith("projects/")] == [
        ("Joint fleet: Fuel contract", "projects/fleet.html"), ("Joint fleet: Fuel contract", "projects/fleet.html"),
        ("Joint fleet: Joint workshop", "projects/fleet.html"),
    ]  # fmt: skip
    names = [row[0] for row in Html(site["projects.html"]).rows[1:]]
    assert names == [
        ("Air support pilot", "projects/air-support.html"),
        ("Forensic hub", "projects/forensics.html"),
        ("Joint fleet", "projects/fleet.html"),
        ("Regional training school", "projects/training.html"),
        ("Shared custody suites", "projects/custody.html"),
    ]


def test_the_register_of_the_edition_of_a_force_has_its_share_and_its_projects_are_whole(
    reported: Callable[..., Site],
) -> None:
    site = reported("--as-at", "2020-12-31", "--force", "calderdown")
    register = Html(site["projects.html"])
    # Of the fleet £27,105.43, as above, and of £91,237.45 and £14,999.99 the same part, £35,419.57; then nothing.
    assert [[text for text, _ in row] for row in register.rows] == [
        ["Project", "Status", "Years", "Savings to date"],
        ["Air support pilot", "closed", "2014/15 to 2017/18", "-"],
        ["Forensic hub", "completed", "2014/15 to 2017/18", "-"],
        ["Joint fleet", "live", "2015/16 to 2019/20", "62.5*"],
        ["Regional training school", "completed", "2014/15 to 2018/19", "-"],
        ["Shared custody suites", "-", "2016/17 to 2017/18", "-"],
    ]
    notes = register.text_of("p")
    assert (
        "To date: the share of Calderdown Constabulary in the years that were over on 31 December 2020, added. A "
        "saving that is kept from year to year counts in each."
    ) in notes
    assert (
        "- no paper says; of an amount to date, that no paper states one for a year that is over, or gives Calderdown "
        "Constabulary a part of it."
    ) in notes
    whole = "Amounts on this page are of all forces of the project together, not the share of Calderdown Constabulary."
    assert whole in Html(site["projects/fleet.html"]).text_of("p")
    assert whole in Html(site["projects/forensics.html"]).text_of("p")
    assert "Amounts on this page" not in reported(*EDITIONS["whole"])["projects/fleet.html"]


def test_a_project_of_one_force_or_without_figures_has_no_amounts_of_other_forces(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    said = "{source: paper-2016, forces: [thornshire]}"
    data = make_folder({
        "projects/own.yaml": fleet("{source: paper-2018, actual: {2016/17: £10k}}", said=said),
        "projects/none.yaml": f"name: Yard\nstatements: [{said}]\n",
    })  # fmt: skip
    site = make_report(tmp_path / "report", "--force", "thornshire", data=data)
    assert "The share of Thornshire Police" in site["index.html"]
    assert "Amounts on this page" not in site["projects/own.html"] + site["projects/none.html"]


def test_the_register_of_the_edition_of_a_year_says_which_years_it_adds(reported: Callable[..., Site]) -> None:
    notes = Html(reported(*EDITIONS["year"])["projects.html"]).text_of("p")
    assert (
        "To date: the years of this edition that were over on 31 December 2020, added. A saving that is kept from year "
        "to year counts in each."
    ) in notes
    assert (
        "- no paper says; of an amount to date, that no paper states one for a year of this edition that is over."
    ) in notes


def test_where_no_paper_divides_any_figure_the_edition_of_a_force_has_the_regions(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    one = "{area: vehicles, category: saving, statements: [{source: paper-2016, actual: {2015/16: £10k}}]}"
    two = "statements: [{source: paper-2016, forces: [thornshire, marlshire]}]"
    both = f"name: Fleet\n{two}\nbenefits: {{fuel: {one}}}\n"
    other = f"name: Yard\nstatements: [{{source: paper-2016, force_count: 2}}]\nbenefits: {{sale: {one}}}\n"
    data = make_folder({"projects/fleet.yaml": both, "projects/yard.yaml": other})
    site = make_report(tmp_path / "report", "--force", "thornshire", data=data)
    front = Html(site["index.html"])
    said = "The edition of Thornshire Police. No paper divides any figure between forces; the region's are here."
    assert front.text_of("p")[0] == said
    assert [[text for text, _ in row] for row in front.rows[:3]] == [
        ["Area", "2015/16"], ["Vehicles", "20.0"], ["TOTAL", "£20.0"],
    ]  # fmt: skip
    area = Html(site["areas/vehicles.html"])
    assert area.text_of("h2") == ["2015/16: £20,000"]
    assert "The share of" not in area.text
    assert [row[0][0] for row in Html(site["projects.html"]).rows[1:]] == ["Fleet"]
    # Of a region where papers divide some, a force of which none is has none.
    divided = make_report(tmp_path / "other", "--force", "northlea")["index.html"]
    assert "The share of Northlea Police, as far as papers apportion benefits between forces." in divided
    assert "No paper gives Northlea Police a part of any figure." in divided


def test_the_abbreviations_of_the_papers_are_among_the_words(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({"ledger.yaml": "title: T\nabbreviations: {PNC: Police National Computer, HR: People & pay}\n"})
    words = Html(make_report(tmp_path / "report", data=data)["glossary.html"])
    assert words.text_of("h2") == ["Abbreviations in the papers"]
    assert words.text_of("dt")[-2:] == ["HR", "PNC"]
    assert words.text_of("dd")[-2:] == ["People & pay", "Police National Computer"]
    assert "Abbreviations" not in make_report(tmp_path / "none", data=make_folder())["glossary.html"]


def test_the_edition_of_a_year_has_that_year_alone(tmp_path: Path) -> None:
    site = make_report(tmp_path / "report", "--as-at", "2020-12-31", "--year", "2018-19")
    front = Html(site["index.html"])
    rows = [[text for text, _ in row] for row in front.rows]
    assert [row for row in rows if row[1] != "-"][:6] == [
        ["Area", "2018/19"],
        ["Shared control room", "241.0"],
        ["Vehicles & fuel", "95.9"],
        ["Grants and support", "25.0"],
        ["Back office", "44.0"],
        ["TOTAL", "£405.9"],
    ]
    assert front.text_of("text")[:3] == ["2018/19", "£380.9k savings", "£25.0k funding"]


def test_each_force_has_a_page_with_its_share(site: Site) -> None:
    calderdown = Html(site["forces/calderdown.html"])
    assert [[text for text, _ in row] for row in calderdown.rows[:3]] == [
        ["Project", "2016/17", "2017/18", "2018/19", "2019/20"],
        ["Joint fleet", "27.1", "35.4", "0.0", "0.0*"],
        ["TOTAL", "£27.1", "£35.4", "£0.0", "£0.0"],
    ]
    northlea = Html(site["forces/northlea.html"])
    assert northlea.text_of("p")[:3] == [
        "A partner from outside the region.",
        "Note: A neighbour of the region, partner in the air support pilot only.",
        "No paper apportions any benefit to this force.",
    ]


def test_what_is_proposed_stands_apart_on_the_page_of_a_force(make_folder: MakeFolder, tmp_path: Path) -> None:
    one = "name: {}\nstatements: [{{source: paper-2016, forces: [thornshire, marlshire], status: {}}}]\n"
    files = {"projects/fleet.yaml": one.format("Fleet", "live"), "projects/lab.yaml": one.format("Lab", "proposed")}
    page = Html(make_report(tmp_path / "report", data=make_folder(files))["forces/thornshire.html"])
    assert page.text_of("h2") == [
        "Its share", "Projects in which it takes or took part", "Proposed, and no collaboration yet",
    ]  # fmt: skip
    assert page.text_of("a")[-2:] == ["Fleet", "Lab"]


def test_milestones_are_told_with_when_and_where(site: Site) -> None:
    page = site["projects/control-room.html"]
    items = [Html(item).text.strip().partition("\n")[0] for item in re.findall("<li>(.*?)</li>", page, re.DOTALL)]
    paper_f = "Five years of collaboration: Westmarch Police Collaboration Committee, 16 July 2020, paper F"
    assert [item for item in items if "Note:" in item or "completed (" in item][:2] == [
        (
            "Room opened, from April 2015 to 14 September 2015: completed (Benefits of collaboration, update for "
            "2015/16: Westmarch Police Collaboration Committee, 16 June 2016, paper C, section 4, bullet 1)"
        ),
        f"Old Aldershire room sold, to 2019: missed ({paper_f}). Note: No buyer yet.",
    ]
    assert f"New radio system, from January 2020 to June 2021: in progress ({paper_f})" in items
    assert f'in progress (<a href="../papers/committee-2020-07-16-paper-f.html">{paper_f}</a>)' in page


def test_the_papers_are_listed_with_what_rests_on_them(site: Site) -> None:
    name = "Review of collaboration benefits: Westmarch Internal Audit, 14 February 2019"
    assert f'<li><a href="papers/audit-2019-02-14.html">{name}</a>: 1 figure</li>' in site["sources.html"]
    assert '<a href="https://example.org/westmarch/2016-06-16/paper-c">' in "".join(
        site[path] for path in site if path.startswith("papers/")
    )
    audit = Html(site["papers/audit-2019-02-14.html"])
    assert audit.text_of("h1") == [name]
    assert audit.text_of("a")[-1:] == ["Air support pilot: Helicopter hire, 2016/17: £62,000 (reported)"]


# --- what papers say, when they said it

SAID = {
    **FORMAT,
    "projects/fleet.yaml": FORMAT["projects/fleet.yaml"].rstrip().removesuffix("}}").rstrip() + """},
          now: {kind: resilience, text: One depot serves both., state: achieved, source: second, at: para 3,
                quote: one depot now serves both}}
        milestones:
          - {name: Depot opened, end: 2017-05, state: completed, source: second, at: para 2, quote: opened in May}
        """,
}  # fmt: skip


def sections(page: str) -> dict[str, str]:
    """Return the texts of the sections of a page, by their anchors."""
    return {
        anchor: " ".join(Html(text).text.split())
        for anchor, text in re.findall(r'<section id="([^"]+)">(.*?)</section>', page, re.DOTALL)
    }


@pytest.fixture
def said(make_folder: MakeFolder, tmp_path: Path) -> Site:
    return make_report(tmp_path / "report", data=make_folder(SAID))


def test_every_anchor_of_every_period_leads_somewhere(said: Site) -> None:
    pages = pages_of(said)
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            target, _, anchor = link.partition("#")
            target = normpath(join(dirname(path), target)) if target else path
            assert target in said, f"{path} leads to {link}"
            assert not anchor or anchor in pages[target].ids, f"{path} leads to {link}"
    assert {link for link in pages["areas/vehicles.html"].links if "fleet" in link} == {
        f"../projects/fleet.html#{anchor}"
        for anchor in (
            "old-2015-16", "old-2016-17", "old-2018-19", "new-2016-17", "new-2016-17_to_2016-11", "new-a_year",
            "new-2017-18_to_2018-19", "new-in_all",
        )
    }  # fmt: skip


def test_an_area_tells_apart_what_is_added_what_is_not_and_what_no_longer_counts(said: Site) -> None:
    area = Html(said["areas/vehicles.html"])
    assert area.text_of("h2") == [
        "2015/16: £10,000", "2016/17: £7,000", "2016/17 to November 2016: in no total", "2017/18: £1,440",
        "2017/18 to 2018/19: in no total", "A year, no years being named: in no total",
        "In all, no years being named: in no total", "Stated, and not counted",
    ]  # fmt: skip
    items = re.findall("<li>(.*?)</li>", said["areas/vehicles.html"].partition("not counted")[2])
    assert [Html(item).text for item in items] == [
        (
            "Fleet: old, 2016/17: £12,000 (estimate), a saving, cashability not stated: the figure of Fleet: new takes "
            "its place"
        ),
        (
            "Fleet: old, 2018/19: £9,000 (estimate), a saving, cashability not stated: the project was closed in June "
            "2017 (Second: Committee, 20 July 2017)"
        ),
    ]


def test_a_project_tells_what_each_paper_says_with_its_place_and_words(said: Site) -> None:
    page = said["projects/fleet.html"]
    parts = [" ".join(Html(part).text.split()) for part in re.split("<h2[^>]*>", page)]
    (statements,) = [part for part in parts if part.startswith("What each paper says")]
    assert statements == (
        "What each paper says of it "
        "live; 3 forces, not named; a priority of the programme (First: Committee, 2016, para 1) "
        "closed in June 2017; the reason: It was too dear; forces: Thornshire Police and Marlshire Constabulary "
        "(Second: Committee, 20 July 2017). Note: By vote. “closed in June 2017”"
    )
    (outcomes,) = [part for part in parts if part.startswith("Benefits without a number")]
    assert outcomes == (
        "Benefits without a number, and where they are told "
        "Achieved One depot serves both. (Second: Committee, 20 July 2017, para 3) “one depot now serves both” "
        "Expected Either depot can serve both. (Second: Committee, 20 July 2017)"
    )
    (milestones,) = [part for part in parts if part.startswith("Milestones")]
    assert milestones == (
        "Milestones Depot opened, to May 2017: completed (Second: Committee, 20 July 2017, para 2) “opened in May”"
    )
    figures = sections(page)
    assert figures["new-2016-17"] == (
        "Fleet: new, 2016/17: £7,000 (estimate) cashable saving; in the area Vehicles Second: Committee, 20 July 2017 "
        "printed in Forecast, The fleet, Forecast: '7.0', which agrees "
        "takes the place of Fleet: old, £12,000 (estimate) "
        "also said: £7,500.50 (plan), £500.50 more than what stands; Second: Committee, 20 July 2017; printed in "
        "Forecast, The fleet, Plan: '7.5', which agrees "
        "also said: £500.50 (at risk); the reason: Two vans are late; Second: Committee, 20 July 2017"
    )
    assert figures["new-2016-17_to_2016-11"] == (
        "Fleet: new, 2016/17 to November 2016: £4,000 (actual) cashable saving; in the area Vehicles, and in no total "
        "Second: Committee, 20 July 2017"
    )
    assert figures["old-2018-19"] == (
        "Fleet: old, 2018/19: £9,000 (estimate) saving, cashability not stated; it does not count: the project was "
        "closed in June 2017 (Second: Committee, 20 July 2017) First: Committee, 2016"
    )


def test_a_paper_tells_what_else_it_says_beside_figures(said: Site, site: Site) -> None:
    def others(page: str) -> list[str]:
        return Html(page.partition("<h2>What else it says of projects</h2>")[2].partition("</ul>")[0]).text_of("li")

    assert others(said["papers/first.html"]) == [": live; 3 forces, not named; a priority of the programme"]
    assert others(said["papers/second.html"]) == [
        ": closed in June 2017; the reason: It was too dear; forces: Thornshire Police and Marlshire Constabulary",
        ": Either depot can serve both.",
        ": One depot serves both.",
        ": milestone: Depot opened, to May 2017: completed",
    ]
    assert [link for link in Html(said["papers/second.html"]).links if link.endswith(("said", "comes", "stones"))] == [
        "../projects/fleet.html#said", "../projects/fleet.html#outcomes", "../projects/fleet.html#outcomes",
        "../projects/fleet.html#milestones",
    ]  # fmt: skip
    assert others(said["papers/third.html"]) == []
    audit, july = (Html(site[f"papers/{id_}.html"]) for id_ in ("audit-2019-02-14", "committee-2018-07-19-paper-a"))
    assert (audit.text_of("h2")[0], july.text_of("h2")[0]) == (
        "The recommendations that it makes or answers", "The tables that it prints",
    )  # fmt: skip
    assert "Review of collaboration benefits" in audit.text_of("a")
    assert "../reconciliation/committee-2018-07-19-table-2.html" in july.links


def test_of_a_paper_that_only_speaks_of_a_project_its_words_are_told(make_folder: MakeFolder, tmp_path: Path) -> None:
    project = """
        name: Fleet
        statements: [{source: paper-2016, quote: vans are shared}, {source: paper-2017, priority: false}]
        """
    site = make_report(tmp_path / "report", data=make_folder({"projects/fleet.yaml": project}))
    assert Html(site["papers/paper-2016.html"]).text_of("h2") == ["What else it says of projects"]
    assert "</a>: “vans are shared”</li>" in site["papers/paper-2016.html"]
    assert "<p>It states no figure.</p>" in site["papers/paper-2016.html"]
    assert Html(site["papers/paper-2017.html"]).text_of("h2") == []


def test_a_cost_is_said_to_be_in_no_total(site: Site) -> None:
    figures = sections(site["projects/control-room.html"])
    assert figures["transition-2014-15"].startswith(
        "Shared control room: Building work and moving, 2014/15: £58,200 (actual) cost; in the area Shared control "
        "room, and in no total Benefits of collaboration"
    )
    assert "in no total" not in figures["posts-2017-18"]


def test_a_project_is_drawn_with_what_stands_in_the_whole_ledger(make_folder: MakeFolder, tmp_path: Path) -> None:
    benefit = "{area: vehicles, category: saving, %sstatements: [{source: paper-2016, reported: {%s}}]}\n"
    old = benefit % ("", "2014/15: £10k, 2015/16: £12k, 2016/17: £14k")
    site = make_report(
        tmp_path / "report",
        data=make_folder(
            {
                "projects/old.yaml": "name: Old\nbenefits:\n  b: " + old,
                "projects/new.yaml": "name: New\nbenefits:\n  b: "
                + benefit % ("replaces: [old/b], ", "2016/17: £20k, a year: £1k"),
            }
        ),
    )
    assert Html(site["projects/old.html"]).text_of("desc") == ["2014/15: £10.0k savings; 2015/16: £12.0k savings"]
    assert Html(site["projects/new.html"]).text_of("desc") == []
    assert Html(site["index.html"]).text_of("desc") == [
        "2014/15: £10.0k savings; 2015/16: £12.0k savings; 2016/17: £20.0k savings"
    ]


def test_the_report_says_who_publishes_it_and_when_papers_are_of_as_exactly_as_is_known(
    said: Site, tmp_path: Path
) -> None:
    imprint = [
        "Published by: Northmark Committee", "Contact: benefits@northmark.example", "Next update: July 2019",
        "Licence: Open Government Licence v3.0",
    ]  # fmt: skip
    pages = pages_of(said)
    assert pages.pop("paper.html").text_of("li")[-4:] == imprint
    for path, page in pages.items():
        assert page.text_of("p")[-5:-1] == imprint, path
    first = make_report(tmp_path / "first", "--as-at", "2016-12-31", data=tmp_path / "data")
    assert "Only one paper gives figures: there is nothing to compare." in first["index.html"]
    second = make_report(tmp_path / "second", "--as-at", "2017-12-31", data=tmp_path / "data")
    assert "What changed since the paper before, from 2016 to 20 July 2017" in second["index.html"]
    # £9,000 was expected of a year after the closure; and £7,000 of another kind takes the place of £12,000.
    # In pounds and pence, as the table is.
    assert changes_in(second) == ["Savings: £5,000.00 less for 2016/17 (an estimate) and £9,000.00 less for 2018/19"]


def changes_in(site: Site) -> list[str]:
    return Html("<ul>" + site["index.html"].partition('<h2 id="changes">')[2].partition("</ul>")[0]).text_of("li")


ONLY_OTHERS = {
    "projects/fleet.yaml": """
        name: Fleet
        statements: [{source: paper-2016, forces: [thornshire]}]
        benefits: {b: {area: vehicles, category: saving, statements: [{source: paper-2016, reported: {a year: £8k}}]}}
        """
}


def test_amounts_of_no_year_are_listed_where_there_is_no_table(make_folder: MakeFolder, tmp_path: Path) -> None:
    site = make_report(tmp_path / "report", data=make_folder(ONLY_OTHERS))
    assert '<p class="headline">No paper states an amount of money for a year.</p>' in site["index.html"]
    note = "In no total, as the paper names no years: Fleet: b, £8.0k a year"
    assert note in site["index.html"]
    assert note in site["forces/thornshire.html"]
    assert "No paper apportions any benefit to this force." in site["forces/marlshire.html"]


def test_of_many_amounts_of_no_year_a_hundred_stand_below_the_table(make_folder: MakeFolder, tmp_path: Path) -> None:
    statement = "{source: paper-2016, reported: {a year: £1k}}"
    benefits = "".join(
        f"  b{n}: {{area: vehicles, category: saving, statements: [{statement}]}}\n" for n in range(1, 102)
    )
    notes = {}
    for many, files in ((100, benefits.rpartition("  b101")[0]), (101, benefits)):
        data = make_folder({"projects/fleet.yaml": f"name: Fleet\nbenefits:\n{files}"}, f"data-{many}")
        notes[many] = make_report(tmp_path / f"report-{many}", data=data)["index.html"]
        assert notes[many].count("In no total, as the paper names no years: ") == 100
    more = "In no total either, as they are not of one year: 1 more amount; the totals as JSON have all."
    assert [more in text for text in notes.values()] == [False, True]
    document = json.loads(invoke("totals", "--data", data, "--format", "json").stdout)
    assert {each["benefit"] for each in document["not_added"]} == {f"b{n}" for n in range(1, 102)}


OF_NO_YEAR = {
    "projects/a.yaml": """
        name: Airfield
        benefits:
          b: {area: vehicles, category: saving, cashability: cashable,
              statements: [{source: paper-2016, estimate: {a year: £8k}, actual: {2014/15: £2k}}]}
          p: {area: vehicles, category: saving, measure: posts,
              statements: [{source: paper-2016, reported: {in all: 0.6}}]}
        costs:
          c: {area: vehicles, statements: [{source: paper-2016, reported: {2014/15 to 2016/17: £9k}}]}
          d: {area: vehicles, statements: [{source: paper-2016, reported: {2014/15 to 2014-11: £1k}}]}
        """,
    "projects/b.yaml": """
        name: Bridge
        benefits:
          b: {area: vehicles, category: saving, statements: [{source: paper-2016, plan: {a year: £5k}}]}
          l: {area: vehicles, category: saving, statements: [{source: paper-2016, estimate: {2018/19: £5k}}]}
        """,
}


def test_an_amount_of_no_year_is_in_the_register_beside_the_sums(make_folder: MakeFolder, tmp_path: Path) -> None:
    register = Html(make_report(tmp_path / "report", data=make_folder(OF_NO_YEAR))["projects.html"])
    assert [[text for text, _ in row] for row in register.rows] == [
        ["Project", "Status", "Years", "Savings to date", "In no sum"],
        ["Airfield", "-", "2014/15 to 2016/17", "2.0",
         ("£8,000 a year (cashable saving, estimate), 0.6 of a post in all (saving, cashability not stated), "
          "£9,000 over 2014/15 to 2016/17 (cost) and 1 more")],
        ["Bridge", "-", "2018/19", "-", "-"],
    ]  # fmt: skip
    assert register.text_of("p")[2:-1] == [
        "- no paper says; of an amount to date, that no paper states one for a year that is over.",
        "In no sum: what papers state of no year, of part of a year, or of several years together.",
    ]


BY_FORCE = """
    name: Fleet
    benefits:
      whole:
        area: vehicles
        category: saving
        statements:
          - {source: paper-2016, reported: {2015/16: {thornshire: £6k, marlshire: £4k}}}
          - {source: paper-2017, reported: {2015/16: £12k}}
      old:
        area: vehicles
        category: saving
        statements:
          - {source: paper-2016, reported: {2016/17: {thornshire: £1k, marlshire: £2k}}}
          - {source: paper-2017, reported: {2016/17: £9k}}
      new:
        area: vehicles
        category: saving
        replaces: [fleet/old]
        statements: [{source: paper-2017, reported: {2016/17: {thornshire: £5k, marlshire: £3k}}}]
      gone:
        area: estates
        category: saving
        statements: [{source: paper-2016, reported: {2016/17: {thornshire: £7k, marlshire: £7k}}}]
      come:
        area: estates
        category: saving
        replaces: [fleet/gone]
        statements: [{source: paper-2017, reported: {2016/17: £15k}}]
    """


def test_the_share_of_a_force_is_of_what_stands_and_of_nothing_else(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({"projects/fleet.yaml": BY_FORCE})
    site = make_report(tmp_path / "report", "--force", "thornshire", data=data)
    # The £12k of 2015/16 and the £15k of 2016/17 stand, and no paper divides them; of the new benefit's £8k it has £5k.
    assert [[text for text, _ in row] for row in Html(site["index.html"]).rows[:4]] == [
        ["Area", "2016/17"], ["Vehicles", "5.0"], ["TOTAL", "£5.0"], ["of which savings", "5.0"],
    ]  # fmt: skip
    assert Html(site["areas/vehicles.html"]).text_of("h2") == ["2016/17: £5,000"]
    assert "No paper apportions a figure for this area." in site["areas/estates.html"]
    assert [[text for text, _ in row] for row in Html(site["forces/thornshire.html"]).rows[:3]] == [
        ["Project", "2016/17"], ["Fleet", "5.0"], ["TOTAL", "£5.0"],
    ]  # fmt: skip
    # With the paper of 2017 the £6k and the £7k fall to nobody, and £5k stands in place of £1k.
    assert changes_in(site) == ["Savings: £6.0k less for 2015/16 and £3.0k less for 2016/17"]
    earlier = make_report(tmp_path / "earlier", "--force", "thornshire", "--as-at", "2016-12-31", data=data)
    assert [[text for text, _ in row] for row in Html(earlier["index.html"]).rows[:4]] == [
        ["Area", "2015/16", "2016/17"], ["Vehicles", "6.0", "1.0"], ["Estates", "-", "7.0"], ["TOTAL", "£6.0", "£8.0"],
    ]  # fmt: skip


def test_the_front_page_says_as_at_which_day_it_is(
    make_folder: MakeFolder, tmp_path: Path, reported: Callable[..., Site]
) -> None:
    def day(site: Site) -> str:
        return Html(site["index.html"]).text_of("dd")[0]

    assert day(reported()) == "16 July 2020, the day of the latest paper"
    assert day(make_report(tmp_path / "b", "--as-at", "2017-12-31")) == (
        "31 December 2017; the latest paper with figures is of 20 July 2017"
    )
    assert day(make_report(tmp_path / "c", data=make_folder({"sources.yaml": "{}"}))) == "no paper yet"


def test_the_data_are_beside_the_pages(said: Site, tmp_path: Path) -> None:
    front = Html(said["index.html"])
    assert list(zip(front.text_of("dt")[:4], front.text_of("dd")[:4], strict=True)) == [
        ("Figures as at", "19 July 2018, the day of the latest paper"), ("Published by", "Northmark Committee"),
        ("Contact", "benefits@northmark.example"), ("Next update", "July 2019"),
    ]  # fmt: skip
    assert [link for link in front.links if link.startswith("data/")] == [
        "data/figures.csv", "data/workbook.xlsx", "data/totals-money.json",
    ]  # fmt: skip
    data = tmp_path / "data"
    assert said["data/figures.csv"] == invoke("export", "--data", data)[1]
    assert said["data/totals-money.json"] == invoke("totals", "--format", "json", "--data", data)[1]


def test_the_workbook_is_beside_the_pages_where_it_can_be_made(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, site, book = (
        make_folder(
            {
                "projects/fleet.yaml": fleet(
                    "{source: paper-2018, actual: {2017/18: £120k}}",
                    shares="{thornshire: 60%, marlshire: 40%}",
                    shares_source="paper-2018",
                )
            }
        ),
        tmp_path / "site",
        tmp_path / "book.xlsx",
    )
    make_report(site, data=data)
    invoke("export", "--format", "xlsx", "--output", book, "--data", data)
    assert (site / "data/workbook.xlsx").read_bytes() == book.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(downloads, "MOST_ROWS", 3)  # a figure, and its parts of two forces
        assert "workbook.xlsx" in make_report(site, data=data)["index.html"]
        patch.setattr(downloads, "MOST_ROWS", 2)
        front = make_report(site, data=data)["index.html"]
        said = "no workbook here, as there are more than 2 figures and parts that fall to forces; emcollab export"
        assert f"<dd>{said} --format xlsx makes one</dd>" in front
        assert "workbook.xlsx" not in front
    assert not (site / "data/workbook.xlsx").exists()
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "emcollab.publish.export.xlsx", raising=False)
    assert "workbook" not in make_report(site, data=data)["index.html"]
    assert not (site / "data/workbook.xlsx").exists()


def test_the_totals_of_an_edition_are_its_own(tmp_path: Path) -> None:
    site = make_report(tmp_path / "a", "--as-at", "2020-12-31", "--force", "aldershire", "--year", "2016/17")
    for measure in ("money", "posts", "hours"):
        options = ["--measure", measure, "--force", "aldershire", "--year", "2016/17", "--as-at", "2020-12-31"]
        printed = invoke("totals", "--format", "json", "--data", EXAMPLE, *options)[1]
        assert site[f"data/totals-{measure}.json"] == printed
    assert site["data/figures.csv"] == invoke("export", "--data", EXAMPLE, "--as-at", "2020-12-31")[1]


def test_the_appraisal_is_as_at_the_day_of_the_report(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def day(name: str, *options: str, data: Path = EXAMPLE) -> str:
        page = Html(make_report(tmp_path / name, *options, data=data)["appraisal.html"])
        found = set(re.findall("As at ([0-9]+ [A-Za-z]+ [0-9]+)[.]", page.text))
        assert len(found) == 1
        return str(found.pop())

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert day("latest") == "16 July 2020"
    before = format_day(read_clock())
    without_papers = day("today", data=make_folder({"sources.yaml": "{}"}))
    assert without_papers in {before, format_day(read_clock())}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640995199")  # the last second of 2021 at Greenwich
    assert day("epoch") == "31 December 2021"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")  # 1980: before all papers
    assert day("builder") == "16 July 2020"
    assert day("asked", "--as-at", "2018-08-01") == "1 August 2018"


def test_a_folder_that_holds_something_of_others_is_left_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "report"
    make_report(target)
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    before = written(target)
    ran = invoke("report", "--data", EXAMPLE, "--output", target, "--year", "2015/16")
    assert (ran.status, ran.stdout) == (2, "")
    error = f"Error: '{target}' holds 'mine.txt', which would be lost; name another folder.\n"
    assert ran.stderr.endswith(error)
    assert written(target) == before
    assert list(tmp_path.iterdir()) == [target]


def test_unknown_forces_and_years_are_answered_and_nothing_is_written(tmp_path: Path) -> None:
    for options, error in [
        (["--force", "calderdwn"], "--force: there is no 'calderdwn'; did you mean 'calderdown'?"),
        (
            ["--year", "2018"],
            "'--year': '2018' is not a financial year; write '2017/18' or '2018/19', the one that is meant.",
        ),
    ]:
        ran = invoke("report", "--data", EXAMPLE, "--output", tmp_path / "report", *options)
        assert (ran.status, ran.stdout) == (2, "")
        assert f"Error: Invalid value for {error}" in ran.stderr
        assert list(tmp_path.iterdir()) == []


# --- how it is written


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    options = ["--as-at", "2020-12-31"]
    make_report(tmp_path / "one", *options)
    make_report(tmp_path / "two", *options)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert len(one) == 49


def test_an_older_report_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report"
    first = make_report(target, "--as-at", "2020-12-31")
    second = make_report(target, "--as-at", "2016-06-16")
    assert "projects/evidence-store.html" in first
    assert "projects/evidence-store.html" not in second
    assert first["index.html"] != second["index.html"]
    assert [path.name for path in target.parent.iterdir()] == ["report"]
    assert target.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_not_ours_is_not_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "mine"
    if kind == "folder":
        target.mkdir()
        (target / "thesis.txt").write_text("years of work", encoding="utf-8")
    else:
        target.write_text("years of work", encoding="utf-8")
    ran = invoke("report", "--data", EXAMPLE, "--output", target)
    assert (ran.status, ran.stdout) == (2, "")
    assert f"'{target}' {'holds' if kind == 'folder' else 'is there and is no folder'}" in ran.stderr
    kept = target / "thesis.txt" if kind == "folder" else target
    assert kept.read_text(encoding="utf-8") == "years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    assert "index.html" in make_report(tmp_path / "report")


@posix
def test_an_error_in_the_middle_leaves_the_old_report_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "report"
    before = make_report(target, "--as-at", "2016-06-16")
    # The stylesheet fits in 5,000 bytes, the first page does not.
    assert len(before["style.css"].encode()) < 5000 < len(before["index.html"].encode())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            invoke("report", "--data", EXAMPLE, "--output", target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert written(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_nothing_is_written_of_data_with_problems(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"projects/fleet.yaml": "nam: Fleet\n"})
    ran = invoke("report", "--data", folder, "--output", tmp_path / "report")
    assert (ran.status, ran.stdout) == (1, "")
    assert not (tmp_path / "report").exists()


def test_the_report_of_an_empty_ledger_says_that_nothing_is_there(make_folder: MakeFolder, tmp_path: Path) -> None:
    site = make_report(tmp_path / "report", data=make_folder())
    assert Html(site["index.html"]).text_of("p")[:2] == [
        "No paper states an amount of money for a year.",
        "No paper gives figures: there is nothing to compare.",
    ]
    assert "No paper states a figure for this area." in site["areas/vehicles.html"]
    assert "No paper names it as taking part in any." in site["forces/thornshire.html"]
    assert sum("<p>It states no figure.</p>" in site[path] for path in site) == 4


def test_the_report_of_a_ledger_without_papers_says_so(make_folder: MakeFolder, tmp_path: Path) -> None:
    site = make_report(tmp_path / "report", data=make_folder({"sources.yaml": "{}"}))
    assert "<p>The ledger has no papers yet.</p>" in site["sources.html"]
    assert "<p>The ledger has no printed tables.</p>" in site["reconciliation.html"]
    assert Html(site["projects.html"]).text_of("p")[0] == "0 projects."


# --- a register with money, and long lists


def test_the_register_has_the_projects_by_name_with_status_years_and_money(site: Site) -> None:
    register = Html(site["projects.html"])
    # Of the fleet £42.8k, £81.3k, £106.2k, £95.9k and £97.0k, as in FRONT.
    rows = """
        Project | Status | Years | Savings to date | Funding to date | Unclassified to date | Costs to date | In no sum
        Air support pilot | closed | 2014/15 to 2017/18 | 140.3 | - | 52.5 | - | -
        Forensic hub | completed | 2014/15 to 2017/18 | 241.3* | - | - | - | -
        Joint evidence store | proposed | - | - | - | - | - | -
        Joint fleet | live | 2015/16 to 2019/20 | 423.3* | - | - | - | -
        Regional training school | completed | 2014/15 to 2018/19 | 12.0 | 295.0 | - | - | -
        Shared control room | live | 2014/15 to 2019/20 | 1,049.6* | - | - | 381.5* | -
        Shared custody suites | - | 2016/17 to 2017/18 | - | - | - | - | -
        Shared HR service | live | 2014/15 to 2018/19 | 104.3 | 25.0 | - | - | £8,000 a year (cashable saving)
        """
    assert [" | ".join(text for text, _ in row) for row in register.rows] == [
        line.strip() for line in rows.strip().split("\n")
    ]
    # The fleet, the room and the evidence store as of the first paper, the school and the hub as of the last.
    assert (
        "Status: what papers last said of it, between 20 November 2014 and 16 July 2020; the page of each project says "
        "on which day."
    ) in register.text_of("p")
    assert register.rows[5][0] == ("Regional training school", "projects/training.html")
    assert "* an estimate, or includes one." in register.text_of("p")


def test_pence_are_shown_in_pounds_where_the_ledger_says_no_places(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({
        "ledger.yaml": "title: A ledger\nunit: £k\n",
        "projects/fleet.yaml": fleet("{source: paper-2018, actual: {2016/17: '£204,310.50', 2017/18: £120k}}"),
    })  # fmt: skip
    pages = make_report(tmp_path / "report", data=data)
    register = Html(pages["projects.html"])
    assert [text for text, _ in register.rows[1]] == ["Joint fleet", "-", "2016/17 to 2017/18", "324,310.50"]
    assert "Register (£)" in pages["projects.html"]
    front = pages["index.html"]
    assert "Savings, funding and what is not classified, by year (£)" in front
    assert "£204,310.50 savings" in front
    assert "£120,000.00 savings" in front
    assert "For 2017/18 the papers state savings of £120,000." in front
    assert "(£k)" not in front + pages["projects.html"] + pages["appraisal.html"]


NEW_AND_LEVEL = """
    name: {}
    benefits:
      posts:
        area: vehicles
        category: saving
        counts: new
        statements: [{{source: paper-2018, actual: {{{}}}}}]
    """


def test_what_is_new_in_a_year_is_not_added(make_folder: MakeFolder, tmp_path: Path) -> None:
    data = make_folder({
        "projects/b.yaml": NEW_AND_LEVEL.format("a second", "2015/16: £1m, 2016/17: £2m"),
        "projects/a.yaml": NEW_AND_LEVEL.format("One", "2016/17: £3m"),
    })  # fmt: skip
    register = Html(make_report(tmp_path / "report", data=data)["projects.html"])
    assert [[text for text, _ in row] for row in register.rows] == [
        ["Project", "Status", "Years", "Savings to date"],
        ["a second", "-", "2015/16 to 2016/17", "not added"],
        ["One", "-", "2016/17", "3,000.0"],
    ]
    assert register.text_of("p")[1:-1] == [
        (
            "To date: the years that were over on 19 July 2018, added. A saving that is kept from year to year counts "
            "in each."
        ),
        "- no paper says.",
        "Not added: some of its figures count what is new in a year, so that years are not added.",
    ]


def test_long_lists_are_divided_by_letter_by_paper_and_by_year(make_folder: MakeFolder, tmp_path: Path) -> None:
    names = ["Apple", *(f"Berry {number:03}" for number in range(420)), "Élan", "9 lives", "Ωmega"]
    project = """
        name: {}
        statements: [{{source: paper-2018, status: closed, closed: {{reason: Over, date: 2016-05-01}}}}]
        benefits:
          b: {{area: vehicles, category: saving, statements: [{{{}: £1k}}}}]}}
        """
    said, expected = "source: paper-2018, reported: {2015/16", "source: paper-2016, estimate: {2018/19"
    files = {
        f"projects/p{at}.yaml": project.format(name, said if at % 40 else expected) for at, name in enumerate(names)
    }
    site = make_report(tmp_path / "report", data=make_folder(files))
    follow_links(site)
    endings = ["_0-9", "_a", "_b_1", "_b_2", "_e", "_other"]
    assert [path for path in site if path.startswith("projects_")] == [f"projects{each}.html" for each in endings]
    # The paper says of each that it is closed, and states a figure of all but ten of the Berries: 830 lines.
    endings.insert(endings.index("_e"), "_b_3")
    of_paper = [path for path in site if path.startswith("papers/paper-2018_")]
    assert of_paper == [f"papers/paper-2018{each}.html" for each in endings]
    parts = Html(site["projects_b_2.html"])
    assert [text.strip() for text in parts.text_of("a") if text[1:2] in {"", ":"} or text in {"0-9", "OTHER"}] == [
        "0-9", "A", "B: Berry 000 to Berry 399", "B: Berry 400 to Berry 419", "E", "OTHER",
    ]  # fmt: skip
    assert [row[0] for row in parts.rows[1:]] == [
        (f"Berry {number}", f"projects/p{number + 1}.html") for number in range(400, 420)
    ]
    assert Html(site["projects.html"]).rows == []
    assert Html(site["projects.html"]).text_of("p")[0] == "424 projects, by name."
    assert [row[0][0] for row in Html(site["appraisal_e.html"]).rows][:3] == ["Project", "Élan", "Gap"]
    assert [row[0][0] for row in Html(site["appraisal.html"]).rows][:3] == ["Project", "TOTAL", "Gap"]
    # Every fortieth is of a year after the closure.
    assert "What it is made of, 2015/16: 413" in Html(site["areas/vehicles.html"]).text_of("a")
    assert "What is stated, and not counted: 11" in Html(site["areas/vehicles.html"]).text_of("a")
    assert len(Html(site["areas/vehicles_2015-16.html"]).text_of("li")) == 413
    assert "vehicles.html" in Html(site["areas/vehicles_2015-16.html"]).links
    assert len(Html(site["areas/vehicles_not_counted.html"]).text_of("li")) == 11
    assert "Élan" in site["papers/paper-2018_e.html"]
    assert "373 more rows, not shown here." in site["index.html"]  # of the 413 that the latest paper states


def test_many_periods_of_one_area_are_several_to_a_page(make_folder: MakeFolder, tmp_path: Path) -> None:
    spans = [f"{first}/{first % 100 + 1:02} to {last}/{last % 100 + 1:02}" for first in range(1950, 1980)
             for last in range(1981, 1998)]  # fmt: skip
    amounts = ", ".join(f"{span}: £1k" for span in spans)
    statement = f"{{source: paper-2018, reported: {{{amounts}}}}}"
    text = f"name: P\nbenefits: {{b: {{area: vehicles, category: saving, statements: [{statement}]}}}}\n"
    site = make_report(tmp_path / "report", data=make_folder({"ledger.yaml": "title: T\n", "projects/p.yaml": text}))
    follow_links(site)
    # 510 periods, 400 lines to a page, 17 periods from each year on.
    endings = ["_1950-51_to_1981-82", "_1973-74_to_1990-91"]
    assert [path for path in site if path.startswith("areas/vehicles")] == [
        f"areas/vehicles{each}.html" for each in ("", *endings)
    ]
    cover, first, last = (Html(site[f"areas/vehicles{each}.html"]) for each in ("", *endings))
    assert "vehicles_1973-74_to_1990-91.html#1979-80_to_1997-98" in cover.links
    assert [len(page.text_of("h2")) for page in (cover, first, last)] == [510, 400, 110]
    assert [len(page.text_of("li")) for page in (cover, first, last)] == [0, 400, 110]


# --- how long it takes

_PROJECTS, _PAPERS = 60, 20


def large_files(*, printed: bool) -> dict[str, str]:
    """Return a ledger in which each of 20 papers states a figure for each of 60 projects, and prints every second."""
    years = [f"{2000 + paper}/{paper + 1:02}" for paper in range(_PAPERS)]
    papers = (f"s{paper}: {{title: P, body: B, date: {2001 + paper}-06-16}}\n" for paper in range(_PAPERS))
    files = {"ledger.yaml": "title: Large\nunit: £\n", "sources.yaml": "".join(papers)}
    for project in range(_PROJECTS):
        said = "".join(
            f"      - {{source: s{paper}, at: p, actual: {{{year}: £{paper * _PROJECTS + project}}}}}\n"
            for paper, year in enumerate(years)
        )
        benefit = "  b:\n    area: vehicles\n    category: saving\n    statements:\n"
        files[f"projects/p{project}.yaml"] = f"name: P{project}\nbenefits:\n{benefit}{said}"
    for paper, year in enumerate(years) if printed else ():
        rows = "".join(f"  p{project}: ['{paper * _PROJECTS + project}']\n" for project in range(0, _PROJECTS, 2))
        files[f"published/t{paper}.yaml"] = (
            f"source: s{paper}\ntitle: T\nby: project\nunit: £\nyears: [{year}]\nrows:\n{rows}"
        )
    return files


def test_printed_tables_do_not_slow_a_report_down(make_folder: MakeFolder, tmp_path: Path) -> None:
    """Count the calls, of which there are as many on every machine: a clock would not say the same twice."""
    calls = []
    for name, printed in (("plain", False), ("printed", True)):
        data = make_folder(large_files(printed=printed), name)
        profile = Profile()
        profile.enable()
        ran = invoke("report", "--data", data, "--output", tmp_path / f"{name}-report", "--as-at", "2021-01-01")
        profile.disable()
        assert ran.status == 0
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    plain, with_tables = calls
    assert with_tables < 1.5 * plain
