import itertools

import numpy as np
import pytest
from tests.plan_requests import random_request
from tests.plan_solved import agrees, questions

from evenstride.plan.integer import Programme


@pytest.mark.parametrize("seed", range(20))
def test_rows_of_many_say_what_their_pairs_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 9
    every = list(itertools.combinations(range(n), 2))
    pairs = [pair for pair in every if rng.random() < 0.5]
    programme = Programme()
    for _ in range(n):
        programme.variable(1.0)
    programme.never_together([(b, a) if rng.random() < 0.5 else (a, b) for a, b in pairs])
    for chosen in itertools.product((0, 1), repeat=n):
        apart = all(not (chosen[a] and chosen[b]) for a, b in pairs)
        kept = all(sum(amount * chosen[v] for v, amount in terms.items()) <= most for terms, _, most in programme.rows)
        assert apart == kept
    assert len(programme.rows) <= len(pairs)


def test_the_most_worth_is_found_as_by_trying_everything() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        worth = rng.normal(size=8)
        pairs = [pair for pair in itertools.combinations(range(8), 2) if rng.random() < 0.4]
        programme = Programme()
        for one in worth:
            programme.variable(float(one))
        programme.never_together(pairs)
        best = max(
            float(np.dot(worth, chosen))
            for chosen in itertools.product((0, 1), repeat=8)
            if all(not (chosen[a] and chosen[b]) for a, b in pairs)
        )
        assert programme.solve(nodes=1000).worth == pytest.approx(best, abs=1e-6)


def test_one_of_none_is_impossible() -> None:
    programme = Programme()
    programme.variable(1.0)
    programme.at_least_one([])
    assert programme.solve(nodes=10).x is None


def test_no_variables_have_no_worth() -> None:
    assert Programme().solve(nodes=10).worth == 0.0


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_the_timetable_is_the_best_without_the_solvers_reductions_too(seed: int) -> None:
    asked = questions(random_request(seed, weeks=1 + seed % 8))
    assert all(agrees(question) for question in asked)
