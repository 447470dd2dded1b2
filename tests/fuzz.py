"""Mutations of the example ledger through both YAML parsers: whatever the bytes, the answer is a ledger or problems.

`python -m tests.fuzz --seed 1 --count 100000` (or `make fuzz`). A *leak* is an exception that reaches the caller, a
*disagreement* an answer that depends on the parser. Each input is one file of the example with a few changes; every
twentieth is also checked as part of its whole ledger.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from emcollab.checks import run_checks
from emcollab.checks.quotations import prove_quotations
from emcollab.cli.data import check
from emcollab.loading import load as loading
from emcollab.loading import parser
from emcollab.loading.mending import read_record
from emcollab.records.kinds import KINDS

_EXAMPLE = Path(__file__).parent / "example"
_TEXTS = (
    *(": ", "- ", "? ", "# ", " #", "&a ", "*a", "<<: ", "!!str ", "!x ", "---\n", "...\n", "%YAML 1.1\n"),
    *("{", "}", "[", "]", ",", ", ", "'", '"', "|", ">-", "\n", "\n  ", "\t", "\r", "\r\n"),
    *("£", "£1,32", "0.478", "2010/12", "-", "~", "null", "\\", '"\\e[31m"', '"\\ud800"', '"\\Uffffffff"'),
    *("\u2028", "\x85", "\xa0", "\ufeff", "\u202e", "\x00", "\x1b", "NO", "1_000", "010", "1:30", "=1+1"),
    *("@x", "`x`", "::error::", "é", "漢字", "[" * 14, "{a: " * 14, "x" * 400),
    *("a year", "in all", "2014/15 to 2018/19", "2014/15 to 2014-11", "2014/15 to 2015-03", "{a: £1, b: 2}", "{}"),
    *("compare: false, ", "adds: [total], ", "of: total, ", "period: a year, ", "sign: negative\n", "94%", "(350,000)"),
    *(
        "format: 2\n",
        "statements:\n",
        "closed: {}\n",
        "force_count: 0\n",
        "as_at: 2016-06\n",
        "replaces: [fleet/fuel]\n",
    ),
    *("9" * 13, "9" * 31, ".000000001", "0" * 31, "£1000bn", "0000/01", "9999/00", "0001-01-01", "9999-12-31", "-899%"),
)
_TOKENS = [text.encode() for text in _TEXTS]
_SLOW = 2.0
_EVERY = 20
_CHUNK = 500


def mutate(data: bytes, random_: random.Random) -> bytes:
    """Return `data` with one to four changes: bytes or lines taken out, doubled, moved, or put in."""
    for _ in range(random_.randint(1, 4)):
        at = random_.randrange(len(data) + 1)
        size = random_.choice((1, 1, 2, 5, 20, 80))
        piece = data[at : at + size]
        choice = random_.randrange(7)
        if choice == 0:
            data = data[:at] + data[at + size :]
        elif choice == 1:
            data = data[:at] + piece + data[at:]
        elif choice == 2:
            data = data[:at] + bytes([random_.randrange(256)]) + data[at + 1 :]
        elif choice == 3:
            lines = data.split(b"\n")
            random_.shuffle(lines)
            data = b"\n".join(lines[: random_.randint(1, len(lines))]) if random_.random() < 0.2 else data
        elif choice == 4:
            other = random_.randrange(len(data) + 1)
            data = data[:other] + piece + data[other:]
        else:
            data = data[:at] + random_.choice(_TOKENS) + data[at:]
    return data


def run_chunk(task: tuple[int, int, int]) -> Counter[str]:
    """Return how many inputs of one chunk were accepted, refused, slow, leaking and disagreed about.

    What went wrong is printed with the seed that makes it again.
    """
    seed, start, count = task
    files = {path.relative_to(_EXAMPLE).as_posix(): path.read_bytes() for path in sorted(_EXAMPLE.rglob("*.yaml"))}
    random_ = random.Random(f"{seed}/{start}")  # noqa: S311 - nothing secret
    counts: Counter[str] = Counter()
    for number in range(start, start + count):
        name = random_.choice(sorted(files))
        data = mutate(files[name], random_)
        began = time.monotonic()
        for outcome in _try(name, data, files if number % _EVERY == 0 else {}):
            counts[outcome] += 1
            if outcome not in {"accepted", "refused"}:
                sys.stdout.write(f"{outcome}: seed {seed}, input {number}, {name}: {data!r}\n")
        if time.monotonic() - began > _SLOW:
            counts["slow"] += 1
            sys.stdout.write(f"slow: seed {seed}, input {number}, {name}: {data!r}\n")
    return counts


def _try(name: str, data: bytes, files: dict[str, bytes]) -> Iterator[str]:
    try:
        fast = parser.read_document(name, data)
        python = _with_python_parser(name, data)
        if fast != python:
            yield "disagreement"
        kind = next(kind for kind in KINDS if kind.place in (name, name.partition("/")[0] + "/"))
        faults = read_record(name, kind.model, fast.value)[1]
        if files:
            loaded = loading.load({**files, name: data})
            sum(1 for _ in run_checks(loaded.ledger, loaded.unread, loaded.faulty_places()))
            check({**files, name: data}, [], _EXAMPLE)
            prove_quotations(loaded.ledger, dict.fromkeys(loaded.ledger.sources, fast.text))
        yield "refused" if fast.problems or faults else "accepted"
    except Exception as error:  # noqa: BLE001 - any exception at all is what is looked for
        yield f"leak of {type(error).__name__}"


def _with_python_parser(name: str, data: bytes) -> parser.Document:
    fast = parser.FastParser
    parser.FastParser = parser.PythonParser
    try:
        return parser.read_document(name, data)
    finally:
        parser.FastParser = fast


def fuzz(seed: int, count: int, workers: int = 2) -> Counter[str]:
    """Return the outcomes of `count` inputs; the same for the same seed, whatever the number of workers."""
    tasks = [(seed, start, min(_CHUNK, count - start)) for start in range(0, count, _CHUNK)]
    counts: Counter[str] = Counter()
    if workers == 1:
        for task in tasks:
            counts += run_chunk(task)
        return counts
    with ProcessPoolExecutor(workers) as pool:
        for outcome in pool.map(run_chunk, tasks):
            counts += outcome
    return counts


def main() -> int:
    """Run from the command line; return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    counts = fuzz(options.seed, options.count, options.workers)
    good = counts["accepted"] + counts["refused"]
    bad = counts.total() - good
    sys.stdout.write(
        f"seed {options.seed}, {options.count:,} inputs: {counts['accepted']:,} accepted, "
        f"{counts['refused']:,} refused, {bad:,} leaks, disagreements or slow ones\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
