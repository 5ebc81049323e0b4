"""Where made lifters carry their weight and their bar, ahead of the ankles: for what the fit expects of both.

    python design/motion/balance.py [--clips 60]

Lifters of the train split. For each: the centre of mass of body and bar with the fit's own shares, at lift-off,
half way and lockout of the first rep; where the bar lies; how far the wrist is ahead of the line bar to shoulder.
They stand for people whose bar follows their shins; the one reference lifter of reference/biomechanics §5 (F3) has
50, 78 and 66 mm, with a bar over the middle of the foot. These are what is taken, and F3 lies within their spread.
"""

import argparse

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.chain import BONDS, CLIP, WRIST_SHARE, bonds
from lumbar.synth.body import load_body
from lumbar.synth.chance import draw_case
from lumbar.synth.render import act, clip_times
from lumbar.synth.truth import Truth, tell_truth


def middle_m(truth: Truth, joint: str) -> Floats:
    """Return the middle of both sides in the sagittal plane, (time, 2)."""
    return truth.middle_m(joint)[:, :2]


def main() -> None:
    """Print means and spreads in millimetres."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--clips", type=int, default=60)
    rows = []
    for number in range(asked.parse_args().clips):
        case = draw_case("train", number)
        played = act(case, clip_times(case))
        truth = tell_truth(case, load_body(case.body), played.done, played.posed, played.view)
        rep = next((rep for rep in truth.reps if rep.lockout_s is not None), None)
        if rep is None or rep.lockout_s is None:
            continue
        origin = [middle_m(truth, "ankle")[:, 0].mean(), 0.0]
        shoulder, bar = middle_m(truth, "shoulder") - origin, truth.bar_m[:, :2] - origin
        state = np.hstack([middle_m(truth, "knee") - origin, middle_m(truth, "hip") - origin, shoulder, bar])
        held = np.ones(len(state))
        load = case.lift.bar_kg / truth.body_mass_kg
        off = bonds(state, np.zeros(len(CLIP)), held, load)[0][:, BONDS.index("balance")]
        line = (1 - WRIST_SHARE) * bar + WRIST_SHARE * shoulder
        wrist = middle_m(truth, "wrist")[:, 0] - origin[0] - line[:, 0]
        at_s = [rep.lift_off_s, (rep.lift_off_s + rep.lockout_s) / 2, rep.lockout_s]
        at = [int(np.argmin(np.abs(truth.time_s - when_s))) for when_s in at_s]
        rows.append([*off[at], bar[at[0], 0], wrist[at[0]]])
    found = 1000 * np.array(rows)
    print(f"{len(found)} lifters, mm ahead of the ankles")
    names = ("balance at lift-off", "balance half way", "balance at lockout", "bar at rest", "wrist before line")
    for name, column in zip(names, found.T, strict=True):
        print(f"{name:24s}{column.mean():7.1f} ± {column.std():.1f}")


if __name__ == "__main__":
    main()
