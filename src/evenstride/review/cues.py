"""Which few things to think of in the next run, for how long, and whether they change anything."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

from evenstride.model import Cue, Estimated, ReviewCase, RunLog, Side
from evenstride.model.today import CueChoice, CueEffect, CuePoint, CueStage
from evenstride.review.facts import room_for_technique, tracked
from evenstride.review.late import clear_sign
from evenstride.review.tables import limits, table
from evenstride.stats.two_means import welch


def cues_for_next_run(case: ReviewCase, *, asked: Collection[str] = ()) -> tuple[CueChoice, ...]:
    """Choose at most two cues for the next run, each with its reason.

    What the runner asks for comes first, then cues that are still in use, then one new cue a week: for a checklist item
    that is rated low, then for what the finding stresses. A cue is used in every run for two weeks, then in every other
    run for two, then no longer; it goes at once when its measured effect leaves out a worthwhile one. In season
    no new cue begins (R-NO-NEW). That few cues at a time are better than many is convention.

    >>> from evenstride.model import Catalogue, Profile
    >>> cue = Cue(id="quiet", text="Land softly.", drill="a_skip", about="ground_contact")
    >>> monday = date(2026, 5, 4)
    >>> runs = [RunLog(day=monday + timedelta(days=n), items={"ground_contact": 1}) for n in range(3)]
    >>> case = ReviewCase(week=monday, today=monday + timedelta(days=3), profile=Profile(name="Ada"), runs=tuple(runs),
    ...                   catalogue=Catalogue(exercises={}, phases=(), cues=(cue,), rules={}))
    >>> for one in cues_for_next_run(case):
    ...     print(one.cue.text, one.why)
    Land softly. You rated ground contact 1.0 of 4 in your last 3 runs.
    """
    figures, runs = limits("cues"), _own_runs(case)
    choices = [CueChoice(cue=one, why="You asked for it.", stage="asked", runs_so_far=_count(runs, one.id))
               for one in case.catalogue.cues if one.id in asked]  # fmt: skip
    choices += [choice for one in case.catalogue.cues if one.id not in asked and (choice := _in_use(case, runs, one))]
    began = [first for one in case.catalogue.cues if (first := _began(runs, one.id, case.today))]
    lately = sum((case.today - first).days < 7 for first in began)
    # A runner without any cue gets the first ones together; afterwards they turn over one by one.
    fresh = int(figures["new_a_week"]) - lately if began else int(figures["cues_at_once"])
    if room_for_technique(case, case.today) and fresh > 0:
        choices += list(_new(case, runs, asked))[:fresh]
    return tuple(choices[: int(figures["cues_at_once"])])


def cue_effect(cue: str, points: Sequence[CuePoint], *, usual: Side | None) -> CueEffect:
    """Compare the gap between the legs in runs with a cue and without (Welch's interval).

    The gap is the index towards the side to which the runner's legs usually differ; None: no such side, and then there
    is no gap to change. Works for comparable runs (values at reference conditions). Does not work as proof: the runner
    chose when to use the cue, and knew it; a trial draws that by lot.

    >>> points = [CuePoint(run=str(n), day=date(2026, 5, 4), with_cue=n % 2 == 0, index_pct=value)
    ...           for n, value in enumerate([2.0, 4.1, 2.2, 3.9, 1.9, 4.0, 2.1, 4.2])]
    >>> print(cue_effect("level_pelvis", points, usual="right").text)
    The gap was 2.0 % smaller with it (1.8 to 2.2), in 4 runs with and 4 without.
    """
    figures = limits("cues")
    least, sign = int(figures["runs_each"]), -1.0 if usual == "left" else 1.0
    with_it = [sign * one.index_pct for one in points if one.with_cue]
    without = [sign * one.index_pct for one in points if not one.with_cue]
    none = CueEffect(cue=cue, n_with=len(with_it), n_without=len(without), text="")
    if min(len(with_it), len(without)) < least:
        text = f"Too early: {len(with_it)} runs with it and {len(without)} without; {least} of each are needed."
        return replace(none, text=text)
    if usual is None:
        return replace(none, text="Your legs do not clearly differ to one side, so no gap can change.")
    found = welch(with_it, without)
    effect = Estimated(value=found.estimate, low=found.low, high=found.high)
    smaller = found.estimate <= 0.0
    size = (-found.estimate, -found.high, -found.low) if smaller else (found.estimate, found.low, found.high)
    word = f"{'smaller' if smaller else 'larger'} with it"
    ends = f"({size[1]:.1f} to {size[2]:.1f})"
    text = f"The gap was {size[0]:.1f} % {word} {ends}, in {len(with_it)} runs with and {len(without)} without."
    useless = found.low > -float(figures["worthwhile_pct"])
    return replace(none, text=text, effect=effect, excludes_worthwhile=useless)


def cue_points(case: ReviewCase, cue: str) -> tuple[CuePoint, ...]:
    """The runs that can tell of a cue: those with a log and a value of the difference that the season reads first."""
    metric, logs = tracked(case), {one.run: one for one in _own_runs(case) if one.run}
    if metric is None:
        return ()
    values = metric.at_reference if len(metric.at_reference) == len(metric.runs) else [one.value for one in metric.runs]
    return tuple(
        CuePoint(run=run.run, day=run.start.date(), with_cue=cue in logs[run.run].cues, index_pct=value)
        for run, value in zip(metric.runs, values, strict=True)
        if run.run in logs
    )


def usual_leg(case: ReviewCase) -> Side | None:
    """The leg whose value is usually larger in the difference that the season reads first; None where not clear."""
    metric = tracked(case)
    sign = clear_sign(metric.level.low, metric.level.high) if metric and metric.level else 0
    return "right" if sign > 0 else "left" if sign < 0 else None


def _own_runs(case: ReviewCase) -> list[RunLog]:
    return sorted((one for one in case.runs if one.by == "runner" and one.day <= case.today),
                  key=lambda one: (one.day, one.run))  # fmt: skip


def _count(runs: Sequence[RunLog], cue: str) -> int:
    return sum(cue in one.cues for one in runs)


def _began(runs: Sequence[RunLog], cue: str, today: date) -> date | None:
    """The first run of a cue's present time; None where it was never used, or so long ago that it may begin anew."""
    rest = timedelta(days=int(limits("cues")["rest_days"]))
    days = [one.day for one in runs if cue in one.cues]
    if not days or today - days[-1] > rest:
        return None
    began = days[-1]
    for day in reversed(days):
        if began - day > rest:
            break
        began = day
    return began


def _in_use(case: ReviewCase, runs: Sequence[RunLog], cue: Cue) -> CueChoice | None:
    began, figures = _began(runs, cue.id, case.today), limits("cues")
    if began is None or _useless(case, cue.id):
        return None
    days, count = (case.today - began).days, _count(runs, cue.id)
    stage: CueStage = "every_run" if days < figures["every_run_days"] else "every_other_run"
    if stage == "every_run":
        return CueChoice(cue=cue, why=f"In every run for two weeks, since {began}.", stage=stage, runs_so_far=count)
    if days >= figures["every_other_days"] or cue.id in runs[-1].cues:
        return None
    why = f"In every other run by now, since {began}; the last run went without it."
    return CueChoice(cue=cue, why=why, stage=stage, runs_so_far=count)


def _useless(case: ReviewCase, cue: str) -> bool:
    return cue_effect(cue, cue_points(case, cue), usual=usual_leg(case)).excludes_worthwhile


def _new(case: ReviewCase, runs: Sequence[RunLog], asked: Collection[str]) -> Iterable[CueChoice]:
    """New cues, the most wanted first; among cues for the same thing another one leads each week."""
    week, taken = case.today.isocalendar().week, set[str]()
    for about, why in _wanted(case, runs):
        fit = [one for one in case.catalogue.cues if one.about == about and one.id not in asked]
        fit = [one for one in fit if _began(runs, one.id, case.today) is None and not _useless(case, one.id)]
        if fit and about not in taken:
            taken.add(about)
            cue = fit[week % len(fit)]
            yield CueChoice(cue=cue, why=why, stage="every_run", runs_so_far=_count(runs, cue.id))


def _wanted(case: ReviewCase, runs: Sequence[RunLog]) -> Iterable[tuple[str, str]]:
    figures = limits("cues")
    since = case.today - timedelta(days=int(figures["item_days"]))
    rated: dict[str, list[int]] = {}
    for run in runs:
        for item, value in run.items.items() if run.day > since else ():
            rated.setdefault(item, []).append(value)
    least = int(figures["item_runs_least"])
    low = sorted((fmean(values), item, len(values)) for item, values in rated.items() if len(values) >= least)
    for mean, item, n in low:
        if mean <= figures["low_item"]:
            yield item, f"You rated {item.replace('_', ' ')} {mean:.1f} of 4 in your last {n} runs."
    for emphasis in case.finding.emphases if case.finding else ():
        for item in table("cues")["emphases"].get(emphasis, ()):
            yield item, f"Your finding stresses {emphasis.replace('_', ' ')}, and this is what it looks like in a run."
