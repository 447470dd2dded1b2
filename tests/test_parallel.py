"""Reading ahead: two processes come to what one comes to, whatever happens to the second."""

import marshal
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

import pytest

from emcollab.loading import parallel
from emcollab.loading.load import load
from emcollab.loading.parser import Document, read_document
from emcollab.values.problems import Problem
from tests.conftest import check_files, environment, list_records, posix, with_defaults

pytestmark = posix  # elsewhere nothing is forked, and one process reads all

FLEET = """
    name: Joint fleet {number}
    benefits:
      fuel: {{area: vehicles, category: saving, statements: [{{source: paper-2017, actual: {{2016/17: £{number}k}}}}]}}
    """
FAULTY = {17: "name: 'Fleet", 150: "name: C\nname: B", 188: "nam: A", 190: "name:\tA", 210: "name: [A]", 215: ""}
FILES = with_defaults(
    {f"projects/p-{number:03}.yaml": FAULTY.get(number, FLEET.format(number=number)) for number in range(1, 240)}
)
PROBLEMS = [17, 150, 188, 190, 210, 215]


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "has_second_core", lambda: True)


def read_all() -> tuple[list[object], list[Problem]]:
    ledger, problems = check_files(FILES)
    return list_records(ledger), problems


def alone() -> tuple[list[object], list[Problem]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "has_second_core", lambda: False)
        return read_all()


def no_child_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.usefixtures("two_cores")
def test_two_processes_find_what_one_finds_in_the_same_order() -> None:
    ledger, problems = check_files(FILES)
    assert (list_records(ledger), problems) == alone()
    assert [problem.path for problem in problems] == [f"projects/p-{number:03}.yaml" for number in PROBLEMS]
    assert len(ledger.figures) == 233
    assert no_child_is_left()


@pytest.mark.usefixtures("two_cores")
def test_the_second_process_reads_the_first_files_and_this_one_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[str] = []

    def note(path: str, data: bytes) -> Document:
        here.append(path)
        return read_document(path, data)

    monkeypatch.setattr("emcollab.loading.parallel.read_document", note)
    load(FILES)
    assert here == sorted(FILES)[157:]


def fail(*_: object) -> list[object]:
    raise OSError


def die(*_: object) -> list[object]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def die_later(files: Mapping[str, bytes], paths: Sequence[str]) -> list[object]:
    return [*list_found(files, paths)] if paths[0] == min(files) else die()


list_found = parallel.list_found


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("happens", [fail, die, die_later, lambda *_: [], lambda *_: os._exit(7)])
def test_a_second_process_that_comes_to_grief_is_done_without(
    monkeypatch: pytest.MonkeyPatch, happens: Callable[..., list[object]], capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parallel, "list_found", happens)
    assert read_all() == alone()
    assert no_child_is_left()
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("name", ["fork", "pipe"])
def test_where_there_can_be_no_second_process_one_does_it_all(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(os, name, fail)
    assert read_all() == alone()


@pytest.mark.usefixtures("two_cores")
def test_whoever_stops_reading_leaves_no_process_behind() -> None:
    open_before = sorted(os.listdir("/dev/fd"))  # noqa: PTH208 - one more is open while it is listed, both times
    with pytest.raises(KeyboardInterrupt), parallel.open_reader(FILES, sorted(FILES)):
        raise KeyboardInterrupt
    assert no_child_is_left()
    assert sorted(os.listdir("/dev/fd")) == open_before  # noqa: PTH208 - as above


def test_what_is_found_can_be_handed_on_as_bytes() -> None:
    files = {"a.yaml": b"name: A", "b.yaml": b"b: 1\nb: 2", "c.yaml": b"[c, {d: e}]"}
    found = parallel.list_found(files, ["c.yaml", "b.yaml", "a.yaml"])
    assert found[::2] == [(["c", {"d": "e"}], []), ({"name": "A"}, [])]
    assert [(value, [problem[:4] for problem in problems]) for value, problems in found[1:2]] == [
        ({"b": "1"}, [("b.yaml", 2, 1, "duplicate-key")])
    ]
    assert marshal.loads(marshal.dumps(found)) == found  # noqa: S302 - our own


def test_a_second_core_is_one_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert not parallel.has_second_core()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5}, raising=False)
    assert parallel.has_second_core()
    monkeypatch.delattr(os, "sched_getaffinity")
    assert not parallel.has_second_core()


def stop(*_: object) -> list[object]:
    os.kill(os.getpid(), signal.SIGSTOP)
    return []


@pytest.mark.usefixtures("two_cores")
def test_a_second_process_that_is_stopped_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "list_found", stop)
    monkeypatch.setattr(parallel, "_PATIENCE", 0.01)
    assert read_all() == alone()
    assert no_child_is_left()


BUSY = """
import os, time
from emcollab.loading import parallel

def go_on(*_):
    print(os.getpid(), flush=True)
    while True:
        time.sleep(1)

parallel.has_second_core = lambda: True
parallel.list_found = go_on
files = {str(number): b"" for number in range(200)}
with parallel.open_reader(files, sorted(files)):
    time.sleep(600)
"""


def test_a_second_process_does_not_outlive_the_first() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, env=environment()) as first:
        assert first.stdout is not None
        second = int(first.stdout.readline())
        first.kill()
        try:
            first.communicate(timeout=60)  # to the end of the pipe that both write to: when neither is there
        except subprocess.TimeoutExpired:
            os.kill(second, signal.SIGKILL)
            raise


@pytest.mark.usefixtures("two_cores")
def test_what_there_is_no_memory_for_is_read_by_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoMemory:
        """Of `marshal` all but the memory to load with."""

        dumps = staticmethod(marshal.dumps)

        @staticmethod
        def loads(_: bytes) -> object:
            raise MemoryError

    monkeypatch.setattr(parallel, "marshal", NoMemory)
    assert read_all() == alone()
    assert no_child_is_left()
