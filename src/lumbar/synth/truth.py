"""What is true in every frame of a made clip: joints, spine, bar, plate, load, the lifter's pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Bools, Floats, freeze
from lumbar.lifter import COLLAR_M
from lumbar.synth.body import Body
from lumbar.synth.camera import View
from lumbar.synth.case import Case
from lumbar.synth.perform import Performance, RepTruth
from lumbar.synth.posture import JOINTS, Posed
from lumbar.units import GRAVITY_M_PER_S2

#: How heavy the parts of the body above L5/S1 are, and where the arms' mass lies: shares of body mass and of the
#: way from joint to joint, for men and women (de Leva 1996, reference/biomechanics §3.2 and §4.1). Where that of
#: head and trunk lies is the body's own, and moves with its parts.
_HEAD_AND_TRUNK = {"male": 0.4319, "female": 0.4190}
_ARM_PARTS = {
    "male": ((0.0271, 0.5772), (0.0162, 0.4574), (0.0061, 0.79)),
    "female": ((0.0255, 0.5754), (0.0138, 0.4559), (0.0056, 0.7474)),
}


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """The lifter's pixels of every frame, as run lengths row by row; the first run of a frame is background.

    ``runs`` of frame i are ``runs[starts[i]:starts[i + 1]]``; ``starts`` is (time + 1,).
    """

    runs: NDArray[np.int32]
    starts: NDArray[np.int64]
    height_px: int
    width_px: int

    def __post_init__(self) -> None:
        freeze(self)

    def at(self, frame: int) -> Bools:
        """Return one frame's mask, (height, width)."""
        runs = self.runs[self.starts[frame] : self.starts[frame + 1]]
        return np.repeat(np.arange(len(runs)) % 2 == 1, runs).reshape(self.height_px, self.width_px)


def pack_mask(mask: Bools) -> Masks:
    """Return one mask as run lengths."""
    changes = np.flatnonzero(np.diff(mask.ravel())) + 1
    lengths = np.diff(np.r_[0, changes, mask.size])
    runs = (np.r_[0, lengths] if mask.flat[0] else lengths).astype(np.int32)
    return Masks(runs, np.array([0, len(runs)]), *mask.shape)


def join_masks(masks: Sequence[Masks]) -> Masks:
    """Return the masks of one clip, frame after frame, in one."""
    starts = np.cumsum([0, *(len(mask.runs) for mask in masks)])
    runs = np.concatenate([mask.runs for mask in masks])
    return Masks(runs, starts, masks[0].height_px, masks[0].width_px)


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Everything that is known about each frame; first axis time, metres and radians, pixels of the picture.

    ``joints_m`` and ``joints_px`` (time, joint, 3 or 2) in the order of :data:`~lumbar.synth.posture.JOINTS`;
    ``spine_m`` and ``spine_px`` (time, 17, …) from L5/S1 up; ``lumbar_rad``, ``thoracic_rad``, ``pelvis_rad``
    (time,), flexion against standing; ``bar_m`` (time, 3) the bar's middle; ``plate_px`` (time, 6) the near
    plate's visible face: centre x, y, half height, half width, then the two of the tilted ellipse: its long
    half axis and its angle; ``plate_m`` (time, 3) that face's centre; ``load_share`` (time,); ``moment_n_m``
    (time,) at L5/S1 with the bar's vertical acceleration, ``moment_static_n_m`` without. ``seen`` are the
    lifter's visible pixels, ``whole`` all of theirs as if nothing stood in front; None where nothing was
    drawn.
    """

    time_s: Floats
    joints_m: Floats
    joints_px: Floats
    spine_m: Floats
    spine_px: Floats
    lumbar_rad: Floats
    thoracic_rad: Floats
    pelvis_rad: Floats
    bar_m: Floats
    bar_px: Floats
    plate_m: Floats
    plate_px: Floats
    load_share: Floats
    moment_n_m: Floats
    moment_static_n_m: Floats
    camera_position_m: Floats
    camera_axes: Floats
    width_px: int
    height_px: int
    focal_px: float
    bulge: float
    body_mass_kg: float
    body_height_m: float
    body_sex: str
    reps: tuple[RepTruth, ...]
    seen: Masks | None = None
    whole: Masks | None = None

    def __post_init__(self) -> None:
        freeze(self)

    def joint_px(self, name: str) -> Floats:
        """Return one joint's path in the picture, (time, 2)."""
        return self.joints_px[:, JOINTS.index(name)]

    def joint_m(self, name: str) -> Floats:
        """Return one joint's path in the world, (time, 3)."""
        return self.joints_m[:, JOINTS.index(name)]

    def middle_m(self, joint: str) -> Floats:
        """Return the middle between a joint's two sides in the world, (time, 3)."""
        return np.asarray((self.joint_m(f"left_{joint}") + self.joint_m(f"right_{joint}")) / 2)

    @property
    def far_plate_px(self) -> Floats:
        """Return the middle of the far plate's inner face in the picture, (time, 2), lens without bulge."""
        outwards = self.plate_m - self.bar_m
        far_m = self.bar_m - COLLAR_M * outwards / np.linalg.norm(outwards, axis=1, keepdims=True)
        pinhole = View(
            position_m=self.camera_position_m,
            axes=self.camera_axes,
            focal_px=self.focal_px,
            centre_px=np.array([self.width_px, self.height_px]) / 2,
            bulge=0.0,
            width_px=self.width_px,
            height_px=self.height_px,
        )
        return pinhole.project(far_m)

    @property
    def view_rad(self) -> float:
        """Return the camera's angle about the lifter at first: 0 in front, π/2 at the side, π behind."""
        return float(np.arccos(np.clip(-self.camera_axes[0, 2, 0], -1, 1)))

    def depth_m(self, points_m: Floats) -> Floats:
        """Return how far ahead of the camera points are, (time,); ``points_m`` is (time, 3) in the world."""
        return np.asarray(np.einsum("tj,tj->t", self.camera_axes[:, 2], points_m - self.camera_position_m))


def tell_truth(case: Case, body: Body, done: Performance, posed: Posed, view: View) -> Truth:
    """Return the truth of a clip, without masks: those come with the pixels."""
    bar = np.column_stack([done.bar_m, np.zeros(len(done.bar_m))])
    plate, ellipse = _near_plate(case, done, view)
    moving = _moment(case, body, done, posed, done.bar_rise_m_per_s2)
    return Truth(
        time_s=done.time_s,
        joints_m=posed.joints_m,
        joints_px=view.project(posed.joints_m),
        spine_m=posed.spine_m,
        spine_px=view.project(posed.spine_m),
        lumbar_rad=done.posture.lumbar_rad,
        thoracic_rad=done.posture.thoracic_rad,
        pelvis_rad=done.posture.pelvis_rad,
        bar_m=bar,
        bar_px=view.project(bar),
        plate_m=plate,
        plate_px=ellipse,
        load_share=done.load_share,
        moment_n_m=moving,
        moment_static_n_m=_moment(case, body, done, posed, np.zeros(len(bar))),
        camera_position_m=view.position_m,
        camera_axes=view.axes,
        width_px=view.width_px,
        height_px=view.height_px,
        focal_px=view.focal_px,
        bulge=view.bulge,
        body_mass_kg=body.mass_kg,
        body_height_m=body.height_m,
        body_sex=body.sex,
        reps=done.reps,
    )  # fmt: skip


def plate_offset_m(case: Case) -> float:
    """Return how far the outermost plate's outer face lies from the bar's middle."""
    return COLLAR_M + sum(thick + 0.002 for _, thick in case.look.plates)


def _near_plate(case: Case, done: Performance, view: View) -> tuple[Floats, Floats]:
    """Return the centre of the near plate's outer face (time, 3) and its outline's ellipse (time, 6)."""
    sign = -1 if case.phone.side == "left" else 1
    axis = np.stack([0 * done.roll_rad, -np.sin(done.roll_rad), np.cos(done.roll_rad)], axis=1) * sign
    centre = np.column_stack([done.bar_m, np.zeros(len(done.bar_m))]) + plate_offset_m(case) * axis
    around = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    up = np.cross(axis, [1.0, 0, 0]) * sign
    radius = case.lift.plate_m / 2
    rim = centre[:, None] + radius * (
        np.cos(around)[:, None] * np.array([1.0, 0, 0]) + np.sin(around)[:, None] * up[:, None]
    )
    seen = view.project(rim)
    middle = (seen.max(axis=1) + seen.min(axis=1)) / 2
    half = (seen.max(axis=1) - seen.min(axis=1)) / 2
    away = seen - seen.mean(axis=1, keepdims=True)
    spread, axes = np.linalg.eigh(np.einsum("tpi,tpj->tij", away, away) / away.shape[1])
    tilt = np.arctan2(axes[:, 1, 1], axes[:, 0, 1])
    return centre, np.column_stack([middle, half[:, 1], half[:, 0], np.sqrt(2 * spread[:, 1]), tilt])


def _moment(case: Case, body: Body, done: Performance, posed: Posed, rise: Floats) -> Floats:
    """Return the net extensor moment at L5/S1 (N·m): M = Σ m g Δx + m_bar (g + a) Δx (biomechanics §3.6).

    Planar, quasi-static for the body; both arms count; the bar counts by the share that hangs in the hands.
    """
    lumbar = posed.spine_m[:, 0, 0]
    carried = np.einsum("tpj,pj->tp", posed.moves[:, :, 0, :3], body.above_m) + posed.moves[:, :, 0, 3]
    parts = [(_HEAD_AND_TRUNK[body.sex], carried @ body.above_ratio)]
    for (share, along), (near, far) in zip(
        _ARM_PARTS[body.sex], (("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "knuckle")), strict=True
    ):
        start, end = posed.middle_m(near)[:, 0], posed.middle_m(far)[:, 0]
        parts.append((2 * share, start + along * (end - start)))
    weights = [share * body.mass_kg * GRAVITY_M_PER_S2 * (x - lumbar) for share, x in parts]
    hanging = done.load_share * case.lift.bar_kg * (GRAVITY_M_PER_S2 + rise)
    return np.asarray(np.sum(weights, axis=0) + hanging * (done.bar_m[:, 0] - lumbar))
