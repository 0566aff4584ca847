"""What a simulated run is asked to be: one frozen value, every field with its unit, its sentence and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from math import inf, isfinite
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

from evenstride.errors import InvalidRequest

_T = TypeVar("_T")

SensorKind = Literal["watch_balance", "runscribe", "stryd_duo"]
Route = Literal["road", "track", "treadmill"]
Recording = Literal["every_second", "smart"]

MAXIMUM_MINUTES = 24 * 60
BREAK_SHARE_MAX = 0.8
"""How much of its slot a break may fill: the runner must be running between any two of them."""
INDEX_PCT_MAX = 90.0
"""The largest index a simulated leg can reach: beyond it one leg would hardly touch the ground."""


def recipe_value(default: _T, sentence: str, low: float = -inf, high: float = inf, *, mirrored: bool = False) -> _T:
    """Declare a field: its default, what it says, its limits, and whether swapping the legs turns its sign."""
    metadata = {"sentence": sentence, "low": low, "high": high, "mirrored": mirrored}
    declared: _T = field(default=default, metadata=metadata)
    return declared


def check_limits(recipe: Any) -> None:
    """Raise `InvalidRequest` for the first number of a recipe that is not finite or outside its limits."""
    for one in fields(recipe):
        value, low, high = getattr(recipe, one.name), one.metadata.get("low"), one.metadata.get("high")
        if isinstance(value, bool) or not isinstance(value, int | float) or low is None or high is None:
            continue
        if not (isfinite(value) and low <= value <= high):
            allowed = f"between {low:g} and {high:g}" if isfinite(high) else f"{low:g} or more"
            raise InvalidRequest(
                f"{one.name} cannot be {value:g}: {one.metadata['sentence']}.", help=f"Choose a value {allowed}."
            )


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InvalidRequest(f"{name} cannot be {value!r}.", help=f"Choose one of {', '.join(choices)}.")


@dataclass(frozen=True, kw_only=True)
class Sensor:
    """One device that tells left from right, and how it sees the runner.

    >>> Sensor(kind="runscribe", bias_pct=-4.8, contact_factor=1.25).kind
    'runscribe'
    """

    kind: SensorKind = recipe_value(
        "watch_balance",
        "watch_balance (the left share of contact time), runscribe (each leg's own values) or stryd_duo (balances)",
    )
    bias_pct: float = recipe_value(0.0, "reads this much more to the right than the legs do, in percent", -40, 40)
    own_noise_pct: float = recipe_value(
        0.0, "standard deviation of a noise that no other sensor shares, in percent", 0, 20
    )
    contact_factor: float = recipe_value(1.0, "its contact time as a multiple of the true one", 0.5, 1.5)

    def __post_init__(self) -> None:
        _check_choice("kind", self.kind, get_args(SensorKind))
        check_limits(self)


@dataclass(frozen=True, kw_only=True)
class RunRecipe:
    """A run with a known truth. Indices are 100·(R−L)/((R+L)/2): positive = right larger.

    Raises `InvalidRequest` for a value outside its limits and for a plan that does not fit into the run.

    >>> RunRecipe(asymmetry_pct=3.0, minutes=30).asymmetry_pct
    3.0
    >>> RunRecipe(minutes=10, intervals=6, interval_work_s=180)
    Traceback (most recent call last):
    evenstride.errors.InvalidRequest: 6 intervals of 180 s with 90 s between do not fit into 10 minutes.
    """

    # the run
    label: str = recipe_value("run", "what the runner would call it")
    start: datetime = recipe_value(datetime(2026, 5, 4, 6, 12, tzinfo=UTC), "when it starts, with its zone")
    minutes: float = recipe_value(45.0, "time with the timer on, in minutes", 0.1, MAXIMUM_MINUTES)
    recording: Recording = recipe_value("every_second", "every_second, or smart: a record every 1 to 7 s")

    # the legs
    asymmetry_pct: float = recipe_value(
        0.0, "true index of contact time at the run's median speed, flat, straight, warmed up, midway", -40, 40,
        mirrored=True,
    )  # fmt: skip
    stiffness_asymmetry_pct: float = recipe_value(0.0, "true index of leg stiffness", -40, 40, mirrored=True)
    oscillation_asymmetry_pct: float = recipe_value(0.0, "true index of vertical oscillation", -40, 40, mirrored=True)
    loading_asymmetry_pct: float = recipe_value(
        0.0, "true index of loading rate, impact and braking", -40, 40, mirrored=True
    )
    swap_legs: bool = recipe_value(
        default=False, sentence="exchange the legs: all that is said here of the right is then true of the left"
    )

    # what moves the index of contact time
    speed_effect_pct: float = recipe_value(0.0, "change of the index per m/s", -20, 20, mirrored=True)
    grade_effect_pct: float = recipe_value(0.0, "change of the index per 1 % of grade", -10, 10, mirrored=True)
    turn_effect_pct: float = recipe_value(0.0, "change of the index per deg/s of left turn", -5, 5, mirrored=True)
    drift_pct: float = recipe_value(0.0, "change of the index per 10 min of elapsed time", -10, 10, mirrored=True)
    warmup_pct: float = recipe_value(0.0, "how far the index starts from its settled value", -20, 20, mirrored=True)
    warmup_s: float = recipe_value(150.0, "time in which that difference shrinks to a third (1/e)", 1, 3600)

    # its noise
    noise_pct: float = recipe_value(2.4, "standard deviation of the index at 1 Hz; 2.4 is 0.6 points of balance", 0, 20)
    memory_s: float = recipe_value(60.0, "how long the slow part of the noise resembles itself (1/e)", 0.5, 3600)
    fast_share: float = recipe_value(0.6, "share of the standard deviation that forgets 8 times faster", 0, 1)

    # its devices
    sensors: tuple[Sensor, ...] = recipe_value((Sensor(),), "what tells left from right; none for a run without")
    device: str = recipe_value("evenstride simulator", "the recording device's name")
    shoe: str = recipe_value("", "what was on the feet: no file says it, the truth does")
    dynamics: bool = recipe_value(
        default=True, sentence="whether contact time, vertical oscillation and step length are recorded at all"
    )
    device_bias_pct: float = recipe_value(0.0, "every sensor reads this much more to the right", -40, 40, mirrored=True)
    hold_s: int = recipe_value(3, "seconds for which a device repeats its value", 1, 60)
    quantum_points: float = recipe_value(1 / 32, "steps of the balance in points; 0 for none", 0, 5)
    missing_share: float = recipe_value(0.0, "share of the records in which the sensor gives nothing", 0, 1)

    # its level
    speed_mps: float = recipe_value(3.1, "mean speed of the running", 1.9, 7)
    speed_sd_mps: float = recipe_value(0.12, "standard deviation of the speed", 0, 1)
    speed_memory_s: float = recipe_value(100.0, "how long a change of speed lasts (1/e)", 1, 3600)
    cadence_spm: float = recipe_value(172.0, "steps of both legs per minute at the mean speed", 140, 230)
    contact_time_s: float = recipe_value(0.250, "contact time at the mean speed, mean of both legs", 0.16, 0.38)

    # its heart
    heart_base_bpm: float = recipe_value(80.0, "where the line of heart rate over speed begins: at no speed", 40, 120)
    heart_per_mps_bpm: float = recipe_value(22.0, "rise of the heart rate per m/s", 5, 40)
    heart_per_grade_bpm: float = recipe_value(2.0, "rise of the heart rate per 1 % of grade, up to 5 %", 0, 10)
    heart_lag_s: float = recipe_value(40.0, "how long the heart takes to follow (1/e)", 1, 600)
    heart_drift_bpm: float = recipe_value(6.0, "rise at the same speed per hour, after the first 20 minutes", 0, 60)
    fitness_pct: float = recipe_value(0.0, "this much faster at the same heart rate than that line says", -50, 100)

    # its way
    route: Route = recipe_value("road", "road, track (400 m, anticlockwise) or treadmill (no positions, flat)")
    grade_sd_pct: float = recipe_value(0.0, "standard deviation of the grade, in percent", 0, 10)
    grade_memory_s: float = recipe_value(120.0, "how long a hill lasts (1/e)", 5, 3600)
    turn_sd_dps: float = recipe_value(1.5, "standard deviation of the road's turning", 0, 10)
    turn_memory_s: float = recipe_value(30.0, "how long a bend of the road lasts (1/e)", 1, 600)

    # its interruptions
    walking_breaks: int = recipe_value(0, "number of walking breaks", 0, 200)
    walking_break_s: float = recipe_value(120.0, "length of each", 5, 3600)
    standing_stops: int = recipe_value(0, "number of times the runner stands with the timer on", 0, 200)
    standing_stop_s: float = recipe_value(30.0, "length of each", 5, 3600)
    pauses: int = recipe_value(0, "number of times the timer is stopped", 0, 200)
    pause_s: float = recipe_value(60.0, "length of each, not counted in the minutes", 1, 7200)

    # its intervals
    intervals: int = recipe_value(
        0, "number of fast repetitions, each its own lap, between warm-up and cool-down", 0, 100
    )
    interval_work_s: float = recipe_value(180.0, "length of each repetition", 10, 3600)
    interval_rest_s: float = recipe_value(90.0, "length of the jog between them", 10, 3600)
    interval_speed_mps: float = recipe_value(0.9, "how much faster than the mean speed the repetitions are", 0, 3)
    autolap_m: float = recipe_value(1000.0, "distance of a lap where there are no intervals; 0 for none", 0, 100_000)

    def __post_init__(self) -> None:
        check_limits(self)
        for name, choices in (("route", get_args(Route)), ("recording", get_args(Recording))):
            _check_choice(name, getattr(self, name), choices)
        if self.start.tzinfo is None:
            raise InvalidRequest("start has no time zone.", help="Give one, for example 2026-05-04T06:12+02:00.")
        for name in ("hold_s", "walking_breaks", "standing_stops", "pauses", "intervals"):
            if getattr(self, name) != int(getattr(self, name)):
                raise InvalidRequest(f"{name} must be a whole number.", help="Round it.")
        self._check_plan()
        self._check_sensors()

    def _check_plan(self) -> None:
        count = self.walking_breaks + self.standing_stops + self.pauses
        longest_s = max(
            self.walking_break_s * bool(self.walking_breaks), self.standing_stop_s * bool(self.standing_stops), 0.0
        )
        slot_s = 60 * self.minutes / max(count, 1)
        if count and (longest_s > BREAK_SHARE_MAX * slot_s or slot_s < 5):
            raise InvalidRequest(
                f"{count} breaks of up to {longest_s:g} s do not fit into {self.minutes:g} minutes.",
                help="Ask for fewer or shorter breaks, or for a longer run.",
            )
        plan_s = self.intervals * self.interval_work_s + max(self.intervals - 1, 0) * self.interval_rest_s
        if self.intervals and plan_s > 60 * self.minutes - 2:
            raise InvalidRequest(
                f"{self.intervals} intervals of {self.interval_work_s:g} s with {self.interval_rest_s:g} s between "
                f"do not fit into {self.minutes:g} minutes.",
                help="Ask for fewer or shorter intervals, or for a longer run.",
            )

    def _check_sensors(self) -> None:
        kinds = [sensor.kind for sensor in self.sensors]
        if len(set(kinds)) < len(kinds) or {"watch_balance", "stryd_duo"} <= set(kinds):
            raise InvalidRequest(
                f"These sensors cannot be in one file: {', '.join(kinds)}.",
                help="Each kind once; a watch's balance and a Stryd Duo's are written to the same field.",
            )


RECIPE_FIELDS: Mapping[str, str] = MappingProxyType({one.name: one.metadata["sentence"] for one in fields(RunRecipe)})
"""Every field of a recipe with its sentence, for help and documentation."""

MIRRORED_FIELDS: tuple[str, ...] = tuple(one.name for one in fields(RunRecipe) if one.metadata["mirrored"])
"""The fields whose sign turns when the legs are swapped."""
