"""The way back to running in the demo: each session as it is prescribed, told on the morning after it."""

from datetime import timedelta

import numpy as np

from evenstride.model import ReturnState
from evenstride.plan.return_to_run import prescribe
from evenstride.service.demo.people import WayBack
from evenstride.service.home import Home
from evenstride.service.returning import Told, begin, stand

DAY = timedelta(days=1)
STANDS_EVERY = timedelta(days=21)


def on_the_way_back(home: Home, back: WayBack) -> None:
    """Begin a return to running."""
    begin(home, side=back.side, site=back.site)


def return_session(home: Home, state: ReturnState, rng: np.random.Generator) -> tuple[str, Told | None]:
    """Do what the return prescribes today: what kind of run it is (empty: none), and what to tell of it tomorrow."""
    if not state.stance or home.today - state.stance[-1].day >= STANDS_EVERY:
        stand(home, left_s=float(round(rng.normal(29, 1))), right_s=30.0)
    session = prescribe(state)
    if session.kind in ("rest", "training") or (session.not_before and home.today < session.not_before):
        return "", None
    km = session.distance_km
    told = Told(
        day=home.today, during_0_10=float(rng.integers(0, 2)), after_0_10=0.0, morning_0_10=0.0,
        effort_0_10=float(session.rpe_0_10 or 3), km=round(km, 1) if km else None,
    )  # fmt: skip
    return {"walk": "", "walk_run": "walk-run"}.get(session.kind, "first-easy"), told
