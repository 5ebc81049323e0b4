"""Every part of the popular guide has its claim, its verdict, its cards and its place."""

from pathlib import Path

import typer

from lumbar.cli.app import app
from lumbar.knowledge.library import library

ROOT = Path(__file__).parents[2]

#: The numbered parts of the guide: how many there are of each.
PARTS = {
    "cause": 4,
    "prevention": 4,
    "treatment": 4,
    "medical": 1,
    "warning": 4,
    "factor": 4,
    "question": 3,
    "summary": 1,
}


def test_every_part_of_the_guide_has_a_claim() -> None:
    want = {f"{part}-{number}" for part, last in PARTS.items() for number in range(1, last + 1)}
    assert {claim.item for claim in library().claims.values()} == want


def test_the_verdicts_are_those_of_the_evidence_file() -> None:
    verdicts = [claim.verdict for claim in library().claims.values()]
    assert {verdict: verdicts.count(verdict) for verdict in set(verdicts)} == {
        "supported": 7, "qualified": 19, "contradicted": 6,
    }  # fmt: skip


def test_every_place_that_is_named_exists() -> None:
    """Ids are checked by the loader; commands and pages here."""
    command = typer.main.get_command(app)
    for claim in library().claims.values():
        for place in claim.appears:
            if place.startswith("command: lumbar "):
                assert place.split()[2] in command.commands, place  # type: ignore[attr-defined]
            if place.startswith("page: "):
                assert (ROOT / place.removeprefix("page: ")).exists(), place


def test_the_four_warning_signs_lead_to_the_rules_of_the_evidence_file() -> None:
    want = {
        "warning-1": {"TR-04", "TR-05", "TR-25", "TR-46"},
        "warning-2": {"TR-01", "TR-02", "TR-15", "TR-40", "TR-07"},
        "warning-3": {"TR-02", "TR-03", "TR-20"},
        "warning-4": {"TR-07", "TR-16", "TR-21", "TR-22"},
    }
    for claim in library().claims.values():
        if claim.item in want:
            assert want[claim.item] <= set(claim.appears)
