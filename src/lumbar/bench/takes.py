"""Film one case and say what came out; everything is kept, so that a bench that was stopped carries on.

Rendered clips lie where ``lumbar synth`` was told to put them. What vision saw of one is kept until vision or the
clip changes; what was measured is kept until anything that measures changes.
"""

import json
import pickle
from pathlib import Path

from lumbar.bench.ablations import FAST_ERRORS, Part, with_true
from lumbar.bench.cases import Source
from lumbar.bench.kept import FOLDER, fingerprint, keep
from lumbar.bench.outcomes import Outcome, crash_of, outcome_of
from lumbar.bench.true_reps import true_set
from lumbar.film import analyse, film
from lumbar.form.analysis import SetAnalysis
from lumbar.lifter import Barbell, Lifter
from lumbar.synth.case import Case
from lumbar.synth.fast import fast_clip
from lumbar.synth.keep import load_truth
from lumbar.synth.render import is_rendered
from lumbar.synth.truth import Truth
from lumbar.video.clip import Clip, open_clip
from lumbar.vision.tracks import Tracks

#: What decides what vision sees in a clip, and what else decides what comes out of it.
_SEEING = ("video", "vision", "arrays.py", "lifter.py")
_PAIRING = tuple(
    f"bench/{name}.py"
    for name in (
        "outcomes",
        "rivals",
        "true_reps",
        "true_posture",
        "true_form",
        "truths",
        "cases",
        "takes",
        "ablations",
    )
)
MEASURING = (*_SEEING, "motion", "mechanics", "form", "synth", *_PAIRING, "film.py", "estimate.py", "units.py")


def take(source: Source, case: Case, folder: Path = FOLDER, part: Part | None = None) -> Outcome:
    """Return what came out for one case, from the folder where it was kept; ``part`` of its tracks was true."""
    kept = folder / "outcomes" / fingerprint(MEASURING) / f"{source}-{part or 'seen'}-{case.name}.json"
    if kept.exists():
        return Outcome.from_json(json.loads(kept.read_text(encoding="utf-8")))
    true = true_set(case)
    try:
        analysis = analysed(source, case, true.truth, folder, part)
    except Exception as error:  # noqa: BLE001 - a clip that we break on is a result, and counted; it is not kept
        return crash_of(case, source, true, error)
    outcome = outcome_of(case, source, true, analysis.tracks, analysis)
    keep(kept, json.dumps(outcome.as_json()).encode())
    return outcome


def analysed(source: Source, case: Case, truth: Truth, folder: Path, part: Part | None = None) -> SetAnalysis:
    """Return what the product makes of one case; ``part`` of its tracks is true."""
    return _rendered(case, truth, folder, part) if source == "rendered" else _fast(case, part)


def is_drawn(case: Case, folder: Path = FOLDER) -> bool:
    """Return whether a case's clip is there, of the lifter who would be drawn now."""
    return is_rendered(case, folder / "rendered" / case.name)


def lifter_of(truth: Truth) -> Lifter:
    """Return the facts that a lifter gives: height to the centimetre, mass to the kilogram, sex."""
    sex = truth.body_sex
    return Lifter(height_m=round(truth.body_height_m, 2), mass_kg=round(truth.body_mass_kg), sex=sex)


def barbell_of(case: Case) -> Barbell:
    """Return what is on the bar; everybody knows that."""
    return Barbell(mass_kg=case.lift.bar_kg, plate_m=case.lift.plate_m)


def _fast(case: Case, part: Part | None) -> SetAnalysis:
    made = fast_clip(case, FAST_ERRORS[part] if part else None)
    phone, truth = case.phone, made.truth
    clip = Clip(
        path=Path(case.name),
        sha256="",
        codec="none",
        duration_s=float(truth.time_s[-1]),
        frame_rate_hz=phone.frame_rate_hz,
        is_variable_rate=phone.is_variable_rate,
        width_px=phone.width_px,
        height_px=phone.height_px,
        rotation_deg=0,
    )
    return analyse(clip, made.tracks, lifter_of(truth), barbell_of(case))


def _rendered(case: Case, truth: Truth, folder: Path, part: Part | None) -> SetAnalysis:
    """Measure a drawn clip from its file, by the product's own path."""
    place = folder / "rendered" / case.name
    path, lifter, barbell = place / "clip.mp4", lifter_of(truth), barbell_of(case)
    clip = open_clip(path)
    kept = place / f"tracks-{clip.sha256[:8]}-{fingerprint(_SEEING)}.pkl"
    if not kept.exists():
        analysis = film(path, lifter, barbell)
        keep(kept, pickle.dumps(analysis.tracks))
        if part is None:
            return analysis
    tracks: Tracks = pickle.loads(kept.read_bytes())  # noqa: S301 - this bench wrote it
    return analyse(clip, with_true(part, tracks, load_truth(place), case) if part else tracks, lifter, barbell)
