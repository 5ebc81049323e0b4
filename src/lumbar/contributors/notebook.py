"""The file of the small experiments, as the diary has one: whole or not at all, for its owner only."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from lumbar.contributors.experiment import Experiment, Round
from lumbar.home import home, kept_rows, write_whole

#: The form of the file; a later form gets a later number.
FORM = 1


def _place(folder: Path | None) -> Path:
    return (folder or home()) / "experiments.json"


def save(experiments: Iterable[Experiment], folder: Path | None = None) -> None:
    """Write all experiments; raises ``OutputError`` where that cannot be done, and leaves the old file."""
    rows = [_row(each) for each in experiments]
    write_whole(_place(folder), json.dumps({"form": FORM, "experiments": rows}, indent=1))


def _row(experiment: Experiment) -> dict[str, object]:
    rounds = [
        {
            "drawn": one.drawn,
            "session_at": one.session_at.isoformat(timespec="seconds"),
            "done": one.done,
            "score": one.score,
            "is_over": one.is_over,
        }
        for one in experiment.rounds
    ]
    return {"kind": experiment.kind, "order": list(experiment.order), "rounds": rounds}


def saved(folder: Path | None = None) -> tuple[Experiment, ...]:
    """Return every experiment, in the order in which they were kept; raises ``AnswersError`` if they cannot be."""
    faults = ("The experiments", "Move the file away to begin anew.")
    return kept_rows(_place(folder), FORM, "experiments", _experiment, faults)


def _experiment(row: Mapping[str, Any]) -> Experiment:
    return Experiment(row["kind"], tuple(row["order"]), tuple(_round(each) for each in row["rounds"]))


def _round(row: Mapping[str, Any]) -> Round:
    at = datetime.fromisoformat(row["session_at"])
    return Round(row["drawn"], at, row["done"], row["score"], is_over=row["is_over"] is True)
