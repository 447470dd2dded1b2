"""`python -m emcollab`, and the command `emcollab`: the same.

What interrupts a run may come before its modules are there: it ends without a word then too.
"""

import sys


def run() -> None:
    """Run the command and leave with its status."""
    try:
        from emcollab.cli import main  # noqa: PLC0415 - its imports are what is interrupted

        main()
    except KeyboardInterrupt:
        sys.exit(130)  # as shells say of what was interrupted


if __name__ == "__main__":
    run()
