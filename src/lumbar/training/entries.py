"""A session and its sets, as the lifter wrote them down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Literal, NamedTuple, get_args

from lumbar.errors import ValueRangeError
from lumbar.training.quantities import Distance, Load, plain

Kind = Literal["normal", "warmup", "failure", "dropset"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class RepSpeed:
    """One rep as a bar-speed device measured it; numbers as written, ``None`` where it said nothing."""

    mean_m_per_s: Decimal | None = None
    peak_m_per_s: Decimal | None = None
    range_mm: Decimal | None = None
    peak_at_percent: Decimal | None = None
    duration_s: Decimal | None = None


class SetEntry(NamedTuple):
    """One set. What was not said is ``None`` or empty.

    A named tuple and not a dataclass: a history of a million sets is built in a fifth of the time and
    memory (``lumbar bench log``), and it is as frozen. ``block`` numbers the runs of one exercise within
    the session, so that the same exercise done twice stays two. ``reps`` 0 is a set that was tried and
    failed. ``extra`` is JSON: what the app wrote and Lumbar has no field for, kept word for word.
    """

    exercise: str
    block: int = 0
    kind: Kind = "normal"
    load: Load | None = None
    reps: int | None = None
    rpe: Decimal | None = None
    distance: Distance | None = None
    seconds: Decimal | None = None
    superset: str = ""
    note: str = ""
    extra: str = ""
    speeds: tuple[RepSpeed, ...] = ()

    @property
    def is_hard(self) -> bool:
        """Say whether the set counts as work: everything but a warm-up with at least one rep done."""
        return self.kind != "warmup" and bool(self.reps)


@dataclass(frozen=True, slots=True)
class Session:
    """One training session.

    ``started`` is the lifter's own clock and carries no zone, because no app's file does; where one was
    said it stands in ``zone`` as it was written. ``has_time`` is False where the app gave only a date.
    """

    started: datetime
    sets: tuple[SetEntry, ...]
    title: str = ""
    note: str = ""
    app: str = "lumbar"
    has_time: bool = True
    duration_s: int | None = None
    zone: str = ""
    body_mass: Load | None = None
    extra: str = ""
    #: Where in the file the session began; not part of the session, so two are equal without it.
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.sets:
            raise ValueRangeError("a session", "empty", "a session with at least one set")
        if self.started.tzinfo is not None:
            raise ValueRangeError("started", self.started, "the lifter's own clock, without a zone")

    @property
    def slot(self) -> tuple[datetime, str]:
        """Return what names a session in the lifter's calendar: when, and what it was called."""
        return self.started, self.title

    def fingerprint(self) -> str:
        """Return a hash of what was done: equal for the same session from any export of the app.

        Numbers are compared by value (75 is 75.0); columns that only some exports of an app have (``extra``,
        ``superset``, ``block``) do not count.
        """
        head = f"{self.started:%Y-%m-%dT%H:%M:%S}\x1f{self.title}\x1f{self.note}\x1e"
        return sha256((head + "\x1e".join(map(_set_text, self.sets))).encode()).hexdigest()


def _set_text(entry: SetEntry) -> str:
    load, distance = entry.load, entry.distance
    return "\x1f".join((
        entry.exercise,
        entry.kind,
        _load_text(load) if load is not None else "",
        "" if entry.reps is None else str(entry.reps),
        "" if entry.rpe is None else _number_text(entry.rpe),
        "" if distance is None else _number_text(distance.number) + distance.unit,
        "" if entry.seconds is None else _number_text(entry.seconds),
        entry.note,
    ))  # fmt: skip


class _Texts(dict[Decimal, str]):
    """Numbers as fingerprints write them, worked out once each: a lifter uses few different numbers."""

    def __missing__(self, number: Decimal) -> str:
        text = self[number] = plain(number)
        return text


_number_text = _Texts().__getitem__


def _load_text(load: Load) -> str:
    return _number_text(load.number) + load.unit


def by_time(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return the sessions, oldest first; those of one moment keep their order."""
    return tuple(sorted(sessions, key=lambda session: session.started))
