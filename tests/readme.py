"""The README's console blocks: each command must print what the README shows.

Run by `make docs`, and not with the tests: it is about the data as well as the code.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

_BLOCK = re.compile(r"^```console\n\$ (emcollab [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Run each block and show those that differ; return how many do."""
    readme = Path("README.md").read_text(encoding="utf-8")
    blocks = _BLOCK.findall(readme)
    wrong = 0
    for command, shown in blocks:
        done = subprocess.run(shlex.split(command), capture_output=True, text=True, encoding="utf-8", check=False)
        if done.stdout != shown:
            wrong += 1
            sys.stdout.write(f"README.md shows for `{command}`:\n{shown}\nbut it prints:\n{done.stdout}{done.stderr}\n")
    sys.stdout.write(f"{len(blocks)} commands in README.md, {wrong} with other output\n")
    return wrong or not blocks


if __name__ == "__main__":
    sys.exit(main())
