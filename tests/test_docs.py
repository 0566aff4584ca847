"""The documents keep up with the code: tables are walked and compared."""

import re
from pathlib import Path

import numpy as np
import pytest

from evenstride import errors
from evenstride.judge import RANGES
from evenstride.measure.formats import READERS
from evenstride.measure.metrics.running import REASONS
from evenstride.model import METRICS
from evenstride.report.document import runs_document
from evenstride.report.fit_encoder import encode_activity
from evenstride.service.analyze import analyze_members
from evenstride.simulate import RunRecipe, simulate_run, truth_document

ROOT = Path(__file__).resolve().parents[1]


def text(name):
    return (ROOT / name).read_text(encoding="utf8")


def keys_of(document):
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from keys_of(value)
    if isinstance(document, list):
        for value in document:
            yield from keys_of(value)


def test_every_field_of_a_run_document_is_written_down():
    run = simulate_run(RunRecipe(minutes=20, intervals=3), rng=np.random.default_rng(1))
    analysis = analyze_members([("run.fit", encode_activity(run.activity))])
    optional = {"speed_mps", "heart_rate_bpm", "power_w", "temperature_c", "schema", "runs"}
    named = set(re.findall(r"`(\w+)`", text("docs/json.md")))
    assert set(keys_of(runs_document(analysis.reports))) - optional <= named


def test_every_field_of_a_truth_document_is_written_down():
    run = simulate_run(RunRecipe(minutes=12), rng=np.random.default_rng(1))
    named = set(re.findall(r"`(\w+)`", text("docs/json.md")))
    assert set(truth_document(run.truth)) - {"schema"} <= named


def test_every_error_kind_is_written_down():
    kinds = {one.kind for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)}
    assert kinds - {"error"} <= set(re.findall(r"`(\w+)`", text("docs/json.md")))


def test_every_error_stands_in_the_drawn_tree():
    drawn = errors.__doc__
    assert all(name in drawn for name, one in vars(errors).items() if isinstance(one, type))


def test_every_reason_for_leaving_out_is_explained():
    page = text("docs/methods/usable-running.md")
    assert all(f"| {reason.replace('_', ' ')} |" in page for reason in REASONS)


def test_every_metric_has_its_range_on_the_verdict_page():
    page = text("docs/methods/verdict.md").lower()
    for name, row in RANGES.items():
        assert METRICS[name].label in page
        assert row.threshold_pct is None or f"{row.threshold_pct:g} %" in page


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_a_page_with_the_same_parts(metric):
    page = text(f"docs/methods/{metric.replace('_', '-')}.md")
    assert all(part in page for part in ("**Answers**", "**Definition", "**Source", "**Works for**", "**Validated**"))


def test_every_format_is_described():
    page = text("docs/formats.md").lower()
    assert all(name.replace("_", " ").split()[0] in page for name in READERS)


def links():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("validation/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf8")):
            yield pytest.param(path, target, id=f"{path.relative_to(ROOT)}:{target}")


@pytest.mark.parametrize(("path", "target"), list(links()))
def test_every_link_leads_somewhere(path, target):
    assert (path.parent / target).exists()


def test_the_readme_picture_is_the_one_its_script_draws():
    import runpy

    drawn = runpy.run_path(str(ROOT / "scripts" / "pictures.py"))["run_svg"]()
    kept = text("docs/img/run.svg")
    number = re.compile(r"-?\d+\.?\d*")
    assert number.sub("", kept) == number.sub("", drawn)
    # Another processor may round the last pixel's tenth differently.
    numbers = [[float(one) for one in number.findall(svg)] for svg in (kept, drawn)]
    np.testing.assert_allclose(numbers[0], numbers[1], atol=0.3)
