"""A number that moves asks for a new METHOD: kept runs are then judged again."""

import json
from pathlib import Path

import numpy as np
import pytest

from evenstride.report.fit_encoder import encode_activity
from evenstride.service.analyze import METHOD, analyze_members
from evenstride.simulate import RunRecipe, Sensor, simulate_run

KEPT = Path(__file__).with_name("method.json")
RECIPES = {
    "hilly": RunRecipe(asymmetry_pct=3.0, grade_sd_pct=2.0, grade_effect_pct=0.3, warmup_pct=1.5, minutes=50),
    "pods": RunRecipe(asymmetry_pct=-4.0, minutes=30, sensors=(Sensor(), Sensor(kind="runscribe", bias_pct=2.0))),
    "stops": RunRecipe(minutes=40, walking_breaks=3, standing_stops=2, pauses=1, missing_share=0.02),
}


def numbers_of(name):
    activity = simulate_run(RECIPES[name], rng=np.random.default_rng(7)).activity
    (report,) = analyze_members([("run.fit", encode_activity(activity))]).reports
    told = {f"summary {key}": value for key, value in report.summary.items()}
    for one in report.estimates:
        own = ("index_pct", "low_pct", "high_pct", "raw_index_pct", "n_effective", "memory_s", "usable_minutes")
        told |= {f"{one.metric} {one.source} {key}": getattr(one, key) for key in own}
    for judged in report.judged:
        for effect in judged.effects:
            told[f"{effect.metric} {effect.source} {effect.condition}"] = effect.effect_pct
    return told


@pytest.mark.parametrize("name", RECIPES)
def test_numbers_move_only_with_a_new_method(name):
    kept = json.loads(KEPT.read_text())
    assert METHOD in kept, "write the new method's numbers: python tests/service/test_method.py"
    assert numbers_of(name) == pytest.approx(kept[METHOD][name], rel=1e-4, abs=1e-6), "numbers moved: change METHOD"


if __name__ == "__main__":
    known = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    known[METHOD] = {name: {key: float(f"{value:.7g}") for key, value in numbers_of(name).items()} for name in RECIPES}
    KEPT.write_text(json.dumps(known, indent=1) + "\n")
