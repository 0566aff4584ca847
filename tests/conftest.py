"""What every test may ask for: the folder of real recordings, and a run's legs built by hand."""

import copy
import os
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from tests.browser import NO_BROWSER
from tests.data_folders import lay_out
from tests.postgresql import NO_SERVER, database, empty, new_database, programs, running_server

from evenstride.model import LegSamples
from evenstride.store import close_store, open_store
from evenstride.store.connection import DATABASE_NAME
from evenstride.store.tables import metadata

# The same examples every time, and none judged by the clock; `make fuzz` looks for new ones.
settings.register_profile("evenstride", derandomize=True, deadline=None)
settings.load_profile("evenstride")

# A shell starts what it runs in the background deaf to Ctrl-C; processes that tests start must hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]


REAL_DATA = Path(os.environ.get("EVENSTRIDE_SHARED_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real recordings; tests that need it are skipped when it is absent."""
    if not (REAL_DATA / "MANIFEST.tsv").exists():
        pytest.skip(f"the real recordings are not at {REAL_DATA}")
    return REAL_DATA


def pytest_terminal_summary(terminalreporter) -> None:
    """Say in one clear line each that tests were skipped for want of recordings or of a database server."""
    skipped = terminalreporter.stats.get("skipped", [])
    without_data = [one for one in skipped if "real_data" in one.keywords]
    if without_data:
        terminalreporter.write_line(f"{len(without_data)} tests skipped: the real recordings are not at {REAL_DATA}")
    without_browser = [one for one in skipped if NO_BROWSER in str(one.longrepr)]
    if without_browser:
        terminalreporter.write_line(f"{len(without_browser)} TESTS IN A BROWSER SKIPPED: {NO_BROWSER}", red=True)
    without_server = [one for one in skipped if NO_SERVER in str(one.longrepr)]
    if without_server:
        terminalreporter.write_line(f"{len(without_server)} TESTS ON POSTGRESQL SKIPPED: {NO_SERVER}", red=True)


@pytest.fixture(scope="session")
def postgresql_server():
    """The folder of the socket of a server that forgets everything; once per test process."""
    if programs() is None:
        pytest.skip(NO_SERVER)
    with running_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server):
    """The URL of an empty database."""
    with database(postgresql_server) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_schema(postgresql_server, tmp_path_factory):
    """A database with every table and no row: making and migrating one for each test would be most of its time."""
    url = new_database(postgresql_server)
    close_store(open_store(url, tmp_path_factory.mktemp("schema")))
    return url


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory):
    """The same as a file, to be copied."""
    folder = tmp_path_factory.mktemp("schema")
    close_store(open_store(None, folder))
    return folder / DATABASE_NAME


def pytest_generate_tests(metafunc) -> None:
    """The store proves both databases equal; above it those tests ask both that are marked, the others SQLite."""
    if "database_url" in metafunc.fixturenames:
        own = metafunc.definition.nodeid.startswith("tests/store/")
        both = own or metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("database_url", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture
def database_url(request, tmp_path):
    """A database with every table and no row; None is the usual file, in the folder ``data``."""
    if request.param == "sqlite":
        lay_out(request.getfixturevalue("sqlite_schema"), tmp_path / "data")
        yield None
        return
    url = request.getfixturevalue("postgresql_schema")
    yield url
    empty(url, [table.name for table in reversed(metadata.sorted_tables)])


@pytest.fixture(scope="session")
def begun():
    """What was left in a data folder, and what was said, by the name under which it was begun."""
    return {}


@pytest.fixture
def once(database_url, tmp_path, tmp_path_factory, begun):
    """Begin a test as others do: on SQLite the first of them carries it out, and the rest have a copy of its folder."""

    def begin(name, carried_out):
        if database_url:
            return carried_out()
        data = tmp_path / "data"
        if name not in begun:
            said = carried_out()
            begun[name] = shutil.copytree(data, tmp_path_factory.mktemp("begun") / "data"), said
        else:
            shutil.rmtree(data)
            shutil.copytree(begun[name][0], data)
        return copy.deepcopy(begun[name][1])

    return begin


@pytest.fixture(params=["sqlite", "postgresql"])
def database_urls(request):
    """A function that gives an empty database each time it is asked, of each kind; None as above."""
    if request.param == "sqlite":
        return lambda: None
    server = request.getfixturevalue("postgresql_server")
    return lambda: new_database(server)


def remembering_noise(n: int, memory_s: float, rng: np.random.Generator) -> np.ndarray:
    """An AR(1) signal of unit variance with e-folding time ``memory_s``, one value a second."""
    keep = np.exp(-1.0 / memory_s)
    steps = rng.standard_normal(n) * np.sqrt(1 - keep**2)
    steps[0] = rng.standard_normal()
    out = np.empty(n)
    value = 0.0
    for i, step in enumerate(steps):
        value = keep * value + step
        out[i] = value
    return out


@pytest.fixture
def make_legs():
    """Build LegSamples of contact times with a known symmetry index."""

    def build(
        *, index_pct: float = 0.0, minutes: float = 30.0, memory_s: float = 20.0, noise_pct: float = 2.4,
        seed: int = 1, **conditions: np.ndarray,
    ) -> LegSamples:  # fmt: skip
        t_s = np.arange(minutes * 60.0)
        noise = remembering_noise(len(t_s), memory_s, np.random.default_rng(seed))
        ratio = (1 + index_pct / 200) / (1 - index_pct / 200) * np.exp(noise_pct / 100 * noise)
        left = 0.5 / (1 + ratio)
        return LegSamples(
            metric="contact_time", source="watch_balance", unit="s", t_s=t_s, left=left, right=0.5 - left,
            conditions={"elapsed_s": t_s, **conditions},
        )  # fmt: skip

    return build
