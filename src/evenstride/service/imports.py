"""Imports that go on while whoever sent the files looks at something else: one after the other, each can be stopped."""

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from secrets import token_hex
from threading import Lock, Thread

from evenstride.errors import EvenstrideError, UnknownEntry
from evenstride.model import FileTold
from evenstride.report.archive_document import ImportSummary
from evenstride.report.archive_words import done_words
from evenstride.service.archive import Progress, importing, summary_of
from evenstride.service.home import Home
from evenstride.service.logs import runs_waiting
from evenstride.service.pieces import Called

IMPORTS_KEPT = 20
"""So many finished imports can still be looked at."""
_LOG = logging.getLogger("evenstride.imports")

AtHome = Callable[[], AbstractContextManager[Home]]


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """Files that were sent together, and what lets go of them once they are read."""

    files: Sequence[Called]
    let_go: Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class ImportView:
    """How an import stands at this moment. ``trouble`` ended it; ``unread`` files of it were not begun.

    ``asking`` is the newest run of the last fortnight that it brought and of which nobody told how it felt.
    """

    id: str
    running: bool
    stopped: bool
    read: int
    total: int
    files: tuple[FileTold, ...]
    summary: ImportSummary
    unread: int
    trouble: str
    asking: str

    @property
    def words(self) -> str:
        """What became of all files together."""
        return done_words(self.summary)


@dataclass(kw_only=True)
class Import:
    """One import under way; more parcels may join it while its files are being sent."""

    id: str
    athlete_id: str
    began: float
    waiting: deque[Parcel] = field(default_factory=deque)
    stands: list[Progress] = field(default_factory=list)
    sent: int = 0
    unread: int = 0
    running: bool = False
    stopped: bool = False
    trouble: str = ""
    asking: str = ""
    ended: float | None = None


class Imports:
    """All imports of one application. Only one of them writes at a time; the others wait for their turn."""

    def __init__(self) -> None:
        self._guard, self._turn = Lock(), Lock()
        self._all: dict[str, Import] = {}

    def take_in(self, athlete_id: str, at_home: AtHome, parcel: Parcel, *, join: str = "") -> str:
        """Begin to take files in, or add them to an import of the same sender; return its name."""
        with self._guard:
            found = self._all.get(join)
            if found is None or found.athlete_id != athlete_id:
                found = Import(id=token_hex(8), athlete_id=athlete_id, began=time.monotonic())
                self._all[found.id] = found
                self._forget()
            found.sent += len(parcel.files)
            if found.stopped:
                found.unread += len(parcel.files)
                parcel.let_go()
                return found.id
            found.waiting.append(parcel)
            if not found.running:
                found.running, found.ended = True, None
                Thread(target=self._work, args=(found, at_home), name=f"import-{found.id}", daemon=True).start()
        return found.id

    def view(self, athlete_id: str, name: str) -> ImportView:
        """Return how an import of this athlete stands.

        Raises
        ------
        UnknownEntry
            There is none of that name (any more).
        """
        with self._guard:
            found = self._of(athlete_id, name)
            stands = list(found.stands)
            files = tuple(told for one in stands for told in one.told)
            pending = sum(len(parcel.files) for parcel in found.waiting)
            return ImportView(
                id=found.id, running=found.running, stopped=found.stopped,
                read=sum(one.read for one in stands), total=sum(one.total for one in stands) + pending,
                files=files, summary=_joined(found, stands), unread=found.unread, trouble=found.trouble,
                asking=found.asking,
            )  # fmt: skip

    def stop(self, athlete_id: str, name: str) -> None:
        """Begin no further file of an import; what was read is kept."""
        with self._guard:
            found = self._of(athlete_id, name)
            if found.running:
                found.stopped = True

    def wait(self, name: str, *, seconds: float = 60.0) -> None:
        """Wait until an import has nothing left to do."""
        until = time.monotonic() + seconds
        while self._all[name].running and time.monotonic() < until:
            time.sleep(0.01)

    def _of(self, athlete_id: str, name: str) -> Import:
        found = self._all.get(name)
        if found is None or found.athlete_id != athlete_id:
            raise UnknownEntry("This import is over and no longer remembered. What it kept is among the runs.")
        return found

    def _forget(self) -> None:
        over = [one.id for one in self._all.values() if not one.running][:-IMPORTS_KEPT]
        for name in over:
            del self._all[name]

    def _next(self, this: Import) -> Parcel | None:
        """The next parcel; with none left the import is over, in the same moment."""
        with self._guard:
            if this.waiting and not this.stopped and not this.trouble:
                return this.waiting.popleft()
            for parcel in this.waiting:
                this.unread += len(parcel.files)
                parcel.let_go()
            this.waiting.clear()
            this.running, this.ended = False, time.monotonic()
            return None

    def _work(self, this: Import, at_home: AtHome) -> None:
        with self._turn:
            while (parcel := self._next(this)) is not None:
                try:
                    with at_home() as home:
                        _take_in(this, home, parcel)
                        this.asking = _asking(home, this)
                except EvenstrideError as error:
                    this.trouble = f"{error.text} {error.help}".strip()
                except Exception:
                    _LOG.exception("import %s", this.id)
                    this.trouble = "Something went wrong here that is not your doing. What was kept before is safe."
                finally:
                    parcel.let_go()


def _take_in(this: Import, home: Home, parcel: Parcel) -> None:
    with importing(home, parcel.files, stop=lambda: this.stopped) as (stands, steps):
        this.stands.append(stands)
        for _ in steps:
            pass
    this.unread += stands.total - stands.read


def _asking(home: Home, this: Import) -> str:
    added = {run for one in this.stands for run in one.runs_added}
    waits = [one for one in runs_waiting(home) if one in added] if added else []
    return waits[-1] if waits else ""


def _joined(this: Import, stands: Sequence[Progress]) -> ImportSummary:
    """What all parcels together came to."""
    whole = Progress(total=sum(one.total for one in stands))
    for one in stands:
        whole.files += one.files
        whole.kept += one.kept
        whole.duplicates += one.duplicates
        whole.merged += one.merged
        whole.aside += one.aside
        whole.failed += one.failed
        whole.runs_added += one.runs_added
        whole.notes += one.notes
    seconds = (this.ended or time.monotonic()) - this.began
    return summary_of(whole, seconds=seconds, stopped=this.stopped)
