"""What a runner calls an injured place → what training it asks for: one small table."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place by the words people use for it, and what a plan should stress after an injury there.

    ``general`` rows speak only where no other row of the same ``region`` does.
    """

    name: str
    words: tuple[str, ...]
    emphases: tuple[str, ...]
    region: str
    general: bool = False


SITES = (
    Site(name="iliotibial band", region="knee", emphases=("hip_stability", "step_down_control"),
         words=("iliotibial", "ilio tibial", "itb", "itbs", "it band")),
    Site(name="patellar tendon", region="knee", emphases=("knee_hip_strength", "step_down_control"),
         words=("patellar tendon", "patella tendon", "patellar tendinopathy", "patellar tendinitis",
                "patellar tendonitis", "jumpers knee", "jumper knee", "quadriceps tendon")),
    Site(name="patellofemoral", region="knee", emphases=("hip_stability", "step_down_control"),
         words=("patellofemoral", "patello femoral", "pfp", "pfps", "kneecap", "knee cap", "patella", "runners knee",
                "runner knee")),
    Site(name="achilles", region="achilles", emphases=("calf_capacity",), words=("achilles", "achillis")),
    Site(name="calf", region="calf", emphases=("calf_capacity",),
         words=("calf", "calves", "soleus", "gastrocnemius", "gastroc")),
    Site(name="plantar fascia", region="foot", emphases=("foot_capacity", "calf_capacity"),
         words=("plantar", "fascia", "fasciitis", "fasciopathy", "heel spur")),
    Site(name="ankle stiffness", region="ankle", emphases=("ankle_mobility", "calf_mobility"),
         words=("stiff ankle", "stiff ankles", "ankle stiff", "ankle stiffness", "ankles stiff", "stiffness ankle",
                "stiffness of the ankle", "ankle mobility", "dorsiflexion")),
    Site(name="ankle sprain", region="ankle", emphases=("hip_stability", "calf_capacity", "ankle_mobility"),
         words=("ankle sprain", "ankle sprains", "sprained ankle", "rolled ankle", "twisted ankle", "ankle ligament",
                "ankle ligaments", "ankle instability", "unstable ankle")),
    Site(name="hip", region="hip", emphases=(), words=("hip", "hips", "glute", "gluteal", "buttock", "labrum")),
    Site(name="groin", region="groin", emphases=(), words=("groin", "adductor", "adductors", "pubic")),
    Site(name="hamstring", region="hamstring", emphases=(), words=("hamstring", "hamstrings")),
    Site(name="thigh", region="thigh", emphases=(), words=("thigh", "quad", "quads", "quadriceps")),
    Site(name="shin", region="shin", emphases=(), words=("shin", "shins", "tibia", "tibial", "shin splints")),
    Site(name="foot", region="foot", emphases=(), general=True,
         words=("foot", "toe", "metatarsal", "metatarsals", "navicular", "arch", "heel")),
    Site(name="ankle", region="ankle", emphases=(), general=True, words=("ankle", "ankles")),
    Site(name="lower back", region="lower_back", emphases=(), words=("back", "lower back", "lumbar", "sciatica")),
    Site(name="shoulder", region="shoulder", emphases=(), words=("shoulder", "shoulders")),
    Site(name="knee", region="knee", emphases=("knee_stability",), general=True,
         words=("knee", "meniscus", "acl", "pcl", "mcl", "lcl", "cruciate", "collateral")),
)  # fmt: skip
"""One row per place that is known; an injury elsewhere counts for its leg and asks for nothing of its own."""


def emphases_of(site: str) -> tuple[str, ...]:
    """Return what an injury at a place, in the runner's own words, asks a plan to stress.

    >>> emphases_of("Runner's knee"), emphases_of("ITB + Achilles"), emphases_of("shin")
    (('hip_stability', 'step_down_control'), ('hip_stability', 'step_down_control', 'calf_capacity'), ())
    """
    return tuple(dict.fromkeys(emphasis for row in _rows(site) for emphasis in row.emphases))


def region_of(site: str) -> str:
    """Return the region of the body that a place lies in; empty where it is not known.

    >>> region_of("Runner's knee"), region_of("Achilles"), region_of("somewhere")
    ('knee', 'achilles', '')
    """
    return next((row.region for row in _rows(site)), "")


@lru_cache(maxsize=512)
def _rows(site: str) -> tuple[Site, ...]:
    """The rows that a place's words name; asked thousands of times for the few words of one runner."""
    said = f" {re.sub(r'[^a-z]+', ' ', site.lower().replace(chr(39), '').replace('’', '')).strip()} "
    rows = [row for row in SITES if any(f" {word} " in said for word in row.words)]
    special = {row.region for row in rows if not row.general}
    return tuple(row for row in rows if not (row.general and row.region in special))
