"""What a signal says about its own noise, and what covariates move it: all noise models side by side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.stats.memory import NoiseModels

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-8
_ONE_THREAD = 250_000  # multiplications; waking a second thread for so small a product costs more than the product


@dataclass(frozen=True, kw_only=True)
class NoisePosterior:
    """How likely each noise model is, and how large its noise: arrays of shape (models,).

    ``weight`` sums to 1; ``deviation`` is the standard deviation of one second of noise, known with ``df`` degrees of
    freedom.
    """

    weight: Floats
    deviation: Floats
    df: int

    @property
    def likely(self) -> NDArray[np.bool_]:
        """Which models carry any weight worth computing with."""
        return self.weight > NEGLIGIBLE


@dataclass(frozen=True, kw_only=True)
class Regression:
    """One generalised least-squares fit a noise model.

    ``slopes`` has shape (k, models), ``spread`` (k, k, models): the slopes' covariance is spread · deviation².
    """

    noise: NoisePosterior
    slopes: Floats
    spread: Floats


def weigh_models(models: NoiseModels, products: Floats, q: int) -> tuple[NoisePosterior, Regression]:
    """Weigh the noise models by the cross products of q cosine coefficients, without and with covariates.

    ``products`` has shape (k + 1, k + 1, models), the k covariates first, then the signal, and is used up. The weights
    are the marginal likelihoods under a flat prior on slopes and on the logarithm of the noise variance.
    """
    k = len(products) - 1
    total = products[k, k].copy()
    log_det = _sweep(products, k)
    left_over = np.maximum(products[k, k], total * 1e-24)  # rounding, where covariates explain everything
    plain = noise_posterior(models.log_det, total, q)
    adjusted = noise_posterior(models.log_det + log_det, left_over, q - k) if k else plain
    return plain, Regression(noise=adjusted, slopes=products[:k, k], spread=products[:k, :k])


def noise_posterior(log_det: Floats, squares: Floats, df: int) -> NoisePosterior:
    """Weigh the noise models by the squares they leave, Σ X_j²/g_j, with ``df`` degrees of freedom."""
    log_weight = -0.5 * (log_det + df * np.log(np.maximum(squares, 1e-300)))
    weight = np.exp(log_weight - log_weight.max())
    return NoisePosterior(weight=weight / weight.sum(), deviation=np.sqrt(squares / df), df=df)


def cross_products(precision: Floats, cosines: Floats) -> Floats:
    """Return Σ_j a_j·b_j/g_j for every pair of rows and every noise model, shape (k + 1, k + 1, models)."""
    size = len(cosines)
    row, column = np.triu_indices(size)
    pairs = cosines[row] * cosines[column]
    block = max(1, _ONE_THREAD // pairs.size)
    packed = np.concatenate([pairs @ precision[i : i + block].T for i in range(0, len(precision), block)], axis=1)
    products = np.empty((size, size, len(precision)))
    products[row, column] = packed
    products[column, row] = packed
    return products


def _sweep(products: Floats, k: int) -> Floats:
    """Sweep the first ``k`` rows in place (Gauss and Jordan's step, every model at once); return log|X'G⁻¹X|.

    Afterwards ``[:k, :k]`` is the inverse, ``[:k, k]`` the slopes and ``[k, k]`` the squares left over.
    """
    log_det = np.zeros(products.shape[2])
    for p in range(k):
        pivot = products[p, p].copy()
        row, column = products[p] / pivot, products[:, p].copy()
        products -= column[:, None] * row
        products[p] = row
        products[:, p] = column / -pivot
        products[p, p] = 1.0 / pivot
        log_det += np.log(pivot)
    return log_det
