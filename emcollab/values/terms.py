"""The words of the field: each enumeration once, for data files, options, tables and sums alike."""

from typing import Literal, get_args

Category = Literal["saving", "funding", "unclassified"]
"""What a benefit is; `unclassified` where the paper does not say. A cost is of a category of its own."""

AnyCategory = Literal[Category, "cost"]
"""What a figure is: of a benefit, or of a cost."""

Cashability = Literal["cash-releasing", "not-cash-releasing", "cashable", "non-cashable", "unstated"]
"""Of a saving: whether resources can be taken out, and whether cash was."""

Basis = Literal["plan", "estimate", "reported", "actual", "at_risk", "delayed", "not_achievable"]
"""What kind of figure a paper gives; the last three are what became of a plan."""

Measure = Literal["money", "posts", "hours"]
Unit = Literal["£", "£k", "£m"]
Status = Literal["proposed", "live", "completed", "closed"]
Recurrence = Literal["recurring", "one-off"]
Counts = Literal["level", "new"]
"""What a figure for a year is: the amount reached in that year against the baseline, or what came on top in it."""

BASES: tuple[Basis, ...] = get_args(Basis)
CASHABILITIES: tuple[Cashability, ...] = get_args(Cashability)
CATEGORIES: tuple[AnyCategory, ...] = get_args(AnyCategory)
MEASURES: tuple[Measure, ...] = get_args(Measure)
STATUSES: tuple[Status, ...] = get_args(Status)
UNITS: tuple[Unit, ...] = get_args(Unit)

STANDING = ("estimate", "reported", "actual")
"""The bases of figures that can stand; a plan never does, nor what became of one."""

BECAME = ("at_risk", "delayed", "not_achievable")
"""What became of a plan, beside what was achieved."""

CASHABLE = frozenset({"cash-releasing", "not-cash-releasing", "cashable"})
"""The three kinds of cashable saving."""

_SAVINGS = {
    "cash-releasing": "cash-releasing saving",
    "not-cash-releasing": "cashable saving, not cash releasing",
    "cashable": "cashable saving",
    "non-cashable": "non-cashable saving",
    "unstated": "saving, cashability not stated",
}


def name_kind(category: str, cashability: str) -> str:
    """Return what people call a figure: `cashable saving`, `funding`, `unclassified`, `cost`."""
    return _SAVINGS[cashability] if category == "saving" else category


WHOLES = {"saving": "savings", "funding": "funding", "unclassified": "unclassified amounts", "cost": "costs"}
"""What people call all figures of a category, in the order in which they are told."""


def name_whole(kind: str) -> str:
    """Return what all figures are called that are of one category with this kind: `savings`, `funding`, `costs`."""
    return WHOLES.get(kind, "savings")


# --- names of what is elsewhere: help and completion need import none of it, and a test holds each to its table

GROUPINGS = ("area", "project", "force", "category", "cashability", "basis")  # the keys of results.totals.GROUPINGS
PRINTED_ROWS = ("area", "project", "benefit", "force", "category", "cashability")  # what `by` of a printed table can be
APPRAISAL_GROUPINGS = ("project", "benefit", "force")  # what the rows of an appraisal can stand for
AUDIENCES = ("keeper", "committee", "auditor")  # who is to answer: the `who` of results.appraisal.QUESTIONS
SUFFIXES = {
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "csv": (".csv",),
    "json": (".json",),
    "gitlab": (".json",),
    "sarif": (".sarif", ".json"),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
    "xlsx": (".xlsx",),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "doc": (".doc", ".odt", ".rtf"),
    "xls": (".xls", ".xlsm", ".xlsb"),
    "ods": (".ods",),
    "tsv": (".tsv",),
    "zip": (".zip", ".gz"),
}  # of the names of files, what each format can have; formats that are not here can have none of these
TERMINAL_FORMATS = ("table", "text")  # what is printed as the terminal can show it; all else is UTF-8
TABLE_FORMATS = ("table", "markdown", "csv", "json", "html")  # modules of render.formats (`table`: text), and JSON
PAGE_FORMATS = ("text", "markdown", "html", "json")  # modules of render.formats, and JSON
APPRAISAL_FORMATS = (*PAGE_FORMATS, "csv")  # as pages, and its lines as records
DIFF_FORMATS = ("table", "markdown", "json")  # the keys of render.pages.changes.FORMATS, and JSON
REPORT_FORMATS = ("text", "json", "github", "gitlab", "sarif")  # the keys of render.formats.problems.REPORTS
EXPORT_FORMATS = ("csv", "json", "datapackage", "sqlite", "xlsx")  # the modules of publish.export with a format_export
FORGES = ("github", "gitlab")  # where changes are checked: the keys of writing.beginning.CHECKS
