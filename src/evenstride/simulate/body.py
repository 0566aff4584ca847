"""Two legs whose true capacities are known: what training does to them, and what a test of them shows on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from evenstride.model import Side

OTHER: Mapping[Side, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True, kw_only=True)
class BodyTest:
    """How one test shows the legs.

    ``better`` is what the better leg reaches, ``share`` how much of the legs' true gap this test shows. ``day_sd`` is
    how far one leg's result lies from its truth from day to day, ``trial_sd`` from trial to trial of one day.
    """

    better: float
    share: float
    day_sd: float
    trial_sd: float = 0.0
    trials: int = 1
    step: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Fall:
    """A leg that falls behind by itself: by ``pct_per_week`` at the end of ``week`` and of the ``weeks`` from it on."""

    week: int
    weeks: int
    pct_per_week: float


@dataclass(frozen=True, kw_only=True)
class BodyRecipe:
    """Two legs as they are, and how they answer to training.

    ``weaker`` reaches ``gap_pct`` less than the other. A session with at least one of the exercises in ``answers`` that
    is not among ``used_to`` takes ``closes_share`` of the gap away; any other leaves it as it is. While the gap is
    closed, strides differ by ``index_pct``; each percent of gap adds ``index_per_gap`` to that.
    """

    weaker: Side
    gap_pct: float
    answers: frozenset[str]
    used_to: frozenset[str] = frozenset()
    closes_share: float = 0.05
    fall: Fall | None = None
    index_pct: float = 0.0
    index_per_gap: float = 0.0
    tests: Mapping[str, BodyTest]


@dataclass(frozen=True, kw_only=True)
class Body:
    """The legs of one week: the true gap, and what it comes from."""

    recipe: BodyRecipe
    gap_pct: float
    answered: int = 0

    @property
    def ratio_pct(self) -> float:
        """The weaker leg's true capacity, in percent of the other's."""
        return 100.0 - self.gap_pct

    @property
    def stride_index_pct(self) -> float:
        """The true index of contact time that these legs run with."""
        return self.recipe.index_pct + self.recipe.index_per_gap * self.gap_pct


def begun(recipe: BodyRecipe) -> Body:
    """Return the legs as they are at first."""
    return Body(recipe=recipe, gap_pct=recipe.gap_pct)


def after_session(body: Body, exercises: Collection[str]) -> Body:
    """Return the legs after a session with these exercises done.

    >>> recipe = BodyRecipe(weaker="left", gap_pct=30.0, answers=frozenset({"calf_raise", "split_squat"}),
    ...                     used_to=frozenset({"calf_raise"}), closes_share=0.1, tests={})
    >>> [after_session(begun(recipe), [one]).gap_pct for one in ("calf_raise", "split_squat", "plank")]
    [30.0, 27.0, 30.0]
    """
    new = (set(exercises) & body.recipe.answers) - body.recipe.used_to
    if not new:
        return body
    return replace(body, gap_pct=body.gap_pct * (1.0 - body.recipe.closes_share), answered=body.answered + 1)


def after_week(body: Body, week: int) -> Body:
    """Return the legs after a week, counted from 0: what falls, falls.

    >>> recipe = BodyRecipe(weaker="left", gap_pct=2.0, answers=frozenset(), tests={},
    ...                     fall=Fall(week=3, weeks=2, pct_per_week=4.0))
    >>> [after_week(begun(recipe), week).gap_pct for week in (2, 3, 4, 5)]
    [2.0, 6.0, 6.0, 2.0]
    """
    fall = body.recipe.fall
    if fall is None or not fall.week <= week < fall.week + fall.weeks:
        return body
    return replace(body, gap_pct=body.gap_pct + fall.pct_per_week)


def measured(body: Body, test: str, *, rng: np.random.Generator) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return what a test shows of the left and the right leg on one day: its trials, with the noise of day and trial.

    >>> quiet = BodyTest(better=28.0, share=1.0, day_sd=0.0)
    >>> recipe = BodyRecipe(weaker="left", gap_pct=25.0, answers=frozenset(), tests={"single_leg_calf_raise": quiet})
    >>> measured(begun(recipe), "single_leg_calf_raise", rng=np.random.default_rng(1))
    ((21.0,), (28.0,))
    """
    how, weaker = body.recipe.tests[test], body.recipe.weaker
    true = {weaker: how.better * (1.0 - 0.01 * how.share * body.gap_pct), OTHER[weaker]: how.better}
    return _trials(true["left"], how, rng), _trials(true["right"], how, rng)


def _trials(true: float, how: BodyTest, rng: np.random.Generator) -> tuple[float, ...]:
    of_day = true + how.day_sd * rng.standard_normal()
    values = of_day + how.trial_sd * rng.standard_normal(how.trials)
    return tuple(max(how.step, how.step * round(float(one) / how.step)) for one in values)
