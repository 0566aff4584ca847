"""Examples in documents write their files into a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def _examples_run_in_their_own_folder(request: pytest.FixtureRequest) -> None:
    if type(request.node).__name__ == "DoctestItem":
        request.getfixturevalue("monkeypatch").chdir(request.getfixturevalue("tmp_path"))
