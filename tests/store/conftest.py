"""The same tests on both databases: SQLite always, PostgreSQL where one can be started or is named.

``LUMBAR_TEST_DATABASE_URL`` names a PostgreSQL database that the tests may empty. Without it they start one
of their own from Debian's package ``postgresql``, in a temporary folder and on a socket only; where there
is none they are skipped and say why.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import create_engine, text

from lumbar.store.home import Home
from lumbar.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))  # strategies.py


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    named = os.environ.get("LUMBAR_TEST_DATABASE_URL")
    if named:
        yield named
        return
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: install Debian's postgresql, or set LUMBAR_TEST_DATABASE_URL")
    folder = Path(mkdtemp(prefix="lumbar-pg-"))  # a socket's path must be short
    # the server refuses to run as root
    owner = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)

    def run(program: str, *options: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *options]
        environment = {"PATH": os.environ["PATH"]}
        subprocess.run(command, check=True, capture_output=True, user=owner, cwd=folder, env=environment)

    run("initdb", "--username=lumbar", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    socket_only = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-l", str(folder / "log"), "-o", socket_only, "-w", "start")
    try:
        yield f"postgresql+psycopg://lumbar@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    if request.param == "sqlite":
        return Home(tmp_path / "home")
    url = request.getfixturevalue("postgresql_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return Home(tmp_path / "home", url)


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with Store(home) as opened:
        yield opened


@pytest.fixture
def sqlite_home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
