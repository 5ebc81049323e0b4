"""The app in this process, on a store of its own, with a queue that only takes note."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.web.access import Access
from lumbar.web.app import make_app
from lumbar.web.site import Site
from lumbar.web.uploads import Uploads

sys.path.insert(0, str(Path(__file__).parent))

from noted import Noted


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    with Store(Home(tmp_path / "home")) as opened:
        opened.lifter()
        yield opened


@pytest.fixture
def site(store: Store) -> Site:
    access = Access(store.home.folder / "devices.json")
    return Site(store, Noted(store), Uploads(store.home), access, "http://192.0.2.7:8765")


@pytest.fixture
def app(site: Site):
    return make_app(site, ("localhost", "192.0.2.7"))


@pytest.fixture
def here(app) -> TestClient:
    """Return a browser on the machine itself."""
    return TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50000), follow_redirects=False)


@pytest.fixture
def phone(app) -> TestClient:
    """Return a phone on the same network, not yet paired."""
    return TestClient(app, base_url="http://192.0.2.7", client=("192.0.2.20", 50000), follow_redirects=False)
