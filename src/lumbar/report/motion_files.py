"""One set as the files of motion analysis: markers, joint angles and load, for OpenSim and what reads its formats.

All have one frame: x from heel to toe, y up, z to the lifter's right and zero, since one film shows a plane; y is
zero at the bar's axis where it rests. Angles are the coordinates of OpenSim's full-body models (Rajagopal 2016) in
degrees: a tilt and an extension are positive backward, flexion and dorsiflexion forward, and both legs are one.
"""

from collections.abc import Sequence

import numpy as np

from lumbar.arrays import Floats
from lumbar.form.analysis import SetAnalysis
from lumbar.mechanics.capture import MOST_FRAMES, to_c3d
from lumbar.mechanics.load import LumbarLoad
from lumbar.mechanics.pelvis import lean, pitch
from lumbar.mechanics.seen import flexion
from lumbar.mechanics.tables import evenly, load_columns, to_markers, to_storage
from lumbar.motion.motion import POINTS, Motion
from lumbar.report.folder import Content

#: From the middle of the front of the pelvis (ASIS), where a model's pelvis begins, to the hips: ahead and up, m
#: (Reed 1999 with a pelvis of 224 mm; reference biomechanics §3.1).
_HIPS_FROM_ASIS_M = (-0.047, -0.062)


def motion_files(analysis: SetAnalysis) -> dict[str, Content]:
    """Return the files of one set, those that would hold something; none where nothing was measured.

    Markers stand on an even clock, as their formats want it: the film's usual rate, on straight lines between its
    frames. A longer film than a C3D file holds (65,535 frames) has none.
    """
    motion = analysis.motion
    if motion is None or analysis.refused is not None:
        return {}
    rate_hz = 1 / float(np.median(np.diff(motion.time_s)))
    paths = {**{name: motion.point(name) for name in POINTS}, "bar": motion.bar_m}
    laid = {name: evenly(motion.time_s, path, rate_hz) for name, path in paths.items()}
    clock, markers = laid["bar"][0], {name: path for name, (_, path) in laid.items()}
    files: dict[str, Content] = {"markers.trc": to_markers(clock, markers, "markers.trc")}
    angles = _angles(analysis, motion)
    if np.isfinite(np.stack(list(angles.values()))).all(axis=0).any():
        files["angles.mot"] = to_storage("joint angles", motion.time_s, angles, in_degrees=True)
    if len(clock) <= MOST_FRAMES:
        files["markers.c3d"] = to_c3d(clock, markers)
    known = [load for load in analysis.loads if load.has_moment]
    if known:
        files["load.sto"] = to_storage("load on the lower back", motion.time_s, _loads(motion, known))
    return files


def _angles(analysis: SetAnalysis, motion: Motion) -> dict[str, Floats]:
    """Return the coordinates of a model, in degrees and m, (time,) each."""
    hip, knee = motion.point("hip"), motion.point("knee")
    leans = lean(hip, motion.point("shoulder"))
    tipped = pitch(leans, flexion(motion, analysis.back)[0])
    thigh = np.arctan2(knee[:, 0] - hip[:, 0], hip[:, 1] - knee[:, 1])
    legs = {
        "hip_flexion": thigh + tipped,
        "knee_angle": np.pi - motion.angle("knee"),
        "ankle_angle": np.pi / 2 - motion.angle("shank"),
    }
    turned = {"pelvis_tilt": -tipped, "lumbar_extension": tipped - leans}
    turned |= {f"{name}_{side}": angle for name, angle in legs.items() for side in "rl"}
    ahead, up = _HIPS_FROM_ASIS_M
    sine, cosine = np.sin(tipped), np.cos(tipped)
    origin = hip - np.stack([ahead * cosine + up * sine, up * cosine - ahead * sine], axis=1)
    places = {"pelvis_tx": origin[:, 0], "pelvis_ty": origin[:, 1]}
    return {**{name: np.degrees(angle) for name, angle in turned.items()}, **places}


def _loads(motion: Motion, loads: Sequence[LumbarLoad]) -> dict[str, Floats]:
    """Return the curves of all reps on the film's clock; NaN between them."""
    whole = {name: np.full(len(motion.time_s), np.nan) for name in load_columns(loads[0])}
    for load in loads:
        for name, curve in load_columns(load).items():
            whole[name][load.rows_in(motion.time_s)] = curve
    return whole
