"""Real exports: what Lumbar reads is what an independent count of the file finds."""

import csv
from pathlib import Path

import pytest

from lumbar.training.exposure import exposures
from lumbar.training.formats import LogFile, read_log
from lumbar.training.movements import Movements
from lumbar.training.signals import history
from lumbar.training.tables import Source

LOGS = Path(__file__).parents[1] / "data" / "logs"
FILES = sorted(LOGS.glob("*.csv"))


def rows_of(name: str) -> list[dict[str, str]]:
    with (LOGS / name).open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def read(name: str) -> LogFile:
    return read_log(Source(name, LOGS / name))


def test_every_file_is_there() -> None:
    assert len(FILES) == 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_of_a_real_file_becomes_a_set_or_a_measurement(path: Path) -> None:
    rows = rows_of(path.name)
    file = read(path.name)
    assert file.rows == len(rows)
    assert not file.oddities
    if file.measurements:
        filled = sum(bool(cell) for row in rows for name, cell in row.items() if name != "date")
        assert len(file.measurements) == filled
    else:
        assert file.sets == len(rows)


def test_hevy_keeps_every_rpe_kind_note_and_number() -> None:
    rows = rows_of("hevy-dakheera47.csv")
    sets = [entry for session in read("hevy-dakheera47.csv").sessions for entry in session.sets]
    assert len(sets) == len(rows) == 7211
    assert sum(entry.rpe is not None for entry in sets) == sum(bool(row["rpe"]) for row in rows) == 6916
    for entry, row in zip(sets, rows, strict=True):
        assert entry.exercise == row["exercise_title"].strip()
        assert entry.kind == row["set_type"]
        assert (str(entry.load.number) if entry.load else "") == row["weight_kg"]
        assert (str(entry.rpe) if entry.rpe else "") == row["rpe"]
        assert entry.note == row["exercise_notes"].replace("\\n", "\n")  # the phone's way of a line break
        assert entry.reps == (int(row["reps"]) if row["reps"] else None)


def test_sessions_are_counted_as_the_file_names_them() -> None:
    for name, key in (
        ("hevy-dakheera47.csv", ("title", "start_time", "end_time")),
        ("strong-breinsp.csv", ("Date", "Workout Name")),
        ("strong-dakheera47.csv", ("Date", "Workout Name")),
    ):
        wanted = {tuple(row[column] for column in key) for row in rows_of(name)}
        assert len(read(name).sessions) == len(wanted)


def test_an_older_strong_file_says_that_kilograms_were_assumed() -> None:
    assert read("strong-breinsp.csv").assumed_unit == "kg"
    assert read_log(Source("x", LOGS / "strong-breinsp.csv"), "lb").assumed_unit == "lb"
    assert read("hevy-dakheera47.csv").assumed_unit is None


def test_the_gap_of_264_days_is_reported_as_a_gap_and_not_as_an_alarm() -> None:
    each = exposures(read("strong-dakheera47.csv").sessions, Movements())
    gaps = [signal for signal in history(each) if signal.id == "log-gap"]
    assert [gap.value.value for gap in gaps] == [264]  # type: ignore[union-attr]
    assert gaps[0].level == "shown"
    assert "264 days without a session in the log, 2024-11-28 to 2025-08-19" in gaps[0].sentence


def test_the_spring_ramp_is_reported_with_its_size_and_its_dates() -> None:
    each = exposures(read("strong-breinsp.csv").sessions, Movements())
    ramps = [signal for signal in history(each) if signal.id == "ramp"]
    # 65 kg × 8 on 12 April to 107 kg × 5 on 14 May 2021, by the median of Epley, Brzycki and Wathan:
    # 65 × 1.2667 = 82.3 and 107 × 1.1658 = 124.7, which is +51.5 %
    assert len(ramps) == 1
    assert ramps[0].sentence.startswith("+52 % estimated single (conventional deadlift) in 32 days, 2021-04-12")
    assert ramps[0].value.value == pytest.approx(51.5, abs=0.1)  # type: ignore[union-attr]  # one printed digit


def test_sessions_above_the_thirty_days_before_are_found_in_the_spring() -> None:
    each = exposures(read("strong-breinsp.csv").sessions, Movements())
    notices = {(str(s.day), s.id): round(s.value.value) for s in history(each) if s.level == "notice"}  # type: ignore[union-attr]
    # by hand from the file: 85 kg × 7 × 4 = 2380 kg against 85 × 5 × 5 = 2125 kg a week before
    assert notices["2021-03-19", "session-volume"] == 12
    # 80 × 8 × 5 = 3200 against 85 × 8 × 2 + 90 × 8 × 2 = 2800 on 19 April
    assert notices["2021-04-30", "session-volume"] == 14
