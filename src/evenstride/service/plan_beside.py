"""What is known today beside a plan: what of its lists the runner cannot do, and a return to running."""

from datetime import date

from evenstride.model import Plan, PlanRequest, ReturnState
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.left_out import left_out
from evenstride.plan.usable import Usable
from evenstride.report.plan_beside import PlanBeside
from evenstride.service.home import Home
from evenstride.service.plan_request import applied_adjustments, cleared, logs_of, returning_now
from evenstride.store import templates


def beside_plan(home: Home, plan: Plan) -> PlanBeside:
    """Return what is left out of a plan's sessions and why, and the return to running that is under way."""
    return PlanBeside(left_out=left_out(plan, usable_for(home, plan)), returning=returning_now(home))


def usable_for(home: Home, plan: Plan) -> Usable:
    """Return what the runner can do in the weeks of a plan, as it is known today."""
    return usable_from(home, plan.start, plan.weeks)


def usable_from(home: Home, start: date, weeks: int = 1) -> Usable:
    """Return what the runner can do in the weeks from a day on, plan or none, as it is known today."""
    state: ReturnState | None = returning_now(home)
    adjustments, logs = applied_adjustments(home), logs_of(home)
    request = PlanRequest(
        profile=home.profile, start=start, weeks=weeks, today=home.today, logs=logs,
        return_stage=state.stage if state else None, adjustments=adjustments, cleared=cleared(adjustments, logs),
        templates=templates(home.store, home.athlete_id),
    )  # fmt: skip
    return Usable(request=request, catalogue=load_catalogue())
