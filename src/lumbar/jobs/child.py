"""One analysis in a process of its own: it can be stopped at any time, and its memory goes when it ends.

Asked by one line of JSON on standard input; answers with lines of JSON on standard output: ``{"stage", "share"}``
on the way, and at last ``{"record"}`` or ``{"told"}``. When nobody reads any more, it ends.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from lumbar.errors import ClipError, LumbarError
from lumbar.film import film_report
from lumbar.lifter import FULL_PLATE_M, Barbell, Lifter
from lumbar.report.record import to_record
from lumbar.report.set_report import Wishes
from lumbar.report.view import title_of
from lumbar.video.clip import open_clip

#: How often progress is told, in s; an engineering rule.
_TOLD_EVERY_S = 0.25
#: How much the analysis steps back for others, so that pages answer while it runs.
_NICENESS = 5
#: The share of the work that is watching; the rest is drawing. An engineering rule for the progress bar alone.
_WATCHING = 0.7


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be analysed: the clip, the folder for its report, and what the lifter said.

    ``said`` may hold ``height_m``, ``mass_kg``, ``sex``, ``bar_kg``, ``plate_m``, ``unit`` and ``hides_faces``.
    """

    clip: Path
    out: Path
    said: Mapping[str, Any]

    def lifter(self) -> Lifter:
        """Return who lifts."""
        return Lifter(self.said.get("height_m"), self.said.get("mass_kg"), self.said.get("sex"))

    def barbell(self) -> Barbell:
        """Return what is lifted."""
        return Barbell(self.said.get("bar_kg"), self.said.get("plate_m", FULL_PLATE_M))


class _Teller:
    """Writes progress, not too often."""

    def __init__(self, duration_s: float) -> None:
        self._duration_s, self._last_s, self._starts_s = max(duration_s, 1e-3), 0.0, {}  # type: ignore[var-annotated]

    def tell(self, stage: str, time_s: float, before: float, share: float) -> None:
        start_s = self._starts_s.setdefault(stage, time_s)
        if monotonic() - self._last_s >= _TOLD_EVERY_S:
            self._last_s = monotonic()
            _write({"stage": stage, "share": before + share * min(1.0, (time_s - start_s) / self._duration_s)})


def _write(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")
    sys.stdout.flush()


def analyse(request: Request) -> None:
    """Measure the clip, write its report, and say what came out."""
    teller = _Teller(open_clip(request.clip).duration_s)
    wishes = Wishes(
        hides_faces=bool(request.said.get("hides_faces")),
        mass_unit=request.said.get("unit", "kg"),
        embeds_clip=False,
        back="/films",
    )
    analysis = film_report(
        request.clip,
        request.lifter(),
        request.barbell(),
        request.out,
        wishes,
        seen=lambda frame: teller.tell("watching", frame.time_s, 0, _WATCHING),
        drawn=lambda time_s: teller.tell("drawing", time_s, _WATCHING, 1 - _WATCHING),
    )
    record = to_record(analysis)
    record.pop("series")
    _write({"record": record, "outcome": title_of(analysis, request.said.get("unit", "kg"))})


def main() -> None:
    """Read the request, analyse, and end."""
    asked = json.loads(sys.stdin.readline())
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    out = Path(asked["out"])
    try:
        with TemporaryDirectory(prefix="clip-", dir=out.parent) as scratch:
            # The store calls a clip by its hash; the report, as the lifter does.
            clip = Path(scratch) / asked["name"]
            try:
                clip.hardlink_to(asked["clip"])
            except OSError:
                copyfile(asked["clip"], clip)
            analyse(Request(clip, out, asked["said"]))
    except BrokenPipeError:
        # Whoever asked is gone; what is begun anew begins anew. Python shall not complain when it closes, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ClipError as error:
        _write({"told": f"{error.problem} {error.advice}"})
    except LumbarError as error:
        _write({"told": str(error)})


if __name__ == "__main__":
    main()
