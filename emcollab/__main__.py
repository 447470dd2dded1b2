"""`python -m emcollab`, and the command `emcollab`: the same.

What interrupts a run may come before its modules are there: it ends without a word then too. A library that is
interrupted may make another error of it (pydantic does, while it builds a model).
"""

import sys


def run() -> None:
    """Run the command and leave with its status."""
    interrupted = False

    def interrupt(*_: object) -> None:
        nonlocal interrupted
        interrupted = True
        raise KeyboardInterrupt

    try:
        import signal  # noqa: PLC0415 - imports are what is interrupted

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored, as in the background
            signal.signal(signal.SIGINT, interrupt)
        from emcollab.cli import main  # noqa: PLC0415 - as above, an import that may be interrupted

        main()
    except Exception:  # any: which one a library makes of an interruption is not ours to know
        if not interrupted:
            raise
        sys.exit(130)  # as shells say of what was interrupted
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
