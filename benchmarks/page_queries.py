"""How many statements each page sends to the database: the application in this process, on the same store."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import event

from benchmarks.page_addresses import Asked
from evenstride.service.home import opened
from evenstride.service.where import Where
from evenstride.web.app import make_app
from evenstride.web.settings import WebSettings

NOT_COUNTED = ("BEGIN", "PRAGMA", "COMMIT")


def queries(data: Path, asked: Sequence[Asked]) -> Mapping[str, int]:
    """Return the statements of each address when it is asked the second time."""
    where = Where(data=data)
    settings = WebSettings(where=where, port=80, hosts=("testserver",), secret="s" * 64)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(NOT_COUNTED):
            seen.append(statement)

    counted = {}
    with opened(where) as store:
        event.listen(store.engine, "before_cursor_execute", note)
        with TestClient(make_app(settings, store), follow_redirects=False) as client:
            for one in asked:
                headers = {"HX-Request": "true"} if one.part else {}
                client.get(one.address, headers=headers)
                seen.clear()
                client.get(one.address, headers=headers)
                counted[one.name] = len(seen)
    return counted
