"""Rows say what was measured, or why not; files of rows are whole; tables fit a terminal."""

import json
from io import StringIO
from math import inf, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from lumbar.bench.rows import (
    Results,
    Row,
    Sheet,
    at_least,
    at_most,
    check_place,
    load,
    notes,
    number,
    to_table,
    verdict,
    within,
)
from lumbar.bench.setting import Setting, here
from lumbar.errors import OutputError, ValueRangeError

KEYS = ["id", "value", "unit", "goal", "met", "baseline", "n", "note"]
SETTING = Setting("0123456789ab", "2026-11-22T12:00:00Z", "2 × processor, Linux", "CPython 3.11.7", 0.5)

numbers = st.floats(-1e9, 1e9)


def results(*rows: Row) -> Results:
    return Results("speed", is_quick=True, setting=SETTING, rows=rows)


@given(numbers, numbers)
def test_a_goal_is_judged_from_its_own_side(value: float, goal: float) -> None:
    row = Row("film-fps", value, "frames/s")
    assert at_least(goal, row).met is (value >= goal)
    assert at_most(goal, row).met is (value <= goal)


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    row = at_least(1.0, Row("film-fps", None, "frames/s", note="no clip"))
    assert (row.goal, row.met, verdict(row)) == (1.0, None, "–")


def test_a_row_without_value_needs_its_reason() -> None:
    with pytest.raises(ValueRangeError, match="the reason why there is no value"):
        Row("film-fps", None, "frames/s")


@pytest.mark.parametrize("bad", [nan, inf])
@pytest.mark.parametrize("field", ["value", "goal", "baseline"])
def test_a_row_holds_finite_numbers_only(field: str, bad: float) -> None:
    with pytest.raises(ValueRangeError, match="a finite number"):
        Row("film-fps", **({"value": 1.0, "unit": "frames/s", "met": True} | {field: bad}))


@pytest.mark.parametrize("bad", ["Film-fps", "film_fps", "film--fps", "film fps", "-film", ""])
def test_an_id_is_kebab_case(bad: str) -> None:
    with pytest.raises(ValueRangeError, match="lower-case words joined by single hyphens"):
        Row(bad, 1.0, "frames/s")


def test_a_verdict_without_a_goal_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="'met' of film-fps"):
        Row("film-fps", 1.0, "frames/s", met=True)


def test_an_id_stands_once() -> None:
    with pytest.raises(ValueRangeError, match="given twice: film-fps"):
        results(Row("film-fps", 1.0, "frames/s"), Row("film-fps", 2.0, "frames/s"))


def test_the_file_has_the_rows_with_the_agreed_keys_and_where_they_were_measured(tmp_path: Path) -> None:
    results(at_least(1.0, Row("film-fps", 2.0, "frames/s", baseline=1.5, n=3))).save(tmp_path / "speed.json")
    written = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert [list(row) for row in written["rows"]] == [KEYS]
    assert written["rows"][0] == dict(zip(KEYS, ["film-fps", 2.0, "frames/s", 1.0, True, 1.5, 3, ""], strict=True))
    assert (written["bench"], written["commit"], written["quick"]) == ("speed", SETTING.commit, True)
    assert written["date"] == SETTING.date


@given(st.lists(st.tuples(numbers, numbers | st.none()), max_size=5))
def test_what_is_saved_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[float, float | None]]
) -> None:
    rows = [Row(f"row-{place}", value, "s", baseline=other) for place, (value, other) in enumerate(pairs)]
    path = tmp_path_factory.getbasetemp() / "speed.json"
    results(*rows).save(path)
    assert load(path) == results(*rows)


@pytest.mark.parametrize(("value", "goal", "met"), [(0.8, 0.85, False), (0.89, 0.85, True), (0.99, 0.95, False)])
def test_a_span_is_met_inside_and_names_its_nearer_end(value: float, goal: float, *, met: bool) -> None:
    row = within((0.85, 0.95), Row("coverage", value, "ratio"))
    assert (row.goal, row.met) == (goal, met)


def test_a_span_without_a_value_is_neither_met_nor_missed() -> None:
    assert within((0.85, 0.95), Row("coverage", None, "ratio", note="no clip")).met is None


def test_sheets_are_kept_beside_the_rows_one_line_each(tmp_path: Path) -> None:
    sheet = Sheet("errors", ("measure", "mae"), (("knee", 1.5), ("hip ≤", None)))
    path = tmp_path / "accuracy.json"
    whole = Results("accuracy", is_quick=False, setting=SETTING, rows=(Row("a-row", 1.0, "s"),), sheets=(sheet,))
    whole.save(path)
    assert load(path) == whole
    assert '\n["knee",1.5],\n["hip ≤",null]\n' in path.read_text(encoding="utf-8")
    assert sheet.records()[1] == {"measure": "hip ≤", "mae": None}


def test_a_line_of_another_length_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="a line of errors"):
        Sheet("errors", ("measure", "mae"), (("knee",),))


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "no-such-folder" / "speed.json"
    with pytest.raises(OutputError, match=r"no-such-folder.*Choose another place"):
        results(Row("film-fps", 2.0, "frames/s")).save(target)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    check_place(tmp_path / "speed.json")
    for target in (tmp_path / "no-such-folder" / "speed.json", tmp_path):
        with pytest.raises(OutputError, match="Choose another place"):
            check_place(target)


def test_a_file_of_another_schema_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text('{"schema": 0}', encoding="utf-8")
    with pytest.raises(ValueRangeError, match="measure again"):
        load(tmp_path / "old.json")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.12345, "0.123"), (41.26, "41.3"), (1234.5, "1234"), (-0.5, "-0.5"), (0, "0")],
)
def test_three_figures_are_enough(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_the_table_fits_80_columns_and_loses_nothing() -> None:
    row = at_least(1.0, Row("film-fps-vs-baseline-1080p30-2-cores", 0.5, "ratio", n=3))
    out = StringIO()
    Console(file=out, width=80).print(to_table(results(row)))
    assert max(map(len, out.getvalue().splitlines())) <= 80
    for word in (row.id, "0.5 ratio", "missed"):
        assert word in out.getvalue()


def test_what_is_missing_or_missed_says_why() -> None:
    rows = (
        Row("unmeasured", None, "s", note="no clip"),
        at_least(2, Row("missed", 1.0, "s", note="ours 0.9 to 1.1")),
        at_least(1, Row("met", 2.0, "s", note="ours 1.9 to 2.1")),
    )
    assert notes(results(*rows)) == ["unmeasured: no clip", "missed: ours 0.9 to 1.1"]


def test_the_setting_names_the_machine_and_the_moment() -> None:
    setting = here()
    assert setting.date.endswith("Z")
    assert " × " in setting.machine
    assert str(setting).startswith(setting.date[:10])
    assert setting.commit is None or len(setting.commit.rstrip("+")) == 12
