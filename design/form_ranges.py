"""How wrong are the measures that have no error model of their own? On fast synthetic clips of the tune split.

    python design/form_ranges.py [CLIPS]

Prints, for every measure, the share of reps with a number, the half width in use, the one that would have held
90 % of the errors, and how often the range held; then how far one rep's error wanders within a clip. The
constants in ``src/lumbar/form`` that name this file come from here, rounded up. Fast clips have the errors of
landmarks and plates that the lab measured, and none of clothing or light: a range from here is the least that it
can be.
"""

import sys
from collections import defaultdict

import numpy as np

from lumbar.bench.known import seen_motion, true_measures, true_motion
from lumbar.estimate import Estimate
from lumbar.form.fatigue import WOBBLE
from lumbar.form.measured_set import measure_tracks
from lumbar.form.measures import BY_ID
from lumbar.motion.reps import find_reps
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.fast import Errors, fast_clip


def pairs_of(number: int) -> list[tuple[str, int, object, float]]:
    """Return (measure, clip, what was measured, truth) of every rep of one clip that was found and has a truth."""
    case = draw_case("tune", number, Range(view_deg=(80, 120)))
    clip = fast_clip(case, Errors(outline_hz=2.0))
    seen = seen_motion(clip)
    reps = find_reps(seen)
    lifted = measure_tracks(clip.tracks, seen, reps, None)
    found = lifted.measures
    true_reps, truths, whole = true_measures(clip, true_motion(clip))
    rows = []
    for rep, truth in zip(true_reps, truths, strict=True):
        near = [i for i, other in enumerate(reps) if abs(other.lockout_s - rep.lockout_s) < 0.5]
        if near:
            rows += [(name, number, found[near[0]][name], truth[name]) for name in found[near[0]] if name in truth]
    if len(reps) == len(true_reps):
        mine = lifted.set_measures
        rows += [(name, number, mine[name], whole[name]) for name in mine]
    return [
        (name, clip_number, one, truth.value)
        for name, clip_number, one, truth in rows
        if isinstance(truth, Estimate)
    ]


def main(clips: int) -> None:
    """Print the table."""
    rows = defaultdict(list)
    for number in range(clips):
        for name, clip, one, truth in pairs_of(number):
            rows[name].append((clip, one, truth))
    columns = ("n", "known", "in use", "needed", "bias", "held", "wander")
    print(f"{'measure':26s}" + "".join(f"{column:>9s}" for column in columns))
    for name, found in rows.items():
        known = [(clip, one, truth) for clip, one, truth in found if isinstance(one, Estimate)]
        if not known:
            print(f"{name:26s} {len(found):9d}{0:9.2f}")
            continue
        factor = {"rad": 180 / np.pi, "m": 100.0}.get(BY_ID[name].unit, 1.0)
        error = np.array([one.value - truth for _, one, truth in known]) * factor
        used = np.median([one.half_width for _, one, _ in known]) * factor
        held = np.mean([one.low - 1e-9 <= truth <= one.high + 1e-9 for _, one, truth in known])
        by_clip = defaultdict(list)
        for (clip, *_), e in zip(known, error, strict=True):
            by_clip[clip].append(e)
        inside = [np.var(e, ddof=1) for e in by_clip.values() if len(e) > 1]
        wander = np.sqrt(np.median(inside)) if inside else np.nan
        print(
            f"{name:26s}{len(found):9d}{len(known) / len(found):9.2f}{used:9.3f}"
            f"{np.quantile(np.abs(error), 0.9):9.3f}{np.median(error):9.3f}{held:9.2f}{wander:9.3f}"
        )
    print("wobble in use:", WOBBLE)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
