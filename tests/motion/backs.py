"""Backs of known flexion: a synthetic lifter seen by a perfect eye at a few moments."""

from dataclasses import dataclass, replace

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.back import BACK_JOINTS, BackSight
from lumbar.synth.body import load_body
from lumbar.synth.case import Case, Phone
from lumbar.synth.lift import Lift
from lumbar.synth.outline import Sampler, cell_size_px, trace
from lumbar.synth.perform import RepTruth
from lumbar.synth.render import act
from lumbar.synth.truth import tell_truth

#: Of the report split: the reader never saw this body.
BODY = "r03"


@dataclass(frozen=True, eq=False)
class SeenBack:
    """What is seen, and the truth in degrees."""

    sight: BackSight
    rep: RepTruth
    lumbar_deg: Floats
    thoracic_deg: Floats


def seen_back(start_deg: float, peak_deg: float, view_deg: float = 100.0, side: str = "right") -> SeenBack:
    """Return a lifter who stands, sets up and pulls past the knee."""
    lift = Lift(lumbar_start_deg=start_deg, lumbar_peak_deg=peak_deg, lumbar_peak_at=0.25, reps=1)
    phone = Phone(view_deg=view_deg, side=side)  # type: ignore[arg-type]
    case = Case("back", body=BODY, lift=lift, phone=phone)
    body = load_body(BODY)
    rep = act(case, np.zeros(1)).done.reps[0]
    assert rep.knee_pass_s is not None
    time_s = np.r_[
        np.linspace(0.2, 1.0, 5),
        rep.lift_off_s + np.linspace(-0.3, 0.0, 5),
        np.linspace(rep.lift_off_s, rep.knee_pass_s, 9)[1:],
    ]
    played = act(case, time_s)
    truth = tell_truth(case, body, played.done, played.posed, played.view)
    sampler, stature_px = Sampler(body), 0.5 * truth.height_px
    outlines = [
        trace(
            played.view.at(frame).project(sampler.spread(sampler.skin.at(played.posed.moves[frame]))[None])[0],
            cell_size_px(stature_px),
            truth.plate_px[frame, :4],
        )
        for frame in range(len(time_s))
    ]
    depth_m = float(np.median(played.view.depth_m(truth.joint_m("neck"))))
    sight = BackSight(
        time_s=time_s,
        joints_px=np.stack([truth.joint_px(f"{side}_{joint}") for joint in BACK_JOINTS], axis=1),
        outline_px=np.stack(outlines),
        bar_is_down=time_s <= rep.lift_off_s,
        bar_is_still=time_s <= rep.lift_off_s,
        view_angle_rad=np.radians(view_deg),
        stature_px=truth.focal_px * body.height_m / depth_m,
        faces_right=side == "right",
    )
    return SeenBack(sight, rep, np.degrees(truth.lumbar_rad), np.degrees(truth.thoracic_rad))


def without_standing(sight: BackSight) -> BackSight:
    """Return the same sight from the set-up on."""
    rows = slice(5, None)
    return replace(
        sight, time_s=sight.time_s[rows], joints_px=sight.joints_px[rows], outline_px=sight.outline_px[rows],
        bar_is_down=sight.bar_is_down[rows], bar_is_still=sight.bar_is_still[rows],
    )  # fmt: skip
