"""The files of a new ledger: one that validates, with what its keepers need to begin; and the checks of its changes."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from emcollab import __version__
from emcollab.loading.parser import Value
from emcollab.records.base import id_meant
from emcollab.records.kinds import KINDS
from emcollab.records.schema import make_schema
from emcollab.render.formats.json import format_json
from emcollab.writing.lines import format_file

_START = Path(__file__).parent / "start"
_SHIPPED = (_START / "README.md", Path(__file__).parents[2] / "data" / "README.md")
"""What explains the format to keepers: in a package, and in the repository that the package is made of."""

CHECKS: dict[str, dict[str, str]] = {
    "github": {".github/workflows/data.yml": "github.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
}
"""Where changes are checked: for each, the files by path in the repository, and what they are made of. To add one:
write it in `start/`, list it here, and its name in `values.terms`."""


def make_ledger(title: str, unit: str, forces: Sequence[str]) -> dict[str, bytes]:
    """Return the files of a new ledger, by path relative to its folder; `ledger.yaml`, which makes it one, last."""
    named: dict[str, Value] = {force_id(name): {"name": name} for name in forces}
    schemas = {f"schema/{kind.record}.json": format_json(make_schema(kind.record)) for kind in KINDS}
    texts = {
        **schemas,
        "README.md": _read_guide(),
        "projects/.example.yaml": _with_schema("../schema/project.json", _read("example.yaml")),
        "areas.yaml": _with_schema("schema/areas.json", _read("areas.yaml")),
        "forces.yaml": _with_schema("schema/forces.json", format_file(named) if named else _read("forces.yaml")),
        "sources.yaml": _with_schema("schema/sources.json", _read("sources.yaml")),
        "ledger.yaml": _with_schema("schema/ledger.json", format_file({"format": "1", "title": title, "unit": unit})),
    }
    return {path: text.encode() for path, text in texts.items()}


def force_id(name: str) -> str:
    """Return the id of a force by its name, such as `west-mercia` for West Mercia Police; nothing, if there is none."""
    return id_meant(re.sub(r"(?i)\s+(police|constabulary)(\s+(service|force))?$", "", name.strip()))


def make_checks(kind: str, tool: str) -> dict[str, bytes]:
    """Return the files that check changes to a ledger, by path in its repository; `tool` is what pip is to install."""
    files = {**CHECKS[kind], ".pre-commit-config.yaml": "pre-commit.yaml", ".gitattributes": "gitattributes"}
    return {path: _read(name).replace('"@TOOL@"', json.dumps(tool)).encode() for path, name in files.items()}


def find_tool(origin: str | None) -> str:
    """Return what pip is to install so that it installs this very tool.

    `origin` is what pip has noted of where it was installed from (`direct_url.json`). If that was no revision of git,
    it is the release of this version, of an owner still to be named.
    """
    noted = json.loads(origin or "{}")
    revision = noted.get("vcs_info", {}).get("requested_revision") or noted.get("vcs_info", {}).get("commit_id")
    return f"git+{noted['url']}@{revision}" if revision else f"git+https://github.com/{OWNER}/emcollab@v{__version__}"


OWNER = "OWNER"
"""What stands where nobody knows whose release is meant."""


def _read(name: str) -> str:
    return (_START / name).read_text(encoding="utf-8")


def _read_guide() -> str:
    """Return what explains the format to keepers, without how to start: that is done."""
    text = next(path for path in _SHIPPED if path.is_file()).read_text(encoding="utf-8")
    return re.sub(r"(?ms)^## Start your own ledger$.*?(?=^## )", "", text)


def _with_schema(schema: str, text: str) -> str:
    return f"# yaml-language-server: $schema={schema}\n{text}"
