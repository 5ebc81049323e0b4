"""`lumbar ask` and `lumbar guide`: what is printed, for people and for machines."""

import json

import pytest
from typer.testing import CliRunner

from lumbar.cli.app import app

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path))


def run(*arguments: str) -> str:
    result = RUN.invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_an_answer_shows_certainty_evidence_sources_and_what_is_next() -> None:
    output = run("ask", "is", "it", "normal", "that", "my", "back", "is", "sore", "two", "days", "after")
    parts = ("Is it normal that my lower back", "How sure: ●●●○ good", "NC-01 (C) Abboud", "[how-long]")
    for part in (*parts, "Related questions", "belongs in lumbar check first"):
        assert part in output


def test_a_warning_sign_shows_whom_to_call_and_no_answer() -> None:
    output = run("ask", "my crotch is numb since deadlifts, can I train?")
    first = output.index("Call your local emergency number now")
    assert first < output.index("between your legs")
    assert "Related questions" not in output
    assert "How sure" not in output


def test_an_unknown_question_says_so_and_lists_the_nearest() -> None:
    output = run("ask", "my elbow hurts from curls")
    assert output.startswith("No answer here fits that question.")
    assert "Nearest to it" in output
    assert run("ask", "qqq").startswith("No word of that question is known here.")


def test_json_says_which_kind_it_is() -> None:
    answer = json.loads(RUN.invoke(app, ["ask", "--json", "do belts help"]).output)
    assert (answer["kind"], answer["is_known"], answer["answer"]["id"]) == ("answers", True, "belt")
    assert len(answer["answer"]["short"]) == 3
    assert len(answer["related"]) == 2
    check = json.loads(RUN.invoke(app, ["ask", "--json", "i cannot pee"]).output)
    assert (check["kind"], check["urgency_if_so"]) == ("check", "EMERGENCY_NOW")
    unknown = json.loads(RUN.invoke(app, ["ask", "--json", "qqq"]).output)
    assert (unknown["is_known"], unknown["answer"]) == (False, None)


def test_every_question_is_listed_with_its_id() -> None:
    output = run("guide", "list")
    assert "Technique and equipment" in output
    assert "[heat-or-ice]" in output


def test_one_answer_is_shown_by_its_id_or_its_near_match() -> None:
    assert "The evidence is split" in run("guide", "show", "heat-or-ice")
    assert json.loads(RUN.invoke(app, ["guide", "show", "belt", "--json"]).output)["grade"] == "B"
    result = RUN.invoke(app, ["guide", "show", "heat-or-icee"])
    assert result.exit_code == 2
    assert "did you mean 'heat-or-ice'" in result.output


def test_the_claims_are_shown_with_verdict_and_sources() -> None:
    output = run("guide", "claims")
    assert "19 true in part, 6 contradicted, 7 supported" in output
    records = json.loads(RUN.invoke(app, ["guide", "claims", "--json"]).output)
    assert len(records) == 32
    assert records[5]["verdict"] == "contradicted"
    assert records[5]["answers"] == ["tight-hamstrings", "posture"]
