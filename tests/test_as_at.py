"""As at a day is deletion: the ledger of a day is the ledger without the papers of later days and what rests on them.

What is taken out is decided here on the raw data, by a deletion that shares nothing with the code under test: whole
made-up ledgers, of everything that a paper can say.
"""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from emcollab.results.as_at import narrow_to_day
from emcollab.values.terms import GROUPINGS
from tests.conftest import Ran, check_files, invoke, list_records
from tests.ledgers import (
    DAYS,
    Raw,
    day_counted,
    drop_unknown_names,
    load_clean,
    make_ledgers,
    print_what_the_ledger_holds,
    write_files,
)

# --- deletion


def delete_later(raw: Raw, day: date) -> Raw:  # noqa: C901, PLR0912 - it is one list of what goes
    """Return the ledger without every paper dated after `day`, and without all that rests on one."""
    raw = deepcopy(raw)
    later = {id_ for id_, source in raw["sources"].items() if day_counted(source["date"]) > day}
    for id_ in later:
        del raw["sources"][id_]
    for name in [name for name, key in raw["shares"].items() if key["source"] in later]:
        del raw["shares"][name]
    for id_, project in list(raw["projects"].items()):
        papers = papers_of(project)
        if papers and papers <= later:
            del raw["projects"][id_]
            continue
        for kind in ("statements", "milestones"):
            project[kind] = [each for each in project.get(kind, []) if each["source"] not in later]
        project["outcomes"] = {
            name: each for name, each in project.get("outcomes", {}).items() if each["source"] not in later
        }
        for kind in ("benefits", "costs"):
            for name, benefit in list(project.get(kind, {}).items()):
                benefit["statements"] = [each for each in benefit["statements"] if each["source"] not in later]
                if not benefit["statements"]:
                    del project[kind][name]
                if benefit.get("shares_source") in later or (
                    isinstance(benefit.get("shares"), str) and benefit["shares"] not in raw["shares"]
                ):
                    del benefit["shares"]
                    benefit.pop("shares_source", None)
    for kind in ("published", "recommendations"):
        for id_ in [id_ for id_, record in raw[kind].items() if record["source"] in later]:
            del raw[kind][id_]
    for made in raw["recommendations"].values():
        for item in made["items"].values():
            if item.get("source") in later:
                for key in ("action", "response", "source", "at", "quote", "note"):
                    item.pop(key, None)
    drop_unknown_names(raw)
    return raw


def papers_of(project: Raw) -> set[str]:
    said = [*project.get("statements", []), *project.get("milestones", []), *project.get("outcomes", {}).values()]
    for kind in ("benefits", "costs"):
        said += [each for benefit in project.get(kind, {}).values() for each in benefit["statements"]]
    return {each["source"] for each in said}


# --- properties


@given(make_ledgers(), st.sampled_from(DAYS))
@settings(max_examples=40)
def test_the_ledger_of_a_day_is_the_one_without_later_papers(raw: Raw, day: str) -> None:
    when = date.fromisoformat(day)
    deleted = load_clean(write_files(delete_later(raw, when)))
    narrowed = narrow_to_day(load_clean(write_files(raw)), when)
    assert narrowed.sources == deleted.sources
    assert narrowed.shares == deleted.shares
    assert narrowed.projects == deleted.projects
    assert narrowed.published == deleted.published
    assert narrowed.recommendations == deleted.recommendations
    assert narrowed.figures == deleted.figures
    assert narrowed.states == deleted.states
    assert list_records(narrowed) == list_records(deleted)


COMMANDS = [
    *(f"totals --by {by} --format json" for by in GROUPINGS),
    *(f"totals --by {by}" for by in ("area", "force")),
    "totals --basis plan --by project",
    "totals --sum-years",
    "totals --force thornshire --category cost",
    *(f"trace {what} --format {form}" for what in ("vehicles 2013/14", "one 2014/15", "three/hire 2012/13")
      for form in ("text", "json")),
    "statement --all",
    "statement --all --format json",
    *(f"appraisal --by {by}" for by in ("project", "benefit", "force")),
    "appraisal --sum-years --format json",
    "projects", "projects --format json", "forces", "recommendations", "recommendations --format json",
    "forces --format json",
    "export --format json", "export --format datapackage --output out", "report --output out",
    "paper --output out/paper.md",
    "diff --from-date 2013-06-15",
]  # fmt: skip
"""What is asked of both ledgers; each is also given the day."""


@given(make_ledgers(), st.sampled_from(DAYS), st.sampled_from(COMMANDS), st.sampled_from(COMMANDS))
@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])  # to find the smallest takes minutes
def test_every_answer_as_at_a_day_is_that_of_the_ledger_without_later_papers(
    raw: Raw, day: str, first: str, second: str
) -> None:
    print_what_the_ledger_holds(raw)
    whole, deleted = write_files(raw), write_files(delete_later(raw, date.fromisoformat(day)))
    assume(not check_files(whole)[1] and not check_files(deleted)[1])
    with TemporaryDirectory() as folder:
        for name, files in (("whole", whole), ("deleted", deleted)):
            for path, data in files.items():
                file = Path(folder, name, "data", path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        for command in dict.fromkeys((first, second)):
            asked = [ask(command, day, Path(folder, name)) for name in ("whole", "deleted")]
            assert asked[0] == asked[1]
            assert "option" not in asked[0][0].stderr
            if command.endswith("json") and "appraisal" not in command:  # which asks for what is due by today
                today = invoke(*command.split(), "--data", Path(folder, "deleted", "data"))
                assert without_day(today.stdout) == without_day(asked[0][0].stdout)
        for path in deleted:  # each table is as at the day of its paper, and `reconcile` is not asked for another
            _, _, table = path.removesuffix(".yaml").partition("published/")
            if table:
                tables = [
                    invoke("reconcile", table, "--data", Path(folder, name, "data")) for name in ("whole", "deleted")
                ]
                assert tables[0] == tables[1]
                assert tables[0].status == 0


def ask(command: str, day: str, ledger: Path) -> tuple[Ran, dict[str, bytes]]:
    """Return what a command says of the ledger in a folder as at a day, and the files that it writes."""
    out = ledger / command.split(maxsplit=1)[0]
    if command.startswith("paper"):
        out.mkdir()
    words = command.replace(" out", f" {out}").split()
    asked = invoke(*words, "--to-date" if words[0] == "diff" else "--as-at", day, "--data", ledger / "data")
    assert " out" not in command or asked.status == 0
    asked = asked._replace(stderr=asked.stderr.replace(str(out), "out"))
    return asked, {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def without_day(text: str) -> Any:  # noqa: ANN401 - any part of a document
    """Return a document of JSON without the key and the sentence that name the day; what is none as it is."""

    def drop(value: Any) -> Any:  # noqa: ANN401 - any part of a document
        if isinstance(value, dict):
            return {key: drop(item) for key, item in value.items() if key != "as_at"}
        if isinstance(value, list):
            return [drop(item) for item in value if not str(item).startswith("As at ")]
        return value

    return drop(json.loads(text)) if text else ""
