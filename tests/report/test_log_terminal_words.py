from datetime import date

from evenstride.model import Pain, SessionLog
from evenstride.report.log_terminal import session_answer, told_words

DONE = SessionLog(session="2026-05-08-strength-1", day=date(2026, 5, 8), done=True, as_planned=True)
HURT = SessionLog(
    session=DONE.session, day=DONE.day, done=True, as_planned=True, pain=(Pain(value_0_10=4, site="knee", side="left"),)
)


def test_a_session_that_hurt_is_not_simply_as_planned():
    for words, log in {"as planned": DONE, "as planned, with pain": HURT}.items():
        assert session_answer(log) == f"Kept {words}: 2026-05-08-strength-1."
        assert told_words(log)[2] == words
