"""One function over many items, in order, on several processes.

A worker that dies (memory exhausted, killed) breaks the whole pool of the standard library. Here the items that had
no answer are tried again one by one, each in a process of its own: the guilty one is named and the others are done.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

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

    ``function`` and items must be picklable when more than one process is used; the function travels once to each
    worker, so it may carry much. An exception of ``function`` is raised here: a function that meets bad items returns
    its failures as values. Whoever stops asking stops the work: what has not begun is not begun.

    >>> list(map_on_all_cores(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    workers = min(jobs or os.cpu_count() or 1, len(items))
    if workers < 2 or (jobs is None and len(items) < ITEMS_WORTH_A_POOL):
        yield from map(function, items)
        return
    chunk = max(1, min(16, len(items) // (4 * workers)))
    done = 0
    while done < len(items):
        for answer in _until_one_dies(function, items[done:], workers, chunk):
            yield answer
            done += 1
        if done < len(items) and not _workers_live():
            # Nothing is wrong with the items where no worker can even start (a script read from standard input, no
            # memory for another process): slower, but done.
            yield from map(function, items[done:])
            return
        for index in range(done, min(done + 2 * chunk * workers, len(items))):  # the guilty one was under way
            yield _alone(function, items[index], index)
            done += 1


def _until_one_dies(
    function: Callable[[Item], Answer], items: Sequence[Item], workers: int, chunk: int
) -> Iterator[Answer]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        with _starting(workers, function) as pool:
            answers = pool.map(_do, items, chunksize=chunk)
    except _NO_POOL:
        return
    try:
        yield from answers
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)


_function: Callable[[Any], Any] | None = None


def _begin(function: Callable[[Any], Any]) -> None:
    """Prepare a worker: it keeps the function, leaves Ctrl-C to the process that asked, and ends when that one ends."""
    from multiprocessing import parent_process

    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _function = function
    asked_by = parent_process()
    if asked_by is not None:
        threading.Thread(target=_end_with, args=(asked_by,), daemon=True).start()


def _end_with(asked_by: "BaseProcess") -> None:
    # Killed, it cannot tell its workers to stop: they would wait for work for good.
    asked_by.join()
    os._exit(1)


def _do(item: Any) -> Any:
    if _function is None:
        raise RuntimeError("a worker was asked before it was prepared")
    return _function(item)


_NO_POOL = (OSError, ImportError, NotImplementedError)
"""What is raised where the system has no semaphores, or no room for another process."""


@contextmanager
def _starting(workers: int, function: Callable[[Any], Any]) -> "Iterator[ProcessPoolExecutor]":
    """A pool whose workers are started by what is asked of it inside the block."""
    # Imported here: one file on the command line needs no workers. Forking a process that runs threads (a progress
    # bar) can deadlock: workers start fresh.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(function,))
    before = set(active_children())
    try:
        with _holding_ctrl_c():
            yield pool
    except BaseException:
        for half_started in set(active_children()) - before:
            half_started.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise


@contextmanager
def _holding_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C wait until the block ends; processes started inside it begin without heeding it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _workers_live() -> bool:
    return _alone(abs, -1, 0) == 1


def _alone(function: Callable[[Item], Answer], item: Item, index: int) -> Answer | Crashed:
    from concurrent.futures.process import BrokenProcessPool

    try:
        with _starting(1, function) as pool:
            future = pool.submit(_do, item)
    except _NO_POOL:
        return Crashed(index=index)
    with pool:
        try:
            answer: Answer = future.result()
        except BrokenProcessPool:
            return Crashed(index=index)
        return answer
