"""The files for other programs say what was measured, in their conventions."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.form.analysis import SetAnalysis
from lumbar.lifter import Barbell
from lumbar.mechanics.whatif import loads_and_changes
from lumbar.report.folder import MOTION_FILES, REPORT_FILES
from lumbar.report.motion_files import motion_files


def table_of(text: str) -> dict[str, Floats]:
    """Read a storage table by its own header."""
    labels, *rows = text.partition("endheader\n")[2].splitlines()
    values = np.array([[float(cell) for cell in row.split("\t")] for row in rows])
    return dict(zip(labels.split("\t"), values.T, strict=True))


def turned(angle_deg: Floats, x: float, y: float) -> Floats:
    """Turn a vector about the axis to the right: positive from ahead to up, as OpenSim has it."""
    angle = np.radians(angle_deg)
    return np.stack([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)], axis=1)


def test_a_measured_set_has_every_file(pulled: SetAnalysis) -> None:
    assert set(motion_files(pulled)) == MOTION_FILES <= REPORT_FILES


def test_a_refused_clip_has_none(refused: SetAnalysis) -> None:
    assert motion_files(refused) == {}


def test_without_the_bar_s_mass_there_is_no_load(pulled: SetAnalysis) -> None:
    assert pulled.motion is not None
    loads, _ = loads_and_changes(pulled.motion, pulled.reps, pulled.lifter, Barbell())
    assert set(motion_files(replace(pulled, loads=loads))) == MOTION_FILES - {"load.sto"}


def test_a_film_of_the_bar_alone_has_no_angles(pulled: SetAnalysis) -> None:
    motion = pulled.motion
    assert motion is not None
    unseen = replace(
        motion, points_m=np.full_like(motion.points_m, np.nan), angles_rad=np.full_like(motion.angles_rad, np.nan)
    )
    files = motion_files(replace(pulled, motion=unseen, loads=()))
    assert set(files) == {"markers.trc", "markers.c3d"}


def test_a_model_that_is_posed_by_the_angles_stands_as_the_lifter_did(pulled: SetAnalysis) -> None:
    motion, files = pulled.motion, motion_files(pulled)
    assert motion is not None
    angles = table_of(str(files["angles.mot"]))
    at = np.searchsorted(motion.time_s, angles["time"] - 1e-6)
    hip, knee, ankle, shoulder = (motion.point(name)[at] for name in ("hip", "knee", "ankle", "shoulder"))
    # From the front of the pelvis to the hips, and down the leg: a model's bones turn one after the other.
    pelvis = np.stack([angles["pelvis_tx"], angles["pelvis_ty"]], axis=1)
    assert pelvis + turned(angles["pelvis_tilt"], -0.047, -0.062) == pytest.approx(hip, abs=1e-6)
    thigh = angles["pelvis_tilt"] + angles["hip_flexion_r"]
    assert turned(thigh, 0.0, -1.0) == pytest.approx(unit(knee - hip), abs=0.01)
    shank = thigh - angles["knee_angle_r"]
    assert turned(shank, 0.0, -1.0) == pytest.approx(unit(ankle - knee), abs=0.01)
    # A foot that is flat has turned by nothing.
    assert shank + angles["ankle_angle_r"] == pytest.approx(0, abs=0.5)
    trunk = angles["pelvis_tilt"] + angles["lumbar_extension"]
    assert turned(trunk, 0.0, 1.0) == pytest.approx(unit(shoulder - hip), abs=1e-6)
    assert (angles["lumbar_extension"] < 0).any()  # bent forward is no extension
    for name in ("hip_flexion", "knee_angle", "ankle_angle"):
        assert (angles[f"{name}_r"] == angles[f"{name}_l"]).all()


def unit(line: Floats) -> Floats:
    return np.asarray(line / np.linalg.norm(line, axis=1, keepdims=True))


def test_the_load_of_all_reps_is_on_one_clock(pulled: SetAnalysis) -> None:
    table = table_of(str(motion_files(pulled)["load.sto"]))
    for load in pulled.loads:
        inside = (load.time_s >= table["time"][0]) & np.isfinite(load.moment_n_m)
        at = np.searchsorted(table["time"], load.time_s[inside] - 1e-6)
        assert table["l5s1_extensor_moment"][at] == pytest.approx(load.moment_n_m[inside], abs=1e-4)
    assert (table["l5s1_extensor_moment_low"] <= table["l5s1_extensor_moment"] + 1e-6).all()
    assert (table["l5s1_extensor_moment"] <= table["l5s1_extensor_moment_high"] + 1e-6).all()


def test_markers_are_those_of_the_film(pulled: SetAnalysis) -> None:
    motion, text = pulled.motion, str(motion_files(pulled)["markers.trc"])
    assert motion is not None
    names = text.splitlines()[3].split("\t")[2::3]
    row = text.splitlines()[6 + 30].split("\t")
    assert float(row[1]) == pytest.approx(motion.time_s[30], abs=1e-6)
    for index, name in enumerate(names):
        path = motion.bar_m if name == "bar" else motion.point(name)
        assert [float(cell) for cell in row[2 + 3 * index : 4 + 3 * index]] == pytest.approx(path[30], abs=1e-5)
