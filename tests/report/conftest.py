"""A set as the whole pipeline would hand it over: four pulls with known motion, gaps, limits, and a refusal.

And one that the pipeline does hand over: a real clip of one pull.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.estimate import Measured, Missing, around
from lumbar.film import film_report
from lumbar.form.analysis import Limit, SetAnalysis
from lumbar.form.findings import Finding
from lumbar.form.measures import Measure
from lumbar.form.style import NOT_LOOKED_AT, said
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.whatif import loads_and_changes
from lumbar.motion.motion import ANGLES, POINTS, Motion
from lumbar.motion.reps import Rep
from lumbar.motion.scale import Scale
from lumbar.report.set_report import Wishes
from lumbar.video.clip import Clip
from lumbar.vision.tracks import LANDMARKS, OUTLINE_POINTS, BarTrack, PoseTrack, Quality, Silhouette, Tracks

from ..motion.aparts import alone

FRAME_RATE_HZ = 30.0
WIDTH_PX, HEIGHT_PX = 720, 1278
M_PER_PX = 0.0019
FLOOR_PX = np.array([360.0, 1010.0])  # the bar's resting place in the picture
LIFTS_S = ((1.1, 1.05), (7.8, 1.0), (15.4, 1.15), (21.2, 1.2))  # lift-off and how long the pull takes
TOP_M = 0.56
AXIS_M = 0.225  # of the bar above the floor
HIDDEN_PLATE = "The plate hides your knee while the bar passes it."
DROPPED = "The clip ends before the bar is back on the floor."

REP_MEASURES = (
    Measure("mean_concentric_velocity", "Mean speed up", "m/s", "Rise over time.", "González-Badillo 2010"),
    Measure("peak_concentric_velocity", "Peak speed up", "m/s", "The highest speed.", "González-Badillo 2010"),
    Measure("concentric_duration", "Time on the way up", "s", "Lift-off to lockout.", "Hales 2009"),
    Measure("lowering_duration", "Time on the way down", "s", "From the lockout to the floor.", "Hales 2009"),
    Measure("range_of_motion", "Bar travel", "m", "How high the bar rises.", "Hales 2009"),
    Measure("bar_drift", "Bar drift", "m", "How far the bar leaves the vertical.", "McGuigan 1996"),
    Measure("trunk_lift_off", "Trunk at lift-off", "rad", "Above the horizontal.", "Hales 2009"),
    Measure("hip_lift_off", "Hip at lift-off", "rad", "Inner angle.", "Hales 2009"),
    Measure("knee_lift_off", "Knee at lift-off", "rad", "Inner angle.", "Hales 2009"),
    Measure("trunk_knee_pass", "Trunk at knee pass", "rad", "Above the horizontal.", "Hales 2009"),
    Measure("hip_knee_pass", "Hip at knee pass", "rad", "Inner angle.", "Hales 2009"),
    Measure("knee_knee_pass", "Knee at knee pass", "rad", "Inner angle.", "Hales 2009"),
    Measure("trunk_lockout", "Trunk at lockout", "rad", "Above the horizontal.", "Hales 2009"),
    Measure("hip_lockout", "Hip at lockout", "rad", "Inner angle.", "Hales 2009"),
    Measure("knee_lockout", "Knee at lockout", "rad", "Inner angle.", "Hales 2009"),
    Measure("hip_shoulder_rise_ratio", "Hips over shoulders", "1", "Until the knee pass.", "an engineering rule"),
)  # fmt: skip

SET_MEASURES = (
    Measure("reps", "Reps", "reps", "Pulls from the floor to lockout.", "an engineering rule"),
    Measure("velocity_loss", "Velocity loss", "1", "From the fastest rep to the last.", "Sánchez-Medina 2011"),
    Measure("pause_duration", "Longest pause between reps", "s", "Floor to next lift-off.", "an engineering rule"),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def registry() -> Iterator[None]:
    """These tests hold for any registry; this one is theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lumbar.form.measures.REP_MEASURES", REP_MEASURES)
        patch.setattr("lumbar.form.measures.SET_MEASURES", SET_MEASURES)
        yield


def smooth_step(share: Floats) -> Floats:
    """Go from 0 to 1 with the least jerk (Flash and Hogan 1985)."""
    share = np.clip(share, 0, 1)
    return np.asarray(share**3 * (10 - 15 * share + 6 * share**2))


def height_share(time_s: Floats) -> Floats:
    """Return how far up the bar is, 0–1."""
    share = np.zeros_like(time_s)
    for lift_off_s, pull_s in LIFTS_S:
        share += smooth_step((time_s - lift_off_s) / pull_s)
        share -= smooth_step((time_s - lift_off_s - pull_s - 0.6) / 0.9)
    return np.clip(share, 0, 1)


def along(angle_rad: Floats, length_m: float) -> Floats:
    """Return where a segment ends, (time, 2), by its elevation."""
    return length_m * np.column_stack([np.cos(angle_rad), np.sin(angle_rad)])


def degrees(value_deg: float, half_width_deg: float) -> Measured:
    return around(np.radians(value_deg), np.radians(half_width_deg))


def body_m(up: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return points (time, 2) in metres and angles (time,) of a lifter whose bar is ``up`` of the way."""
    shank = np.radians(70 + 18 * np.minimum(up * 1.6, 1))
    knee = np.radians(116 + 58 * np.minimum(up * 1.25, 1) ** 0.9)
    trunk = np.radians(30 + 57 * up**1.35)
    thigh = np.pi - (knee - shank)  # elevation of knee→hip: the leg folds backwards
    ankle = moved(np.zeros((len(up), 2)), -0.06, 0.09)
    knee_m = ankle + along(shank, 0.43)
    hip_m = knee_m + along(thigh, 0.42)
    shoulder_m = hip_m + along(trunk, 0.50)
    bar_m = np.column_stack([0.012 * np.sin(np.pi * up) - 0.02 * up, TOP_M * up])
    wrist_m = moved(bar_m, 0, AXIS_M)
    points = {
        "ear": shoulder_m + along(trunk + 0.2, 0.24), "shoulder": shoulder_m,
        "elbow": (shoulder_m + wrist_m) / 2, "wrist": wrist_m, "hip": hip_m, "knee": knee_m, "ankle": ankle,
        "heel": moved(ankle, -0.06, -0.07), "toe": moved(ankle, 0.19, -0.08),
    }  # fmt: skip
    hand = wrist_m - shoulder_m
    angles = {
        "trunk": trunk, "hip": np.pi - (thigh - trunk), "knee": knee, "shank": shank,
        "arm": np.arctan2(hand[:, 0], -hand[:, 1]),
    }  # fmt: skip
    return points, {**angles, "bar_x": bar_m[:, 0], "bar_y": bar_m[:, 1]}


def moved(points_m: Floats, x_m: float, y_m: float) -> Floats:
    """Return points shifted in metres."""
    return np.asarray(points_m + np.array([x_m, y_m]))


def to_px(points_m: Floats) -> Floats:
    """Project metres to pixels; the bar's axis rests 0.225 m above the floor."""
    return np.asarray(FLOOR_PX + points_m * (1 / M_PER_PX, -1 / M_PER_PX))


def outline_px(points: Mapping[str, Floats], noise: Floats) -> Floats:
    """Wrap the side view in a closed line of evenly spread points, about as wide as a body."""
    half = {"ear": 0.10, "shoulder": 0.12, "hip": 0.13, "knee": 0.08, "ankle": 0.05}
    chain = np.stack([to_px(moved(points[name], 0, -AXIS_M)) for name in half], axis=1)
    along = np.gradient(chain, axis=1)
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    across *= (np.array(list(half.values())) / M_PER_PX)[:, None] / np.linalg.norm(across, axis=-1, keepdims=True)
    ring = np.concatenate([chain + across, (chain - across)[:, ::-1]], axis=1)
    closed = np.concatenate([ring, ring[:, :1]], axis=1)
    way = np.concatenate(
        [np.zeros((len(ring), 1)), np.cumsum(np.linalg.norm(np.diff(closed, axis=1), axis=-1), axis=1)], axis=1
    )
    spread = np.empty((len(ring), OUTLINE_POINTS, 2))
    for frame, (line, length) in enumerate(zip(closed, way, strict=True)):
        places = np.linspace(0, length[-1], OUTLINE_POINTS, endpoint=False)
        spread[frame] = np.column_stack([np.interp(places, length, line[:, axis]) for axis in (0, 1)])
    return spread + noise


def pose_track(time_s: Floats, points: Mapping[str, Floats], chance: np.random.Generator) -> PoseTrack:
    """Return landmarks with a pixel of noise; the far side is mostly hidden, the near knee sometimes."""
    frames = len(time_s)
    xy = np.full((frames, len(LANDMARKS), 2), np.nan)
    visibility = np.full((frames, len(LANDMARKS)), 0.2)
    for at, name in enumerate(LANDMARKS):
        side, _, part = name.partition("_")
        part = {"foot_index": "toe", "index": "wrist", "eye": "ear"}.get(part, part)
        where = points.get(part, points["ear"])
        shift = 0.03 if side == "left" else 0.0
        xy[:, at] = to_px(moved(where, shift, 0.01 - AXIS_M)) + chance.normal(0, 1.0, (frames, 2))
        visibility[:, at] = 0.35 if side == "left" else 0.96
    world_m = np.zeros((frames, len(LANDMARKS), 3))
    world_m[:, [name.startswith("left") for name in LANDMARKS], 2] = 0.2  # the left side is farther away
    behind_plate = height_share(time_s) < 0.15
    visibility[behind_plate, LANDMARKS.index("right_ankle")] = 0.3
    xy[(time_s > 12.0) & (time_s < 12.6)] = np.nan
    return PoseTrack(
        time_s=time_s, xy_px=xy, visibility=visibility, world_m=world_m,
        score=np.where(np.isfinite(xy[:, 0, 0]), 0.98, 0.1), estimator="BlazePose heavy",
    )  # fmt: skip


def tracks_of(time_s: Floats, points: Mapping[str, Floats], bar_m: Floats) -> Tracks:
    chance = np.random.default_rng(7)
    frames = len(time_s)
    pose = pose_track(time_s, points, chance)
    outline = outline_px(points, chance.normal(0, 0.8, (frames, OUTLINE_POINTS, 2)))
    outline[~np.isfinite(pose.xy_px[:, 0, 0])] = np.nan
    radius_px = 0.225 / M_PER_PX
    bar = BarTrack(
        time_s=time_s, centre_px=to_px(bar_m) + chance.normal(0, 0.4, (frames, 2)),
        half_height_px=np.full(frames, radius_px), half_width_px=np.full(frames, radius_px * 0.96),
        score=np.full(frames, 0.9), noise_px=0.4,
    )  # fmt: skip
    quality = Quality(
        is_seen=np.ones(frames, bool), is_cropped=np.zeros(frames, bool), is_elsewhere=np.zeros(frames, bool),
        is_dark=np.zeros(frames, bool), is_moved=np.zeros(frames, bool),
        blur_score=np.full(frames, 0.9), camera_shift_px=np.zeros(frames),
        view_angle_rad=np.full(frames, np.pi / 2),
    )  # fmt: skip
    return Tracks(
        pose, Silhouette(time_s, outline), bar, quality, WIDTH_PX, HEIGHT_PX,
        faces_px=np.array([[float(frame), 430.0, 420.0, 40.0, 0.1] for frame in range(frames)]),
    )  # fmt: skip


def motion_of(time_s: Floats, points: Mapping[str, Floats], angles: Mapping[str, Floats]) -> Motion:
    bar = np.column_stack([angles["bar_x"], angles["bar_y"]])
    bar[(time_s > 17.5) & (time_s < 18.2)] = np.nan
    turned = np.column_stack([angles[name] for name in ANGLES])
    unseen = (time_s > 12.0) & (time_s < 12.6)
    turned[unseen] = np.nan
    turned[(time_s > 8.1) & (time_s < 8.4), ANGLES.index("knee")] = np.nan
    return Motion(
        time_s=time_s, points_m=np.stack([points[name] for name in POINTS], axis=1), bar_m=bar,
        points_sd_m=np.full((len(time_s), len(POINTS), 2), 0.02), bar_sd_m=np.full((len(time_s), 2), 0.005),
        apart=alone(len(time_s), 0.02, 0.02, 0.005),
        points_px=to_px(np.stack([points[name] for name in POINTS], axis=1)),
        bar_speed_m_per_s=np.gradient(bar, time_s, axis=0), angles_rad=turned,
        angles_sd_rad=np.full((len(time_s), len(ANGLES)), 0.04), trunk_seen_rad=turned[:, ANGLES.index("trunk")],
        scale=Scale(
            around(M_PER_PX, M_PER_PX * 0.03), around(M_PER_PX * 1.04, M_PER_PX * 0.05), around(930.0, 37.0),
            AXIS_M, "the height you gave",
        ),
        faces_right=True, view_angle_rad=around(np.pi / 2, 0.1), cutoff_hz=6.0,
    )  # fmt: skip


def measures_of(index: int) -> Mapping[str, Measured]:
    slower = 1 - 0.03 * index
    return {
        "mean_concentric_velocity": around(0.541 * slower, 0.028),
        "peak_concentric_velocity": around(1.013 * slower, 0.061),
        "concentric_duration": around(LIFTS_S[index][1], 0.034),
        "lowering_duration": Missing(DROPPED) if index == 3 else around(0.9, 0.05),
        "range_of_motion": around(0.562, 0.017),
        "bar_drift": around(0.021 + 0.004 * index, 0.0083),
        "trunk_lift_off": degrees(31.4 - index, 3.2), "hip_lift_off": degrees(62.0 + index, 4.6),
        "knee_lift_off": degrees(117.3 + 2 * index, 4.1),
        "trunk_knee_pass": degrees(44.8, 3.3), "hip_knee_pass": degrees(98.0, 4.8),
        "knee_knee_pass": Missing(HIDDEN_PLATE) if index in (1, 2) else degrees(155.0, 5.2),
        "trunk_lockout": degrees(87.1, 2.4), "hip_lockout": degrees(172.0, 4.0),
        "knee_lockout": degrees(174.2, 4.4),
        "hip_shoulder_rise_ratio": around(1.18 + 0.05 * index, 0.14),
    }  # fmt: skip


def rep_of(index: int) -> Rep:
    lift_off_s, pull_s = LIFTS_S[index]
    lockout_s = lift_off_s + pull_s
    return Rep(
        number=index + 1, lift_off_s=lift_off_s, lockout_s=lockout_s,
        knee_pass_s=Missing(HIDDEN_PLATE) if index in (1, 2) else around(lift_off_s + 0.4 * pull_s, 0.04),
        lowering_s=around(lockout_s + 0.6, 0.05),
        floor_s=Missing(DROPPED) if index == 3 else around(lockout_s + 1.5, 0.05),
        rest_m=0.0, top_m=TOP_M,
    )  # fmt: skip


def clip_named(name: str, frames: int) -> Clip:
    return Clip(
        path=Path("somewhere") / name, sha256="ab" * 32, codec="h264", duration_s=frames / FRAME_RATE_HZ,
        frame_rate_hz=FRAME_RATE_HZ, is_variable_rate=False, width_px=1080, height_px=1917, rotation_deg=90,
    )  # fmt: skip


def set_of(frames: int, from_s: float = 0.0) -> SetAnalysis:
    """Return four reps on film, ``frames`` long at 30 Hz."""
    time_s = from_s + np.arange(frames) / FRAME_RATE_HZ
    points, angles = body_m(height_share(time_s))
    motion = motion_of(time_s, points, angles)
    return SetAnalysis(
        clip=clip_named("tuesday pull.mp4", frames),
        lifter=Lifter(height_m=1.78, mass_kg=80.0),
        barbell=Barbell(mass_kg=110.0),
        tracks=tracks_of(time_s, points, np.column_stack([angles["bar_x"], angles["bar_y"]])),
        motion=motion,
        reps=tuple(rep_of(index) for index in range(4)),
        measures=tuple(measures_of(index) for index in range(4)),
        set_measures={
            "reps": around(4.0, 0.0),
            "velocity_loss": around(0.09, 0.052),
            "pause_duration": Missing("The pauses cannot be told from the walk back to the bar."),
        },
        limits=(
            Limit("hidden_knee", HIDDEN_PLATE, "Film from one step behind your side, at the height of your hip."),
            Limit("hand_held", "The camera was held in a hand and drifted.", "Lean the phone against something."),
        ),
        refused=None,
        style=said("conventional"),
        findings=(
            Finding("rounding", "technique", "lumbar_change", degrees(18, 4), np.radians(12), 2, (3, 4), 4, 21.6),
            Finding("slowing", "drift", "velocity_loss", around(0.31, 0.05), 0.2, 1, (), None, None),
            Finding(
                "straight-path", "praise", "bar_drift_share", around(0.02, 0.01), 0.04, 0, (1, 2, 3, 4), 2, 8.2
            ),
        ),
        advice=(Limit("advice-height", "The phone stood low: about 0.3 m above the floor.", "Stand it higher."),),
    )


@pytest.fixture(scope="session")
def pulled() -> SetAnalysis:
    """Four reps in 25 seconds, with gaps, missing numbers and limits, and with their loads."""
    found = set_of(759)
    assert found.motion is not None
    loads, changes = loads_and_changes(found.motion, found.reps, Lifter(1.78, 82, "male"), Barbell(140))
    return replace(found, loads=loads, what_ifs=changes)


@pytest.fixture(scope="session")
def half_a_minute() -> SetAnalysis:
    """The same set in a clip of 900 frames."""
    return set_of(900)


@pytest.fixture(scope="session")
def refused(pulled: SetAnalysis) -> SetAnalysis:
    """A clip from which nothing could be measured."""
    why = Limit("cropped", "Your head and the plate leave the picture.", "Step back until all of you is in it.")
    return replace(
        pulled, motion=None, reps=(), measures=(), set_measures={}, limits=(), refused=why, loads=(),
        what_ifs=(), findings=(), advice=(), style=NOT_LOOKED_AT,
        tracks=replace(pulled.tracks, bar=None), barbell=Barbell(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filmed:
    """A real clip's analysis and the page that was made of it."""

    analysis: SetAnalysis
    page: Path


@pytest.fixture(scope="session")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Filmed:
    """One pull on film, in which the back is read and the bar's lever arm is known."""
    clip = Path(__file__).parent.parent / "data" / "video" / "sbd_deadlift.mp4"
    out = tmp_path_factory.mktemp("set") / "out"
    analysis = film_report(clip, Lifter(), Barbell(), out, Wishes(has_annotated_clip=False))
    return Filmed(analysis, out / "report.html")
