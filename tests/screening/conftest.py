"""Results of tests for the tests here."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lumbar.screening import results

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def done():
    """Return what makes a result: the test, its values, and how many days later it was."""

    def make(test: str, *values: float, days: int = 0) -> results.TestResult:
        return results.TestResult(test, NOON + timedelta(days=days), values)

    return make
