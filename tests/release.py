"""What is released works where nothing else of this repository is: `python -P tests/release.py ENVIRONMENT DATA`."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

COMMANDS = (
    "--version", "validate", "totals", "projects --format json", "trace --help", "explain", "explain unknown-force",
    "schema project", "export --format sqlite --output ledger.sqlite", "export --format xlsx --output ledger.xlsx",
    "report --output report",
)  # fmt: skip
"""Each needs something that a build could have left out: pages, templates, a style sheet, a package."""


def main() -> int:
    """Run each command in an empty folder; return 1 if any fails."""
    environment, data = (Path(argument).resolve() for argument in sys.argv[1:])
    bin_ = environment / ("Scripts" if sys.platform == "win32" else "bin")
    with TemporaryDirectory() as folder:
        where = "import emcollab; print(emcollab.__file__)"
        place = subprocess.check_output([bin_ / "python", "-P", "-c", where], cwd=folder, encoding="utf-8").strip()
        if not Path(place).is_relative_to(environment):
            sys.stdout.write(f"{place} is not of {environment}\n")
            return 1
        for command in COMMANDS:
            ran = subprocess.run(
                [bin_ / "emcollab", "--data", data, *command.split()],
                cwd=folder, check=False, capture_output=True, encoding="utf-8",
            )  # fmt: skip
            if ran.returncode or ran.stderr or not (ran.stdout or "--output" in command):
                sys.stdout.write(f"emcollab {command}: status {ran.returncode}\n{ran.stdout}{ran.stderr}")
                return 1
        pages = len(list(Path(folder, "report").rglob("*.html")))
        sys.stdout.write(f"{environment.name}: {len(COMMANDS)} commands, {pages} pages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
