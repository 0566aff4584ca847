"""What befalls a virtual runner, drawn beforehand, so that both arms of the study live the same life."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from evenstride.model import Floats, Side
from validation.work import rng_of

WEEKS, EARLIER_WEEKS = 26, 12
DAYS = 7 * WEEKS
GapPath = Literal["closing", "stagnating", "drifting", "even"]
PATHS: tuple[GapPath, ...] = ("closing", "stagnating", "drifting", "even")
EpisodeKind = Literal["bone", "joint", "swelling"]
EPISODE_KINDS: tuple[EpisodeKind, ...] = ("bone", "joint", "swelling")
LEGS: tuple[Side, Side] = ("left", "right")

EPISODE_SHARE = 0.3
"""Of each kind of must-refer episode; far more than in life, so that there is something to count."""
NIGHT_PAIN_AFTER, JOINT_TOO_LONG = 7, 7
"""Days from an episode's first pain until a referral is due."""
EPISODE_DAYS = {"bone": 56, "joint": 28, "swelling": 10}
"""How long an episode lasts where nobody looks at it."""


@dataclass(frozen=True, kw_only=True)
class Episode:
    """Something that belongs to a clinician: from its first day, and from the day on which a referral is ``due``."""

    kind: EpisodeKind
    side: Side
    first: int
    size: float

    @property
    def due(self) -> int:
        return self.first + {"bone": NIGHT_PAIN_AFTER, "joint": JOINT_TOO_LONG, "swelling": 0}[self.kind]

    @property
    def last(self) -> int:
        return self.first + EPISODE_DAYS[self.kind]


@dataclass(frozen=True, kw_only=True)
class Traits:
    """Who the runner is. ``gap_pct`` is how far the ``weak`` leg's capacity is behind; ``tolerance`` what a site bears,
    in units of the leg's capacity. ``half_weeks`` of full work halve a gap that closes."""

    path: GapPath
    weak: Side
    gap_pct: float
    half_weeks: float
    drift_from: int
    drift_a_week: float
    drift_total: float
    responds: bool
    adapts_a_week: float
    tolerance: float
    keeps: float
    sleep_h: float
    effort_bias: float
    raises: float
    hop_cm: float
    earlier_weeks: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Life:
    """Every draw of one runner's 26 weeks: by day (182,), by week (26,); ``u`` and ``z`` are uniform and normal draws
    that decide on what is done, felt and written, by day and purpose."""

    number: int
    traits: Traits
    sleep_h: Floats
    ill: Floats
    fever: Floats
    away: Floats
    running: Floats
    twinge: Floats
    u: dict[str, Floats] = field(default_factory=dict)
    z: dict[str, Floats] = field(default_factory=dict)
    episodes: tuple[Episode, ...] = ()


def life_of(number: int) -> Life:
    """Draw a life. The paths of the gap take turns; every second four runners have recorded runs before."""
    rng = rng_of(77, number)
    traits = _traits(number, rng)
    ill, fever = _illness(rng)
    return Life(
        number=number, traits=traits, ill=ill, fever=fever, sleep_h=_sleep(traits, rng),
        away=(rng.random(WEEKS) < 0.04).astype(np.float64),
        running=np.where(rng.random(WEEKS) < 0.1, 1.5, np.exp(0.1 * rng.standard_normal(WEEKS))),
        twinge=np.where(rng.random((DAYS, 4)) < 1.0 / 300.0, rng.uniform(1.0, 3.5, (DAYS, 4)), 0.0),
        u={name: rng.random((DAYS, size)) for name, size in
           {"kept": 2, "written": 3, "silent": 1, "says": 8, "clean": 6, "more": 6, "wrong": 1}.items()},
        z={name: rng.standard_normal((DAYS, size)) for name, size in
           {"effort": 2, "pain": 6, "recovery": 1, "soreness": 1, "test": 10, "run": 1, "earlier": 1}.items()},
        episodes=tuple(_episodes(rng)),
    )  # fmt: skip


def _traits(number: int, rng: np.random.Generator) -> Traits:
    path = PATHS[number % len(PATHS)]
    wide = path in ("closing", "stagnating")
    return Traits(
        path=path, weak=LEGS[int(rng.integers(2))], gap_pct=float(rng.uniform(25, 40) if wide else rng.uniform(0, 6)),
        half_weeks=float(rng.uniform(6, 16)), drift_from=int(rng.integers(4, 13)),
        drift_a_week=float(rng.uniform(0.3, 0.7)), drift_total=float(rng.uniform(3, 5)),
        responds=bool(rng.random() < 0.7), adapts_a_week=float(rng.uniform(0.006, 0.018)),
        tolerance=float(rng.uniform(1.05, 1.5)), keeps=float(rng.uniform(0.65, 1.0)),
        sleep_h=float(rng.normal(7.4, 0.4)), effort_bias=float(rng.normal(0.0, 0.7)),
        raises=float(rng.uniform(20, 32)), hop_cm=float(rng.uniform(120, 170)),
        earlier_weeks=EARLIER_WEEKS * (number // len(PATHS) % 2),
    )  # fmt: skip


def _sleep(traits: Traits, rng: np.random.Generator) -> Floats:
    """Nights scatter about the runner's own; in one week of twelve they are 1.3 h shorter."""
    short = np.repeat(rng.random(WEEKS) < 1.0 / 12.0, 7)
    nights = traits.sleep_h + 0.6 * rng.standard_normal(DAYS) - 1.3 * short
    return np.asarray(np.clip(np.round(4.0 * nights) / 4.0, 3.0, 11.0))


def _illness(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Colds of 3 to 6 days, about one in 26 weeks; every second one begins with two days of fever."""
    ill, fever = np.zeros(DAYS), np.zeros(DAYS)
    for day in np.flatnonzero(rng.random(DAYS) < 1.0 / DAYS).tolist():
        ill[day : day + int(rng.integers(3, 7))] = 1.0
        fever[day : day + 2] = float(rng.random() < 0.5)
    return ill, fever


def _episodes(rng: np.random.Generator) -> Sequence[Episode]:
    return [
        Episode(kind=kind, side=LEGS[int(side)], first=int(day), size=float(size))
        for kind, here, side, day, size in zip(
            EPISODE_KINDS, rng.random(3) < EPISODE_SHARE, rng.integers(2, size=3), rng.integers(14, DAYS - 42, size=3),
            rng.uniform(2.0, 5.0, 3), strict=True,
        )
        if here
    ]  # fmt: skip
