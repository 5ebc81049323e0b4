"""What one clip gave, without its name: the rows of its reps, or why there are none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lumbar.errors import ClipError
from lumbar.film import film
from lumbar.form.analysis import SetAnalysis
from lumbar.lifter import Barbell, Lifter
from lumbar.report.record import set_cells, to_rows
from lumbar.vision.blazepose import BlazePose, Network

#: What ``refused`` says of a file that is no usable film, and of one whose analysis broke off.
UNREADABLE, BROKE_OFF = "unreadable", "broke-off"


@dataclass(frozen=True, slots=True)
class Options:
    """What is said of all clips of a batch alike."""

    lifter: Lifter
    barbell: Barbell
    network: Network = "full"


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a clip's reps, one mapping each from column to cell; ``refused`` and ``why`` are empty if any.

    ``refused`` is stable, for programs; ``why`` is a sentence.
    """

    rows: tuple[Mapping[str, Any], ...] = ()
    refused: str = ""
    why: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether the file is no film that can be read."""
        return self.refused == UNREADABLE

    @property
    def is_settled(self) -> bool:
        """Whether measuring the same bytes again would say the same."""
        return self.refused != BROKE_OFF


def measure(path: Path, options: Options) -> Result:
    """Measure one clip; a file that cannot be read is a result, too. No report is written."""
    try:
        analysis = film(path, options.lifter, options.barbell, estimator=BlazePose(options.network))
    except ClipError as error:
        return Result(refused=UNREADABLE, why=f"{error.problem} {error.advice}")
    return of(analysis)


def of(analysis: SetAnalysis) -> Result:
    """Return what an analysis says as a result."""
    if analysis.refused is not None:  # so are sets without any rep
        return Result(refused=analysis.refused.id, why=f"{analysis.refused.reason} {analysis.refused.advice}")
    whole = set_cells(analysis)
    return Result(tuple(row | whole for row in to_rows(analysis)))
