"""Every English text stands in the catalogue, and nothing else does."""

import re
from pathlib import Path

import pytest

import evenstride.web
from evenstride.web.texts import load_texts

ROOT = Path(evenstride.web.__file__).parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXTS = load_texts()
_ASKED = re.compile(r"""\bt\(\s*(?:"([\w.]+)"(\s*~)?|(\w+)\s*[,)])""")
_IN_CODE = re.compile(r'"((?:' + "|".join({key.partition(".")[0] for key in TEXTS.entries}) + r')\.[\w.]+)"')
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
_TAG = re.compile(r"<[^>]*>", re.S)
_READ_ALOUD = re.compile(r'\b(?:alt|title|aria-label|placeholder)="([^"]*)"')


def asked_in(text: str) -> tuple[set[str], set[str]]:
    """Keys that are asked for whole, and beginnings of keys that are put together."""
    found = [(key, joined) for key, joined, _ in _ASKED.findall(text) if key]
    return {key for key, joined in found if not joined}, {key for key, joined in found if joined}


def everything() -> tuple[set[str], set[str]]:
    keys, beginnings = set(), set()
    for path in TEMPLATES:
        whole, begun = asked_in(path.read_text(encoding="utf8"))
        keys |= whole
        beginnings |= begun
    for path in ROOT.rglob("*.py"):
        keys |= set(_IN_CODE.findall(path.read_text(encoding="utf8")))
    return {key for key in keys if not key.endswith((".html", ".css", ".ics"))}, beginnings


def test_every_key_that_is_asked_for_exists():
    keys, beginnings = everything()
    assert sorted(keys - set(TEXTS.entries)) == []
    assert [one for one in beginnings if not any(key.startswith(one) for key in TEXTS.entries)] == []


def test_no_key_is_left_over():
    keys, beginnings = everything()
    unused = [key for key in TEXTS.entries if key not in keys and not key.startswith(tuple(beginnings))]
    assert unused == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_anything_by_itself(path):
    bare = _JINJA.sub("", path.read_text(encoding="utf8"))
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"&\w+;", "", _TAG.sub(" ", bare)))
    aloud = [one for one in _READ_ALOUD.findall(bare) if re.search("[A-Za-z]", one)]
    assert (words, aloud) == ([], [])


def test_a_text_takes_its_values_and_its_number():
    assert TEXTS("player.set", n=2, sets=3) == "Set 2 of 3"
    assert TEXTS("error.field", fields="name") == "Something is missing or cannot be read: name."


def test_plural_forms_are_chosen_by_n():
    from evenstride.web.texts import Texts

    texts = Texts(language="en", entries={"x": {"one": "{n} run", "other": "{n} runs"}})
    assert (texts("x", n=1), texts("x", n=2)) == ("1 run", "2 runs")


def test_a_key_that_is_not_there_is_a_bug():
    with pytest.raises(KeyError):
        TEXTS("nothing.of.it")
