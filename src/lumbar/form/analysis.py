"""The result of main path 1: everything that one clip told."""

from collections.abc import Mapping
from dataclasses import dataclass

from lumbar.estimate import Measured, Missing
from lumbar.form.findings import Finding
from lumbar.form.style import NOT_LOOKED_AT, Recognised
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.load import LumbarLoad
from lumbar.mechanics.whatif import WhatIf
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.video.clip import Clip
from lumbar.vision.tracks import Tracks


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that could not be judged, or not well: why, and how to film it better next time."""

    id: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True, eq=False)
class SetAnalysis:
    """One set on film.

    ``measures`` has one mapping per rep, in order, from the measure's id to its value in SI units or radians;
    ``set_measures`` those of the whole set. ``refused`` says why nothing could be measured; then there are
    no reps. ``limits`` lists what stood in the way of a full answer. ``back`` is the back over time. ``style`` is
    which deadlift it is, and how that is known. ``findings`` are what is worth saying of the set, most useful
    first, and ``advice`` how to film the next one better.
    ``loads`` has the load on the lower back of each rep, in order, and ``what_ifs`` what would change it.
    """

    clip: Clip
    lifter: Lifter
    barbell: Barbell
    tracks: Tracks
    motion: Motion | None
    reps: tuple[Rep, ...]
    measures: tuple[Mapping[str, Measured], ...]
    set_measures: Mapping[str, Measured]
    limits: tuple[Limit, ...]
    refused: Limit | None
    style: Recognised = NOT_LOOKED_AT
    findings: tuple[Finding, ...] = ()
    advice: tuple[Limit, ...] = ()
    back: BackCurve | Missing = NOT_READ
    loads: tuple[LumbarLoad, ...] = ()
    what_ifs: tuple[tuple[WhatIf, ...], ...] = ()
