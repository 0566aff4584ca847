"""What the runner felt of a run beside what was measured in it, and whether the two go together."""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Literal

from evenstride.model.log import ITEM_MAX, Felt
from evenstride.model.season import Estimated

FeelingVerdict = Literal["tracks", "does_not", "too_early"]


@dataclass(frozen=True, kw_only=True)
class FeelingPair:
    """One run: the feeling, given by the runner, and the index (%, positive: right larger) with its 95 % interval.

    ``harder`` is the leg that worked harder, ``uneven_0_4`` how far effort was from even (0: as even as wished),
    ``score_0_100`` the whole checklist. ``before_numbers``: felt before the run's numbers were shown (None: not known).
    """

    run: str
    day: date
    index: float
    low: float | None = None
    high: float | None = None
    harder: Felt | None = None
    uneven_0_4: int | None = None
    score_0_100: float | None = None
    before_numbers: bool | None = None

    def __post_init__(self) -> None:
        if not isfinite(self.index):
            raise ValueError("an index beside a feeling must be finite")
        if self.uneven_0_4 is not None and not 0 <= self.uneven_0_4 <= ITEM_MAX:
            raise ValueError(f"uneven is 0 to {ITEM_MAX}")
        if self.score_0_100 is not None and not 0 <= self.score_0_100 <= 100:
            raise ValueError("a checklist's score is 0 to 100")

    @property
    def signed(self) -> float | None:
        """The feeling with its side, −4 (left) to 4 (right), 0 even; None where no side was said.

        A side that was said counts at least 1, also where how uneven it was is not said.
        """
        if self.harder is None:
            return None
        size = float(max(1, self.uneven_0_4 or 1))
        return {"left": -size, "even": 0.0, "right": size}[self.harder]


@dataclass(frozen=True, kw_only=True)
class FeelingMatch(Estimated):
    """A rank correlation [-1, 1] with its 95 % interval over ``n`` runs."""

    n: int


@dataclass(frozen=True, kw_only=True)
class FeelingAnswer:
    """Does the feeling track the data? ``verdict`` rests on ``signed`` alone.

    ``signed``: the leg that worked harder beside the signed index. ``uneven``: how uneven, beside the size of the
    index. ``score``: how far the checklist is below 100, beside the size. Positive: they rise together. None where
    too few runs tell. ``seen`` runs were rated after their numbers were shown, and left out; ``waiting_for`` says what
    is missing.
    """

    metric: str
    source: str
    verdict: FeelingVerdict
    n_runs: int
    text: str
    signed: FeelingMatch | None = None
    uneven: FeelingMatch | None = None
    score: FeelingMatch | None = None
    seen: int = 0
    waiting_for: str | None = None
