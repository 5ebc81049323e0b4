"""The knowledge is read strictly: what ships is whole, every way of being wrong is told with file and key."""

import shutil
from pathlib import Path

import pytest

from lumbar.errors import KnowledgeError
from lumbar.knowledge.entries import Card
from lumbar.knowledge.library import SHIPPED, inspect, library, load

HERE = Path(__file__).parent
BROKEN = sorted(path for path in (HERE / "broken").iterdir() if path.is_dir())


def test_what_ships_has_no_fault() -> None:
    assert not inspect(SHIPPED)


def test_the_sound_example_has_no_fault() -> None:
    assert not inspect(HERE / "sound")


def broken(case: Path, folder: Path) -> Path:
    """Return the sound example with the files of a broken one laid over it."""
    shutil.copytree(HERE / "sound", folder)
    shutil.copytree(case, folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_each_way_of_being_wrong_is_told_with_file_and_key(case: Path, tmp_path: Path) -> None:
    faults = [str(fault) for fault in inspect(broken(case, tmp_path / "knowledge"))]
    wanted = (case / "expect.txt").read_text("utf-8").splitlines()
    assert faults == wanted


def test_all_faults_are_listed_in_one_go(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    for case in ("unknown-key", "rule-that-cannot-be-read", "claim-that-appears-nowhere"):
        shutil.copytree(HERE / "broken" / case, folder, dirs_exist_ok=True)
    for file in (HERE / "sound").rglob("*.toml"):
        target = folder / file.relative_to(HERE / "sound")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    with pytest.raises(KnowledgeError, match="grde") as refused:
        load(folder)
    assert {fault.file for fault in refused.value.faults} >= {
        "cards/red-flags.toml", "triage/rules.toml", "guide/all.toml",
    }  # fmt: skip


def test_every_card_of_the_evidence_file_is_there() -> None:
    families = {
        "RF": 26,
        "NC": 14,
        "TX": 15,
        "PV": 20,
        "SC": 23,
        "FA": 15,
        "TL": 16,
        "IN": 8,
        "ST": 10,
        "RG": 9,
    }
    want = {f"{family}-{number:02}" for family, last in families.items() for number in range(1, last + 1)}
    assert len(want) == 156
    assert {card for card in library().cards if not card.startswith("FM-")} == want


def test_every_card_on_form_is_there() -> None:
    """From the file on biomechanics; each is used by a rule or by a sentence of the findings."""
    cards = {card for card in library().cards if card.startswith("FM-")}
    assert cards == {f"FM-{number:02}" for number in range(1, 14)}
    assert [card for card in sorted(cards) if not list(library().users_of(card))] == []


def test_a_card_stands_in_the_file_of_its_family() -> None:
    family = {
        "red-flags": "RF",
        "natural-course": "NC",
        "treatment": "TX",
        "prevention": "PV",
        "screening": "SC",
    }
    family |= {
        "factors": "FA",
        "training-load": "TL",
        "instruments": "IN",
        "attribution": "ST",
        "regulation": "RG",
        "form": "FM",
    }
    for placed in library().placed:
        if isinstance(placed.entry, Card):
            assert placed.id.startswith(family[Path(placed.file).stem])


def test_what_was_recalled_and_not_read_stays_marked() -> None:
    """The cards with basis MEMORY in the evidence file, and two with single items from memory."""
    whole = {card.id for card in library().cards.values() if card.basis == "memory"}
    assert whole == {
        "RF-24", "RF-26", "NC-11", "NC-12", "PV-16", "PV-17", "SC-19", "SC-20", "TL-05", "TL-15",
        "IN-07", "IN-08", "ST-01", "ST-06", "RG-05", "RG-09",
    }  # fmt: skip
    assert library().cards["PV-03"].is_partly_from_memory
    assert library().cards["SC-02"].is_partly_from_memory
    assert not library().cards["NC-01"].is_partly_from_memory


def test_every_norm_from_memory_is_marked() -> None:
    marked = {(test.id, norm.basis) for test in library().tests.values() for norm in test.norms}
    assert ("trunk-flexor-hold", "memory") in marked
    assert ("plank-hold", "memory") not in marked


def test_every_source_is_named_by_a_card() -> None:
    named = {source for card in library().cards.values() for source in card.sources}
    assert named == set(library().sources)


def test_the_smallest_real_change_follows_from_the_error_of_one_measurement() -> None:
    """MDC95 = 1.96 · √2 · SEM, as card SC-05 says; printed to a tenth of a second."""
    for test in library().tests.values():
        for error in test.error:
            assert error.sem is not None
            assert error.mdc95 == pytest.approx(1.96 * 2**0.5 * error.sem, abs=0.06)


def test_loading_happens_once() -> None:
    assert library() is library()


def test_a_card_knows_who_rests_on_it() -> None:
    assert {"TR-04", "TR-05", "TR-25", "NC-11"} <= {placed.id for placed in library().users_of("RF-12")}
