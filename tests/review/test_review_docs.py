"""The pages of the review say what its tables say."""

from pathlib import Path

import pytest

from evenstride.review.facts import decision_rules
from evenstride.review.rest import rest_nodes
from evenstride.review.tables import table

ROOT = Path(__file__).resolve().parents[2]
REVIEW, REST = (
    (ROOT / "docs" / "methods" / name).read_text(encoding="utf8") for name in ("review.md", "rest-decisions.md")
)


@pytest.mark.parametrize("rule", decision_rules().values(), ids=decision_rules())
def test_every_rule_stands_in_the_table(rule):
    assert f"| {rule.id} | {rule.outcome} | {rule.sentence} | {rule.reason} | {rule.grade} |" in REVIEW


def test_the_table_has_no_rule_that_does_not_exist():
    rows = [line.split("|")[1].strip() for line in REVIEW.splitlines() if line.startswith("| D-")]
    assert rows == list(decision_rules())


@pytest.mark.parametrize("node", rest_nodes().values(), ids=rest_nodes())
def test_every_node_stands_in_the_table(node):
    line = next(line for line in REST.splitlines() if line.startswith(f"| `{node.id}` |"))
    assert f"| {node.question} |" in line
    assert line.endswith(f"| `{node.yes}` | `{node.no}` | {node.grade} |")
    assert all(one.text in line and one.how_soon in line for one in node.advice)


def test_every_target_stands_in_the_table():
    for name, row in table("targets").items():
        assert name == "limits" or f"| {row['source']} | {row['grade']} |" in REVIEW


def test_the_planned_efforts_are_those_in_use():
    said = ", ".join(f"{kind} {effort:g}" for kind, effort in table("rest")["planned_effort"].items())
    assert said in REST


@pytest.mark.parametrize("part", ["**Answers**", "**Definition", "**Source", "**Works for**", "**Validated**"])
def test_both_pages_have_the_same_parts(part):
    assert part in REVIEW
    assert part in REST
