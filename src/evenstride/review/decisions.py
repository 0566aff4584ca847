"""The table of the weekly rules: one function each, asked in order of precedence."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from evenstride.model import Decision
from evenstride.review import rules_go, rules_hold, rules_stop
from evenstride.review.facts import Facts

DECISIONS: Mapping[str, Callable[[Facts], Decision | None]] = MappingProxyType(
    {
        "D-REFER-FLAG": rules_stop.refer_flag,
        "D-REFER-PERSISTING": rules_stop.refer_persisting,
        "D-REGRESS-PAIN": rules_stop.regress_pain,
        "D-REGRESS-FORM": rules_stop.regress_form,
        "D-RETEST-DRIFT": rules_stop.retest_drift,
        "D-RETEST-WIDE": rules_stop.retest_wide,
        "D-DELOAD-FATIGUE": rules_stop.deload_fatigue,
        "D-DELOAD-DUE": rules_stop.deload_due,
        "D-HOLD-SLEEP": rules_hold.hold_sleep,
        "D-HOLD-EFFORT": rules_hold.hold_effort,
        "D-HOLD-SORENESS": rules_hold.hold_soreness,
        "D-RETURN": rules_hold.hold_return,
        "D-HOLD-EMPTY": rules_hold.hold_empty,
        "D-SMALLER": rules_hold.smaller,
        "D-STIMULUS": rules_hold.stimulus,
        "D-HOLD-KEEP-ON": rules_hold.keep_on,
        "D-HOLD-ASKED": rules_hold.hold_asked,
        "D-HOLD-PART": rules_hold.hold_part,
        "D-REDISTRIBUTE": rules_go.redistribute,
        "D-LATE-TECHNIQUE": rules_go.late_technique,
        "D-ALTERNATE": rules_go.alternate,
        "D-PROGRESS-CATCHUP": rules_go.catch_up,
        "D-PROGRESS-STEADY": rules_go.steady,
    }
)
"""Adding a rule is a row of ``decisions.toml``, a function, and a line here."""
EXERCISE_RULES = ("D-REGRESS-PAIN", "D-REGRESS-FORM", "D-CLEAR", "D-EXERCISE-PROGRESS", "D-EXERCISE-HOLD",
                  "D-EXERCISE-OUT")  # fmt: skip
"""Rules that decide on single exercises (review/exercise_rules.py)."""
