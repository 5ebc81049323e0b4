"""Pulls whose truth is known: a body and a bar in metres, and what a pinhole camera makes of them."""

from dataclasses import dataclass, replace

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.motion.bias import VIEW_BIAS_RAD, bias_m, postures
from lumbar.motion.chain import SHOULDER_BEYOND, WRIST_SHARE
from lumbar.vision.tracks import LANDMARKS, OUTLINE_POINTS, BarTrack, PoseTrack, Quality, Silhouette, Tracks

PLATE_M = 0.450
STATURE_M = 1.78
#: How far the near plate's face is from the mid-plane, and each side's joints.
PLATE_OUT_M = 0.70
OUT_M = {
    "shoulder": 0.182, "elbow": 0.22, "wrist": 0.267, "hip": 0.110, "knee": 0.16, "ankle": 0.16, "heel": 0.15,
    "toe": 0.20, "ear": 0.08,
}  # fmt: skip
#: A lifter of usual proportions (de Leva 1996): lengths that the fit has to find, not to know.
SHANK_M, THIGH_M, TRUNK_M, ARM_M = 0.438, 0.430, 0.490, 0.650
ANKLE_M = np.array([0.0, 0.077])
#: Where the bar hangs, ahead of the ankles, and how high it rests.
BAR_X_M, BAR_REST_M, TOP_M = 0.075, PLATE_M / 2, 0.55
#: The bar is in the hands when it is this far above its rest (m).
HELD_M = 0.03
FEET = ("ankle", "heel", "foot_index")
#: Legs of a set: when it starts, how long it takes, and to which height, in metres, the bar goes.
Legs = list[tuple[float, float, float]]
ONE_PULL: Legs = [(1.5, 1.2, 0.55), (3.6, 1.0, 0.0)]


def clock(duration_s: float, rate_hz: float = 30.0) -> Floats:
    return np.arange(round(duration_s * rate_hz)) / rate_hz


def heights(time_s: Floats, legs: Legs, start_m: float = 0.0) -> Floats:
    """Go from height to height with the least jerk (Flash and Hogan 1985)."""
    height, at = np.full(len(time_s), start_m), start_m
    for start_s, duration_s, to_m in legs:
        share = np.clip((time_s - start_s) / duration_s, 0, 1)
        height += (to_m - at) * share**3 * (10 - 15 * share + 6 * share**2)
        at = to_m
    return height


def speeds(time_s: Floats, legs: Legs, start_m: float = 0.0) -> Floats:
    """Return the exact rate of change of ``heights``."""
    speed, at = np.zeros(len(time_s)), start_m
    for start_s, duration_s, to_m in legs:
        share = np.clip((time_s - start_s) / duration_s, 0, 1)
        speed += (to_m - at) / duration_s * 30 * share**2 * (1 - share) ** 2
        at = to_m
    return speed


def angles_of(up: Floats) -> dict[str, Floats]:
    """Return how a lifter is bent when the bar is ``up`` (0–1) of the way, straight arms holding it."""
    shank, knee = np.radians(76 + 12 * up), np.radians(105 + 71 * up)
    hip = hip_of(shank, knee)
    reach = np.column_stack([np.full(len(up), BAR_X_M), BAR_REST_M + TOP_M * up]) - hip
    away = np.hypot(*reach.T)
    inner = np.arccos((TRUNK_M**2 + away**2 - ARM_M**2) / (2 * TRUNK_M * away))
    trunk = np.arctan2(reach[:, 1], reach[:, 0]) + inner
    shoulder = hip + along(trunk, TRUNK_M)
    hang = np.column_stack([np.full(len(up), BAR_X_M), BAR_REST_M + TOP_M * up]) - shoulder
    arm = np.arctan2(hang[:, 0], -hang[:, 1])
    return {"shank": shank, "knee": knee, "trunk": trunk, "hip": trunk + knee - shank, "arm": arm}


def along(angle: Floats, length: float) -> Floats:
    return length * np.column_stack([np.cos(angle), np.sin(angle)])


def hip_of(shank: Floats, knee: Floats) -> Floats:
    return np.asarray(ANKLE_M + along(shank, SHANK_M) + along(np.pi - knee + shank, THIGH_M))


def body_of(angles: dict[str, Floats]) -> dict[str, Floats]:
    """Return the points of a chain with these angles, (time, 2) each: x from heel to toe, y up from the floor."""
    ankle = np.tile(ANKLE_M, (len(angles["trunk"]), 1))
    knee = ankle + along(angles["shank"], SHANK_M)
    hip = hip_of(angles["shank"], angles["knee"])
    shoulder = hip + along(angles["trunk"], TRUNK_M)
    wrist = shoulder + along(angles.get("arm", np.zeros(len(ankle))) - np.pi / 2, ARM_M * (1 - WRIST_SHARE))
    head = shoulder + along(angles["trunk"], 0.20)
    heel, toe = np.array([-0.059, 0.02]) + 0 * ankle, np.array([0.205, 0.02]) + 0 * ankle
    return {
        "ear": head, "shoulder": shoulder, "elbow": (shoulder + wrist) / 2, "wrist": wrist, "hip": hip,
        "knee": knee, "ankle": ankle, "heel": heel, "toe": toe,
    }  # fmt: skip


@dataclass(frozen=True)
class Camera:
    """A pinhole ``distance_m`` from the mid-plane; ``yaw_rad`` is towards the front, ``pitch_rad`` looks up."""

    distance_m: float = 4.0
    height_m: float = 0.9
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    focal_px: float = 1024.0
    width_px: int = 720
    height_px: int = 1280

    def seen(self, points_m: Floats) -> Floats:
        """Return points, forward, up and towards the camera, as it has them: right, down, away."""
        sin, cos = np.sin(self.yaw_rad), np.cos(self.yaw_rad)
        right = points_m[..., 0] * cos - points_m[..., 2] * sin
        away = self.distance_m - points_m[..., 0] * sin - points_m[..., 2] * cos
        up = points_m[..., 1] - self.height_m
        tip, level = np.sin(self.pitch_rad), np.cos(self.pitch_rad)
        return np.stack([right, -(up * level - away * tip), away * level + up * tip], axis=-1)

    def project(self, points_m: Floats) -> Floats:
        at = self.seen(points_m)
        return self.focal_px * at[..., :2] / at[..., 2:] + (self.width_px / 2, self.height_px / 2)


def lift_up(points_m: Floats, out_m: float) -> Floats:
    """Put sagittal points, (…, 2), at a distance from the mid-plane."""
    return np.concatenate([points_m, np.full((*points_m.shape[:-1], 1), out_m)], axis=-1)


def bar_seen(time_s: Floats, bar_m: Floats, camera: Camera, plate_m: float = PLATE_M) -> BarTrack:
    """Return the near plate whose axis is at ``bar_m`` (time, 2) above the floor."""
    rim = lambda by: camera.project(lift_up(bar_m + by, PLATE_OUT_M))  # noqa: E731
    half_m, zero = plate_m / 2, 0.0
    wide, high = rim((half_m, zero)) - rim((-half_m, zero)), rim((zero, -half_m)) - rim((zero, half_m))
    return BarTrack(
        time_s, rim((0, 0)), high[:, 1] / 2, wide[:, 0] / 2, np.full(len(time_s), 0.9), noise_px=0.2
    )  # fmt: skip


def pose_seen(time_s: Floats, body_m: dict[str, Floats], camera: Camera, is_held: Bools) -> PoseTrack:
    """Return the landmarks, as far beside the joints as the network puts them.

    The lifter faces to the right, so the right side is the near one.
    """
    part_of = {"foot_index": "toe", "index": "wrist", "pinky": "wrist", "thumb": "wrist"}
    points = np.empty((len(time_s), len(LANDMARKS), 3))
    trunk = body_m["shoulder"] - body_m["hip"]
    shares = postures(trunk[:, 1] / np.hypot(*trunk.T), is_held)
    for at, name in enumerate(LANDMARKS):
        side, _, part = name.partition("_")
        part = part_of.get(part, part)
        sign = {"left": -1, "right": 1}.get(side, 0)
        beside = bias_m(part, sign, shares, np.pi / 2 - camera.yaw_rad) if sign else 0 * trunk
        beyond = SHOULDER_BEYOND * trunk if part == "shoulder" else 0 * trunk
        where = body_m.get(part, body_m["ear"])
        points[:, at] = lift_up(where + beside + beyond, sign * OUT_M.get(part, 0.0))
    hips = lift_up(body_m["hip"], 0.0)[:, None]
    return PoseTrack(
        time_s, camera.project(points), np.full(points.shape[:2], 0.95), camera.seen(points) - camera.seen(hips),
        np.full(len(time_s), 0.98), "drawn",
    )  # fmt: skip


def guessed(film: Tracks) -> Tracks:
    """Return the film with every landmark that the near plate hides elsewhere, and the network fairly sure."""
    assert film.bar is not None
    size = np.stack([film.bar.half_width_px, film.bar.half_height_px], axis=-1)[:, None]
    hidden = (((film.pose.xy_px - film.bar.centre_px[:, None]) / size) ** 2).sum(axis=2) < 1
    for side in ("left", "right"):
        knee = hidden[:, LANDMARKS.index(f"{side}_knee")]
        for part in FEET:
            hidden[:, LANDMARKS.index(f"{side}_{part}")] |= knee
    # 10 cm for what is hidden, and feet half way up the shank, as the network has them (HIDDEN_M of the synth).
    off_px = np.array([60.0 if any(foot in name for foot in FEET) else 25.0 for name in LANDMARKS])[:, None]
    xy_px = film.pose.xy_px + np.where(hidden[..., None], off_px * [0.3, -1.0], 0.0)
    pose = replace(film.pose, xy_px=xy_px, visibility=np.where(hidden, 0.8, film.pose.visibility))
    return replace(film, pose=pose)


def outline_seen(body_m: dict[str, Floats], camera: Camera) -> Floats:
    """Return a ring from the sole to the top of the head; only how high it is counts here."""
    top_m = body_m["ear"][:, 1] + STATURE_M - (ANKLE_M[1] + SHANK_M + THIGH_M + TRUNK_M + 0.20)
    x = body_m["hip"][:, 0]
    ends = [camera.project(lift_up(np.column_stack([x, y]), 0.0)) for y in (np.zeros_like(x), top_m)]
    turn = np.linspace(0, 2 * np.pi, OUTLINE_POINTS, endpoint=False)
    middle, half = (ends[0] + ends[1]) / 2, (ends[0] - ends[1])[:, 1] / 2
    ring = np.stack([0.25 * np.cos(turn), np.sin(turn)], axis=-1)
    return np.asarray(middle[:, None] + half[:, None, None] * ring)


def quality_of(pose: PoseTrack, yaw_rad: float = 0.0) -> Quality:
    frames = len(pose.time_s)
    return Quality(
        is_seen=np.isfinite(pose.xy_px[:, 0, 0]), is_cropped=np.zeros(frames, bool),
        is_elsewhere=np.zeros(frames, bool), is_dark=np.zeros(frames, bool), is_moved=np.zeros(frames, bool),
        blur_score=np.full(frames, 0.9), camera_shift_px=np.zeros(frames),
        view_angle_rad=np.full(frames, np.pi / 2 - yaw_rad + VIEW_BIAS_RAD),
    )  # fmt: skip


def film_of(
    time_s: Floats, height_m: Floats, camera: Camera | None = None, drift_m: Floats | None = None
) -> Tracks:
    """Return the tracks of a lifter who lifts the bar to these heights above its rest."""
    camera = camera or Camera()
    body = body_of(angles_of(np.clip(height_m / TOP_M, 0, 1)))
    x = np.full(len(time_s), BAR_X_M) + (0 if drift_m is None else drift_m)
    bar = bar_seen(time_s, np.column_stack([x, height_m + PLATE_M / 2]), camera)
    pose = pose_seen(time_s, body, camera, height_m > HELD_M)
    return Tracks(
        pose, Silhouette(time_s, outline_seen(body, camera)), bar, quality_of(pose, camera.yaw_rad),
        camera.width_px, camera.height_px,
    )  # fmt: skip


def noisy(bar: BarTrack, sigma_px: float, seed: int, lost: Bools | None = None) -> BarTrack:
    """Return the plate with noise on its centre, and lost where it is said to be."""
    centre = bar.centre_px + np.random.default_rng(seed).normal(0, sigma_px, bar.centre_px.shape)
    gone = np.zeros(len(bar.time_s), bool) if lost is None else lost
    size = np.where(gone, np.nan, np.column_stack([bar.half_height_px, bar.half_width_px]).T)
    return BarTrack(
        bar.time_s, np.where(gone[:, None], np.nan, centre), size[0], size[1], np.where(gone, 0, bar.score),
        noise_px=sigma_px,
    )  # fmt: skip


def mirrored(seen: Tracks) -> Tracks:
    """Return the film as in a mirror: x the other way round, left for right."""
    swap = [
        LANDMARKS.index(
            name.replace("left", "RIGHT").replace("right", "left").replace("RIGHT", "right")
        )
        for name in LANDMARKS
    ]  # fmt: skip
    flip = lambda xy: np.concatenate([seen.width_px - xy[..., :1], xy[..., 1:]], axis=-1)  # noqa: E731
    pose = seen.pose
    world = pose.world_m[:, swap] * [-1, 1, 1]
    assert seen.bar is not None
    return replace(
        seen,
        pose=replace(pose, xy_px=flip(pose.xy_px[:, swap]), visibility=pose.visibility[:, swap], world_m=world),
        bar=replace(
            seen.bar,
            centre_px=flip(seen.bar.centre_px),
            far_px=None if seen.bar.far_px is None else flip(seen.bar.far_px),
        ),
        silhouette=replace(seen.silhouette, outline_px=flip(seen.silhouette.outline_px)),
    )
