"""A PostgreSQL server for the tests that want one: named, or started here, else skipped with the reason.

``LUMBAR_TEST_DATABASE_URL`` names a PostgreSQL database that the tests may empty. Without it they start one
of their own from Debian's package ``postgresql``, in a temporary folder and on a socket only; where there
is none they are skipped and say why.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

import lumbar  # noqa: F401 - before NumPy: it says how many threads that starts


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
