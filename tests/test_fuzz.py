"""Short runs of the fuzz: nothing leaks, nothing depends on the parser, nothing is slow, every sum is right."""

import pytest

from tests.fuzz import fuzz
from tests.fuzz_commands import fuzz as fuzz_commands


@pytest.mark.hypothesis  # for coverage, its inputs are like those that hypothesis makes up
@pytest.mark.parametrize("seed", [1, 20101122])
def test_mutations_of_the_example_are_accepted_or_refused_and_nothing_else(seed: int) -> None:
    outcomes = fuzz(seed=seed, count=600, workers=1)
    assert set(outcomes) == {"accepted", "refused"}
    assert outcomes.total() == 600
    # Most mutations do harm, and some fall into comments and texts where they do none.
    assert outcomes["refused"] > 100
    assert outcomes["accepted"] > 20


@pytest.mark.hypothesis
def test_whole_commands_on_made_up_ledgers_say_what_an_independent_sum_says() -> None:
    outcomes = fuzz_commands(number=1, count=20, workers=1)
    assert set(outcomes) <= {"ledger", "command", "refused"}
    assert outcomes["ledger"] > 5
    assert outcomes["command"] == 7 * outcomes["ledger"]
