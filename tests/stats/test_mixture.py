import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr, stdtrit

from evenstride.stats.mixture import t_mixture_quantile


@pytest.mark.parametrize("df", [20.0, 45.0, 146.0])
@pytest.mark.parametrize("probability", [0.025, 0.6, 0.975, 0.995])
def test_one_component_is_the_t_quantile_of_the_tables(df: float, probability: float) -> None:
    one = np.ones((1, 1))
    x = t_mixture_quantile(one, 3.0 * one, 2.0 * one, np.array([df]), np.array([probability]))
    assert x[0] == pytest.approx(3.0 + 2.0 * stdtrit(df, probability), abs=1e-4)


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.99), st.floats(0.0, 6.0))
def test_the_exact_mixture_reaches_the_probability_at_the_answer(seed: int, probability: float, spread: float) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(30))[None]
    location, scale = rng.normal(size=(1, 30)), np.exp(spread * rng.normal(size=(1, 30)))
    x = t_mixture_quantile(weights, location, scale, np.array([50.0]), np.array([probability]))
    reached = (weights * stdtr(50.0, (x[0] - location) / scale)).sum()
    assert reached == pytest.approx(probability, abs=1e-3)


def test_rows_are_solved_independently() -> None:
    rng = np.random.default_rng(1)
    weights, location, scale = rng.dirichlet(np.ones(9), 5), rng.normal(size=(5, 9)), rng.uniform(0.1, 9.0, (5, 9))
    df, probability = np.linspace(30.0, 150.0, 5), np.linspace(0.02, 0.98, 5)
    together = t_mixture_quantile(weights, location, scale, df, probability)
    for i in range(5):
        row = slice(i, i + 1)
        alone = t_mixture_quantile(weights[row], location[row], scale[row], df[row], probability[row])
        assert together[i] == pytest.approx(alone[0], abs=1e-4 * scale[i].max())


@given(st.integers(0, 2**32 - 1))
def test_a_row_that_is_solved_early_stays_solved_while_others_go_on(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(30), 12)
    location, scale = 0.01 * rng.normal(size=(12, 30)), np.exp(np.linspace(0.0, 4.0, 12)[:, None] * rng.normal(size=30))
    scale[:4] = 0.05  # solved exactly at the first step
    df, probability = np.full(12, 100.0), np.tile([0.025, 0.975], 6)
    x = t_mixture_quantile(weights, location, scale, df, probability)
    reached = (weights * stdtr(100.0, (x[:, None] - location) / scale)).sum(axis=1)
    assert reached == pytest.approx(probability, abs=1e-3)


def test_without_scale_the_answer_is_the_location() -> None:
    x = t_mixture_quantile(np.ones((1, 1)), np.full((1, 1), 4.0), np.zeros((1, 1)), np.array([50.0]), np.array([0.9]))
    assert x[0] == 4.0
