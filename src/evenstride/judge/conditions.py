"""What explains the difference within a run: elapsed time, speed, grade, turning."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evenstride.model import LegSamples, Note

CIRCLES_MIN = 5.0
ONE_WAY_SHARE = 0.6
"""Of all turning, the share that must remain after left and right have cancelled. A road out and back leaves none."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition as people read it: ``scale`` units of the samples make one ``per``."""

    per: str
    scale: float
    reference: float | None = None  # None: the runner's own median
    adjusts: bool = True  # whether the index itself is given at the reference
    spread_min: float = 0.0  # a condition that varies less is no condition, only rounding


CONDITIONS: Mapping[str, Condition] = {
    "elapsed": Condition(per="10 min", scale=600.0, adjusts=False),
    "speed": Condition(per="m/s", scale=1.0, spread_min=0.02),
    "grade": Condition(per="1 %", scale=1.0, reference=0.0, spread_min=0.1),
    "turn": Condition(per="deg/s", scale=1.0, reference=0.0, spread_min=0.05),
}
"""Name in documents → how its effect is said, and the value to which the index is adjusted."""

CHANNEL = {"elapsed": "elapsed_s", "speed": "speed_mps", "grade": "grade_pct", "turn": "turn_dps"}


def one_way_turning(legs: LegSamples) -> Note | None:
    """Recognise a track or roundabout: many circles, nearly all in one direction.

    >>> import numpy as np
    >>> t_s = np.arange(1200.0)
    >>> track = LegSamples(metric="contact_time", source="watch_balance", unit="share", t_s=t_s, left=t_s * 0 + 0.5,
    ...                    right=t_s * 0 + 0.5, conditions={"turn_dps": np.where(t_s % 100 < 50, 7.2, 0.0)})
    >>> print(one_way_turning(track).text)
    You ran about 12 circles to the left: a track or a roundabout. ...
    """
    turn = legs.conditions.get("turn_dps")
    if turn is None or len(turn) < 2:
        return None
    seconds = np.diff(legs.t_s, append=legs.t_s[-1])
    seconds = np.where(seconds > 10.0, 0.0, seconds)
    # The noise of a position turns either way within seconds; a bend lasts longer.
    net = float(np.dot(turn, seconds)) / 360.0
    gross = float(np.dot(np.abs(turn), seconds)) / 360.0
    if abs(net) < CIRCLES_MIN or abs(net) < ONE_WAY_SHARE * gross:
        return None
    side = "left" if net > 0 else "right"
    return Note(
        code="one_way_turning",
        text=f"You ran about {abs(net):.0f} circles to the {side}: a track or a roundabout. In a bend the inner"
        " leg often stays down longer, so the index is adjusted to straight running;"
        " running half of it the other way round is better.",
    )
