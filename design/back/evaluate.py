"""How well the back is read: ``python design/back/evaluate.py SPLIT RENDERS COURSES OUT.json [full]``.

RENDERS is a folder of ``lumbar synth`` with ``tracks.pkl`` beside each clip (the pickled ``vision`` tracks), or
``-``; COURSES one of ``make_courses``, or ``-``. Prints a table and writes the same rows as JSON.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from clips import rendered
from measure import MEASURES, Row, course_row, courses, rows_of

#: What is taken from the truth instead of from what was seen.
ABLATIONS = ((), ("joints",), ("mask",), ("camera",), ("joints", "mask", "camera"))
BANDS = {"80–120°": (80.0, 120.0), "45–80°": (45.0, 80.0), "120–150°": (120.0, 150.0)}
#: Rounding is called so when the low end is above this (reference/biomechanics §6.1).
FLOOR_DEG = 8.0
_NEUTRAL_DEG, _ROUND_DEG = 3.0, 20.0


def summary(rows: Sequence[Row], measure: str = "lumbar_change") -> dict[str, float]:
    """Return error, range and coverage of a measure; of the lumbar change also how often it is called rounding."""
    known = [row for row in rows if measure in row.got]
    if not known:
        return {"n": len(rows), "missing": float(len(rows) > 0)}
    true = np.array([row.true[measure] for row in known])
    value, low, high = np.array([row.got[measure] for row in known]).T
    error = value - true
    found = {
        "n": len(rows), "missing": 1 - len(known) / len(rows), "mae": float(np.abs(error).mean()),
        "bias": float(error.mean()), "p95": float(np.percentile(np.abs(error), 95)),
        "half_range": float((high - low).mean() / 2),
        "coverage": float(np.mean((low <= true + 1e-9) & (true <= high))),
    }  # fmt: skip
    if measure == "lumbar_change":
        called = low > FLOOR_DEG
        for name, chosen in (("neutral", true < _NEUTRAL_DEG), ("round", true >= _ROUND_DEG)):
            found[f"n_{name}"] = int(chosen.sum())
            found[f"called_{name}"] = float(called[chosen].mean()) if chosen.any() else np.nan
    return found


def told(name: str, rows: Sequence[Row], measure: str = "lumbar_change") -> dict[str, object]:
    """Print one line; return it as a record."""
    found = summary(rows, measure)
    numbers = "  ".join(f"{key} {value:.2f}" for key, value in found.items() if key != "n")
    print(f"{name:42s} {measure:16s} n {found['n']:4.0f}  {numbers}", flush=True)
    return {"group": name, "measure": measure} | found


def tables(rows: Sequence[Row], what: str, *, is_full: bool) -> list[dict[str, object]]:
    """Return the tables of one set of rows: by view band, and within 80–120° by what else differs."""
    found = []
    for band, (low, high) in BANDS.items():
        mine = [row for row in rows if low <= row.view_deg < high]
        found += [told(f"{what}, {band}", mine, measure) for measure in MEASURES]
    if not is_full:
        return found
    side = [row for row in rows if 80 <= row.view_deg < 120]
    parts: dict[str, Callable[[Row], str]] = {
        "cloth": lambda row: row.cloth,
        "belt": lambda row: "belt" if row.has_belt else "no belt",
        "style": lambda row: row.style,
        "lifter in the picture": lambda row: "under 300 px" if row.stature_px < 300 else "300 px and more",
    }
    for key in parts.values():
        found += [told(f"{what}, {value}", [row for row in side if key(row) == value])
                  for value in sorted({key(row) for row in side})]  # fmt: skip
    return found


def main() -> None:
    """Print and write everything."""
    split, renders, pulls, out = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
    record: dict[str, object] = {"split": split}
    if pulls != "-":
        for name, strength in (("perfect eye", 0.0), ("usual errors", 1.0)):
            rows = [course_row(number, sights, strength) for number, sights in courses(Path(pulls), split)]
            record[name] = {
                "table": tables(rows, name, is_full=strength > 0),
                "rows": [asdict(row) for row in rows],
            }
    if renders != "-":
        clips = list(rendered(Path(renders)))
        rows = [row for clip in clips for row in rows_of(clip)]
        record["rendered, whole product"] = {
            "table": tables(rows, "whole product", is_full=True), "rows": [asdict(row) for row in rows]
        }  # fmt: skip
        for swaps in ABLATIONS:
            name = "true " + ", ".join(swaps) if swaps else "as seen"
            rows = [row for clip in clips for row in rows_of(clip, swaps, is_given=True)]
            record[f"rendered, {name}"] = {
                "table": tables(rows, name, is_full=not swaps), "rows": [asdict(row) for row in rows]
            }  # fmt: skip
    out.write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
