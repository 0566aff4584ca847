"""The figures of the programme's rules, each once; ``plan/catalogue/rules.toml`` says the rules in words."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

BEFORE_HARD_RUN = timedelta(hours=24)
"""R-24H: from a hard strength session's end to the start of a quality run or the long run."""
AFTER_HARD_RUN = timedelta(hours=6)
"""R-AFTER-EASY: from a hard run's end to strength on the same day."""
FIRST_WEEKS = 4
"""R-AFTER-EASY: weeks in which every strength session is hard, and none stands on a hard run's day."""
BREAK = timedelta(weeks=4)
"""After so long without a session the first weeks begin again."""
BETWEEN_BEGINNER_DAYS = 2
"""R-NONCONSEC: strength days of a beginner differ by at least this."""
BETWEEN_HARD = timedelta(hours=48)
"""R-NONCONSEC: after the beginner phase, from the end of one hard session to the start of the next."""
SESSIONS_A_WEEK: Mapping[str, int] = MappingProxyType({"beginner": 2, "intermediate": 2, "advanced": 3})
"""R-FREQ: at most, and wanted."""

TAPER: Mapping[str, timedelta] = MappingProxyType({"A": timedelta(days=14), "B": timedelta(days=7)})
"""R-TAPER: how long before a race, by its priority."""
TAPER_SETS = 2
NO_PLYOMETRICS_BEFORE_RACE = timedelta(days=7)
NO_STRENGTH_BEFORE_RACE = timedelta(hours=72)
RECOVERY: Mapping[str, timedelta] = MappingProxyType({"A": timedelta(days=7), "B": timedelta(days=3)})
"""R-RECOVER: after a race of so much priority, its own day included (our own convention)."""

DELOAD_EVERY_WEEKS = 4
"""R-DELOAD: at least every fourth week."""
DELOAD_SETS = (0.5, 0.6)
"""R-DELOAD: a light week has this share of the last loading week's sets, rounded towards fewer."""
DELOAD_LOAD = 0.9
"""R-DELOAD: how much of the load is kept (our own convention)."""

IN_SEASON = timedelta(weeks=8)
"""In season: so long before an A race, and between two A or B races no further apart."""
BUILD_SHARE = 1.0 / 3.0
"""The last third of the weeks before the season."""
MICRO_MINUTES = (10.0, 15.0)
"""R-INSEASON."""
NO_NEW_BEFORE_RACE = timedelta(days=14)
"""R-NO-NEW."""
BASE_BEFORE_PLYOMETRICS = timedelta(weeks=8)
"""R-FORM-FIRST."""
NEW_JUMPS_MAX = 2
"""R-FORM-FIRST: so many jumps that are new to the runner in one session (our own convention)."""
CLEAN_SESSIONS_BEFORE_LOAD = 2
"""R-FORM-FIRST: clean with body weight in so many sessions in a row."""

BODY_WEIGHT_WEEKS = 2
"""A beginner's first weeks are without loads."""

WARM_UP_S = 300.0
SECONDS_A_REPETITION = 6.0
REST_S = 60.0
"""After a pair of sides."""
SECONDS_AN_EXERCISE = 30.0
FIRST_SESSIONS_MINUTES = 20.0
"""Beginner, weeks 1–2."""
BEGINNER_MINUTES = 40.0
STRENGTH_MINUTES_MIN = 15.0
"""A separate strength session of less is not worth its warm-up (our own convention)."""

TEST_MINUTES = 40.0
"""R-TEST."""
TEST_DAYS_MAX = 2
TEST_WITHIN = timedelta(days=14)
FIRST_TEST_DAY = 28
"""R-TEST: the first allowed day from this one on; the first day of the programme is day 1."""
TEST_EVERY = timedelta(weeks=4)
"""R-REASSESS."""

PRE_RUN_MINUTES = (6.0, 8.0)
"""R-MOB-PRE."""
POST_RUN_MINUTES = (5.0, 10.0)
"""R-MOB-POST."""
POCKET_MINUTES = 5.0
"""R-MOB-WEEK: the daily pocket."""
MOBILITY_MINUTES = (10.0, 20.0)
"""A mobility session of its own (our own convention)."""
FULL_MOBILITY_MINUTES = 10.0
"""R-MOB-WEEK: from here on all three planes, one activation drill, and breathing at the end."""
MOBILITY_WITHIN = timedelta(days=7)
"""R-MOB-WEEK: hips, ankles and thoracic spine."""
WEEK_JOINTS = ("hip", "ankle", "thoracic_spine")
SHORT_HOLD_S = (5.0, 15.0)
"""R-STATIC-PRE."""
LONG_HOLD_S = (30.0, 90.0)
LONG_HOLD_STEP_S = 10.0
"""A week."""
STATIC_BEFORE_QUALITY = timedelta(hours=1)

PAIN_MAX = 2.0
"""R-PAIN: in training, 0 to 10."""
LOAD_STEP = (0.02, 0.10)
"""A rise of the load, as a share (ACSM 2009)."""
LOAD_RISE = 0.05
"""A rise of the load as a share of what the leg moves, body and load, within these (our own convention)."""
EXTRA_REPS = 2
"""2-for-2: so many more than asked in the last set, in two sessions in a row."""
EPLEY_REPS_MAX = 12
"""A one-repetition maximum is estimated from so many repetitions to exhaustion at most."""
SPIKE = 1.1
"""R-SPIKE: of the longest run of the last 30 days (Frandsen et al. 2025)."""
SPIKE_DAYS = timedelta(days=30)
LIMB_RATIO_PCT = 90.0
"""Below this, and beyond the test's error, the weaker limb does one set more (our own convention)."""
TEMPO_S = (2, 3)
"""R-TEMPO: down, and up."""
TEMPO_PAUSE_S = (1, 2)
"""R-TEMPO: a short pause (our own convention)."""
