"""Weekly reviews. Each opinion on one, and its way into the plan, is a new row; the newest of a week holds."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from evenstride.errors import UnknownEntry
from evenstride.model import Opinion, Review
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, reading, writing
from evenstride.store.remembered import read_once
from evenstride.store.rows import next_number, noun_of
from evenstride.store.tables import plan as plan_table
from evenstride.store.tables import review as review_table


@dataclass(frozen=True, kw_only=True)
class KeptReview:
    """A review as it stands. ``plan_number`` is the plan that it led to, None before that or when that was undone."""

    number: int
    review: Review
    made: datetime
    plan_number: int | None = None


def add_review(store: Store, athlete_id: str, review: Review, now: datetime) -> KeptReview:
    """Keep a review; it is the one of its week from now on, those made before stay in the history."""
    with writing(store, athlete_id) as connection:
        return _add(connection, athlete_id, review, now)


def reviews(store: Store, athlete_id: str, since: date | None = None) -> tuple[KeptReview, ...]:
    """Return the review that holds of each week, oldest week first; of the weeks from a Monday on, or of all."""
    every = read_once(store, athlete_id, "reviews", lambda connection: _newest(connection, athlete_id))
    return every if since is None else tuple(one for one in every if one.review.week >= since)


def review_history(store: Store, athlete_id: str, week: date) -> tuple[KeptReview, ...]:
    """Return every version of a week's review that was not taken back, in the order in which they came to be."""
    with reading(store) as connection:
        return tuple(one for one in _standing(connection, athlete_id) if one.review.week == week)


def add_opinion(store: Store, athlete_id: str, week: date, opinion: Opinion, now: datetime) -> KeptReview:
    """Add what runner or coach says to the review of a week (its Monday). UnknownEntry when there is none."""
    with writing(store, athlete_id) as connection:
        held = _of_week(connection, athlete_id, week)
        said = replace(held.review, opinions=(*held.review.opinions, opinion))
        return _add(connection, athlete_id, said, now, plan_number=held.plan_number)


def mark_review_applied(store: Store, athlete_id: str, week: date, plan_number: int, now: datetime) -> KeptReview:
    """Remember the plan that the review of a week led to; taking that plan back takes this back too.

    Raises
    ------
    UnknownEntry
        There is no review of that week, or no such plan.
    """
    with writing(store, athlete_id) as connection:
        held = _of_week(connection, athlete_id, week)
        columns = plan_table.c
        made = select(columns.number).where(columns.athlete_id == athlete_id, columns.number == plan_number)
        if connection.execute(made).first() is None:
            raise UnknownEntry(f"No plan {plan_number} is kept.")
        return _add(connection, athlete_id, replace(held.review, applied=True), now, plan_number=plan_number)


def undo_review(store: Store, athlete_id: str, week: date, now: datetime) -> tuple[KeptReview, KeptReview | None]:
    """Take the newest version of a week's review back; returns it, and the one that holds now (None: there is none)."""
    with writing(store, athlete_id) as connection:
        gone = _of_week(connection, athlete_id, week)
        columns = review_table.c
        own = (columns.athlete_id == athlete_id) & (columns.number == gone.number)
        connection.execute(update(review_table).where(own).values(removed_at=now))
        left = [one for one in _standing(connection, athlete_id) if one.review.week == week]
    return gone, left[-1] if left else None


def _newest(connection: Connection, athlete_id: str) -> tuple[KeptReview, ...]:
    newest = {one.review.week: one for one in _standing(connection, athlete_id)}
    return tuple(newest[week] for week in sorted(newest))


def _of_week(connection: Connection, athlete_id: str, week: date) -> KeptReview:
    found = [one for one in _standing(connection, athlete_id) if one.review.week == week]
    if not found:
        raise UnknownEntry(f"There is no review of the week of {week}.", help="evenstride review makes one.")
    return found[-1]


def _standing(connection: Connection, athlete_id: str) -> tuple[KeptReview, ...]:
    columns = review_table.c
    plan = plan_table.c
    query = (
        select(review_table, plan.undone_at)
        .outerjoin(plan_table, (plan.athlete_id == columns.athlete_id) & (plan.number == columns.plan_number))
        .where(columns.athlete_id == athlete_id, columns.removed_at.is_(None))
    )
    return tuple(_kept(row) for row in connection.execute(query.order_by(columns.number)).all())


def _kept(row: Row[Any]) -> KeptReview:
    review = noun_of(Review, row.body, "a review")
    in_force = row.plan_number is not None and row.undone_at is None
    return KeptReview(
        number=row.number, made=row.made_at, plan_number=row.plan_number if in_force else None,
        review=replace(review, applied=review.applied and in_force),
    )  # fmt: skip


def _add(
    connection: Connection, athlete_id: str, review: Review, now: datetime, *, plan_number: int | None = None
) -> KeptReview:
    number = next_number(connection, review_table, athlete_id)
    row = {"number": number, "week": review.week, "plan_number": plan_number, "made_at": now, "body": to_json(review)}
    connection.execute(insert(review_table).values(athlete_id=athlete_id, **row))
    return KeptReview(number=number, review=review, made=now, plan_number=plan_number)
