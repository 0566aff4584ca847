"""How many of the planned sessions were kept, and what went well: sessions count, not perfection."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from evenstride.model import Adherence, PlannedSession, ReviewCase, SessionLog
from evenstride.model.plan import SessionKind
from evenstride.review.tables import limits
from evenstride.stats.share import wilson

COUNTED: tuple[SessionKind, ...] = ("strength", "micro", "test")
"""Sessions that the review may make fewer or harder; mobility and drills around runs are not held against anybody."""
WEEK = timedelta(days=7)


def adherence(
    case: ReviewCase, *, since: date, until: date, kinds: Collection[SessionKind] = COUNTED
) -> Adherence:  # fmt: skip
    """Count the planned sessions of some days that were kept, with Wilson's 95 % interval of the share.

    A session is kept when its log says that any work was done, or when one of its kind was done outside the plan in
    the same week. A session of today that nobody logged yet is not counted: the day is not over.
    The interval takes sessions as independent, which those of one bad week are not: read it as the least that is
    uncertain.

    >>> from evenstride.model import Catalogue, Profile
    >>> monday = date(2026, 5, 4)
    >>> sessions = [PlannedSession(id=f"s{day}", day=monday + timedelta(days=day), slot="free", kind="strength",
    ...                            minutes=30) for day in (0, 2, 4)]
    >>> case = ReviewCase(week=monday, today=date(2026, 5, 10), profile=Profile(name="Ada"), planned=tuple(sessions),
    ...                   catalogue=Catalogue(exercises={}, phases=(), cues=(), rules={}),
    ...                   sessions=(SessionLog(session="s0", day=monday, as_planned=True),))
    >>> found = adherence(case, since=monday, until=date(2026, 5, 10))
    >>> print(f"{found.kept} of {found.planned}, {found.unlogged} not logged; {found.low:.2f} to {found.high:.2f}")
    1 of 3, 2 not logged; 0.06 to 0.79
    """
    last = min(until, case.today)
    logs = [one for one in case.sessions if one.day <= case.today]
    planned = [one for one in planned_sessions(case, kinds) if since <= one.day <= last]
    spare = [one for one in logs if not one.session and worked(one)]
    named = {session.id: [one for one in logs if one.session == session.id] for session in planned}
    kept = unlogged = open_today = 0
    for session in planned:
        found = named[session.id]
        if any(worked(one) for one in found) or _taken(spare, session):
            kept += 1
        elif not found:
            unlogged += 1
            open_today += session.day == case.today
    count = len(planned) - open_today
    low, high = wilson(kept, count) if count else (None, None)
    return Adherence(
        since=since, until=until, planned=count, kept=kept, unlogged=unlogged - open_today,
        share=kept / count if count else None, low=low, high=high,
    )  # fmt: skip


def last_weeks(case: ReviewCase) -> Adherence:
    """Adherence of the four weeks that end with the case's week."""
    weeks = int(limits("decisions")["adherence_weeks"])
    return adherence(case, since=case.week - (weeks - 1) * WEEK, until=case.week + WEEK - timedelta(days=1))


def told_weeks(case: ReviewCase) -> Adherence:
    """Adherence of the same four weeks without those of which nothing at all was written.

    A week without one entry may be a holiday or a forgotten diary: it says nothing of whether the plan fits.
    """
    weeks = int(limits("decisions")["adherence_weeks"])
    mondays = [case.week - back * WEEK for back in reversed(range(weeks))]
    told = [adherence(case, since=monday, until=monday + WEEK - timedelta(days=1))
            for monday in mondays if written_in_week(case, monday)]  # fmt: skip
    planned, kept = sum(one.planned for one in told), sum(one.kept for one in told)
    low, high = wilson(kept, planned) if planned else (None, None)
    return Adherence(
        since=mondays[0], until=case.week + WEEK - timedelta(days=1), planned=planned, kept=kept,
        unlogged=sum(one.unlogged for one in told), share=kept / planned if planned else None, low=low, high=high,
    )  # fmt: skip


def written_in_week(case: ReviewCase, monday: date) -> bool:
    """Whether anything was written down about a week, a missed session included."""
    days = [one.day for one in case.sessions] + [one.day for one in case.runs] + [one.day for one in case.days]
    return any(monday <= day < monday + WEEK and day <= case.today for day in days)


def this_week(case: ReviewCase) -> Adherence:
    """Adherence of the case's week."""
    return adherence(case, since=case.week, until=case.week + WEEK - timedelta(days=1))


def judged(found: Adherence) -> bool:
    """Whether enough was planned to judge by the share."""
    return found.share is not None and found.planned >= limits("decisions")["adherence_planned_least"]


def adherence_words(found: Adherence) -> str:
    """Say it with its interval; what nobody logged is named.

    >>> day = date(2026, 5, 4)
    >>> print(adherence_words(Adherence(since=day, until=day, planned=8, kept=6, unlogged=1, share=0.75, low=0.41,
    ...                                 high=0.93)))
    6 of 8 planned sessions kept (75 %, 41 to 93); of 1 nothing was logged
    """
    if found.share is None or found.low is None or found.high is None:
        return "no session was planned"
    said = (
        f"{found.kept} of {found.planned} planned sessions kept"
        f" ({100 * found.share:.0f} %, {100 * found.low:.0f} to {100 * found.high:.0f})"
    )
    return f"{said}; of {found.unlogged} nothing was logged" if found.unlogged else said


def worked(log: SessionLog) -> bool:
    """Whether any work was done; a done log without details counts as done."""
    if not log.done:
        return False
    reps = [one.left_reps or one.right_reps for one in log.exercises]
    return log.as_planned or not log.exercises or any(reps)


def planned_sessions(case: ReviewCase, kinds: Collection[SessionKind]) -> list[PlannedSession]:
    """The planned sessions of some kinds, each once (the newest plan's), in order of time."""
    newest = {one.id: one for one in case.planned if one.kind in kinds}
    return sorted(newest.values(), key=lambda one: (one.day, one.id))


def _taken(spare: list[SessionLog], session: PlannedSession) -> bool:
    """Whether a session of the same kind was done outside the plan in that week; each stands in for one."""
    week = session.day - timedelta(days=session.day.weekday())
    for log in spare:
        if log.kind == session.kind and week <= log.day < week + WEEK:
            spare.remove(log)
            return True
    return False


def row_of_weeks(case: ReviewCase) -> tuple[int, int]:
    """How many weeks in a row all sessions were kept, up to the case's week, and the longest such row before it.

    Weeks without a planned session neither add to a row nor end it; a week that is not over yet does not either.
    """
    mondays: dict[date, date] = {}
    for one in planned_sessions(case, COUNTED):
        mondays[one.day - timedelta(days=one.day.weekday())] = one.day
    over = sorted(monday for monday, last in mondays.items() if monday <= case.week and last <= case.today)
    weeks = [adherence(case, since=monday, until=monday + WEEK - timedelta(days=1)) for monday in over]
    rows = _rows([found.kept == found.planned for found in weeks if found.planned])
    return (rows[-1], max(rows[:-1], default=0)) if rows else (0, 0)


def _rows(full: Sequence[bool]) -> list[int]:
    """Lengths of the rows of full weeks; the last one is the row that is still going on (0: none).

    >>> _rows([True, True, False, True]), _rows([True, False])
    ([2, 1], [1, 0])
    """
    rows = [0]
    for one in full:
        if one:
            rows[-1] += 1
        elif rows[-1]:
            rows.append(0)
    return rows
