"""The whole loop as a machine: whatever a runner does in whatever order, what must always hold does.

Few and short runs here; ``python -m validation loop`` goes on for hundreds of sequences.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests import loop_steps as steps
from tests.loops import Dice, Loop
from tests.review_cases import mirrored_review, mirrored_sessions

from evenstride.service.review import kept_reviews

EXAMPLES, STEPS = 4, 8
MIRRORED_STEPS = 16


class WholeLoop(RuleBasedStateMachine):
    """One runner on a store in a folder of its own; every step of the table is a rule."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.loop = Loop(Path(self.folder.name), Dice(int))

    @initialize(data=st.data())
    def begins(self, data):
        self.act(data, steps.a_plan_made)

    def act(self, data, step):
        self.loop.dice = Dice(lambda n: data.draw(st.integers(0, n - 1)))
        self.loop.act(steps.named(step), step)
        assert (self.loop.tally.broken, self.loop.tally.wrong) == ([], [])

    def teardown(self):
        self.loop.close()
        self.folder.cleanup()


def _rule_of(step: Callable[[Loop], None]):
    def happens(self, data):
        self.act(data, step)

    happens.__name__ = step.__name__
    return rule(data=st.data())(happens)


for one in steps.STEPS:
    setattr(WholeLoop, one.__name__, _rule_of(one))


def test_whatever_a_runner_does_rules_hold_history_grows_and_every_refusal_is_a_sentence():
    run_state_machine_as_test(WholeLoop, settings=settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
    ))  # fmt: skip


def lived(folder, seed, *, mirrored):
    """A loop after some steps of a seed; with ``mirrored`` left and right are exchanged in all that is told."""
    rng = np.random.default_rng(seed)
    loop = Loop(folder, Dice(lambda n: int(rng.integers(n)), mirrored=mirrored))
    steps.begin(loop)
    for _ in range(MIRRORED_STEPS):
        steps.random_step(loop)
    loop.act(steps.named(steps.a_review_applied), steps.a_review_applied)
    return loop


def in_any_order(review):
    return replace(
        review, exercises=sorted(review.exercises, key=repr), adjustments=sorted(review.adjustments, key=repr)
    )


def doses(sessions):
    """What each leg does; which one begins takes turns, and is nobody's mirror, where neither is favoured."""
    return [[(line.exercise, line.left, line.right, line.both) for line in one.exercises] for one in sessions]


@pytest.mark.parametrize("seed", [2, 7])
def test_the_same_life_with_the_legs_exchanged_has_the_same_plans_and_reviews_exchanged(tmp_path, seed):
    loop, back = (lived(tmp_path / name, seed, mirrored=name == "back") for name in ("there", "back"))
    told = [in_any_order(mirrored_review(one)) for one in kept_reviews(loop.home)]
    assert told == [in_any_order(one) for one in kept_reviews(back.home)]
    assert doses(mirrored_sessions(loop.held.plan)) == doses(back.held.plan.sessions)
    assert told
    assert loop.tally.steps == back.tally.steps
    loop.close()
    back.close()
