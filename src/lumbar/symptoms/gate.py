"""What the last check leaves of the training plan, and when it was asked: nothing else of it is kept (RG-06)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from lumbar.errors import ValueRangeError
from lumbar.home import home, kept_rows, write_whole
from lumbar.symptoms.urgency import Triage

#: The form of the file; a later form gets a later number.
FORM = 1

#: What is left of the plan. An emergency is kept as "locked" like every other: which level it was is nobody's.
Left = Literal["open", "modified", "locked"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a check left of the plan, and when; ``at`` carries its zone."""

    at: datetime
    left: Left

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueRangeError("the time of a check", self.at.isoformat(), "a time with its zone")
        if self.left not in get_args(Left):
            raise ValueRangeError("what a check leaves of the plan", self.left, ", ".join(get_args(Left)))


def gate_of(triage: Triage, at: datetime) -> Gate:
    """Return what a check leaves of the plan."""
    left: Left = "open" if triage.plan == "open" else "modified" if triage.plan == "modified" else "locked"
    return Gate(at, left)


def _place(folder: Path | None) -> Path:
    return (folder or home()) / "gate.json"


def keep_gate(triage: Triage, folder: Path | None = None, now: datetime | None = None) -> None:
    """Write what a check leaves of the plan of whose ``folder`` it is; raises ``OutputError`` where it cannot.

    A check that was not finished closes what an earlier one left open, and leaves no trace where there was none.
    """
    if not triage.is_finished and not _place(folder).exists():
        return
    gate = gate_of(triage, now or datetime.now(UTC))
    row = {"at": gate.at.isoformat(timespec="seconds"), "left": gate.left}
    write_whole(_place(folder), json.dumps({"form": FORM, "checks": [row]}, indent=1))


def kept_gate(folder: Path | None = None) -> Gate | None:
    """Return what the last check left, None where none was asked; raises ``AnswersError`` for a damaged file."""
    advice = "Move it away and run lumbar check."
    rows = kept_rows(_place(folder), FORM, "checks", _gate, ("What the last check left of the plan", advice))
    return rows[-1] if rows else None


def _gate(row: Mapping[str, Any]) -> Gate:
    return Gate(datetime.fromisoformat(row["at"]), row["left"])
