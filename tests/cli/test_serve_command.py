"""What is refused before the app starts."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lumbar.cli.app import app
from lumbar.errors import ValueRangeError
from lumbar.web.serve import Certificate


def test_a_certificate_wants_its_key(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["app", "--cert", str(tmp_path / "cert.pem")])
    assert told.exit_code == 2
    assert "go together" in told.output


def test_what_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("no certificate")
    for name in ("cert.pem", "missing.pem"):
        with pytest.raises(ValueRangeError, match="certificate"):
            Certificate(tmp_path / name, tmp_path / "key.pem")


@pytest.mark.slow
def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "lumbar", "app", "--no-browser", "--port", str(taken.getsockname()[1])]
        environment = {"LUMBAR_HOME": str(tmp_path), "PATH": ""}
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "Choose another with --port" in told.stderr
    assert "Traceback" not in told.stderr
