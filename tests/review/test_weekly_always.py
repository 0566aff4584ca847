"""What holds of every review, whatever the case: a reason, the order of precedence, the mirror, no crash."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.review_cases import (
    BULGARIAN,
    DEADLIFT,
    STEP_UP,
    TODAY,
    WEEK,
    ago,
    case,
    comparison,
    done,
    finding,
    intervals,
    leg_change,
    metric,
    mirrored_case,
    mirrored_review,
    plan,
    report,
    season,
    weeks_of_sessions,
)

from evenstride.model import (
    OUTCOMES,
    DayLog,
    HeartRateRecovery,
    Opinion,
    Pain,
    Profile,
    Race,
    RedFlag,
    ReturnState,
    RunLog,
    SessionLog,
)
from evenstride.model.pain import PainKind
from evenstride.review.decisions import DECISIONS
from evenstride.review.rest import rest_nodes
from evenstride.review.weekly import ADDING, CAREFUL, EARNED_ANYWAY, STOPPING, weekly_review

SEEDS = st.integers(0, 2**32 - 1)
SITES = ("", "knee", "little toe nail", "achilles")


def random_case(seed, *, reviews=True):
    """One seed, one runner: any mixture of logs, diaries, seasons, tests, races and opinions."""
    rng = np.random.default_rng(seed)
    return case(
        planned=weeks_of_sessions() if rng.random() < 0.8 else (), sessions=_logs(rng) if rng.random() < 0.8 else (),
        days=tuple(_diary(rng) for _ in range(rng.integers(0, 9))),
        runs=tuple(_run(rng) for _ in range(rng.integers(0, 20))),
        recoveries=tuple(
            HeartRateRecovery(run="r", day=_day(rng), drop_bpm=float(rng.integers(5, 60)), at_bpm=170.0)
            for _ in range(rng.integers(0, 12))
        ),
        season=_season(rng) if rng.random() < 0.5 else None,
        tests=tuple(comparison(_day(rng), _signed(rng), mdc=float(rng.uniform(0.5, 6)), test=_one(rng, "a", "b"))
                    for _ in range(rng.integers(0, 5))),
        finding=_one(rng, None, *(finding(limb, action) for limb in ("left", "right", "undetermined")
                                  for action in ("do", "watch"))),
        profile=Profile(name="Ada", races=tuple(
            Race(day=TODAY + timedelta(days=int(rng.integers(-5, 80))), priority=_one(rng, "A", "B", "C"))
            for _ in range(rng.integers(0, 3))
        )),
        leg_changes=_one(rng, (), (leg_change(ago(2)),)),
        calendar=_one(rng, (), (intervals(TODAY + timedelta(days=3)),)),
        plan=_one(rng, None, plan(), plan(load="deload"), plan(part="in_season")),
        reports={str(n): report(_day(rng), value=_signed(rng), elapsed=(float(rng.uniform(-1, 1)), 0.3))
                 for n in range(rng.integers(0, 5))},
        returning=_returning(rng) if rng.random() < 0.1 else None,
        today=WEEK + timedelta(days=int(rng.integers(0, 13))),
        reviews=(_opinion(rng, seed),) if reviews and rng.random() < 0.5 else (),
    )  # fmt: skip


def _one(rng, *values):
    return values[rng.integers(0, len(values))]


def _day(rng):
    return ago(int(rng.integers(-3, 60)))


def _signed(rng):
    return round(float(rng.uniform(-12, 12)), 1) or 0.1


def _pains(rng):
    if rng.random() < 0.7:
        return ()
    return (Pain(value_0_10=float(rng.integers(0, 11)), site=_one(rng, *SITES), side=_one(rng, "left", "right", None),
                 kind=_one(rng, *get_args(PainKind))),)  # fmt: skip


def _logs(rng):
    logs = []
    for one in weeks_of_sessions():
        how = _one(rng, "done", "done", "as_planned", "not_done", "nothing")
        if how == "done":
            reps = [tuple(float(n) for n in rng.integers(8, 14, rng.integers(0, 4))) for _ in range(2)]
            logs.append(done(
                one, left=reps[0], right=reps[1], clean=(_one(rng, True, False, None), _one(rng, True, False)),
                exercise=_one(rng, DEADLIFT, STEP_UP, BULGARIAN, "unheard_of"), side=_one(rng, "left", "right", None),
                pain=_one(rng, 0.0, 0.0, 0.0, 1.0, 4.0, 8.0), kind=_one(rng, *get_args(PainKind)), site="knee",
                effort_0_10=_one(rng, None, 3.0, 9.0), pain_elsewhere=_pains(rng),
            ))  # fmt: skip
        elif how != "nothing":
            planned = how == "as_planned"
            logs.append(SessionLog(session=one.id, day=one.day, done=planned, as_planned=planned))
    return tuple(logs)


def _diary(rng):
    flags = (_one(rng, *get_args(RedFlag)),) if rng.random() < 0.05 else ()
    return DayLog(
        day=_day(rng), sleep_hours=_one(rng, None, 5.0, 6.9, 7.0, 8.0), soreness_0_10=_one(rng, None, 0, 3),
        soreness_hours=_one(rng, None, 20, 80), pain=_pains(rng), red_flags=flags,
    )  # fmt: skip


def _run(rng):
    return RunLog(day=_day(rng), kind=_one(rng, "easy", "long", "intervals", None), pain=_pains(rng),
                  effort_0_10=_one(rng, None, 3.0, 4.0, 8.0))  # fmt: skip


def _season(rng):
    low, width = float(rng.uniform(-2, 2)), float(rng.uniform(0, 3))
    gap = _one(rng, None, (low + width / 2, low, low + width, float(rng.uniform(0.1, 2))))
    return season(metric(value=_signed(rng), alarm=_one(rng, None, _day(rng)), gap=gap))


def _returning(rng):
    return ReturnState(side="left", site="calf", began=ago(20), since=ago(5), stage_since=ago(5),
                       finished_on=_one(rng, None, ago(2)))  # fmt: skip


def _opinion(rng, seed):
    day = ago(int(rng.integers(1, 40)))
    said = Opinion(by=_one(rng, "runner", "coach"), outcome=_one(rng, *OUTCOMES), day=day)
    before = weekly_review(random_case(seed + int(rng.integers(0, 3)), reviews=False))
    return replace(before, day=day, opinions=(said,))


MANY = settings(max_examples=80, deadline=None)


def in_any_order(found):
    return sorted(map(repr, found))


@MANY
@given(SEEDS)
def test_every_review_decides_with_a_reason_and_evidence(seed):
    one = random_case(seed)
    review = weekly_review(one)
    assert review.decisions
    for two in (*review.decisions, *review.exercises):
        assert two.reason
        assert two.evidence
        assert two.would_change_if
    assert all(two.exercise for two in review.exercises)


@MANY
@given(SEEDS)
def test_the_outcome_is_that_of_the_most_careful_rule(seed):
    one = random_case(seed)
    ranks = [OUTCOMES.index(two.outcome) for two in weekly_review(one).decisions]
    assert ranks == sorted(ranks)
    assert OUTCOMES[ranks[0]] == weekly_review(one).outcome


@MANY
@given(SEEDS)
def test_what_is_asked_follows_the_outcome(seed):
    one = random_case(seed)
    review = weekly_review(one)
    kinds = {two.kind for two in review.adjustments}
    adding = {two.kind for three in review.decisions if three.outcome in ADDING for two in three.adjustments}
    if review.outcome in CAREFUL:
        assert not kinds & adding
    holding = [two for two in review.decisions if two.rule not in EARNED_ANYWAY]
    if {two.outcome for two in holding} & {"refer", "deload", "hold"}:
        assert not any(two.rule == "D-EXERCISE-PROGRESS" for two in review.exercises)
    if review.outcome == "refer":
        assert kinds <= set(STOPPING)
    assert {two.rule for two in review.decisions} <= set(DECISIONS)


@MANY
@given(SEEDS)
def test_every_walk_ends_and_every_yes_gives_its_advice(seed):
    one = random_case(seed)
    rest = weekly_review(one).rest
    nodes = rest_nodes()
    advising = {step.node for step in rest.path if step.answer and nodes[step.node].advice}
    assert {advice.node for advice in rest.advice} == advising


@MANY
@given(SEEDS)
def test_the_legs_exchanged_exchange_the_review(seed):
    one = random_case(seed)
    expected, found = mirrored_review(weekly_review(one)), weekly_review(mirrored_case(one))
    assert found.outcome == expected.outcome
    assert [two.rule for two in found.decisions] == [two.rule for two in expected.decisions]
    assert in_any_order(found.exercises) == in_any_order(expected.exercises)
    assert in_any_order(found.adjustments) == in_any_order(expected.adjustments)
    assert [step.answer for step in found.rest.path] == [step.answer for step in expected.rest.path]
