"""Medians of repeated runs."""

import statistics
import time
from collections.abc import Callable


def median_ms(function: Callable[[], object], repeats: int = 15) -> float:
    """Median of ``repeats`` calls in milliseconds, after one call that warms caches."""
    function()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        spent.append(time.perf_counter() - start)
    return 1000.0 * statistics.median(spent)
