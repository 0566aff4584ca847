"""Which exercises have a set more for the limb to favour: by its tests, and as reviews ask."""

from collections.abc import Iterator, Sequence

from evenstride.model import Exercise, LimbComparison, Prescription
from evenstride.plan.asked import ahead
from evenstride.plan.figures import LIMB_RATIO_PCT
from evenstride.plan.filling import Filling
from evenstride.plan.placing import Placed


def extra_sets(filling: Filling, one: Placed, wanted: Sequence[Prescription]) -> dict[str, str]:
    """Return the exercises of a session with one set more for the limb to favour, each with its reason.

    The first one for which a test found the limb behind, and so many more as reviews ask for that limb: of what the
    finding stresses first, else of all single-leg strength.
    """
    exercises = [filling.catalogue.exercises[line.exercise] for line in wanted]
    behind = next((two.id for two in exercises if deficit(filling, two)), None)
    found = {behind: "the weaker leg in its test"} if behind else {}
    asked = [
        two for two in ahead(filling.request, "redistribute")
        if two.covers(one.day) and filling.limb is not None and two.side == filling.limb
    ]  # fmt: skip
    for two in list(_for_the_limb(filling, [one for one in exercises if one.id != behind]))[: sum(
        more.amount for more in asked
    )]:  # fmt: skip
        found[two.id] = "as a review asks"
    return found


def _for_the_limb(filling: Filling, exercises: Sequence[Exercise]) -> Iterator[Exercise]:
    single = [one for one in exercises if one.sides == "one" and one.family in ("strength", "support")]
    emphases = filling.request.finding.emphases[:1] if filling.request.finding else ()
    stressed = [one for one in single if set(emphases) & set(one.emphases)]
    yield from stressed or [one for one in single if one.family == "strength"]


def deficit(filling: Filling, exercise: Exercise) -> bool:
    """Whether a test of what the exercise trains found the weaker leg clearly behind."""
    finding = filling.request.finding
    if finding is None or not set(finding.emphases[:1]) & set(exercise.emphases):
        return False
    latest: dict[str, LimbComparison] = {}
    for test in sorted(filling.request.tests, key=lambda one: one.day):
        latest[test.test] = test
    return any(
        test.beyond_error
        and test.weaker == filling.limb
        and test.limb_ratio_pct is not None
        and test.limb_ratio_pct < LIMB_RATIO_PCT
        and test.emphasis in exercise.emphases
        for test in latest.values()
    )
