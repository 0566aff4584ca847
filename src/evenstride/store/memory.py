"""What was worked out of an athlete's rows, kept at hand while the store is open and for as long as these rows stay."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

Worked = TypeVar("Worked")


class Memory:
    """The newest answer of each question, with the state of what it was worked out of; safe among threads."""

    def __init__(self, *, most: int = 256) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[object, object]] = OrderedDict()
        self._locks: dict[Hashable, Lock] = {}
        self._own = Lock()

    def holds(self, question: Hashable, state: object) -> bool:
        """Whether the answer to a question is at hand.

        >>> memory = Memory()
        >>> memory.of("level", 1, lambda: 3.1), memory.holds("level", 1), memory.holds("level", 2)
        (3.1, True, False)
        """
        with self._own:
            return question in self._answers and self._answers[question][0] == state

    def forget(self) -> None:
        """Forget every answer, as if the store had just been opened."""
        with self._own:
            self._answers.clear()

    def of(self, question: Hashable, state: object, work: Callable[[], Worked]) -> Worked:
        """Return the answer for this state, worked out once however many ask for it at the same time."""
        with self._own:
            lock = self._locks.setdefault(question, Lock())
        with lock:
            with self._own:  # looked for and taken in one: in between another question's answer may push it out
                known = self._answers.get(question)
                if known is not None and known[0] == state:
                    self._answers.move_to_end(question)
                    return cast(Worked, known[1])
            answer = work()
            with self._own:
                self._answers[question] = (state, answer)
                self._answers.move_to_end(question)
                while len(self._answers) > self._most:
                    gone, _ = self._answers.popitem(last=False)
                    self._locks.pop(gone, None)
        return answer
