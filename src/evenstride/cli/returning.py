"""`evenstride return`: back to running after an injury, step by step."""

from collections.abc import Callable
from datetime import date
from typing import Any

from evenstride.cli.show import print_json, tell
from evenstride.errors import InvalidRequest
from evenstride.model import ReturnStage, Side
from evenstride.service.home import Home, open_home
from evenstride.service.returning import Standing, Told, begin, lock, log_return, release, show_return, stand, undo
from evenstride.service.where import Where


def return_start_command(what: str, *, bone: bool, cleared_by: str, as_json: bool, where: Where) -> int:
    """Begin a return to running."""
    side, site = _side_and_site(what)
    return _shown(lambda home: begin(home, side=side, site=site, bone=bone, cleared_by=cleared_by), as_json, where)


def return_show_command(*, as_json: bool, where: Where) -> int:
    """Say where the return stands."""
    return _shown(show_return, as_json, where)


def return_log_command(*, as_json: bool, where: Where, **fields: Any) -> int:
    """Take a session, or its next morning, in."""
    return _shown(lambda home: log_return(home, Told(**fields)), as_json, where)


def return_stand_command(*, left: float, right: float, day: date | None, as_json: bool, where: Where) -> int:
    """Keep how long each leg stood alone."""
    return _shown(lambda home: stand(home, left_s=left, right_s=right, day=day), as_json, where)


def return_lock_command(
    *,
    why: str,
    clinician: str,
    stage: ReturnStage | None,
    until: date | None,
    off: bool,
    as_json: bool,
    where: Where,
) -> int:
    """Lock the return or a stage of it, or lift the locks."""
    if off:
        return _shown(lambda home: release(home, clinician=clinician), as_json, where)
    return _shown(lambda home: lock(home, why, clinician=clinician, stage=stage, until=until), as_json, where)


def return_undo_command(*, as_json: bool, where: Where) -> int:
    """Take the last step back."""
    with open_home(where) as home:
        gone, standing = undo(home)
    tell(f"Taken back: what was told on {gone.day}.")
    if standing is not None:
        _print(standing, as_json=as_json)
    elif as_json:
        print_json({"schema": "evenstride.return_undone/1", "date": gone.day.isoformat()})
    return 0


def _shown(act: Callable[[Home], Standing], as_json: bool, where: Where) -> int:
    with open_home(where) as home:
        standing = act(home)
    _print(standing, as_json=as_json)
    return 0


def _print(standing: Standing, *, as_json: bool) -> None:
    told: dict[str, Any] = {
        "missing": standing.missing, "beside": standing.beside, "decision": standing.decision,
    }  # fmt: skip
    if as_json:
        from evenstride.report.return_document import return_document

        print_json(return_document(standing.state, standing.session, **told))
        return
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.return_terminal import print_return

    print_return(standing.state, standing.session, exercises=load_catalogue().exercises, **told)


def _side_and_site(what: str) -> tuple[Side | None, str]:
    """`right achilles` → the right leg's; `both` legs have no side."""
    words = what.lower().split()
    if not words or words[0] not in ("left", "right", "both") or len(words) < 2:
        raise InvalidRequest(
            f"{what!r} does not say which leg and where.", help='For example: evenstride return start "right achilles".'
        )
    sides: dict[str, Side | None] = {"left": "left", "right": "right", "both": None}
    return sides[words[0]], " ".join(words[1:])
