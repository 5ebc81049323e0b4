"""Bad answers are refused with what is allowed, all at once."""

from datetime import date
from pathlib import Path

import pytest

from lumbar.errors import AnswersError
from lumbar.symptoms.answers import contradictions, read_answers, read_file, refusals

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("pain", 14, "pain cannot be 14. Allowed: 0 to 10 points."),
        ("pain", -1, "pain cannot be -1. Allowed: 0 to 10 points."),
        ("pain", "much", "pain cannot be much. Allowed: a whole number from 0 to 10 points."),
        ("pain", 3.5, "pain cannot be 3.5. Allowed: a whole number from 0 to 10 points."),
        ("pain", True, "pain cannot be True. Allowed: a whole number from 0 to 10 points."),
        ("age", 300, "age cannot be 300. Allowed: 0 to 120 years."),
        (
            "days",
            "2027-06-01",
            "days cannot be 2027-06-01, which has not come yet. Allowed: today or earlier.",
        ),
        (
            "days",
            date(2027, 6, 1),
            "days cannot be 2027-06-01, which has not come yet. Allowed: today or earlier.",
        ),
        ("fever", "perhaps", "fever cannot be perhaps. Allowed: no, yes, dk."),
        ("improving", "so-so", "improving cannot be so-so. Allowed: yes, dk, no."),
        ("leg_weak", "left", "leg_weak cannot be left. Allowed: none, one, both, dk."),
        ("fevr", "yes", "No question is called fevr. Did you mean fever?"),
        ("shoe_size", 44, "No question is called shoe_size."),
    ],
)
def test_an_impossible_answer_is_refused_with_what_is_allowed(name: str, given: object, says: str) -> None:
    with pytest.raises(AnswersError) as refused:
        read_answers({name: given}, TODAY)
    assert refused.value.faults == (says,)


def test_every_fault_is_listed_at_once() -> None:
    with pytest.raises(AnswersError) as refused:
        read_answers({"pain": 14, "fevr": "yes", "age": 300}, TODAY)
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize(
    ("name", "given", "answer"),
    [
        ("fever", True, "yes"),
        ("fever", "Y", "yes"),
        ("fever", "skip", "dk"),
        ("pain", "4", 4),
        ("pain", "?", "dk"),
        ("days", "2026-11-20", 2),
        ("days", date(2026, 11, 22), 0),
        ("leg_weak", "Both", "both"),
    ],
)
def test_an_answer_may_be_written_in_more_ways_than_one(name: str, given: object, answer: object) -> None:
    assert read_answers({name: given}, TODAY) == {name: answer}


def test_a_file_may_say_the_region(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text('region = "europe"\npain = 4\n')
    assert read_file(file) == ("europe", {"pain": 4})


def test_a_file_with_several_faults_lists_them_all(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text('region = "mars"\npain = 40\nfewer = "yes"\n')
    with pytest.raises(AnswersError) as refused:
        read_file(file)
    assert [fault.split(".")[0] for fault in refused.value.faults] == [
        "No region is called mars", "pain cannot be 40", "No question is called fewer",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [None, "pain = = 4"])
def test_a_file_that_is_missing_or_no_toml_says_so(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "answers.toml"
    if content is not None:
        file.write_text(content)
    with pytest.raises(AnswersError, match=r"answers\.toml"):
        read_file(file)


def test_contradictions_are_found_only_where_both_sides_were_answered() -> None:
    assert not contradictions({"pain": 0})
    assert [entry.id for entry in contradictions({"pain": 0, "no_comfort": "yes"})] == ["no-pain-but-no-comfort"]
    assert "pain" in refusals(contradictions({"pain": 0, "no_comfort": "yes"}))[0]


@pytest.mark.parametrize(
    "answers",
    [
        {"leg_weak": "none", "leg_weak_worsening": "yes"},
        {"escalating": "yes", "improving": "yes"},
        {"pregnancy_alarm": "yes", "pregnant": "no"},
        {"high_infection_risk": "yes", "infection_risk": "no"},
    ],
)
def test_each_pair_that_cannot_be_is_noticed(answers: dict[str, str]) -> None:
    assert contradictions(answers)
