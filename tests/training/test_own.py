"""Lumbar's own files: everything comes back as it was, from each of the three formats."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import sessions

from lumbar.errors import DamagedLogError
from lumbar.training.entries import Session
from lumbar.training.formats import read_log
from lumbar.training.own import FIELDS, WRITERS, to_csv
from lumbar.training.tables import Source


def written(session: Session) -> list[object]:
    """Return a session with its numbers as they are written, for 75.0 is not written as 75."""
    numbers = [(str(each.load and each.load.number), str(each.rpe), str(each.seconds)) for each in session.sets]
    return [session, numbers]


@pytest.mark.parametrize("kind", list(WRITERS))
@given(log=st.lists(sessions, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_what_is_exported_comes_back_the_same(kind: str, log: list[Session]) -> None:
    file = read_log(Source("export", WRITERS[kind](log)))
    assert not file.oddities
    assert [written(session) for session in file.sessions] == [written(session) for session in log]


@given(log=st.lists(sessions, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_no_exported_text_begins_as_a_formula(log: list[Session]) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(log).decode(), newline="")))
    for row in rows:
        for name in ("title", "session_note", "exercise", "note"):
            assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_empty_log_is_a_header() -> None:
    assert to_csv([]).decode().split(",")[0] == FIELDS[0]
    assert read_log(Source("export", to_csv([]))).sessions == ()


@pytest.mark.parametrize(
    "content", [b'{"lumbar_log_1": 5}', b'{"lumbar_log_1": [{"exercise": 1}]}', b'{"lumbar_log_1": [']
)
def test_json_that_is_not_ours_is_named_with_its_fault(content: bytes) -> None:
    with pytest.raises(DamagedLogError, match="faults; the first at"):
        read_log(Source("export.json", content))


def test_a_record_that_cannot_be_is_left_out() -> None:
    record = b'{"lumbar_log_1": "1", "started": "2026-01-01T10:00:00", "exercise": "Deadlift", "reps": "x"}'
    text = b'{"lumbar_log_1": [' + record + b"]}"
    file = read_log(Source("export.json", text))
    assert file.sessions == ()
    assert "“x” is not a number" in file.oddities[0].problem
