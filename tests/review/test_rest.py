"""The rest decisions: every question reachable, every walk explained, nothing guessed where nothing is known."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from tests.review_cases import (
    OTHER,
    TODAY,
    aching,
    ago,
    case,
    done,
    efforts,
    kept_case,
    mirrored_case,
    nights,
    planned,
    recoveries,
    report,
)

from evenstride.model import DayLog, LateInRuns, RedFlag, ReturnState, Season
from evenstride.review.rest import END, rest_decision, rest_nodes
from evenstride.review.rest_facts import FACTS
from evenstride.review.tables import table

STEADY = [3, 3.5, 3, 2.5, 3, 3.5, 3, 2.5, 3, 3]
FALLS = [30, 32, 28, 31, 29, 30, 33, 27, 30, 30]


def walk(one, day=TODAY):
    return rest_decision(one, day=day)


def actions(one):
    return [advice.action for advice in walk(one).advice]


def step(one, node):
    return next((step for step in walk(one).path if step.node == node), None)


def test_every_node_leads_somewhere_and_asks_a_fact_that_exists():
    nodes = rest_nodes()
    assert all({one.yes, one.no} <= {*nodes, END} and one.fact in FACTS for one in nodes.values())
    assert set(FACTS) == {one.fact for one in nodes.values()}


def test_every_node_can_be_reached_and_every_walk_ends():
    nodes, reached, open_ = rest_nodes(), set(), [table("rest")["first"]]
    while open_:
        node = open_.pop()
        if node != END and node not in reached:
            reached.add(node)
            open_ += [nodes[node].yes, nodes[node].no]
    assert reached == set(nodes)
    order = list(nodes)  # the table only ever goes forward, so that no walk turns in circles
    assert all(order.index(to) > order.index(one.id) for one in nodes.values() for to in (one.yes, one.no) if to != END)


def test_every_red_flag_has_a_node_that_stops_and_says_how_soon():
    flags = {one.about: one for one in rest_nodes().values() if one.fact == "flag"}
    assert set(flags) == set(get_args(RedFlag))
    for node in flags.values():
        assert [one.action for one in node.advice] == ["stop", "see_clinician"]
        assert node.advice[1].how_soon


@pytest.mark.parametrize("flag", get_args(RedFlag))
def test_a_red_flag_stops_and_nothing_else_is_asked(flag):
    found = walk(case(days=(DayLog(day=ago(1), red_flags=(flag,)),)))
    assert [one.action for one in found.advice] == ["stop", "see_clinician"]
    assert {one.node for one in found.advice} == {flag}
    assert found.path[-1].node == "any_flag"


def test_a_flag_of_a_return_to_running_counts_too():
    from evenstride.model import ReturnLog

    log = ReturnLog(day=ago(1), during_0_10=0, after_0_10=0, red_flags=("swelling",))
    state = ReturnState(side="left", site="calf", began=ago(20), since=ago(5), stage_since=ago(5), recent=(log,))
    assert actions(case(returning=state)) == ["stop", "see_clinician"]


def test_no_wording_names_a_disease_or_gives_an_all_clear():
    words = " ".join(one.text + one.how_soon for node in rest_nodes().values() for one in node.advice).lower()
    assert not any(bad in words for bad in ("fracture", "thrombosis", "tear", "prevent", "harmless", "diagnos", "safe"))


def test_where_nothing_is_known_nothing_is_advised_and_that_is_said():
    found = walk(case())
    assert found.advice == ()
    assert all(one.answer is None for one in found.path if one.node != "any_flag")
    assert all(one.text for one in found.path)


@pytest.mark.parametrize("kind", ["joint", "sharp", "radiating"])
def test_joint_sharp_and_radiating_pain_stop_what_provoked_them_whatever_their_size(kind):
    session = planned(ago(1))
    found = walk(case(sessions=(done(session, pain=1.0, site="knee", side="left", kind=kind),)))
    assert [(one.action, one.exercise, one.side) for one in found.advice] == [
        ("stop_exercise", session.exercises[0].exercise, "left"), ("regress", session.exercises[0].exercise, "left"),
    ]  # fmt: skip


def test_a_little_muscle_pain_is_no_reason_to_stop():
    assert actions(case(sessions=(done(planned(ago(1)), pain=2.0, kind="muscle"),))) == []


def test_pain_above_two_of_ten_takes_the_easier_version_and_above_five_in_a_return():
    hurt = case(sessions=(done(planned(ago(1)), pain=3.0, kind="muscle"),))
    state = ReturnState(side="left", site="calf", began=ago(20), since=ago(5), stage_since=ago(5))
    assert actions(hurt) == ["regress"]
    assert actions(replace(hurt, returning=state)) == []
    assert actions(replace(hurt, returning=replace(state, finished_on=ago(3)))) == ["regress"]


def test_a_painless_time_since_answers_a_pain():
    first, again = planned(ago(3)), planned(ago(1))
    assert actions(case(sessions=(done(first, pain=4.0, kind="joint"), done(again)))) == []


@pytest.mark.parametrize(
    ("days", "persists"), [((5, 3, 1), False), ((9, 2), True), ((20, 1), False), ((8, 4, 1), True)]
)
def test_pain_of_seven_days_goes_to_a_clinician(days, persists):
    found = walk(case(days=tuple(aching(ago(one)) for one in days)))
    assert ("see_clinician" in [one.action for one in found.advice]) is persists


def test_pain_of_three_sessions_goes_to_a_clinician_and_of_two_does_not():
    sessions = tuple(done(planned(ago(day)), pain=3.0, site="knee", side="left", kind="joint") for day in (5, 3, 1))
    assert "see_clinician" in actions(case(sessions=sessions))
    assert "see_clinician" not in actions(case(sessions=sessions[1:]))


def test_pains_of_different_places_are_not_one_that_persists():
    sessions = tuple(
        done(planned(ago(day)), pain=3.0, site=site, side="left", kind="joint")
        for day, site in ((5, "knee"), (3, "hip"), (1, "shin"))
    )
    assert "see_clinician" not in actions(case(sessions=sessions))


@pytest.mark.parametrize(("hours", "less"), [(72, False), (73, True)])
def test_soreness_of_more_than_72_hours_makes_the_next_session_smaller(hours, less):
    one = case(days=(DayLog(day=ago(1), soreness_0_10=3, soreness_hours=hours),))
    assert actions(one) == (["reduce"] if less else [])


def test_soreness_on_four_days_running_is_more_than_72_hours_without_anybody_counting():
    assert actions(case(days=tuple(DayLog(day=ago(n), soreness_0_10=2) for n in range(4)))) == ["reduce"]


def test_soreness_of_unknown_length_is_not_known():
    assert step(case(days=(DayLog(day=ago(1), soreness_0_10=3),)), "soreness").answer is None


@pytest.mark.parametrize(("last", "outside"), [(3.5, False), (5.0, True), (1.0, False)])
def test_effort_beyond_two_sd_of_the_last_ten_lets_nothing_rise(last, outside):
    assert actions(case(runs=efforts([*STEADY, last]))) == (["hold"] if outside else [])


def test_effort_compares_with_runs_of_the_same_kind_only():
    assert actions(case(runs=(*efforts(STEADY, last=ago(2)), *efforts([7.0], kind="tempo")))) == []


def test_twice_in_a_row_is_an_early_light_week():
    assert actions(case(runs=efforts([*STEADY, 6.0, 6.0]))) == ["deload"]


def test_twice_with_an_ordinary_day_between_only_holds():
    assert actions(case(runs=efforts([*STEADY, 6.0, 3.0, 6.0]))) == ["hold"]


def test_effort_and_recovery_on_different_days_are_twice_in_a_row():
    runs = efforts([*STEADY, 6.0], last=ago(2))
    assert actions(case(runs=runs, recoveries=recoveries([*FALLS, 15], last=ago(0)))) == ["deload"]


@pytest.mark.parametrize(("fall", "outside"), [(27, False), (20, True), (45, False)])
def test_a_smaller_fall_of_the_heart_rate_than_ever_lets_nothing_rise(fall, outside):
    assert actions(case(recoveries=recoveries([*FALLS, fall]))) == (["hold"] if outside else [])


def test_under_five_comparable_values_there_is_no_range():
    assert step(case(recoveries=recoveries([30, 31, 29, 30, 5])), "strain_twice").answer is None


def test_recoveries_from_another_heart_rate_do_not_compare():
    easy = tuple(replace(one, at_bpm=140.0) for one in recoveries(FALLS, last=ago(8)))
    assert step(case(recoveries=(*easy, *recoveries([15]))), "strain_twice").answer is None


def test_effort_above_the_planned_one_counts_the_same_way():
    assert actions(case(runs=efforts([5.5], kind="easy"))) == ["hold"]
    assert actions(case(runs=efforts([5.5, 6.0], kind="easy"))) == ["deload"]
    assert actions(case(runs=efforts([5.5], kind="tempo"))) == []


def test_an_old_effort_is_no_reason_to_hold_this_week():
    assert actions(case(runs=efforts([*STEADY, 6.0], last=ago(9)))) == []


@pytest.mark.parametrize(("hours", "answer"), [
    ((6.9, 6, 5, 8, 8, 8, 8), True), ((6, 6, 8, 8, 8, 8, 8), False), ((7, 7, 7, 7, 7, 7, 7), False),
    ((6, 6, 8, 8, 8, 8, None), None), ((8, 8, 8, 8, 8, None, None), False), ((None,) * 7, None),
])  # fmt: skip
def test_three_short_nights_of_seven_count_and_unknown_ones_neither_way(hours, answer):
    assert step(case(days=nights(*hours)), "sleep").answer is answer


def test_a_difference_that_grows_late_in_two_runs_asks_for_less_tiredness_first():
    grows = {str(day): report(ago(day), elapsed=(0.6, 0.3)) for day in (3, 10)}
    assert actions(case(reports=grows)) == ["redistribute"]


@pytest.mark.parametrize(("elapsed", "days"), [
    ((0.6, 0.7), (3, 10)), ((-0.6, 0.3), (3, 10)), ((0.6, 0.3), (3, 40)), ((0.6, 0.3), (3,)),
])  # fmt: skip
def test_noise_shrinking_old_runs_and_single_runs_do_not(elapsed, days):
    assert actions(case(reports={str(day): report(ago(day), elapsed=elapsed) for day in days})) == []


def test_growth_in_the_later_repetitions_of_intervals_counts():
    laps = (4.0, 4.1, 3.9, 6.0, 6.1, 6.2)
    assert actions(case(reports={str(day): report(ago(day), laps=laps) for day in (3, 10)})) == ["redistribute"]
    level = (4.0, 4.1, 3.9, 4.1, 4.0, 4.0)
    assert actions(case(reports={str(day): report(ago(day), laps=level) for day in (3, 10)})) == []


def test_without_a_clear_difference_nothing_can_grow():
    even = {str(day): report(ago(day), value=0.1, elapsed=(0.6, 0.3)) for day in (3, 10)}
    assert step(case(reports=even), "late").answer is None


def test_what_the_season_says_of_late_counts_where_it_is_sure():
    late = LateInRuns(metric="contact_time", source="watch_balance", kind="long", n_runs=4, run_to_run_sd=0.1,
                      value=0.5, low=0.3, high=0.7, grows=0.99, last=ago(3))  # fmt: skip
    told = Season(athlete="Ada", first=ago(90), last=ago(3), n_runs=9, late=(late,))
    assert actions(case(season=told)) == ["redistribute"]
    assert actions(case(season=replace(told, late=(replace(late, grows=0.9),)))) == []


def test_nothing_after_the_day_is_looked_at():
    one = case(days=(DayLog(day=TODAY + timedelta(days=1), red_flags=("fever",)),), runs=efforts([9.0], last=TODAY))
    assert walk(one, ago(1)).advice == ()


def test_a_kept_week_without_trouble_gives_no_advice():
    assert actions(kept_case(days=nights(*[8.0] * 7))) == []


def test_with_the_legs_exchanged_the_walk_is_the_same_for_the_other_leg():
    one = case(sessions=(done(planned(ago(1)), pain=4.0, site="knee", side="left", kind="sharp"),),
               reports={str(day): report(ago(day), elapsed=(0.6, 0.3)) for day in (3, 10)})  # fmt: skip
    there, back = walk(one), walk(mirrored_case(one))
    assert there.advice
    assert [replace(two, side=OTHER[two.side]) for two in there.advice] == list(back.advice)
    assert [two.answer for two in there.path] == [two.answer for two in back.path]
