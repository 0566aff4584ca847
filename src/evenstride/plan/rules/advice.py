"""What is advised and what is an option: long runs, blocks of intervals."""

from collections.abc import Iterator

from evenstride.model import BrokenRule, CalendarRun
from evenstride.plan.figures import SPIKE, SPIKE_DAYS
from evenstride.plan.rules.case import Case, broken
from evenstride.plan.rules.moments import say_day


def spikes(case: Case) -> Iterator[BrokenRule]:
    """R-SPIKE: where a run is longer than 110 % of the longest of the last 30 days the plan says so; never binding."""
    if any(one.rule == "R-SPIKE" for one in case.plan.advice):
        return
    for run in case.runs:
        if case.plan.start <= run.day < case.end and not run.note:
            longest, length, unit = _longest(case, run)
            if longest and length > SPIKE * longest + 1e-9:
                yield broken(
                    "R-SPIKE",
                    run.day,
                    f"{length:g} {unit} on {say_day(run.day)}, the longest of the 30 days before is {longest:g}, and "
                    "nothing is advised",
                    binding=False,
                )
                return


def _longest(case: Case, run: CalendarRun) -> tuple[float, float, str]:
    """The longest run of the 30 days before one, its own length, and the unit: km, else minutes."""
    before = [one for one in case.runs if run.day - SPIKE_DAYS <= one.day < run.day]
    recent = run.day - case.request.today <= SPIKE_DAYS
    if run.km is not None:
        known = [one.km for one in before if one.km is not None]
        known += [case.request.longest_km] if recent and case.request.longest_km else []
        return max(known, default=0.0), run.km, "km"
    known = [one.minutes for one in before]
    known += [case.request.longest_minutes] if recent and case.request.longest_minutes else []
    return max(known, default=0.0), run.minutes, "min"


def blocks(case: Case) -> Iterator[BrokenRule]:
    """R-ALT-BLOCK: intervals say on which leg attention lies, or that this was left out (preference)."""
    runs = [
        run for run in case.plan.runs
        if run.kind == "intervals" and case.plan.start <= run.day < case.end and not case.nothing_new(run.day)
    ]  # fmt: skip
    if runs and not case.mentions("R-ALT-BLOCK") and not any(run.note for run in runs):
        yield broken(
            "R-ALT-BLOCK",
            runs[0].day,
            f"none of {len(runs)} interval runs alternates attention between the legs",
            binding=False,
        )
