"""A plan in files: a calendar, workouts for a watch, a table, a sheet to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from evenstride.errors import InvalidRequest
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.plan_beside import return_sentence
from evenstride.service.hand_out import make_folder, write_private
from evenstride.service.home import Home
from evenstride.service.plan import show
from evenstride.service.plan_beside import beside_plan
from evenstride.service.plan_request import returning_now
from evenstride.store import kept_plans, mark_exported

Form = Literal["ics", "fit", "csv", "html", "pdf"]


@dataclass(frozen=True, kw_only=True)
class ExportTo:
    """Where each form of the plan goes; None: not asked for. ``fit`` is a folder."""

    ics: Path | None = None
    fit: Path | None = None
    csv: Path | None = None
    html: Path | None = None
    pdf: Path | None = None


@dataclass(frozen=True, kw_only=True)
class PlanFiles:
    """The files that were written, and how many workouts are among them."""

    paths: tuple[Path, ...]
    n_workouts: int = 0


def export_plan(home: Home, to: ExportTo) -> PlanFiles:
    """Write the plan that holds in every form that is asked for; what stands there already is replaced.

    A calendar that took an earlier plan is told what is gone from it. Files that belong to sessions (workouts) replace
    those of the same session; workouts of sessions that are gone are left to their owner.

    Raises
    ------
    InvalidRequest
        Nothing is asked for, or the typesetter for PDF is not installed.
    """
    if to == ExportTo():
        raise InvalidRequest("Nothing to write was named.", help="For example: evenstride plan export --ics plan.ics.")
    held = show(home)
    asked: dict[Form, Path | None] = {"pdf": to.pdf, "html": to.html, "csv": to.csv, "ics": to.ics}
    # the PDF first, as it may not be possible
    contents = {path: plan_bytes(home, form) for form, path in asked.items() if path is not None}
    n_workouts = 0
    if to.fit is not None:
        from evenstride.report.plan_fit import plan_workouts

        workouts = plan_workouts(held.plan, load_catalogue().exercises)
        n_workouts = len(workouts)
        make_folder(to.fit)
        contents |= {to.fit / one.name: one.data for one in workouts}
    for path, content in contents.items():
        write_private(path, content)
    if to.ics is not None:
        mark_exported(home.store, home.athlete_id, held.number, home.now)
    return PlanFiles(paths=tuple(contents), n_workouts=n_workouts)


def plan_bytes(home: Home, form: Form) -> bytes:
    """Return the plan that holds in one form; ``fit`` are all its workouts in one zip archive.

    Nothing is remembered of it: who hands a calendar on says so with :func:`calendar_taken`.

    Raises
    ------
    InvalidRequest
        The typesetter for PDF is not installed.
    UnknownEntry
        There is no plan.
    """
    plan = show(home).plan
    exercises = load_catalogue().exercises
    if form == "csv":
        from evenstride.report.plan_csv import plan_csv

        return plan_csv(plan, exercises).encode()
    if form == "ics":
        return _calendar(home)
    if form == "fit":
        from evenstride.report.plan_fit import plan_workouts

        return _zipped({one.name: one.data for one in plan_workouts(plan, exercises)})
    from evenstride.report.plan_sheet import plan_page, plan_pdf

    beside = beside_plan(home, plan)
    return plan_pdf(plan, exercises, beside) if form == "pdf" else plan_page(plan, exercises, beside).encode()


def calendar_taken(home: Home) -> None:
    """Remember that a calendar took the plan that holds: what goes from later ones is cancelled there."""
    mark_exported(home.store, home.athlete_id, show(home).number, home.now)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return packed.getvalue()


def _calendar(home: Home) -> bytes:
    from evenstride.report.plan_ics import IcsOptions, ics_ids, plan_ics

    held = show(home)
    taken = kept_plans(home.store, home.athlete_id, exported=True)
    before = tuple(
        dict.fromkeys(
            name for one in taken for name in ics_ids(one.plan) if name[:10] >= held.plan.start.isoformat()
        )
    )  # fmt: skip
    options = IcsOptions(
        timezone=home.profile.timezone,
        made=home.now,
        previous=before,
        key=home.athlete_id,
        returning=return_sentence(returning_now(home)),
    )
    return plan_ics(held.plan, load_catalogue().exercises, options)
