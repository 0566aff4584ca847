"""What a new runner does first, and what of it is done: a profile, runs or tests of each leg, then a plan."""

from dataclasses import dataclass
from typing import Literal

from evenstride.service.home import Home
from evenstride.store import has_runs, kept_tests, plan_in_force, side_checks

StepKey = Literal["profile", "side_check", "runs", "tests", "plan"]


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """One step, whether it is done, and whether the way to a plan can leave it out."""

    key: StepKey
    done: bool
    optional: bool = False


def first_steps(home: Home) -> tuple[FirstStep, ...]:
    """Return the steps in the order in which they are best taken.

    Runs need the side check (a minute of the very first one can be it), without which nobody knows which leg the device
    means; who has no device that tells the legs apart goes on with the tests alone, and gets a full programme.
    """
    ran = has_runs(home.store, home.athlete_id)
    tested = bool(kept_tests(home.store, home.athlete_id))
    profile = home.profile
    return (
        FirstStep(key="profile", done=bool(profile.runs or profile.free)),
        FirstStep(key="side_check", done=bool(side_checks(home.store, home.athlete_id)), optional=not ran),
        FirstStep(key="runs", done=ran, optional=tested),
        FirstStep(key="tests", done=tested, optional=ran),
        FirstStep(key="plan", done=plan_in_force(home.store, home.athlete_id) is not None),
    )
