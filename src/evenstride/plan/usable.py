"""Which exercises a runner can do on a day: equipment, restrictions, sore places, and what provoked pain."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from evenstride.model import Catalogue, Exercise, Injury, PlanRequest, Restriction, ReturnDemands
from evenstride.model.sites import region_of
from evenstride.plan.asked import changes, steps_back
from evenstride.plan.catalogue.graph import nearest_relative
from evenstride.plan.figures import PAIN_MAX
from evenstride.plan.return_stages import return_demands, stage_of_return

HindranceKind = Literal["equipment", "injury", "pain", "restriction", "return", "review"]


@dataclass(frozen=True, kw_only=True)
class Hindrance:
    """Why an exercise cannot be done on a day; ``text`` goes on after "as", and does not name the exercise."""

    kind: HindranceKind
    text: str


@dataclass(frozen=True, kw_only=True)
class Usable:
    """What one runner can do."""

    request: PlanRequest
    catalogue: Catalogue

    @cached_property
    def equipment(self) -> frozenset[str]:
        """What there is."""
        return frozenset(self.request.profile.equipment)

    @cached_property
    def painful(self) -> frozenset[str]:
        """Exercises that provoked pain above the limit and were not cleared since."""
        provoked = {
            one.exercise
            for log in self.request.logs
            for one in log.exercises
            if one.pain_0_10 > PAIN_MAX
        }  # fmt: skip
        return frozenset(provoked - set(self.request.cleared))

    @cached_property
    def demands(self) -> ReturnDemands:
        """What the way back to running leaves out."""
        return return_demands(self.request.return_stage)

    def on(self, exercise: str, day: date) -> bool:
        """Whether an exercise can be done on a day."""
        return exercise in self._usable_on(day)

    def _usable_on(self, day: date) -> frozenset[str]:
        """Everything that can be done on a day: the same for all days between two that change it."""
        epoch = sum(day > one for one in self._changes)
        if epoch not in self._epochs:
            self._epochs[epoch] = frozenset(
                one.id for one in self.catalogue.exercises.values() if self.hindrance(one, day) is None
            )
        return self._epochs[epoch]

    @cached_property
    def _epochs(self) -> dict[int, frozenset[str]]:
        return {}

    @cached_property
    def _changes(self) -> tuple[date, ...]:
        """The last days of restrictions and injuries, and the days before reviews say something else."""
        profile = self.request.profile
        ends = [*(one.until for one in profile.restrictions), *changes(self.request)]
        return tuple(sorted({*ends, *(one.until for one in profile.injuries if one.until is not None)}))

    def has_equipment(self, one: Exercise) -> bool:
        """Whether everything that it needs is there."""
        return set(one.equipment) <= self.equipment

    def hindrance(self, one: Exercise, day: date) -> Hindrance | None:
        """Why an exercise cannot be done on a day; None where it can."""
        body = self._of_the_body(one, day)
        if body is not None or self.has_equipment(one):
            return body
        missing = " and no ".join(name.replace("_", " ") for name in one.equipment if name not in self.equipment)
        return Hindrance(kind="equipment", text=f"there is no {missing}")

    def _of_the_body(self, one: Exercise, day: date) -> Hindrance | None:
        """Why an exercise is left out on a day, equipment aside."""
        drill = one.family == "drill" and one.impact > 0
        for hindered, what in ((one.plyometric and not self.demands.plyometrics, "jumps"),
                               (drill and not self.demands.drills, "running drills")):  # fmt: skip
            if hindered and self.request.return_stage is not None:
                stage = stage_of_return(self.request.return_stage).label
                return Hindrance(kind="return", text=f"the return to running has no {what} yet (stage: {stage})")
        if one.id in self.painful:
            return Hindrance(kind="pain", text="pain that was logged there is not cleared yet")
        if (back := steps_back(self.request, day).get(one.id)) is not None:
            until = f"until {back.until:%-d %B %Y}" if back.until else "until it is cleared"
            return Hindrance(kind="review", text=f"a review asks for an easier version {until}")
        for restriction in self.request.profile.restrictions:
            if restriction.until >= day and restricts(restriction, one):
                until = f"{restriction.until.day} {restriction.until:%B %Y}"
                return Hindrance(kind="restriction", text=f"a clinician rules out {restriction.what} until {until}")
        for region, injury in self._sore:
            there = injury.present or (injury.until is not None and injury.until >= day)
            if there and region in one.contraindications:
                return Hindrance(kind="injury", text=f"the {injury.side} {injury.site} is injured")
        return None

    @cached_property
    def _sore(self) -> tuple[tuple[str, Injury], ...]:
        return tuple((region_of(injury.site), injury) for injury in self.request.profile.injuries)

    def or_relative(self, exercise: str, day: date, *, among: Collection[str] | None = None) -> str | None:
        """Return the exercise, else its nearest usable relative of the same pattern; None where there is none."""
        usable = self._usable_on(day)
        allowed = usable if among is None else usable & frozenset(among)
        return exercise if exercise in allowed else self._nearest(exercise, allowed)

    def _nearest(self, exercise: str, allowed: frozenset[str]) -> str | None:
        key = (exercise, allowed)
        if key not in self._relatives:
            self._relatives[key] = nearest_relative(self.catalogue, exercise, allowed)
        return self._relatives[key]

    @cached_property
    def _relatives(self) -> dict[tuple[str, frozenset[str]], str | None]:
        return {}

    def loadable(self, one: Exercise) -> bool:
        """Whether there is something to load it with."""
        return one.load_type != "none" and bool(set(one.load_equipment) & self.equipment)


def restricts(restriction: Restriction, one: Exercise) -> bool:
    """Whether a clinician's restriction speaks of an exercise: by its name, its pattern or its family."""
    said = restriction.what.lower().replace("-", " ").replace("_", " ").strip()
    names = (one.id, one.name, one.pattern, one.family)
    plain = [name.lower().replace("-", " ").replace("_", " ") for name in names]
    words = {
        "plyometrics": "plyometric",
        "jumping": "plyometric",
        "hopping": "hop",
        "hops": "hop",
        "jumps": "plyometric",
    }
    said = words.get(said, said)
    whole = any(said == name or said.rstrip("s") == name.rstrip("s") for name in plain)
    return whole or f" {said.rstrip('s')} " in f" {plain[1].rstrip('s')} "
