"""`emcollab statement`: each sentence that it can say of a project, in each format, and what it leaves unsaid."""

import json
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, MakeFolder, invoke

CASH = "It is recorded as cash releasing: money can be taken out of a budget."
NO_COSTS = ("Costs", ["No paper states a cost."])
NO_SAVING = ["No paper gives a figure that it calls a saving."]


def parts_of(folder: Path, project: str, *options: str) -> dict[str | None, list[str]]:
    """Return the paragraphs of a statement by the heading they stand under."""
    ran = invoke("statement", project, "--data", folder, "--format", "json", *options)
    assert (ran.status, ran.stderr) == (0, "")
    return {part["heading"]: part["text"] for part in json.loads(ran.stdout)["parts"]}


def benefit(more: str, statements: str) -> str:
    return f"{{area: vehicles, {more}, statements: [{statements}]}}"


# --- benefits

SAVING = "category: saving, label: Fuel"
IN_2016 = "{source: paper-2016, actual: {2014/15: £10k}}"


@pytest.mark.parametrize(
    ("stated", "sentences"),
    [
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, actual: {2014/15: £10k, 2015/16: £12.5k}}, "
                "{source: paper-2017, estimate: {2016/17: £0.2m}}",
            ),
            ("Fuel: £10,000 in 2014/15, £12,500 in 2015/16 and an estimated £200,000 in 2016/17. "
            f"{CASH}"),
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, actual: {2014/15: £82.50}}"),
            f"Fuel: £82.50 in 2014/15. {CASH}",
        ),
        (
            benefit("category: saving, cashability: cash-releasing", IN_2016),
            f"Some benefit: £10,000 in 2014/15. {CASH}",
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, actual: {2014/15: -£3,200.10}}")
            .replace("-£3,200.10", '"-£3,200.10"'),
            f"Fuel: £3,200.10 lost in 2014/15. {CASH}",
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, actual: {2014/15: £0}}"),
            f"Fuel: nothing in 2014/15. {CASH}",
        ),
        (
            benefit(f"{SAVING}, cashability: not-cash-releasing", IN_2016),
            ("Fuel: £10,000 in 2014/15. It is recorded as cashable but not cash releasing: resources such as "
            "staff time can be used for something else, but no money leaves a budget."),
        ),
        (
            benefit(f"{SAVING}, cashability: cashable", IN_2016),
            ("Fuel: £10,000 in 2014/15. It is recorded as cashable: resources can be taken out and used for "
            "something else. The paper does not say whether money left a budget."),
        ),
        (
            benefit(f"{SAVING}, cashability: non-cashable", IN_2016),
            ("Fuel: £10,000 in 2014/15. It is recorded as non-cashable: an improvement that is given a value, "
            "but from which no money can be taken out."),
        ),
        (
            benefit(f"{SAVING}, cashability: unstated", IN_2016),
            "Fuel: £10,000 in 2014/15. The paper does not say whether this released cash.",
        ),
        (
            benefit(SAVING, f"{IN_2016}, {{source: paper-2017, actual: {{2015/16: £11k}}}}"),
            "Fuel: £10,000 in 2014/15 and £11,000 in 2015/16. The papers do not say whether this released cash.",
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, reported: {2014/15: £10k}}"),
            f"Fuel: £10,000 in 2014/15. {CASH} The paper does not say whether the figure for 2014/15 is final.",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, reported: {2014/15: £10k}}, {source: paper-2017, reported: {2015/16: £9k}}",
            ),
            ("Fuel: £10,000 in 2014/15 and £9,000 in 2015/16. It is recorded as cash releasing: money can be "
            "taken out of a budget. The papers do not say whether the figures for 2014/15 and 2015/16 are final."),
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, reported: {a year: £30k}}"),
            f"Fuel: £30,000 a year; the paper does not say for which years. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                f"{IN_2016}, {{source: paper-2017, reported: {{a year: £30k}}}}",
            ),
            ("Fuel: £10,000 in 2014/15. Also £30,000 a year; the papers do not say for which years. "
            f"{CASH}"),
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, plan: {2016/17: £40k}}"),
            f"Fuel: the plan was £40,000 in 2016/17. No paper says yet what came of it. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing, measure: posts",
                "{source: paper-2016, actual: {2014/15: 1, 2015/16: 2.5}}",
            ),
            f"Fuel: 1.0 posts in 2014/15 and 2.5 posts in 2015/16. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing, measure: hours",
                "{source: paper-2016, actual: {2014/15: 0.5}, estimate: {2016/17: 1250}}",
            ),
            f"Fuel: 0.5 of an hour in 2014/15 and an estimated 1,250.0 hours in 2016/17. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, reported: {2014/15: £1.25m}, estimate: {2015/16: £85k, 2016/17: £0}}",
            ),
            (f"Fuel: £1.250m in 2014/15, an estimated £0.085m in 2015/16 and an estimate of nothing in 2016/17. {CASH} "
            "The paper does not say whether the figure for 2014/15 is final."),
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, actual: {2014/15: £1.25m}, estimate: {2015/16: £85.50}}",
            ),
            f"Fuel: £1,250,000.00 in 2014/15 and an estimated £85.50 in 2015/16. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing, measure: posts",
                "{source: paper-2016, actual: {2014/15: -1}, reported: {in all: 0.6}}",
            ),
            (f"Fuel: 1 post more needed in 2014/15. Also 0.6 of a post in all; the paper does not say for which years. "
            f"{CASH}"),
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, plan: {2017/18: £40k, 2016/17: £30k}}, "
                "{source: paper-2017, plan: {2016/17: £35k}}",
            ),
            ("Fuel: the plan was £35,000 in 2016/17 and £40,000 in 2017/18. No paper says yet what came of it. "
            f"{CASH}"),
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing, possible_duplicate_of: fleet/twin", IN_2016),
            f"Fuel: £10,000 in 2014/15. {CASH} This may be the same as “Joint fleet: Same fuel”, counted twice.",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, reported: {2014/15 to 2018/19: £18m}, estimate: {2016/17 to 2016-11: £5k}}",
            ),
            f"Fuel: £18.0m over 2014/15 to 2018/19. Also an estimated £5,000 to November 2016. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2017, actual: {2015/16 to 2015-11: £5k, 2015/16: £8k, 2016/17 to 2016-11: £6k}}",
            ),
            f"Fuel: £8,000 in 2015/16. Also £6,000 to November 2016. {CASH}",
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, plan: {2016/17: £40k}, estimate: {2016/17: £35k}, at_risk: {2016/17: £3k}, "
                "not_achievable: {2016/17: £2k}, reason: The lease ends later}",
            ),
            ("Fuel: an estimated £35,000 in 2016/17. Of the plan, the paper calls £3,000 in 2016/17 at risk and "
            f"£2,000 in 2016/17 not achievable. The reason: The lease ends later. {CASH}"),
        ),
        # one paper's reason is for one of two years, another's for the other
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, delayed: {2016/17: £3k}, reason: The lease ends later.}, "
                "{source: paper-2017, delayed: {2017/18: £1k}, not_achievable: {2017/18: £2k}, reason: No buyer}",
            ),
            ("Fuel: of the plan, the papers call £3,000 in 2016/17 and £1,000 in 2017/18 delayed and £2,000 in 2017/18 "
            "not achievable. The reason for £3,000 in 2016/17: The lease ends later. The reason for £1,000 in 2017/18 "
            f"and £2,000 in 2017/18: No buyer. {CASH}"),
        ),
        # of two years one has a reason
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, at_risk: {2016/17: £3k}}, "
                "{source: paper-2016, at_risk: {2017/18: £1k}, reason: No buyer}",
            ),
            ("Fuel: of the plan, the paper calls £3,000 in 2016/17 and £1,000 in 2017/18 at risk. The reason for "
            f"£1,000 in 2017/18: No buyer. {CASH}"),
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, estimate: {2016/17: £35k}, at_risk: {2016/17: £3k, 2017/18: £1k}}, "
                "{source: paper-2017, actual: {2016/17: £36k}, delayed: {2017/18: £2k, 2018/19: £3k}}",
            ),
            ("Fuel: £36,000 in 2016/17. Of the plan, the paper calls £2,000 in 2017/18 and £3,000 in 2018/19 delayed. "
            f"{CASH}"),
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, at_risk: {2016/17: £3k}}, {source: paper-2017, delayed: {2017/18: £2k}}",
            ),
            ("Fuel: of the plan, the papers call £3,000 in 2016/17 at risk and £2,000 in 2017/18 delayed. "
            f"{CASH}"),
        ),
        (
            benefit(
                f"{SAVING}, cashability: cash-releasing",
                "{source: paper-2016, plan: {2016/17: £40k}, delayed: {2016/17: £5k}}",
            ),
            f"Fuel: the plan was £40,000 in 2016/17. Of the plan, the paper calls £5,000 in 2016/17 delayed. {CASH}",
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, at_risk: {2016/17: £5k}}"),
            f"Fuel: of the plan, the paper calls £5,000 in 2016/17 at risk. {CASH}",
        ),
        (
            benefit(f"{SAVING}, cashability: cash-releasing", "{source: paper-2016, plan: {a year: £9k}}"),
            f"Fuel: the plan was £9,000 a year. No paper says yet what came of it. {CASH}",
        ),
    ],
    ids=[
        "several years with an estimate", "one year", "no label", "a loss", "a nil", "not cash releasing", "cashable",
        "non-cashable", "unstated", "cashability left out", "reported", "reported in two years", "a year",
        "a year besides a year", "plan only", "posts", "hours", "millions", "not all whole thousands",
        "more posts needed", "a plan restated", "possible duplicate", "several years and a part",
        "a part of a year that is over", "what became of a plan", "reasons of two papers",
        "a reason for one year", "what was at risk before it came", "of two papers", "a plan delayed", "at risk alone",
        "a plan a year",
    ],
)  # fmt: skip
def test_a_saving_is_told_in_plain_sentences(make_folder: MakeFolder, stated: str, sentences: str) -> None:
    twin = benefit("category: funding, label: Same fuel", "{source: paper-2016, actual: {2014/15: £1}}")
    folder = make_folder(
        {"projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n  some-benefit: {stated}\n  twin: {twin}\n"}
    )
    parts = parts_of(folder, "fleet")
    assert parts["Savings"] == [sentences]
    assert parts["Funding"] == ["Same fuel: £1 in 2014/15. It is recorded as funding: money from others, not a saving."]


@pytest.mark.parametrize(
    ("reported", "said"),
    [
        # the day of the paper is 16 June 2016
        ("2015/16: £2", "The paper does not say whether the figure for 2015/16 is final."),
        (
            "2016/17: £2",
            "2016/17 had not ended when its figure was stated, and the paper does not call it an estimate.",
        ),
        (
            "2017/18: £2",
            "2017/18 had not begun when its figure was stated, and the paper does not call it an estimate.",
        ),
        (
            "2014/15: £2, 2015/16: £2, 2016/17: £2, 2017/18: £2, 2018/19: £2",
            (
                "The paper does not say whether the figures for 2014/15 and 2015/16 are final. "
                "2016/17 had not ended when its figure was stated, and the paper does not call it an estimate. "
                "2017/18 and 2018/19 had not begun when their figures were stated, and the paper does not call them "
                "estimates."
            ),
        ),
    ],
)
def test_whether_a_figure_is_final_is_asked_only_of_a_year_that_was_over(
    make_folder: MakeFolder, reported: str, said: str
) -> None:
    grant = benefit("category: funding, label: Grant", f"{{source: paper-2016, reported: {{{reported}}}}}")
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n  grant: {grant}\n"})
    (told,) = parts_of(folder, "fleet")["Funding"]
    assert told.partition(" It is recorded as funding: money from others, not a saving. ")[2] == said


def test_of_several_papers_each_year_is_set_against_the_day_of_its_own(make_folder: MakeFolder) -> None:
    grant = benefit(
        "category: funding, label: Grant",
        "{source: paper-2016, reported: {2017/18: £1}}, {source: paper-2017, reported: {2016/17: £2, 2018/19: £4}}",
    )
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n  grant: {grant}\n"})
    assert parts_of(folder, "fleet")["Funding"] == [
        (
            "Grant: £2 in 2016/17, £1 in 2017/18 and £4 in 2018/19. It is recorded as funding: money from others, not "
            "a saving. The paper does not say whether the figure for 2016/17 is final. 2017/18 and 2018/19 had not "
            "begun when their figures were stated, and the papers do not call them estimates."
        )
    ]


def test_a_later_estimate_is_told_only_until_the_outturn_is_known(make_folder: MakeFolder) -> None:
    stated = benefit(
        f"{SAVING}, cashability: cash-releasing",
        "{source: paper-2016, plan: {2016/17: £40k}, estimate: {2016/17: £35k}}, "
        "{source: paper-2017, actual: {2016/17: £36k}}",
    )
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n  fuel: {stated}\n"})
    assert parts_of(folder, "fleet")["Savings"] == [f"Fuel: £36,000 in 2016/17. {CASH}"]
    as_at = parts_of(folder, "fleet", "--as-at", "2017-07-19")
    assert as_at[None][0] == "As at 19 July 2017: what later papers say is left out."
    assert as_at["Savings"] == [f"Fuel: an estimated £35,000 in 2016/17. {CASH}"]


def test_what_is_no_saving_stands_under_its_own_heading(make_folder: MakeFolder) -> None:
    grant = benefit("category: funding", IN_2016)
    unsaid = benefit(
        "category: unclassified", f"{IN_2016}, {{source: paper-2017, reported: {{2015/16: £1k, 2016/17: £2k}}}}"
    )
    folder = make_folder(
        {"projects/fleet.yaml": f"name: Joint fleet\nbenefits:\n  grant: {grant}\n  contribution: {unsaid}\n"}
    )
    parts = parts_of(folder, "fleet")
    assert list(parts) == [None, "Savings", "Funding", "Not classified", "Costs", "The papers it rests on"]
    assert parts["Savings"] == NO_SAVING
    assert parts["Funding"] == [
        "Grant: £10,000 in 2014/15. It is recorded as funding: money from others, not a saving."
    ]
    assert parts["Not classified"] == [
        (
            "Contribution: £10,000 in 2014/15, £1,000 in 2015/16 and £2,000 in 2016/17. The papers do not say whether "
            "this is a saving or funding. The paper does not say whether the figures for 2015/16 and 2016/17 are final."
        )
    ]


def test_costs_are_told_with_what_was_planned(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {
            "projects/fleet.yaml": """
        name: Joint fleet
        costs:
          building:
            area: vehicles
            label: Building work
            statements:
              - source: paper-2016
                plan: {2014/15: £60k}
                actual: {2014/15: £58.2k}
                estimate: {2016/17: £0.25m}
          moving: {area: vehicles, statements: [{source: paper-2016, plan: {2016/17: £1k, 2017/18: £2k}}]}
        """
        }
    )
    assert parts_of(folder, "fleet")["Costs"] == [
        "Building work: £58,200 in 2014/15 and an estimated £250,000 in 2016/17.",
        "Moving: the plan was £1,000 in 2016/17 and £2,000 in 2017/18. No paper says yet what came of it.",
    ]


# --- the project itself

NO_STATUS = "No paper says whether it is under way, finished or closed."
NO_FORCES = "No paper says which forces take part."
NO_OVER = "No paper says which forces took part."
LAST_SAID = "when a paper last said how it stood, on 19 July 2018."
PAPER = "(Benefits in 2017/18, 19 July 2018)"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("forces: [thornshire]", f"Thornshire Police takes part. {NO_STATUS}"),
        ("quote: some words", f"{NO_FORCES} {NO_STATUS}"),
        ("forces: [marlshire, thornshire]", f"Marlshire Constabulary and Thornshire Police take part. {NO_STATUS}"),
        (
            "forces: [thornshire, marlshire, saltisle]",
            (
                "Thornshire Police, Marlshire Constabulary and Salt Isle Police (from outside the region) take part. "
                f"{NO_STATUS}"
            ),
        ),
        ("force_count: 1", f"One force takes part; no paper names it. {NO_STATUS}"),
        ("force_count: 4", f"Four forces take part; no paper names them. {NO_STATUS}"),
        ("force_count: 11", f"11 forces take part; no paper names them. {NO_STATUS}"),
        ("status: proposed", f"No paper says which forces would take part. It was a proposal {LAST_SAID}"),
        (
            "status: proposed, forces: [thornshire, marlshire]",
            f"Thornshire Police and Marlshire Constabulary would take part. It was a proposal {LAST_SAID}",
        ),
        (
            "status: proposed, force_count: 1",
            f"One force would take part; no paper names it. It was a proposal {LAST_SAID}",
        ),
        ("status: live", f"{NO_FORCES} It was under way {LAST_SAID}"),
        ("status: completed", f"{NO_OVER} It had been completed {LAST_SAID}"),
        (
            "status: completed, force_count: 2",
            f"Two forces took part; no paper names them. It had been completed {LAST_SAID}",
        ),
        ("status: live, lead: Fleet Manager", f"{NO_FORCES} It was under way {LAST_SAID} Lead: Fleet Manager."),
        ("status: live, note: It may be", f"{NO_FORCES} It was under way {LAST_SAID} Note: It may be."),
        ("quote: some words, note: Not told", f"{NO_FORCES} {NO_STATUS}"),
        ("status: closed", f"{NO_OVER} Work on it was closed {PAPER}; no paper says when. No reason is given."),
        ("closed: {date: 2017}", f"{NO_OVER} Work on it was closed in 2017 {PAPER}. No reason is given."),
        (
            "status: closed, forces: [thornshire], closed: {date: 2017-06}",
            f"Thornshire Police took part. Work on it was closed in June 2017 {PAPER}. No reason is given.",
        ),
        (
            "force_count: 1, closed: {date: 2017-06-05, reason: A lease (of 1990)}",
            (
                f"One force took part; no paper names it. Work on it was closed on 5 June 2017 {PAPER}. The reason: "
                "A lease (of 1990)."
            ),
        ),
        (
            "closed: {reason: The lease ran out.}",
            f"{NO_OVER} Work on it was closed {PAPER}; no paper says when. The reason: The lease ran out.",
        ),
        (
            "closed: {date: 2017, reason: The lease ran out.}",
            f"{NO_OVER} Work on it was closed in 2017 {PAPER}. The reason: The lease ran out.",
        ),
    ],
)
def test_forces_and_status_are_told_or_said_not_to_be_known(make_folder: MakeFolder, more: str, said: str) -> None:
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nstatements: [{{source: paper-2018, {more}}}]\n"})
    parts = parts_of(folder, "fleet")
    assert (parts[None], parts["Savings"]) == ([said], NO_SAVING)


def test_of_a_project_without_papers_nothing_is_known(make_folder: MakeFolder) -> None:
    parts = parts_of(make_folder({"projects/fleet.yaml": "name: Joint fleet\n"}), "fleet")
    assert parts[None] == [f"{NO_FORCES} {NO_STATUS}"]


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        # what the latest says that speaks of it, and when, if it was before
        (
            "{source: paper-2016, forces: [thornshire]}, {source: paper-2018, status: live}",
            f"Thornshire Police takes part (said on 16 June 2016). It was under way {LAST_SAID}",
        ),
        (
            "{source: paper-2018, status: live}, {source: paper-2016, force_count: 2, status: proposed, lead: A chief}",
            (
                f"Two forces take part (said on 16 June 2016); no paper names them. It was under way {LAST_SAID} Lead: "
                "A chief (said on 16 June 2016)."
            ),
        ),
        # what is said after the status needs no date
        (
            "{source: paper-2018, forces: [thornshire], lead: A chief}, {source: paper-2016, status: live}",
            (
                "Thornshire Police takes part. It was under way when a paper last said how it stood, on 16 June 2016. "
                "Lead: A chief."
            ),
        ),
        # without a status, the latest paper counts that speaks of the project
        (
            "{source: paper-2016, forces: [thornshire]}, {source: panel-2016, quote: and more}",
            f"Thornshire Police takes part. {NO_STATUS}",
        ),
        (
            "{source: paper-2016, forces: [thornshire]}, {source: paper-2017, quote: and more}",
            f"Thornshire Police takes part (said on 16 June 2016). {NO_STATUS}",
        ),
        # a closure is said by the paper that says it, and ends with a new status
        (
            "{source: paper-2017, closed: {date: 2017-06}}, {source: paper-2018, forces: [thornshire]}",
            (
                "Thornshire Police took part. Work on it was closed in June 2017 (Benefits in 2016/17, 20 July 2017). "
                "No reason is given."
            ),
        ),
        (
            "{source: paper-2017, closed: {date: 2017-06}}, {source: paper-2018, status: live}",
            f"{NO_FORCES} It was under way {LAST_SAID}",
        ),
    ],
)
def test_each_thing_is_as_the_latest_paper_says_that_says_it(
    make_folder: MakeFolder, statements: str, said: str
) -> None:
    folder = make_folder({"projects/fleet.yaml": f"name: Joint fleet\nstatements: [{statements}]\n"})
    assert parts_of(folder, "fleet")[None] == [said]


def test_dates_are_told_as_exactly_as_they_are_known(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "sources.yaml": "one: {title: One, body: B, date: 2016-06}\ntwo: {title: Two, body: B, date: 2017, mark: C}\n",
        "projects/fleet.yaml": """
            name: Joint fleet
            statements: [{source: one, forces: [thornshire]}, {source: two, status: live}]
            """,
        "projects/yard.yaml": "name: Joint yard\nstatements: [{source: two, status: closed}]\n",
    })  # fmt: skip
    assert parts_of(folder, "fleet")[None] == [
        (
            "Thornshire Police takes part (said in June 2016). It was under way when a paper last said how it stood, "
            "in 2017."
        )
    ]
    assert parts_of(folder, "yard")[None] == [
        f"{NO_OVER} Work on it was closed (Two, 2017); no paper says when. No reason is given."
    ]
    assert parts_of(folder, "fleet")["The papers it rests on"] == ["One: B, June 2016", "Two: B, 2017, paper C"]


def test_summary_first_then_outcomes_and_papers_and_the_note_last(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {
            "projects/fleet.yaml": """
        name: Joint fleet
        summary: One contract.
        note: Keep an eye on it.
        statements: [{source: paper-2018, status: live}]
        outcomes:
          first: {kind: resilience, text: Either garage can serve both., state: achieved, source: paper-2017}
          third: {kind: productivity, text: Vans will be ready sooner., state: expected, source: panel-2016}
          second: {kind: reputation, text: It won a prize., state: achieved, source: panel-2016}
          fourth: {kind: capability, text: Two vans., source: panel-2016}
        """
        }
    )
    assert list(parts_of(folder, "fleet").items()) == [
        (None, ["One contract.", f"{NO_FORCES} It was under way {LAST_SAID}"]),
        ("Savings", NO_SAVING),
        (
            "What else came of it, as papers say",
            [
                "Either garage can serve both. (Benefits in 2016/17, 20 July 2017)",
                "It won a prize. (Marlshire and collaboration, 16 June 2016)",
            ],
        ),
        ("What else is expected of it", ["Vans will be ready sooner. (Marlshire and collaboration, 16 June 2016)"]),
        ("What else is said of it", ["Two vans. (Marlshire and collaboration, 16 June 2016)"]),
        NO_COSTS,
        (
            "The papers it rests on",
            [
                "Marlshire and collaboration: Marlshire Panel, 16 June 2016",
                "Benefits in 2016/17: Northmark Committee, 20 July 2017",
                "Benefits in 2017/18: Northmark Committee, 19 July 2018",
                "Note: Keep an eye on it.",
            ],
        ),
    ]


def test_an_amount_below_nil_is_told_by_what_it_means(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          grant: {area: grants, category: funding, statements: [{source: paper-2016, actual: {2014/15: -£5k}}]}
          sum: {area: grants, category: unclassified, statements: [{source: paper-2016, actual: {2014/15: -£5k}}]}
        """})  # fmt: skip
    parts = parts_of(folder, "fleet")
    assert parts["Funding"] == [
        "Grant: £5,000 given back in 2014/15. It is recorded as funding: money from others, not a saving."
    ]
    assert parts["Not classified"][0].startswith("Sum: £5,000 less in 2014/15. ")


def test_what_a_reader_of_the_figures_should_know_is_told_with_those_that_stand(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Joint fleet
        benefits:
          grant:
            area: grants
            category: funding
            note: Read as funding from its name
            statements:
              - {source: paper-2016, estimate: {2014/15: £4k}, note: A first guess.}
              - {source: paper-2017, actual: {2014/15: £5k, 2015/16: £6k}, note: After audit.}
        costs:
          fuel: {area: vehicles, note: Petrol only., statements: [{source: paper-2016, actual: {2014/15: £9k}}]}
        """})  # fmt: skip
    told = parts_of(folder, "fleet")
    assert told["Funding"] == [
        ("Grant: £5,000 in 2014/15 and £6,000 in 2015/16. It is recorded as funding: money from others, not a saving. "
        "Note: Read as funding from its name. Note: After audit.")
    ]  # fmt: skip
    assert told["Costs"] == ["Fuel: £9,000 in 2014/15. Note: Petrol only."]
    # The note on the grant as a whole has no date.
    assert parts_of(folder, "fleet", "--as-at", "2017-07-19")["Funding"] == [
        ("Grant: an estimated £4,000 in 2014/15. It is recorded as funding: money from others, not a saving. "
        "Note: Read as funding from its name. Note: A first guess.")
    ]  # fmt: skip


# --- as at a day

GROWN = {
    "projects/fleet.yaml": """
        name: Joint fleet
        summary: One contract.
        note: Keep an eye on it.
        statements:
          - {source: paper-2016, forces: [thornshire], status: proposed}
          - {source: paper-2018, forces: [thornshire, marlshire], status: live}
        benefits:
          fuel:
            area: vehicles
            category: saving
            cashability: cash-releasing
            possible_duplicate_of: fleet/tyres
            statements: [{source: paper-2017, actual: {2016/17: £10k}}]
          tyres:
            area: vehicles
            category: saving
            cashability: cash-releasing
            statements: [{source: paper-2018, actual: {2017/18: £1k}}]
        outcomes:
          first: {kind: resilience, text: Either garage can serve both., state: achieved, source: paper-2017}
          second: {kind: reputation, text: It won a prize., state: achieved, source: paper-2018}
        """,
    "projects/garage.yaml": """
        name: Joint garage
        statements:
          - {source: paper-2016, forces: [thornshire]}
          - {source: paper-2018, closed: {date: 2018-04, reason: The lease ran out}}
        """,
}


def test_nothing_is_told_as_at_a_day_that_a_later_paper_says(make_folder: MakeFolder) -> None:
    # What stands on the record has no date; the tyres were not known yet, so fuel is like nothing else.
    assert parts_of(make_folder(GROWN), "fleet", "--as-at", "2018-07-18") == {
        None: [
            "As at 18 July 2018: what later papers say is left out.",
            "One contract.",
            (
                "Thornshire Police would take part. It was a proposal when a paper last said how it stood, on 16 June "
                "2016."
            ),
        ],
        "Savings": [f"Fuel: £10,000 in 2016/17. {CASH}"],
        "What else came of it, as papers say": ["Either garage can serve both. (Benefits in 2016/17, 20 July 2017)"],
        "Costs": ["No paper states a cost."],
        "The papers it rests on": [
            "Benefits in 2015/16: Northmark Committee, 16 June 2016",
            "Benefits in 2016/17: Northmark Committee, 20 July 2017",
            "Years are financial years: 2016/17 is from 1 April 2016 to 31 March 2017.",
            "Note: Keep an eye on it.",
        ],
    }


def test_as_at_the_day_of_the_last_paper_all_is_told(make_folder: MakeFolder) -> None:
    folder = make_folder(GROWN)
    for project in ("fleet", "garage"):
        now, then = (parts_of(folder, project, *options) for options in ((), ("--as-at", "2018-07-19")))
        assert then.pop(None) == ["As at 19 July 2018: what later papers say is left out.", *now.pop(None)]
        assert then == now


def test_a_closure_is_not_told_before_its_paper(make_folder: MakeFolder) -> None:
    folder = make_folder(GROWN)
    assert parts_of(folder, "garage", "--as-at", "2018-01-01")[None] == [
        "As at 1 January 2018: what later papers say is left out.",
        f"Thornshire Police takes part. {NO_STATUS}",
    ]
    assert parts_of(folder, "garage")[None] == [
        (
            f"Thornshire Police took part (said on 16 June 2016). Work on it was closed in April 2018 {PAPER}. The "
            "reason: The lease ran out."
        )
    ]


def test_before_its_first_paper_a_project_is_not_there(make_folder: MakeFolder) -> None:
    ran = invoke("statement", "fleet", "--data", make_folder(GROWN), "--as-at", "2016-06-15")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith("Error: Invalid value for PROJECT: there is no 'fleet'; there are none yet\n")


# --- what does not stand


def test_what_the_closure_or_another_benefit_took_the_place_of_is_told(make_folder: MakeFolder) -> None:
    folder = make_folder({
        "projects/fleet.yaml": """
            name: Joint fleet
            statements: [{source: paper-2018, closed: {date: 2018-02}}]
            benefits:
              fuel:
                area: vehicles
                category: funding
                statements: [{source: paper-2016, estimate: {2015/16: £1k, 2018/19: £110k, 2019/20: £120k}}]
              oil: {area: vehicles, category: funding, statements: [{source: paper-2016, estimate: {2018/19: £5k}}]}
            outcomes: {prize: {kind: reputation, text: It is to win a prize., state: expected, source: paper-2016}}
            """,
        "projects/yard.yaml": """
            name: Joint yard
            benefits:
              old:
                area: estates
                category: funding
                label: Old unit
                statements: [{source: paper-2016, actual: {2014/15: £1k, 2015/16: £2k}, plan: {2016/17: £3k}}]
              older: {area: estates, category: funding, statements: [{source: paper-2016, actual: {2015/16: £7k}}]}
            """,
        "projects/unit.yaml": """
            name: New unit
            benefits:
              new:
                area: estates
                category: funding
                replaces: [yard/old, yard/older]
                statements: [{source: paper-2017, reported: {2015/16: £4k}}]
            """,
    })  # fmt: skip
    others = "It is recorded as funding: money from others, not a saving."
    fleet = parts_of(folder, "fleet")
    assert fleet["Funding"] == [
        (
            "Fuel: an estimated £1,000 in 2015/16. What was expected before the closure, an estimated £110,000 in "
            f"2018/19 and an estimated £120,000 in 2019/20, no longer stands. {others}"
        ),
        f"Oil: what was expected before the closure, an estimated £5,000 in 2018/19, no longer stands. {others}",
    ]
    assert fleet["What else was expected of it"] == ["It is to win a prize. (Benefits in 2015/16, 16 June 2016)"]
    assert parts_of(folder, "yard")["Funding"] == [
        f"Old unit: £1,000 in 2014/15. “New unit: new” takes its place in 2015/16. {others}",
        f"Older: “New unit: new” takes its place in 2015/16. {others}",
    ]
    assert parts_of(folder, "unit")["Funding"] == [
        (
            "New: £4,000 in 2015/16. It takes the place of “Joint yard: Old unit” and “Joint yard: older”. "
            f"{others} The paper does not say whether the figure for 2015/16 is final."
        )
    ]
    # Before the new unit reported, the old ones stood.
    assert parts_of(folder, "yard", "--as-at", "2017-07-19")["Funding"][1] == f"Older: £7,000 in 2015/16. {others}"


def test_the_reason_of_what_became_of_a_plan_stands_before_the_closure(make_folder: MakeFolder) -> None:
    folder = make_folder({"projects/fleet.yaml": """
        name: Joint fleet
        statements: [{source: paper-2018, closed: {date: 2018-02}}]
        benefits:
          fuel:
            area: vehicles
            category: funding
            statements:
              - source: paper-2016
                estimate: {2018/19: £9k}
                delayed: {2017/18: £2k}
                reason: Two vans are late.
        """})  # fmt: skip
    assert parts_of(folder, "fleet")["Funding"] == [
        (
            "Fuel: of the plan, the paper calls £2,000 in 2017/18 delayed. The reason: Two vans are late. What was "
            "expected before the closure, an estimated £9,000 in 2018/19, no longer stands. It is recorded as "
            "funding: money from others, not a saving."
        )
    ]


# --- formats

SMALL = {
    "projects/fleet.yaml": """
        name: Joint *fleet*
        statements: [{source: paper-2016, forces: [thornshire]}]
        benefits:
          fuel:
            area: vehicles
            category: saving
            cashability: cash-releasing
            statements: [{source: paper-2016, actual: {2014/15: £10k}}]
        outcomes:
          one: {kind: resilience, text: A & B < C., state: achieved, source: paper-2016}
        """,
    "projects/estate.yaml": "name: Estate\n",
}


def test_a_statement_for_a_terminal(make_folder: MakeFolder) -> None:
    assert invoke("statement", "fleet", "--data", make_folder(SMALL)) == (
        0,
        """\
Joint *fleet*
=============

Thornshire Police takes part. No paper says whether it is under way, finished or closed.

Savings
-------

Fuel: £10,000 in 2014/15. It is recorded as cash releasing: money can be taken out of a budget.

What else came of it, as papers say
-----------------------------------

- A & B < C. (Benefits in 2015/16, 16 June 2016)

Costs
-----

No paper states a cost.

The papers it rests on
----------------------

- Benefits in 2015/16: Northmark Committee, 16 June 2016

Years are financial years: 2014/15 is from 1 April 2014 to 31 March 2015.
""",
        "",
    )


def test_a_statement_in_markdown(make_folder: MakeFolder) -> None:
    assert invoke("statement", "fleet", "--data", make_folder(SMALL), "--format", "markdown") == (
        0,
        """\
# Joint \\*fleet\\*

Thornshire Police takes part. No paper says whether it is under way, finished or closed.

## Savings

Fuel: £10,000 in 2014/15. It is recorded as cash releasing: money can be taken out of a budget.

## What else came of it, as papers say

- A &amp; B &lt; C. \\(Benefits in 2015/16, 16 June 2016\\)

## Costs

No paper states a cost.

## The papers it rests on

- Benefits in 2015/16: Northmark Committee, 16 June 2016

Years are financial years: 2014/15 is from 1 April 2014 to 31 March 2015.
""",
        "",
    )


def test_a_statement_in_html(make_folder: MakeFolder) -> None:
    assert invoke("statement", "fleet", "--data", make_folder(SMALL), "--format", "html") == (
        0,
        """\
<article>
<h1>Joint *fleet*</h1>
<p>Thornshire Police takes part. No paper says whether it is under way, finished or closed.</p>
<h2>Savings</h2>
<p>Fuel: £10,000 in 2014/15. It is recorded as cash releasing: money can be taken out of a budget.</p>
<h2>What else came of it, as papers say</h2>
<ul>
<li>A &amp; B &lt; C. (Benefits in 2015/16, 16 June 2016)</li>
</ul>
<h2>Costs</h2>
<p>No paper states a cost.</p>
<h2>The papers it rests on</h2>
<ul>
<li>Benefits in 2015/16: Northmark Committee, 16 June 2016</li>
</ul>
<p>Years are financial years: 2014/15 is from 1 April 2014 to 31 March 2015.</p>
</article>
""",
        "",
    )


def test_a_statement_in_json_says_whose_it_is_and_as_at_which_day(make_folder: MakeFolder) -> None:
    ran = invoke("statement", "estate", "--data", make_folder(SMALL), "--format", "json", "--as-at", "2017-01-31")
    assert json.loads(ran.stdout) == {
        "project": "estate",
        "name": "Estate",
        "as_at": "2017-01-31",
        "parts": [
            {
                "heading": None,
                "text": ["As at 31 January 2017: what later papers say is left out.", f"{NO_FORCES} {NO_STATUS}"],
            },
            {"heading": "Savings", "text": NO_SAVING},
            {"heading": "Costs", "text": ["No paper states a cost."]},
            {"heading": "The papers it rests on", "text": ["No paper speaks of it."]},
        ],
    }
    assert json.loads(invoke("statement", "estate", "--data", make_folder(SMALL), "--format", "json").stdout)[
        "as_at"
    ] is None  # fmt: skip


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_all_are_the_statements_of_each_one_after_another(make_folder: MakeFolder, format_: str) -> None:
    folder = make_folder(SMALL)
    one, two = (invoke("statement", name, "--data", folder, "--format", format_).stdout for name in ("estate", "fleet"))
    assert invoke("statement", "--all", "--data", folder, "--format", format_).stdout == f"{one}\n{two}"


def test_all_in_json_are_a_list(make_folder: MakeFolder) -> None:
    folder = make_folder(SMALL)
    every = json.loads(invoke("statement", "--all", "--data", folder, "--format", "json").stdout)
    assert [each["name"] for each in every] == ["Estate", "Joint *fleet*"]
    assert every[1] == json.loads(invoke("statement", "fleet", "--data", folder, "--format", "json").stdout)


def test_a_project_or_all_must_be_asked_for(make_folder: MakeFolder) -> None:
    folder = make_folder(SMALL)
    for arguments in ((), ("fleet", "--all")):
        ran = invoke("statement", *arguments, "--data", folder)
        assert (ran.status, ran.stdout) == (2, "")
        assert ran.stderr.endswith("Error: name a PROJECT, or give --all.\n")
    unknown = invoke("statement", "flete", "--data", folder)
    assert (unknown.status, unknown.stdout) == (2, "")
    assert unknown.stderr.endswith("Error: Invalid value for PROJECT: there is no 'flete'; did you mean 'fleet'?\n")


# --- the example


def test_the_amounts_of_the_example_are_those_that_stand() -> None:
    control = parts_of(EXAMPLE, "control-room")
    assert [sentence.partition(". ")[0] for sentence in control["Savings"]] == [
        (
            "Control room staff: £112,500.00 in 2015/16, £219,950.77 in 2016/17, £236,100.00 in 2017/18, "
            "£241,000.00 in 2018/19 and an estimated £240,040.00 in 2019/20"
        ),
        "Officers returned to the front line: 7.5 posts in 2016/17 and 12.5 posts in 2017/18",
    ]
    assert control["Costs"] == [
        "Building work and moving: £58,200 in 2014/15, £201,300 in 2015/16 and £27,500 in 2016/17.",
        "Licence for the joint system: £31,250 in 2017/18, £31,250 in 2018/19 and an estimated £32,000 in 2019/20.",
    ]
    service = parts_of(EXAMPLE, "hr-service")
    assert [sentence.partition(". ")[0] for sentence in service["Savings"]] == [
        "Software licences: £12,000 in 2014/15, nothing in 2016/17 and £9,600 in 2017/18",
        "Time spent on payroll queries: £4,500.00 lost in 2015/16, £43,210.99 in 2017/18 and £44,000.01 in 2018/19",
        "Fewer meetings: £8,000 a year; the paper does not say for which years",
    ]
    at_the_time = parts_of(EXAMPLE, "control-room", "--as-at", "2016-06-16")
    assert at_the_time["Savings"][0].partition(". ")[0] == (
        "Control room staff: £112,500 in 2015/16, an estimated £230,000 in 2016/17 and an estimated £240,000 in 2017/18"
    )
