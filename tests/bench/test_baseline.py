"""The baseline's environment is made once, or there is a reason why not."""

import subprocess
from pathlib import Path

import pytest

from lumbar.bench import baseline
from lumbar.estimate import Missing


def test_an_environment_that_is_there_is_taken(tmp_path: Path) -> None:
    (tmp_path / baseline.PACKAGE).touch()
    assert baseline.prepare(tmp_path) == tmp_path / "bin" / "python"


def test_without_a_fitting_python_the_reason_names_the_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline, "_is", lambda *_: False)
    missing = baseline.prepare(tmp_path / "env")
    assert isinstance(missing, Missing)
    assert missing.reason == "mediapipe==0.10.21 needs Python 3.12 or 3.11, and there is none on this machine."


def test_a_failed_installation_is_no_environment_and_says_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command, stderr="much before\nno such version\n")

    monkeypatch.setattr(baseline, "_is", lambda *_: True)
    monkeypatch.setattr(baseline, "_commands", lambda *_: [["install"]])
    monkeypatch.setattr(subprocess, "run", fail)
    missing = baseline.prepare(tmp_path)
    assert isinstance(missing, Missing)
    assert missing.reason == "mediapipe==0.10.21 could not be installed: no such version"
    assert not (tmp_path / baseline.PACKAGE).exists()
