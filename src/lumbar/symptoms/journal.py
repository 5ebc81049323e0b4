"""The file of the soreness diary, until the store keeps it: written whole or not at all, for its owner only."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from lumbar.home import alone_with, home, kept_rows, write_whole
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.gate import keep_gate
from lumbar.symptoms.urgency import Triage

#: The form of the file; a later form gets a later number.
FORM = 1


def _place(folder: Path | None) -> Path:
    return (folder or home()) / "diary.json"


def save(entries: Iterable[Entry], folder: Path | None = None) -> None:
    """Write all entries; raises ``OutputError`` where that cannot be done, and leaves the old file.

    ``folder`` is whose diary it is; one's own, if not said.
    """
    rows = [_row(entry) for entry in sorted(entries, key=lambda entry: entry.at)]
    _read.cache_clear()  # two files may be written within one tick of the disk's clock
    write_whole(_place(folder), json.dumps({"form": FORM, "entries": rows}, indent=1))


def _row(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(timespec="seconds"),
        "session_at": entry.session_at.isoformat(timespec="seconds") if entry.session_at else None,
        "answers": dict(entry.answers),
        "places": sorted(entry.places) if entry.places is not None else None,
        "is_checked": entry.is_checked,
        "is_locked": entry.is_locked,
    }


def note(entry: Entry, folder: Path | None = None) -> tuple[Entry, ...]:
    """Add an entry and return all; one of the same time takes the other's place, so that none is there twice."""
    with alone_with(folder or home()):
        others = [each for each in saved(folder) if each.at != entry.at]
        save([*others, entry], folder)
        return saved(folder)


def saved(folder: Path | None = None) -> tuple[Entry, ...]:
    """Return every entry, oldest first; raises ``AnswersError`` if the file cannot be read."""
    place = _place(folder)
    try:
        state = place.stat()
    except OSError:
        return ()
    return _read(place, (state.st_mtime_ns, state.st_size, state.st_ino))


@lru_cache(maxsize=16)
def _read(place: Path, _state: tuple[int, ...]) -> tuple[Entry, ...]:
    """Read a diary once for each state of its file: years of it take a while, and every page wants it."""
    faults = ("The diary", "Move it away to begin a new one.")
    return kept_rows(place, FORM, "entries", _entry, faults)


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


def note_check(triage: Triage, folder: Path | None = None) -> None:
    """Note what a check leaves of the plan, also beside the newest entry of the diary, if there is one."""
    keep_gate(triage, folder)
    if saved(folder):
        with alone_with(folder or home()):
            *before, last = saved(folder)
            save([*before, replace(last, is_checked=True, is_locked=is_locking(triage))], folder)
