"""The demo's screen: what each runner would have read at the turning points, with what was true beside it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from shutil import which
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenstride.model import Decision
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.difference import PlanDifference
from evenstride.report.finding_words import finding_answer
from evenstride.report.looks import WIDTH_MAX
from evenstride.report.numbers import sided
from evenstride.report.plan_answer import plan_answer
from evenstride.report.review_words import MEANINGS, OUTCOME_WORDS
from evenstride.report.season_words import season_answer

if TYPE_CHECKING:
    from evenstride.service.demo import Demo, DemoSeason, DemoWeek

SAID: Mapping[str, str] = {
    "D-REGRESS-PAIN": "one step back where it hurt",
    "D-RETEST-DRIFT": "the strides moved: test each leg",
    "D-RETEST-WIDE": "the tests are thin: test each leg again",
    "D-DELOAD-FATIGUE": "a light week now",
    "D-DELOAD-DUE": "a light week, as planned",
    "D-HOLD-SLEEP": "short nights: nothing rises",
    "D-HOLD-EFFORT": "one effort was high: nothing rises",
    "D-HOLD-SORENESS": "sore for days: a set less",
    "D-RETURN": "the return to running leads",
    "D-SMALLER": "fewer sessions, so that they fit",
    "D-STIMULUS": "it does not close: other exercises",
    "D-HOLD-KEEP-ON": "cannot be told yet: keep on",
    "D-HOLD-PART": "part was done: the same again",
    "D-REDISTRIBUTE": "a set more for the leg behind",
    "D-LATE-TECHNIQUE": "it grows late: technique then",
    "D-ALTERNATE": "repetitions about one leg in turn",
    "D-PROGRESS-CATCHUP": "it is closing: what works goes on",
    "D-PROGRESS-STEADY": "the work was done: the next step",
}
"""Rule → what it says, in so few words that a week fits two lines; any other says what its outcome means."""
STAGES = {"walking": "walking", "walk_run": "walk–run", "easy": "easy runs", "drills": "drills", "strides": "strides",
          "quality": "quality runs"}  # fmt: skip
ASKING = ("retest", "change_stimulus")
COUNTED = ("strength", "micro", "test")


def print_demo(demo: "Demo", console: Console | None = None) -> None:
    """Print the whole screen: the runners, what was told against what was true, and where to look next."""
    console = console or Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    weeks = max((len(told.weeks) for told in demo.seasons), default=0)
    names = ", ".join(told.runner.profile.name for told in demo.seasons)
    console.print(
        f"{names}: simulated, {weeks} weeks of the loop each. Every run a FIT file, everything in a fresh database.\n\n"
        "Week by week where something turned: first what the latest test of each leg gave (the weaker leg's share of "
        "the other, and whether that is more than the test's own error), below it the difference in the strides.\n",
        width=width,
    )
    for told in demo.seasons:
        _print_runner(console, told, width)
    console.print(_recovered(demo.seasons), width=width)
    judged = [run for told in demo.seasons for run in told.runs if run.holds_truth is not None]
    held = sum(bool(run.holds_truth) for run in judged)
    console.print(f"\n{held} of {len(judged)} single runs' intervals hold that run's truth; about 95 in 100 should.")
    console.print("\nWhere to look next", style="bold")
    for what, where in next_steps(demo):
        console.print(f"  {what:<29}{where}", soft_wrap=True, markup=False)
    sys.stdout.flush()


def next_steps(demo: "Demo") -> Iterator[tuple[str, str]]:
    """Yield what there is to see next and where: pages, and commands that work as they stand."""
    command = "evenstride" if which("evenstride") else sys.argv[0]
    data = f"{command} --data {demo.folder / 'data'}"
    names = [told.runner.profile.name for told in demo.seasons]
    first, last = names[0], names[-1]
    yield "all of it in a browser", f"{data} serve"
    for told in demo.seasons:
        name = told.runner.profile.name
        yield f"{name}'s season and plan", f"{told.page}, {told.plan_page}"
    yield f"what {first} does today", f"{data} --athlete {first} today"
    for name in names:
        yield f"every review of {name}", f"{data} --athlete {name} review --list"
    yield f"{first}'s plan", f"{data} --athlete {first} plan show"
    yield f"{last}'s season", f"{data} --athlete {last} season"
    yield "one run in full", f"{command} analyze {demo.seasons[0].runs[-1].path}"
    yield "what was true", str(demo.folder / "truth.json")
    yield "your own", f"{command} import YOUR-EXPORT.zip, then {command} season"


def _print_runner(console: Console, told: "DemoSeason", width: int) -> None:
    name = told.runner.profile.name
    console.print(f"{name}: {told.runner.story}", style="bold", width=width)
    console.print(_turns(told, width), width=width)
    for label, answer in (
        ("season", season_answer(told.season).text),
        ("finding", finding_answer(told.finding).text),
        ("plan", plan_answer(told.plan, told.today)),
    ):
        console.print(Padding(Text(f"{label}: {answer}"), (0, 0, 0, 2)), width=width)
    console.print()


def _turns(told: "DemoSeason", width: int) -> Table:
    """Two rows a week, so that the tests' line and the strides' line stand beside their truth however they fold."""
    true = 12
    believed = min(34, max(28, (width - true) // 3))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True, width=6)
    table.add_column("what was said, and what it changed", width=width - 6 - believed - true - 3)
    table.add_column("believed", width=believed)
    table.add_column("true", no_wrap=True, width=true)
    for week in told.turns:
        day = week.review.week + timedelta(days=6)
        tests, strides = _believed(week)
        true_tests, true_strides = _true(week)
        table.add_row(f"{day:%-d %b}", decision_words(week), tests, true_tests)
        table.add_row("", Text(change_words(week), style="dim"), strides, true_strides)
    return table


def decision_words(week: "DemoWeek") -> str:
    """Return what a week's review said, in one short line."""
    one = _telling(week)
    return f"{OUTCOME_WORDS[one.outcome].capitalize()}: {SAID.get(one.rule, MEANINGS[one.outcome])}"


def _telling(week: "DemoWeek") -> Decision:
    """What asks for a test or for other exercises, else what won."""
    decided = week.review.decisions
    return next((one for one in decided if any(asked.kind in ASKING for asked in one.adjustments)), decided[0])


def change_words(week: "DemoWeek") -> str:
    """Return by which rule, where a return to running stands, and what changed in the plan, in one short line."""
    back = f"return at {STAGES[week.stage]}, " if week.stage else ""
    changed = f"no plan can follow: {week.conflict}" if week.conflict else difference_words(week.difference)
    return f"{_telling(week).rule}: {back}{changed}"


def difference_words(difference: PlanDifference) -> str:
    """Return how many sessions differ, and which exercises come in.

    >>> difference_words(PlanDifference())
    'plan as it was'
    """
    parts = []
    moved = [one.after for one in difference.moved if one.after.kind in COUNTED]
    changed = [one for one in (*difference.changed, *difference.moved) if one.after.kind in COUNTED]
    for found, word in (
        ([one for one in difference.added if one.kind in COUNTED], "new"),
        ([one for one in difference.removed if one.kind in COUNTED], "gone"),
        (moved, "moved"),
        ([one.after for one in difference.changed if one.after.kind in COUNTED], "changed"),
    ):
        if found:
            parts.append(f"{len(found)} {word}")
    if not parts:
        return "plan as it was"
    was = {done.exercise for one in changed for done in one.before.exercises}
    now = dict.fromkeys(done.exercise for one in changed for done in one.after.exercises if done.exercise not in was)
    known = load_catalogue().exercises
    names = [known[one].name.lower() if one in known else one.replace("_", " ") for one in now]
    counted = ", ".join(parts)
    return f"{counted}, in: {', '.join(names)}" if names else f"{counted} in the plan"


def _believed(week: "DemoWeek") -> tuple[str, str]:
    """The weaker leg's share by its latest test and the finding; the strides' level."""
    test, strides, found = week.belief.test, week.belief.strides, week.belief.finding
    ratio = "not tested"
    if test is not None and test.limb_ratio_pct is not None:
        error = "" if test.beyond_error else ", inside error"
        ratio = f"{test.lower or 'both'} {test.limb_ratio_pct:.0f} % ({test.day:%-d %b}{error})"
    limb = "" if found.limb == "undetermined" else f" {found.limb}"
    level = sided(strides.value, strides.low, strides.high) if strides else "no level yet"
    return f"{ratio}, {found.action}{limb}", level


def _true(week: "DemoWeek") -> tuple[str, str]:
    return f"{week.truth.weaker} {week.truth.ratio_pct:.0f} %", sided(week.truth.index_pct, None, None)


def _recovered(seasons: Sequence["DemoSeason"]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("strides", "told", "true", "holds it"):
        table.add_column(heading)
    for told in seasons:
        name, metric, truth = told.runner.profile.name, told.metric, told.truth
        rows = [("level now", metric.level, truth.final_index_pct, "level")]
        if metric.change is not None:
            moved = truth.final_index_pct - truth.baseline_index_pct
            rows.append(("change", metric.change, moved, "change"))
        for what, estimate, true, key in rows:
            if estimate is not None:
                holds = "yes" if told.recovered[key] else "no"
                table.add_row(f"{name}: {what}", sided(estimate.value, estimate.low, estimate.high),
                              sided(true, None, None), holds)  # fmt: skip
        for alarm in metric.alarms:
            began = truth.change_begins
            told_on, from_ = f"{alarm.day:%-d %B %Y}", f"change from {began:%-d %B}" if began else "no change"
            table.add_row(f"{name}: alarm", told_on, from_, "")
    return table
