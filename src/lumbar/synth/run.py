"""Make a folder of clips: one folder for each case, a README, an index; carries on where it stopped."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

from lumbar.errors import ValueRangeError
from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.gallery import gallery as named_cases
from lumbar.synth.lift import Lift
from lumbar.synth.render import render
from lumbar.synth.splits import SPLITS

#: Cases of one split between two values of ``--seed``.
_STRIDE = 1000


def cases_for(split: str, seed: int, count: int, *, gallery: bool = False, full: bool = False) -> tuple[Case, ...]:
    """Return the cases that a command asks for: named ones, or random ones of a split.

    Raises
    ------
    ValueRangeError
        There is no such split, or it has no such cases.
    """
    if gallery:
        return named_cases()[:count]
    for name in SPLITS:
        if name == split:
            within = Range(effort="full" if full else "quick", is_filmed=True)
            return tuple(draw_case(name, seed * _STRIDE + number, within) for number in range(count))
    raise ValueRangeError("the split", split, ", ".join(SPLITS))


def run(cases: Sequence[Case], out: Path) -> Iterator[str]:
    """Draw the cases into folders of ``out``; yield a line about each when it is whole."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "README.md").write_bytes((files("lumbar.synth") / "clips.md").read_bytes())
    _write_index(cases, out / "index.csv")
    for number, case in enumerate(cases, start=1):
        folder = out / case.name
        is_new = render(case, folder)
        size = (folder / "clip.mp4").stat().st_size / 1e6
        told = f"{size:.1f} MB" if is_new else "was there"
        yield f"{number}/{len(cases)} {case.name}: {case.lift.style}, {case.phone.view_deg:.0f}°, {told}"


def _write_index(cases: Sequence[Case], path: Path) -> None:
    dials = [field.name for field in fields(Lift)]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["name", "body", "view_deg", "side", "distance_m", "cloth", "has_belt", *dials])
        for case in cases:
            seen = [
                case.phone.view_deg,
                case.phone.side,
                case.phone.distance_m,
                case.look.cloth,
                case.look.has_belt,
            ]
            table.writerow([case.name, case.body, *seen, *(getattr(case.lift, dial) for dial in dials)])
