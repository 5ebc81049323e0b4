"""No sentence of the popular guide is copied: no run of eight of its words stands anywhere in the repository.

The guide itself is not here: ``guide-runs.txt`` holds a hash of each of its runs of eight words.
"""

import re
from hashlib import blake2b
from pathlib import Path

import pytest

RUN = 8
HASHES = Path(__file__).with_name("guide-runs.txt")
#: What is not written by us: the lock, licences, logs and data of others.
OTHERS = ("uv.lock", "LICENSE", "NOTICE", "tests/data", "tests/laws/guide-runs.txt")


def hashed(words: list[str]) -> str:
    return blake2b(" ".join(words).encode(), digest_size=6).hexdigest()


def runs(text: str) -> set[str]:
    """Return the hash of each run of eight words, small letters, without signs."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("\u2019", "").replace("'", ""))
    return {hashed(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@pytest.fixture(scope="module")
def guide() -> frozenset[str]:
    return frozenset(HASHES.read_text(encoding="utf-8").split())


def test_the_hashes_are_those_of_a_text_of_the_guides_length(guide: frozenset[str]) -> None:
    """965 words make 958 runs, of which some stand in it twice (its author's lines, its summary)."""
    assert len(guide) == 874
    assert all(re.fullmatch(r"[0-9a-f]{12}", line) for line in guide)


@pytest.mark.slow
def test_no_text_holds_eight_words_of_the_guide_in_a_row(texts: dict[Path, str], guide: frozenset[str]) -> None:
    ours = {path: text for path, text in texts.items() if not path.as_posix().startswith(OTHERS)}
    assert [str(path) for path, text in ours.items() if runs(text) & guide] == []


def test_the_law_knows_a_copy(guide: frozenset[str]) -> None:
    """The first question of the guide, written backwards so that this file holds no copy of it."""
    question = "stfildaed retfa ssenero" + "s kcab rewol emos evah ot lamron ti si"
    assert runs(question[::-1]) & guide
    assert not runs("Is it normal that my lower back is sore after deadlifts?") & guide
