"""Who runs in the demo: three runners with their weeks, their legs as they truly are, and their characters."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from evenstride.model import FreeSlot, Injury, PlannedRun, Profile, Side
from evenstride.simulate import BodyRecipe, BodyTest, Fall, SeasonRecipe, Shoe

BASELINE_WEEKS, PLAN_WEEKS = 5, 12
LONGER_BASELINE_WEEKS = 6
"""A change is told from twelve weeks of runs on."""
START = datetime(2026, 1, 5, 6, 30, tzinfo=UTC)

CALF, HOP, SQUAT = "single_leg_calf_raise", "single_leg_hop", "bulgarian_split_squat"
TESTS: Mapping[str, BodyTest] = MappingProxyType(
    {
        # 6.35 raises apart is what two results must be (Hébert-Losier 2017): 6.35 / 1.96 / √2 is one result's sd.
        CALF: BodyTest(better=28.0, share=1.0, day_sd=2.29),
        HOP: BodyTest(better=138.0, share=0.6, day_sd=2.5, trial_sd=2.5, trials=3),
        SQUAT: BodyTest(better=14.0, share=0.8, day_sd=0.6),
    }
)
"""The tests that these runners do, with their noise: published for the calf raise, for the others our own guess."""


@dataclass(frozen=True, kw_only=True)
class Character:
    """How somebody goes through the weeks. Weeks count from the plan's first; shares are of what was planned.

    ``missed`` is the share of sessions that are missed, ``busy`` the weeks in which two of three are. ``tired``:
    weeks of short nights. ``sore``: weeks whose first session leaves the legs sore for four days. ``aches``: week →
    what the first exercise of its strength sessions provokes, in a runner's words.
    """

    missed: float = 0.06
    busy: tuple[int, ...] = ()
    tired: tuple[int, ...] = ()
    sore: tuple[int, ...] = ()
    aches: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """A return to running that begins with the plan: which leg, what was hurt."""

    side: Side
    site: str


@dataclass(frozen=True, kw_only=True)
class DemoRunner:
    """Who runs: a season's recipe, the legs as they are, a profile, a character, and the tests that are done."""

    recipe: SeasonRecipe
    body: BodyRecipe
    profile: Profile
    story: str
    tests: tuple[str, ...] = (CALF, HOP)
    character: Character = Character()
    way_back: WayBack | None = None
    baseline_weeks: int = BASELINE_WEEKS

    @property
    def weeks(self) -> int:
        """All weeks, those before the plan included."""
        return int(self.recipe.weeks)


_WEEK = (
    PlannedRun(weekday=1, kind="intervals", minutes=50, at=time(18)),
    PlannedRun(weekday=3, kind="easy", minutes=45, at=time(18)),
    PlannedRun(weekday=6, kind="long", minutes=95, at=time(8)),
)
_FREE = (
    FreeSlot(weekday=0, minutes=40, at=time(18)), FreeSlot(weekday=2, minutes=40, at=time(18)),
    FreeSlot(weekday=4, minutes=45, at=time(19)), FreeSlot(weekday=5, minutes=30, at=time(10)),
)  # fmt: skip
_SEASON = SeasonRecipe(start=START, weeks=BASELINE_WEEKS + PLAN_WEEKS, run_to_run_sd_pct=0.65, speed_sd_mps=0.06)
_LOADING = frozenset({
    "calf_raise", "single_leg_calf_raise", "single_leg_calf_raise_bent_knee", "eccentric_heel_drop", "split_squat",
    "bulgarian_split_squat", "reverse_lunge", "reverse_lunge_with_knee_drive", "step_up", "step_up_with_knee_drive",
    "step_down", "lateral_step_down", "single_leg_hip_thrust", "single_leg_romanian_deadlift", "single_leg_box_squat",
    "single_leg_hop_in_place", "pogo_hops", "forward_hop",
})  # fmt: skip

_YEARS = frozenset({"calf_raise", "single_leg_calf_raise", "split_squat", "step_up", "single_leg_romanian_deadlift"})

RUNNERS = (
    DemoRunner(
        recipe=replace(_SEASON, shoes=(Shoe(name="blue"), Shoe(name="red"))),
        body=BodyRecipe(
            weaker="left", gap_pct=38.0, answers=_LOADING, closes_share=0.06, index_pct=0.4, index_per_gap=0.13,
            tests=TESTS,
        ),
        profile=Profile(
            name="Ada", timezone="Europe/Berlin", born_year=1990, mass_kg=61.0, sex="female", dominant_leg="right",
            runs=_WEEK, free=_FREE, equipment=("dumbbell", "band", "low_box", "bench"),
        ),
        character=Character(sore=(0,), aches={2: "pain 4 knee left"}, tired=(6,)),
        story="her left leg had 62 % of the right one's capacity; it answers to loading and comes closer",
    ),
    DemoRunner(
        recipe=_SEASON,
        body=BodyRecipe(
            weaker="right", gap_pct=36.0, answers=_LOADING, used_to=_YEARS, closes_share=0.08, index_pct=-0.5,
            index_per_gap=-0.16, tests=TESTS,
        ),
        profile=Profile(
            name="Ben", timezone="Europe/Berlin", born_year=1984, mass_kg=74.0, sex="male", dominant_leg="right",
            runs=_WEEK, free=_FREE, equipment=("dumbbell", "low_box", "bench", "band"),
        ),
        character=Character(missed=0.04, tired=(2,)),
        story="his right leg had 64 % of the left one's; exercises that he has done for years leave it as it is",
    ),
    DemoRunner(
        recipe=replace(_SEASON, weeks=LONGER_BASELINE_WEEKS + PLAN_WEEKS), baseline_weeks=LONGER_BASELINE_WEEKS,
        body=BodyRecipe(
            weaker="left", gap_pct=0.0, answers=_LOADING, closes_share=0.06, index_pct=0.3, index_per_gap=0.3,
            fall=Fall(week=LONGER_BASELINE_WEEKS + 6, weeks=3, pct_per_week=8.0), tests=TESTS,
        ),
        profile=Profile(
            name="Cleo", timezone="Europe/Berlin", born_year=1993, mass_kg=58.0, sex="female", dominant_leg="right",
            injuries=(Injury(side="left", site="achilles", since=date(2026, 2, 12)),),
            runs=_WEEK, free=_FREE, equipment=("dumbbell", "low_box", "bench", "band"),
        ),
        character=Character(missed=0.08, busy=(5,)),
        tests=(CALF, SQUAT, HOP),
        way_back=WayBack(side="left", site="achilles"),
        story="back from an injury with even legs; from the eighth week on the left one falls behind, to 76 %",
    ),
)  # fmt: skip


def until(
    today: date, runners: tuple[DemoRunner, ...] = RUNNERS, *, weeks: int | None = None
) -> tuple[DemoRunner, ...]:
    """Return the runners with their weeks moved so that the last one ends before the week of ``today`` begins.

    ``weeks`` makes the plan's part shorter.
    """
    return tuple(_moved(one, today, weeks) for one in runners)


def _moved(runner: DemoRunner, today: date, weeks: int | None) -> DemoRunner:
    recipe = runner.recipe
    if weeks is not None:
        recipe = replace(recipe, weeks=runner.baseline_weeks + weeks)
    monday = today - timedelta(days=today.weekday() + 7 * int(recipe.weeks))
    by = monday - recipe.start.date()
    injuries = tuple(replace(one, since=one.since + by) for one in runner.profile.injuries)
    return replace(
        runner,
        recipe=replace(recipe, start=recipe.start + by),
        profile=replace(runner.profile, injuries=injuries),
    )
