"""Which movement an exercise's name means, and how it is held; the data are in movements.toml."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from lumbar.errors import ValueRangeError
from lumbar.training.entries import Session

Held = Literal["legs", "hands", "back", "front"]

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Posture:
    """How a movement is held at its hardest point; the trunk's elevation in degrees, as the data write it."""

    trunk_deg: tuple[float, float, float]
    held: Held
    lever_ratio: float
    ends: int
    supported_ratio: float
    source: str


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement; without a posture it bends the lower back too little to count."""

    id: str
    name: str
    family: str
    posture: Posture | None

    @property
    def is_pull(self) -> bool:
        """Say whether it belongs to the deadlifts."""
        return self.family == "deadlift"


@dataclass(frozen=True, slots=True)
class _Names:
    exact: Mapping[frozenset[str], str]
    fillers: frozenset[str]
    words: frozenset[str]
    unless: frozenset[str]
    fallback: str


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFC", name).casefold().replace("'s", "s").replace("’s", "s")
    return _WORD.findall(text)


@cache
def _data() -> tuple[Mapping[str, Movement], _Names]:
    raw = tomllib.loads(files("lumbar.training").joinpath("movements.toml").read_text("utf-8"))
    movements, exact = dict[str, Movement](), dict[frozenset[str], str]()
    names = _Names(exact, frozenset(raw["equipment"]), frozenset(), frozenset(), "")
    for each in raw["movement"]:
        movements[each["id"]] = Movement(each["id"], each["name"], each["family"], _posture(each))
        for name in each["names"]:
            key = frozenset(_words(name))
            if exact.setdefault(key, each["id"]) != each["id"]:
                raise ValueRangeError("an exercise's name", name, f"one movement, not also {exact[key]}")
        if "words" in each:
            names = _Names(exact, names.fillers, frozenset(each["words"]), frozenset(each["unless"]), each["id"])
    return movements, names


def _posture(each: Mapping[str, object]) -> Posture | None:
    if "held" not in each:
        return None
    low, best, high = map(float, each["trunk_deg"])  # type: ignore[call-overload]
    return Posture(
        (low, best, high),
        each["held"],  # type: ignore[arg-type]
        float(each.get("lever", 1.0)),  # type: ignore[arg-type]
        int(each.get("ends", 1)),  # type: ignore[call-overload]
        float(each.get("supported", 0.0)),  # type: ignore[arg-type]
        str(each["source"]),
    )


def movements() -> Mapping[str, Movement]:
    """Return every movement by its id."""
    return _data()[0]


@cache
def _by_name(name: str) -> Movement | None:
    """Return the movement of a name: by all its words, all but the equipment's, or one telling word."""
    known, names = _data()
    words = frozenset(_words(name))
    for key in (words, words - names.fillers):
        if key in names.exact:
            return known[names.exact[key]]
    if words & names.words and not words & names.unless:
        return known[names.fallback]
    return None


class Movements:
    """The mapping from names to movements, with what the lifter decided for their own names."""

    def __init__(self, choices: Mapping[str, str] | None = None) -> None:
        known = movements()
        for exercise, movement in (choices or {}).items():
            if movement not in known:
                raise ValueRangeError(f"the movement of “{exercise}”", movement, ", ".join(known))
        self._chosen = {exercise: known[movement] for exercise, movement in (choices or {}).items()}

    def of(self, exercise: str) -> Movement | None:
        """Return the movement of an exercise; None when nobody has decided it yet."""
        return self._chosen.get(exercise) or _by_name(exercise)

    def unknown(self, sessions: Iterable[Session]) -> list[tuple[str, int]]:
        """Return the names that could not be mapped, the commonest first, with their number of sets."""
        counts = Counter(entry.exercise for session in sessions for entry in session.sets)
        return [(name, count) for name, count in counts.most_common() if self.of(name) is None]
