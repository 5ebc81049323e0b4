"""The bench of the guide: the goals of the issue are met on questions that nothing was tuned on."""

from pathlib import Path

import pytest

from lumbar.bench import ask, asked
from lumbar.bench.rows import Row
from lumbar.guide.answers import answers


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row.id: row for row in ask.run(quick=True, say=lambda _: None)}


def test_the_goals_are_met(rows: dict[str, Row]) -> None:
    assert rows["ask-first-right"].n == 120
    assert rows["ask-first-right"].value >= 0.85
    assert rows["ask-first-three"].value >= 0.95
    assert rows["ask-warning-signs"].value == 1.0


def test_the_search_does_better_than_counting_shared_words(rows: dict[str, Row]) -> None:
    for name in ("ask-first-right", "ask-first-three", "ask-warning-signs"):
        assert rows[name].value > rows[name].baseline


def test_harmless_questions_are_answered(rows: dict[str, Row]) -> None:
    """One of the 25 may go to the check: it errs that way on purpose."""
    assert rows["ask-harmless-answered"].value >= 0.96
    assert rows["ask-ordinary-answered"].value >= 0.96


def test_no_question_stands_in_two_files_or_in_the_answers() -> None:
    files = [asked.read_asked(name) for name in ("held-out", "tune", "odd")]
    texts = []
    for file in files:
        assert file is not None
        pairs = (*file.questions, *file.ordinary, *file.alarms)
        texts.append(
            {text.lower() for text, _ in pairs} | {text.lower() for text in (*file.foreign, *file.harmless)}
        )
    held_out, tune, odd = texts
    assert held_out & tune == held_out & odd == tune & odd == set()
    known = {phrase.lower() for entry in asked.library().answers.values() for phrase in entry.asked}
    assert held_out & known == set()


def test_every_question_leads_to_an_answer_that_is_there() -> None:
    for name in ("held-out", "tune"):
        file = asked.read_asked(name)
        assert file is not None
        assert {answer for _, answer in (*file.questions, *file.ordinary)} <= answers().keys()


def test_every_answer_is_asked_for_in_the_held_out_questions() -> None:
    file = asked.read_asked("held-out")
    assert file is not None
    assert {answer for _, answer in file.questions} | {"back-pump"} == answers().keys() | {"back-pump"}


def test_without_the_repository_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "FOLDER", Path("nowhere"))
    (row,) = ask.run(quick=True, say=lambda _: None)
    assert row.value is None
    assert "repository" in row.note
