"""Train, hold back or stop: one walk through a tree of questions, every answer with what it rests on.

The tree is data (``rest.toml``); docs/methods/rest-decisions.md shows it. It names no disease and clears nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from evenstride.model import RestAction, RestAdvice, RestDecision, RestStep, ReviewCase
from evenstride.model.exercise import Grade
from evenstride.review.rest_facts import FACTS, Answer, Asked
from evenstride.review.tables import table

END = "end"


@dataclass(frozen=True, kw_only=True)
class NodeAdvice:
    """What a yes leads to."""

    action: RestAction
    text: str
    how_soon: str = ""


@dataclass(frozen=True, kw_only=True)
class RestNode:
    """One question: the fact that answers it and where each answer goes."""

    id: str
    question: str
    fact: str
    threshold: float
    days: int
    grade: Grade
    yes: str
    no: str
    advice: tuple[NodeAdvice, ...] = ()
    about: str = ""


@cache
def rest_nodes() -> Mapping[str, RestNode]:
    """Return every node by its name, in the order of the table.

    >>> node = rest_nodes()["soreness"]
    >>> node.question, node.threshold, node.advice[0].action
    ('Has soreness lasted longer than 72 hours?', 72, 'reduce')
    """
    nodes = {}
    for said in table("rest")["nodes"]:
        advice = tuple(NodeAdvice(**one) for one in said.get("advice", ()))
        nodes[said["id"]] = RestNode(**{**said, "advice": advice})
    return MappingProxyType(nodes)


def rest_decision(case: ReviewCase, *, day: date) -> RestDecision:
    """Walk through the tree as things stood on a day.

    Nothing after ``day`` is looked at. What is not known goes the way of a no, and is said as not known: it speaks
    neither for nor against going on. Works for any case, an empty one included; says nothing about what was not logged.

    >>> from evenstride.model import Catalogue, DayLog, Profile
    >>> case = ReviewCase(
    ...     week=date(2026, 5, 4), today=date(2026, 5, 10), profile=Profile(name="Ada"),
    ...     catalogue=Catalogue(exercises={}, phases=(), cues=(), rules={}),
    ...     days=tuple(DayLog(day=date(2026, 5, d), sleep_hours=6.0) for d in (5, 6, 8)),
    ... )
    >>> decision = rest_decision(case, day=date(2026, 5, 10))
    >>> [(one.action, one.node) for one in decision.advice]
    [('hold', 'sleep')]
    """
    nodes, at = rest_nodes(), str(table("rest")["first"])
    path: list[RestStep] = []
    advice: list[RestAdvice] = []
    while at != END:
        node = nodes[at]
        stopped = any(one.action == "stop" for one in advice)
        answer = FACTS[node.fact](Asked(
            case=case, day=day, days=node.days, threshold=node.threshold, about=node.about, stopped=stopped
        ))  # fmt: skip
        path.append(RestStep(node=node.id, question=node.question, answer=answer.yes, text=answer.text))
        if answer.yes:
            advice += _advice(node, answer)
        at = node.yes if answer.yes else node.no
    return RestDecision(day=day, path=tuple(path), advice=tuple(dict.fromkeys(advice)))


def _advice(node: RestNode, answer: Answer) -> list[RestAdvice]:
    return [
        RestAdvice(
            action=one.action, node=node.id, text=one.text, how_soon=one.how_soon, exercise=exercise, side=side
        )
        for exercise, side in answer.about or (("", None),)
        for one in node.advice
    ]  # fmt: skip
