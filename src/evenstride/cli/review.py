"""`evenstride review`: the weekly decision, made, kept, brought into the plan, decided otherwise."""

from datetime import date
from typing import Any

from evenstride.cli.show import print_json, tell, waiting
from evenstride.service.home import Home, open_home
from evenstride.service.where import Where


def review_command(
    *,
    week: date | None,
    apply_: bool,
    outcome: Any,
    approve: bool,
    why: str,
    coach: str | None,
    undo: bool,
    list_: bool,
    as_json: bool,
    where: Where,
) -> int:
    """Review a week; then whatever else was asked."""
    if list_:
        return _list(as_json=as_json, where=where)
    if undo:
        return _undo(week, as_json=as_json, where=where)
    from evenstride.service.review import Reviewed, apply_review, review_week, say_to_review

    def asked(home: Home) -> Reviewed:
        if outcome is not None or approve:
            said = say_to_review(home, outcome, day=week, why=why, by="coach" if coach else "runner", name=coach or "")
            return apply_review(home, week) if apply_ else said
        return apply_review(home, week) if apply_ else review_week(home, week)

    with open_home(where) as home, waiting("Looking back"):
        reviewed = asked(home)
    _shown(reviewed, as_json=as_json)
    return 0


def _shown(reviewed: Any, *, as_json: bool) -> None:
    made = reviewed.made
    if as_json:
        from evenstride.report.review_document import review_document

        print_json(review_document(reviewed.review, difference=made.difference if made else None))
        return
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_terminal import print_difference
    from evenstride.report.review_screen import print_review

    catalogue = load_catalogue()
    print_review(reviewed.review, catalogue)
    if made is not None:
        print_difference(made.difference, catalogue=catalogue)
        for note in made.notes:
            tell(note)
        tell("To take this back: evenstride plan undo")


def _undo(week: date | None, *, as_json: bool, where: Where) -> int:
    from evenstride.service.review import Reviewed, take_back

    with open_home(where) as home:
        left = take_back(home, week)
    tell("Taken back.")
    if left is not None:
        _shown(Reviewed(kept=left), as_json=as_json)
    elif as_json:
        print_json({"schema": "evenstride.review_undone/1"})
    return 0


def _list(*, as_json: bool, where: Where) -> int:
    from evenstride.report.review_document import reviews_document
    from evenstride.report.review_screen import print_reviews
    from evenstride.report.review_words import agreement_words
    from evenstride.review.opinions import agreement
    from evenstride.service.review import kept_reviews

    with open_home(where) as home:
        every = kept_reviews(home)
    agreed = agreement(every)
    if as_json:
        print_json(reviews_document(every, agreed))
        return 0
    if not every:
        tell("There is no review yet: evenstride review makes the first.")
    print_reviews(every)
    if overridden := sum(one.overridden for one in every):
        print(f"Decided otherwise in {overridden} of {len(every)}.")
    if said := agreement_words(agreed):
        print(said)
    return 0
