"""Weekly decisions on virtual runners: does it progress, rest and refer when that is right, beside a fixed plan?"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from validation.decisions_words import ASSUMPTIONS, INTRO, SHOWS
from validation.virtual_arms import LOOKS_BACK, Course, Week, live
from validation.virtual_life import WEEKS, EpisodeKind, GapPath, Traits, life_of
from validation.work import markdown, rng_of, spread, write

RUNNERS, SENSITIVITY_RUNNERS = 200, 60
MISSING, MISSINGS = 0.3, (0.0, 0.3, 0.6)
BODY_RULES = (
    "D-REFER-FLAG", "D-REFER-PERSISTING", "D-REGRESS-PAIN", "D-REGRESS-FORM", "D-DELOAD-FATIGUE", "D-HOLD-SLEEP",
    "D-HOLD-EFFORT", "D-HOLD-SORENESS",
)  # fmt: skip
"""Rules that rest a runner because of the body; the others wait for work, tests or entries."""
ADDING = ("progress", "redistribute")
TOLD_BY, RETEST_WITHIN = (12, 16, 26), (4, 8)
BOOTSTRAPS = 1000
Pair = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Cell:
    number: int
    missing: float
    both: bool = True


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Both arms of one runner, and when the episodes were due and over."""

    cell: Cell
    traits: Traits
    episodes: tuple[tuple[EpisodeKind, int, int], ...]
    reviewed: Course
    fixed: Course


def simulate(cell: Cell) -> Runner:
    life = life_of(cell.number)
    return Runner(
        cell=cell, traits=life.traits, episodes=tuple((one.kind, one.first, one.due) for one in life.episodes),
        reviewed=live(life, missing=cell.missing), fixed=live(life, missing=None) if cell.both else Course(),
    )  # fmt: skip


def share(pairs: Sequence[Pair], *, per: float = 100.0, digits: int = 1) -> str:
    """Sum of the first over sum of the second of every runner, with an interval from runners drawn again."""
    values = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    total = values.sum(axis=0)
    if not total[1]:
        return "–"
    drawn = values[rng_of(78, len(values)).integers(len(values), size=(BOOTSTRAPS, len(values)))].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.nanpercentile(per * drawn[:, 0] / drawn[:, 1], [2.5, 97.5])
    of = f" of {total[1]:.0f}" if per == 100.0 else ""
    return f"{per * total[0] / total[1]:.{digits}f} ({low:.{digits}f} to {high:.{digits}f}){of}"


def counted(
    runners: Iterable[Runner], of: Callable[[Week], bool], which: Callable[[Week], bool], *, fixed: bool = False
) -> str:
    """Share of the weeks ``of`` which something is true."""
    pairs = []
    for one in runners:
        weeks = [week for week in (one.fixed if fixed else one.reviewed).weeks if of(week)]
        pairs.append((float(sum(map(which, weeks))), float(len(weeks))))
    return share(pairs)


def should_rest(week: Week) -> bool:
    return week.truth in ("rest", "refer") and not week.light


def may_go_on(week: Week) -> bool:
    return week.truth == "go on" and not week.light


def rested(week: Week) -> bool:
    """Whether the outcome is one of rest, for whatever reason."""
    return week.outcome in ("refer", "regress", "deload", "hold")


def rested_for_body(week: Week) -> bool:
    return any(rule in BODY_RULES for rule in week.rules)


def _decisions(runners: Sequence[Runner]) -> list[list[str]]:
    def tired(week: Week) -> bool:
        return should_rest(week) and "tired" in week.why

    def irritated(week: Week) -> bool:
        return should_rest(week) and "irritated" in week.why

    def ill(week: Week) -> bool:
        return should_rest(week) and "ill" in week.why

    return [
        ["weeks that should rest: refer, regress, deload or hold", counted(runners, should_rest, rested)],
        ["… because of the body (a rule on pain, form, effort, soreness, sleep)",
         counted(runners, should_rest, rested_for_body)],
        ["… too tired: rested because of the body", counted(runners, tired, rested_for_body)],
        ["… too tired: made a light week", counted(runners, tired, lambda one: one.lessened)],
        ["… a site irritated: rested because of the body", counted(runners, irritated, rested_for_body)],
        ["… ill on Sunday: rested because of the body", counted(runners, ill, rested_for_body)],
        ["weeks in which going on is right: falsely rested because of the body",
         counted(runners, may_go_on, rested_for_body)],
        ["… nothing rises for whatever reason", counted(runners, may_go_on, rested)],
        ["… progress or redistribute", counted(runners, may_go_on, lambda one: one.outcome in ADDING)],
        ["… any exercise rises", counted(runners, may_go_on, lambda one: one.steps > 0)],
        ["… any exercise rises, of weeks with all sessions done",
         counted(runners, lambda one: may_go_on(one) and one.all_done, lambda one: one.steps > 0)],
        ["progress decisions: going on was right",
         counted(runners, lambda one: one.outcome in ADDING, lambda one: one.truth == "go on")],
        ["progress decisions: rest or a referral was right",
         counted(runners, lambda one: one.outcome in ADDING, lambda one: one.truth in ("rest", "refer"))],
    ]  # fmt: skip


def _beside(runners: Sequence[Runner]) -> list[list[str]]:
    """What the two arms do with all weeks, the plan's own light ones included."""
    rows: list[tuple[str, Callable[[Week], bool], Callable[[Week], bool]]] = [
        ("should rest: the coming week does not rise", lambda one: one.truth in ("rest", "refer"),
         lambda one: one.steps == 0),
        ("should rest: the coming week is lighter", lambda one: one.truth in ("rest", "refer"),
         lambda one: one.lessened),
        ("may go on: the coming week rises", lambda one: one.truth == "go on", lambda one: one.steps > 0),
        ("not all sessions done: the coming week rises", lambda one: not one.all_done, lambda one: one.steps > 0),
    ]  # fmt: skip
    return [[name, counted(runners, of, which), counted(runners, of, which, fixed=True)] for name, of, which in rows]


def _why_resting(runners: Sequence[Runner]) -> list[list[str]]:
    """The rule that led, by what was right."""
    weeks = [week for one in runners for week in one.reviewed.weeks if not week.light]
    kinds = ("go on", "grey", "rest", "refer")
    led = {kind: Counter(week.rules[0] for week in weeks if week.truth == kind) for kind in kinds}
    spoke = Counter(rule for week in weeks if week.truth == "go on" for rule in week.rules)
    rules = sorted(spoke | sum(led.values(), Counter()), key=lambda rule: (-led["go on"][rule], rule))
    total = {kind: max(1, sum(led[kind].values())) for kind in kinds}
    return [
        [rule, *(f"{100.0 * led[kind][rule] / total[kind]:.1f}" for kind in kinds),
         f"{100.0 * spoke[rule] / total['go on']:.1f}"]
        for rule in rules
    ]  # fmt: skip


def _referred(one: Runner, first: int, due: int, within: int) -> bool:
    """Whether a review from the episode's first day to so many days after it was due said refer."""
    return any(week.outcome == "refer" and first <= 7 * week.week + 6 < due + within for week in one.reviewed.weeks)


def _false_referrals(one: Runner) -> int:
    return sum(week.outcome == "refer" and not week.episode_lately and not week.fever_only
               for week in one.reviewed.weeks)  # fmt: skip


def _referrals(runners: Sequence[Runner]) -> list[list[str]]:
    rows = []
    kinds: tuple[tuple[str, tuple[EpisodeKind, ...]], ...] = (
        ("all", ("bone", "joint", "swelling")), ("bone pain at night", ("bone",)),
        ("joint pain of more than 7 days", ("joint",)), ("swelling", ("swelling",)),
    )  # fmt: skip
    for name, which in kinds:
        for within in (7, 14):
            pairs = [
                (float(sum(_referred(one, first, due, within) for _, first, due in here)), float(len(here)))
                for one in runners
                if (here := [episode for episode in one.episodes if episode[0] in which])
            ]
            rows.append([f"{name}: referred within {within // 7} week{'s' * (within > 7)}", share(pairs)])
    year = [(float(_false_referrals(one)), WEEKS / 52.0) for one in runners]
    fever = [(float(sum(week.fever_only and week.outcome == "refer" for week in one.reviewed.weeks)), WEEKS / 52.0)
             for one in runners]  # fmt: skip
    rows.append(["false referrals a runner-year (no episode in the last two weeks)", share(year, per=1.0, digits=2)])
    return [*rows, ["referrals for a fever alone a runner-year", share(fever, per=1.0, digits=2)]]


def _told_by(one: Runner, week: int) -> bool:
    return any(seen.week < week and "D-STIMULUS" in seen.rules for seen in one.reviewed.weeks)


def _of_path(runners: Sequence[Runner], path: GapPath, *, earlier: bool | None = None) -> list[Runner]:
    return [one for one in runners if one.traits.path == path
            and earlier in (None, one.traits.earlier_weeks > 0)]  # fmt: skip


def _stimulus(runners: Sequence[Runner]) -> list[list[str]]:
    rows = []
    paths: tuple[GapPath, ...] = ("stagnating", "closing", "even", "drifting")
    for path in paths:
        for earlier in (False, True):
            here = _of_path(runners, path, earlier=earlier)
            told = [share([(float(_told_by(one, by)), 1.0) for one in here]) for by in TOLD_BY]
            rows.append([f"{path}, runs recorded {'12 weeks before' if earlier else 'from week 1 on'}", *told])
    return rows


def _retest_after(one: Runner, within: int) -> bool:
    first = one.traits.drift_from
    return any(first <= week.week < first + within and "D-RETEST-DRIFT" in week.rules for week in one.reviewed.weeks)


def _retests(runners: Sequence[Runner]) -> list[list[str]]:
    rows = []
    for earlier in (False, True):
        here = _of_path(runners, "drifting", earlier=earlier)
        words = "12 weeks before" if earlier else "from week 1 on"
        for within in (*RETEST_WITHIN, WEEKS):
            said = f"within {within} weeks" if within < WEEKS else "ever"
            rows.append([f"drifting, runs recorded {words}: sent to a re-test {said}",
                         share([(float(_retest_after(one, within)), 1.0) for one in here])])  # fmt: skip
    for path in ("even", "stagnating"):
        still = _of_path(runners, path)
        for rule in ("D-RETEST-DRIFT", "D-RETEST-WIDE"):
            pairs = [(float(sum(rule in week.rules for week in one.reviewed.weeks)), WEEKS / 52.0) for one in still]
            rows.append([f"{path}: {rule} a runner-year", share(pairs, per=1.0, digits=2)])
    return rows


def _paired(runners: Sequence[Runner]) -> list[list[str]]:
    rows: list[tuple[str, Callable[[Course], float], Sequence[Runner]]] = [
        ("sets done", lambda one: one.sets, runners),
        ("hours run", lambda one: one.minutes / 60.0, runners),
        ("steps risen (of 2 % each, mean of an exercise and leg)", lambda one: one.risen / 6.0, runners),
        ("days with a pain of 3 or more", lambda one: one.irritated_days, runners),
        ("days too tired", lambda one: one.tired_days, runners),
        ("days stopped (until seen, or given up)", lambda one: one.stopped_days, runners),
        ("exercises still set aside at the end", lambda one: one.out, runners),
        ("gap at week 26 (%), closing", lambda one: one.gap_pct, _of_path(runners, "closing")),
        ("gap at week 26 (%), stagnating", lambda one: one.gap_pct, _of_path(runners, "stagnating")),
    ]  # fmt: skip
    return [[name, *_both(here, value)] for name, value, here in rows]


def _both(runners: Sequence[Runner], value: Callable[[Course], float]) -> list[str]:
    ours = np.array([value(one.reviewed) for one in runners], dtype=np.float64)
    fixed = np.array([value(one.fixed) for one in runners], dtype=np.float64)
    difference = ours - fixed
    half = 1.96 * float(difference.std(ddof=1)) / len(difference) ** 0.5 if len(difference) > 1 else nan
    mean = float(difference.mean())
    return [f"{ours.mean():.1f}", f"{fixed.mean():.1f}", f"{mean:+.1f} ({mean - half:+.1f} to {mean + half:+.1f})"]


def _sensitivity(by_missing: dict[float, list[Runner]]) -> list[list[str]]:
    def rows_of(runners: list[Runner]) -> list[list[str]]:
        picked = _decisions(runners)
        return [*(picked[n] for n in (0, 1, 6, 7, 8, 9, 10, 11)), *(_referrals(runners)[n] for n in (0, 1, 8)),
                ["stagnating runners told to change the stimulus by week 26",
                 share([(float(_told_by(one, WEEKS)), 1.0) for one in _of_path(runners, "stagnating")])],
                ["steps risen", _both(runners, lambda one: one.risen / 6.0)[0]],
                ["sets done", _both(runners, lambda one: one.sets)[0]]]  # fmt: skip

    columns = [rows_of(runners) for runners in by_missing.values()]
    return [[rows[0][0], *(row[1] for row in rows)] for rows in zip(*columns, strict=True)]


def run() -> None:
    rest = [Cell(number=number, missing=missing, both=False) for missing in MISSINGS if missing != MISSING
            for number in range(SENSITIVITY_RUNNERS)]  # fmt: skip
    main = [Cell(number=number, missing=MISSING) for number in range(RUNNERS)]
    everything = spread(simulate, [*main, *rest], "decisions")
    runners = everything[:RUNNERS]
    by_missing = {
        missing: [one for one in everything if one.cell.missing == missing and one.cell.number < SENSITIVITY_RUNNERS]
        for missing in MISSINGS
    }
    intro = INTRO.format(runners=RUNNERS, weeks=WEEKS, missing=f"{100 * MISSING:.0f}", back=LOOKS_BACK)
    write("decisions", "Does the weekly review progress, rest and refer when that is right?", intro, [
        "## What is assumed", ASSUMPTIONS,
        "## What it shows", SHOWS,
        "## Resting and going on (% of weeks)", markdown(["", "reviewed"], _decisions(runners)),
        "## Beside the fixed plan (% of weeks, each arm's own)",
        markdown(["", "reviewed", "fixed plan"], _beside(runners)),
        "## Which rule led, by what was right (% of weeks)",
        markdown(["rule", "go on", "between", "rest", "refer", "spoke where going on was right"],
                 _why_resting(runners)),
        "## Referrals (% of episodes)", markdown(["", "reviewed"], _referrals(runners)),
        "## Told to change the stimulus (% of runners), by week",
        markdown(["", *map(str, TOLD_BY)], _stimulus(runners)),
        "## Sent to a re-test", markdown(["", "reviewed"], _retests(runners)),
        "## Both arms, paired (a runner, 26 weeks)",
        markdown(["", "reviewed", "fixed plan", "difference"], _paired(runners)),
        f"## Missing entries ({SENSITIVITY_RUNNERS} runners each)",
        markdown(["", *(f"{100 * missing:.0f} % missing" for missing in MISSINGS)], _sensitivity(by_missing)),
    ])  # fmt: skip
