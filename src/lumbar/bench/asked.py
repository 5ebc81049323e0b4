"""Questions to measure the guide with: how lifters put them, and where each should lead."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lumbar.guide.answers import answers
from lumbar.knowledge.library import library
from lumbar.symptoms.urgency import Urgency

#: The questions belong to the repository, not to the installed package.
FOLDER = Path(__file__).parents[3] / "tests" / "vignettes" / "ask"

#: What the popular guide itself names as reasons to see somebody, as words to look for.
GUIDE_WORDS = ("severe", "numb", "tingling", "weakness", "loss of mobility", "fever", "chills")


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with where they lead.

    ``questions`` and ``ordinary`` are pairs of question and answer; ``alarms`` pairs of question and least level;
    ``foreign`` are questions that Lumbar does not answer, ``harmless`` some that name no sign.
    """

    questions: tuple[tuple[str, str], ...]
    ordinary: tuple[tuple[str, str], ...]
    alarms: tuple[tuple[str, Urgency], ...]
    foreign: tuple[str, ...]
    harmless: tuple[str, ...]


def read_asked(name: str) -> Asked | None:
    """Return the questions of ``held-out``, ``odd`` or ``tune``; None where the repository is not at hand."""
    path = FOLDER / f"{name}.toml"
    if not path.exists():
        return None
    rows: dict[str, list[dict[str, str]]] = tomllib.loads(path.read_text("utf-8"))
    return Asked(
        tuple((row["asked"], row["answer"]) for row in rows.get("question", ())),
        tuple((row["asked"], row["answer"]) for row in rows.get("ordinary", ())),
        tuple((row["asked"], Urgency[row["at_least"]]) for row in rows.get("alarm", ())),
        tuple(row["asked"] for row in rows.get("foreign", ())),
        tuple(row["asked"] for row in rows.get("harmless", ())),
    )


def by_overlap(question: str) -> list[str]:
    """Return the ids of the answers that share most words with a question: the baseline of the search.

    Each word counts once and as it is written; what is compared with is the same text that the search reads.
    """
    words = _words(question)
    return sorted(_texts(), key=lambda name: -len(words & _texts()[name]))


@cache
def _texts() -> dict[str, frozenset[str]]:
    known = library().answers
    return {
        name: _words(" ".join((answer.question.text, *known[name].asked))) for name, answer in answers().items()
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def names_guide_word(question: str) -> bool:
    """Return whether a question holds a word of the guide's own warning signs: the baseline of the alarms."""
    return any(word in question.lower() for word in GUIDE_WORDS)
