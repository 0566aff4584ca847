"""One function over many items, in order, on several processes.

A worker that dies (memory exhausted, killed) breaks the whole pool of the standard library. Here the items that had
no answer are tried again one by one, each in a process of its own: the guilty one is named and the others are done.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Answer = TypeVar("Answer")

ITEMS_WORTH_A_POOL = 12
"""Starting a worker costs what a dozen runs cost to analyse."""


@dataclass(frozen=True, kw_only=True)
class Crashed:
    """The item whose worker died."""

    index: int


def map_on_all_cores(
    function: Callable[[Item], Answer], items: Sequence[Item], *, jobs: int | None = None
) -> Iterator[Answer | Crashed]:
    """Yield ``function(item)`` for each item, in the order of the items.

    ``function`` and items must be picklable when more than one process is used. An exception of ``function`` is raised
    here: a function that meets bad items returns its failures as values.

    >>> list(map_on_all_cores(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    workers = min(jobs or os.cpu_count() or 1, len(items))
    if workers < 2 or (jobs is None and len(items) < ITEMS_WORTH_A_POOL):
        yield from map(function, items)
        return
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    with _pool(workers) as pool:
        try:
            for answer in pool.map(function, items, chunksize=max(1, min(16, len(items) // (4 * workers)))):
                yield answer
                done += 1
            return
        except BrokenProcessPool:
            pass
    for index in range(done, len(items)):
        yield _alone(function, items[index], index)


def _pool(workers: int) -> "ProcessPoolExecutor":
    # Imported here: one file on the command line needs no workers. Forking a process that runs threads (a progress
    # bar) can deadlock: workers start fresh.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _alone(function: Callable[[Item], Answer], item: Item, index: int) -> Answer | Crashed:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return Crashed(index=index)
