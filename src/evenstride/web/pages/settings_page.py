"""Settings: the watched folder, everything to take along, a backup, everything gone."""

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from evenstride.service.leaving import backup_name, erase_here, export_zip, keep_backup, what_is_kept, write_backup
from evenstride.service.watched import stop_watching, watch_folder, watched
from evenstride.web.answers import done, is_htmx, page, part
from evenstride.web.home import HomeHere, SiteHere, athlete_cookie

router = APIRouter()
FILES_SHOWN = 30
COUNTED = (
    "original", "run", "test_result", "plan", "session_log", "run_log", "day_log", "review", "trial", "side_check",
)  # fmt: skip
"""Tables whose number of rows says something to a person."""
Text = Annotated[str, Form(max_length=4000)]


@router.get("/settings")
def show(request: Request, here: HomeHere, site: SiteHere) -> Response:
    """Show what can be set, taken along and erased."""
    kept = what_is_kept(here)
    return page(
        request, "settings.html", watched=watched(here), shown=FILES_SHOWN, data=str(site.settings.where.data),
        goes=[(name, kept[name]) for name in COUNTED if name in kept],
    )  # fmt: skip


@router.get("/settings/watched")
def show_watched(request: Request, here: HomeHere) -> Response:
    """Show what became of the files in the watched folder, as it stands now."""
    if not is_htmx(request):
        return done(request, "/settings#watched")
    return part(request, "parts/settings_watched.html", watched=watched(here), shown=FILES_SHOWN)


@router.post("/settings/watched")
def choose_folder(request: Request, here: HomeHere, folder: Text) -> Response:
    """Look at a folder from now on."""
    watch_folder(here, folder)
    return done(request, "/settings#watched")


@router.post("/settings/watched/stop")
def let_go(request: Request, here: HomeHere) -> Response:
    """Look at it no more."""
    stop_watching(here)
    return done(request, "/settings#watched")


@router.post("/settings/export")
def take_along(here: HomeHere) -> Response:
    """Hand over everything as a zip archive."""
    folder = Path(mkdtemp(prefix="evenstride-export-"))
    try:
        archive, _ = export_zip(here, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _handed_over(archive, archive.name, folder)


@router.post("/settings/backup")
def download_backup(here: HomeHere) -> Response:
    """Hand over a backup of everybody."""
    folder = Path(mkdtemp(prefix="evenstride-backup-"))
    try:
        done = write_backup(here, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _handed_over(done.path, backup_name(here), folder)


@router.post("/settings/backup/keep")
def make_backup(request: Request, here: HomeHere) -> Response:
    """Keep a backup beside the data."""
    return page(request, "settings_backup.html", backup=keep_backup(here))


@router.post("/settings/erase")
def erase_all(here: HomeHere, site: SiteHere, name: Annotated[str, Form(max_length=200)]) -> Response:
    """Remove everything of this athlete, for good."""
    erase_here(here, site.settings.where, name)
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(athlete_cookie(site), path="/")
    return answer


def _handed_over(path: Path, name: str, folder: Path) -> FileResponse:
    after = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(path, filename=name, media_type="application/zip", background=after)
