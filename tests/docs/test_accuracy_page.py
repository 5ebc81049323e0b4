"""The page on accuracy says what its rows and sheets say, and its pictures are drawings that open anywhere."""

import importlib.util
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from lumbar.bench.headlines import rows_of
from lumbar.bench.rows import Results, Row, at_most
from lumbar.bench.setting import Setting
from lumbar.bench.sheets import sheets_of

from ..bench.made import outcome
from ..bench.test_sheets import KNEE

DOCS = Path(__file__).parents[2] / "docs"
SETTING = Setting("0123456789ab", "2026-11-22T12:00:00Z", "2 × processor, Linux", "CPython 3.11.7", 0.5)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    sys.path.insert(0, str(DOCS))
    try:
        spec = importlib.util.spec_from_file_location("accuracy_page", DOCS / "accuracy.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(DOCS))
    return module


@pytest.fixture(scope="module")
def results() -> Results:
    missed = at_most(6.0, Row("knee-angle-mae", 10.0, "°", baseline=12.0, n=1, note="1 clips"))
    rows = (missed, Row("knee-angle-mae-fast", 9.0, "°"), Row("thoracic-change-mae", None, "°", note="not yet"))
    clips = [outcome(KNEE)] * 3
    sheets = tuple(sheets_of({"rendered": clips, "fast": clips}))
    return Results("accuracy", is_quick=False, setting=SETTING, rows=rows, sheets=sheets)


def test_the_page_has_each_row_once_beside_its_fast_twin(script: ModuleType, results: Results) -> None:
    page = script.page(results)
    assert "| `knee-angle-mae` | 10 ° | 12 | 9 ° | 6 | missed | – |" in page
    assert "| `thoracic-change-mae` | – | – | – | – | – | – |" in page


def test_a_missed_goal_says_what_limits_it(script: ModuleType, results: Results) -> None:
    _, _, after = script.page(results).partition("## What limits the goals that are missed")
    assert after.lstrip().startswith("- The near plate covers the knee")


def test_every_row_with_a_goal_has_its_limit_ready(script: ModuleType) -> None:
    without = [row.id for row in rows_of([], "", "none") if row.goal is not None and script._limit(row.id) is None]
    assert without == []


def test_the_pictures_are_small_and_well_formed(script: ModuleType, results: Results) -> None:
    for name, svg in script.pictures(results).items():
        assert len(svg) < 150_000, name
        assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 - our own drawing


@pytest.mark.parametrize(("low", "high", "ticks"), [(0, 9.7, [0, 2.5, 5, 7.5, 10]), (12, 38, [10, 20, 30, 40])])
def test_ticks_are_round_and_reach_around(script: ModuleType, low: float, high: float, ticks: list[float]) -> None:
    assert script.nice(low, high) == ticks
