"""The log in the store, on both databases."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import sessions

from lumbar.store.store import Store
from lumbar.training.entries import Session, SetEntry
from lumbar.training.formats import LogFile, read_log
from lumbar.training.own import WRITERS
from lumbar.training.quantities import Load
from lumbar.training.tables import Source

LOGS = Path(__file__).parents[1] / "data" / "logs"
FILES = sorted([*LOGS.glob("*.csv"), *LOGS.glob("*.fit")])
NOW = datetime(2026, 11, 22, 12)


def written(log: tuple[Session, ...]) -> list[object]:
    """Return sessions with their numbers as written: 75.0 is not written as 75."""

    def numbers(session: Session) -> list[tuple[str, str]]:
        return [(str(each.load and each.load.number), str(each.rpe)) for each in session.sets]

    return sorted(([repr(each), numbers(each)] for each in log), key=str)


def as_file(log: tuple[Session, ...]) -> LogFile:
    return LogFile("test", "lumbar", log, rows=sum(len(session.sets) for session in log))


def a_session(load: str = "100", *, title: str = "Pull", reps: int = 5, day: int = 1) -> Session:
    entry = SetEntry("Deadlift", load=Load(Decimal(load), "kg"), reps=reps, note="felt long")
    return Session(datetime(2026, 5, day, 18), (entry,), title=title)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_kept_whole_and_a_second_import_adds_nothing(store: Store, path: Path) -> None:
    file = read_log(Source(path.name, path))
    log = store.lifter("me", NOW).log
    assert log.preview(file).sets_added == file.sets
    assert log.sessions() == ()
    log.add(file, NOW)
    again = log.add(file, NOW)
    assert (len(again.added), again.sets_added, again.duplicates) == (0, 0, len(file.sessions))
    assert written(log.sessions()) == written(tuple(replace(each, line=None) for each in file.sessions))
    assert {(m.at, m.name, str(m.number), m.unit) for m in log.measurements()} == {
        (m.at, m.name, str(m.number), m.unit) for m in file.measurements
    }


@given(
    log=st.lists(sessions, min_size=1, max_size=3, unique_by=lambda each: each.fingerprint()),
    kind=st.sampled_from(list(WRITERS)),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_export_and_import_into_an_empty_store_give_the_same_store(
    store: Store, log: list[Session], kind: str
) -> None:
    number = len(store.names())
    first, second = store.lifter(f"first {number}", NOW), store.lifter(f"second {number}", NOW)
    first.log.add(as_file(tuple(log)), NOW)
    second.log.add(read_log(Source("export", WRITERS[kind](first.log.sessions()))), NOW)
    assert written(second.log.sessions()) == written(first.log.sessions()) == written(tuple(log))


def test_a_session_that_changed_is_left_alone_until_the_lifter_says_so(store: Store) -> None:
    log = store.lifter("me", NOW).log
    log.add(as_file((a_session("100"), a_session("90", day=2))), NOW)
    preview = log.add(as_file((a_session("105"), a_session("90", day=2))), NOW)
    assert (len(preview.added), preview.duplicates, len(preview.changed)) == (0, 1, 1)
    assert log.sessions()[0].sets[0].load == Load(Decimal(100), "kg")
    log.add(as_file((a_session("105"), a_session("90", day=2))), NOW, replace=True)
    assert [str(session.sets[0].load.number) for session in log.sessions()] == ["105", "90"]  # type: ignore[union-attr]


def test_a_session_twice_in_one_file_is_added_once_and_two_of_one_name_are_two(store: Store) -> None:
    log = store.lifter("me", NOW).log
    preview = log.add(as_file((a_session("100"), a_session("100"), a_session("80"))), NOW)
    assert (len(preview.added), preview.duplicates) == (2, 1)
    again = log.add(as_file((a_session("100"), a_session("80"))), NOW)
    assert (len(again.added), again.duplicates, len(again.changed)) == (0, 2, 0)


def test_75_and_75_0_are_the_same_session_and_are_kept_as_they_were_typed(store: Store) -> None:
    log = store.lifter("me", NOW).log
    log.add(as_file((a_session("75.0"),)), NOW)
    assert log.add(as_file((a_session("75"),)), NOW).duplicates == 1
    assert str(log.sessions()[0].sets[0].load.number) == "75.0"  # type: ignore[union-attr]


def test_lifters_do_not_see_one_another(store: Store) -> None:
    one, other = store.lifter("one", NOW), store.lifter("other", NOW)
    one.log.add(as_file((a_session(),)), NOW)
    assert other.log.sessions() == ()
    assert len(other.log.preview(as_file((a_session(),))).added) == 1
    assert store.names() == ("one", "other")
    assert store.lifter("one").id == one.id


def test_sessions_can_be_asked_for_from_a_day_on(store: Store) -> None:
    log = store.lifter("me", NOW).log
    log.add(as_file(tuple(a_session(day=day) for day in (1, 8, 15))), NOW)
    assert [session.started.day for session in log.sessions(datetime(2026, 5, 8))] == [8, 15]


def test_what_the_lifter_decided_about_a_name_is_remembered_and_can_change(store: Store) -> None:
    log = store.lifter("me", NOW).log
    log.choose("Lower Back", "back-extension")
    log.choose("Lower Back", "little")
    assert log.choices() == {"Lower Back": "little"}
