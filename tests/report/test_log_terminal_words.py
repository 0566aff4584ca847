from datetime import date

from evenstride.model import ExerciseLog, Pain, SessionLog
from evenstride.report.log_terminal import session_answer, told_words

DONE = {"session": "2026-05-08-strength-1", "day": date(2026, 5, 8), "done": True, "as_planned": True}
SQUAT = ExerciseLog(exercise="split_squat", left_reps=(8.0,), right_reps=(10.0,))


def test_a_session_with_a_difference_or_pain_is_not_simply_as_planned():
    knee = (Pain(value_0_10=4, site="knee", side="left"),)
    said = {
        "as planned": SessionLog(**DONE),
        "as planned but for 1 exercise": SessionLog(**DONE, exercises=(SQUAT,)),
        "as planned, with pain": SessionLog(**DONE, pain=knee),
        "as planned but for 2 exercises, with pain": SessionLog(**DONE, exercises=(SQUAT, SQUAT), pain=knee),
    }
    for words, log in said.items():
        assert session_answer(log) == f"Kept {words}: 2026-05-08-strength-1."
        assert told_words(log)[2] == words
