"""The file of the soreness diary, until the store keeps it: written whole or not at all, for its owner only."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lumbar.home import home, kept_rows, write_whole
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.gate import keep_gate
from lumbar.symptoms.urgency import Triage

#: The form of the file; a later form gets a later number.
FORM = 1


def _place() -> Path:
    return home() / "diary.json"


def save(entries: Iterable[Entry]) -> None:
    """Write all entries; raises ``OutputError`` where that cannot be done, and leaves the old file."""
    rows = [_row(entry) for entry in sorted(entries, key=lambda entry: entry.at)]
    write_whole(_place(), json.dumps({"form": FORM, "entries": rows}, indent=1))


def _row(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(timespec="seconds"),
        "session_at": entry.session_at.isoformat(timespec="seconds") if entry.session_at else None,
        "answers": dict(entry.answers),
        "places": sorted(entry.places) if entry.places is not None else None,
        "is_checked": entry.is_checked,
        "is_locked": entry.is_locked,
    }


def saved() -> tuple[Entry, ...]:
    """Return every entry, oldest first; raises ``AnswersError`` if the file cannot be read."""
    faults = ("The diary", "Move it away to begin a new one.")
    return kept_rows(_place(), FORM, "entries", _entry, faults)


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        datetime.fromisoformat(row["at"]),
        datetime.fromisoformat(row["session_at"]) if row["session_at"] else None,
        row["answers"],
        frozenset(row["places"]) if row["places"] is not None else None,
        is_checked=row["is_checked"] is True,
        is_locked=row["is_locked"] is not False,
    )


def is_locking(triage: Triage) -> bool:
    """Return whether a check leaves the plan locked: SOON or higher, not finished, or age not known (FA-13)."""
    return triage.plan in ("locked", "hidden")


def note_check(triage: Triage) -> None:
    """Note what a check leaves of the plan, also beside the newest entry of the diary, if there is one."""
    keep_gate(triage)
    if entries := saved():
        save([*entries[:-1], replace(entries[-1], is_checked=True, is_locked=is_locking(triage))])
