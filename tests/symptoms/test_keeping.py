"""What waits on the disk: everything that may, nothing that must not, and never half of it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lumbar.errors import AnswersError, OutputError
from lumbar.knowledge.library import library
from lumbar.symptoms import keeping
from lumbar.symptoms.checkin import CheckIn

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PRIVATE = {"sexual_change", "pregnant", "pregnancy_alarm", "self_harm"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_an_unfinished_check_comes_back_as_it_was() -> None:
    check = CheckIn("europe", {"pain": 4, "fever": "dk"}, frozenset({"leg_weak"}), asked=3).with_answers(
        {"leg_weak": "one"}
    )
    keeping.keep(check, now=NOW)
    assert keeping.kept(NOW + timedelta(hours=1)) == check


def test_the_private_questions_are_those_of_the_evidence_file() -> None:
    assert {q.id for q in library().questions.values() if q.private} == PRIVATE


def test_private_answers_leave_no_trace_in_the_file(home: Path) -> None:
    check = CheckIn(
        "europe",
        {"pain": 4, "sexual_change": "dk", "pregnant": "no", "pregnancy_alarm": "yes", "self_harm": "yes"},
        unsure=frozenset({"sexual_change"}),
        asked_twice=frozenset({"self_harm"}),
        settled=frozenset({"pregnancy-sign-without-pregnancy"}),
    )
    keeping.keep(check, now=NOW)
    text = (home / "check.json").read_text("utf-8")
    assert json.loads(text)["answers"] == {"pain": 4}
    assert not [word for word in (*PRIVATE, "pregnan", "TR-", "EMERGENCY") if word in text]


def test_private_answers_are_kept_for_whoever_asks_for_it() -> None:
    check = CheckIn("europe", {"pregnant": "yes"})
    keeping.keep(check, with_private=True, now=NOW)
    assert keeping.kept(NOW) == check


def test_after_six_hours_only_the_region_is_used() -> None:
    keeping.keep(CheckIn("europe", {"fever": "no"}), now=NOW)
    assert keeping.kept(NOW + timedelta(hours=6)) == CheckIn("europe")


def test_without_a_file_a_check_starts_anew() -> None:
    assert keeping.kept() == CheckIn()


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"form": 2}', '{"form": 1, "region": null, "answers": {"pain": 99}}']
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(home: Path, content: str) -> None:
    home.mkdir()
    (home / "check.json").write_text(content)
    with pytest.raises(AnswersError, match="--fresh"):
        keeping.kept(NOW)


def test_the_file_is_for_its_owner_only(home: Path) -> None:
    keeping.keep(CheckIn("europe"))
    assert (home / "check.json").stat().st_mode & 0o077 == 0


def test_the_old_file_stays_when_the_new_one_cannot_be_written(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.keep(CheckIn("europe", {"pain": 4}), now=NOW)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        keeping.keep(CheckIn("europe", {"pain": 9}), now=NOW)
    assert keeping.kept(NOW).answers == {"pain": 4}
    assert [path.name for path in home.iterdir()] == ["check.json"]


def test_forgetting_keeps_the_region_only() -> None:
    keeping.forget_answers(CheckIn("europe", {"pain": 4}))
    assert keeping.kept() == CheckIn("europe")
