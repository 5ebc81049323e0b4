"""A dressed body on a stage: the lifter, a bystander; takes a new shape every frame."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.synth.body import Body, load_body
from lumbar.synth.case import Bystander, Look
from lumbar.synth.posture import Posed, Posture, Skin, pose
from lumbar.synth.stage import Stage
from lumbar.synth.turns import UP, move, turn
from lumbar.synth.wardrobe import dress, surface_normals, wear


class Figure:
    """The meshes of one person on the stage."""

    def __init__(self, stage: Stage, body: Body, look: Look, *, is_lifter: bool) -> None:
        self.skin = Skin(body)
        self.garments = dress(body, look)
        rest = body.vertices_m
        self.faces = np.r_[body.faces("body"), body.faces("tights")]
        self.solids = [
            stage.add_mesh(rest[garment.vertices], garment.faces, garment.colours, is_lifter=is_lifter)
            for garment in self.garments
        ]

    def take(self, moves: Floats, placed: Floats | None = None) -> None:
        """Put the meshes where one frame's ``moves`` carry them, the whole where ``placed`` does."""
        if placed is not None:
            moves = placed @ moves
        skin = self.skin.at(moves)
        normals = surface_normals(skin, self.faces)
        for solid, garment in zip(self.solids, self.garments, strict=True):
            solid.reshape(wear(garment, skin, normals), normals[garment.vertices])


def stroll(person: Bystander, time_s: Floats) -> tuple[Posed, Floats]:
    """Return a bystander's posture and place, walking or standing, at the given times."""
    body = load_body(person.body)
    scale = body.height_m / 1.75
    step_hz = 0.0 if person.speed_m_per_s == 0 else max(0.7, person.speed_m_per_s / (1.5 * scale))
    phase = 2 * np.pi * step_hz * time_s
    swing = 0.0 if step_hz == 0 else person.speed_m_per_s / step_hz / 4
    posture = _gait(body, scale, phase, swing)
    heading = np.radians(person.heading_deg)
    facing = turn(UP, np.full(len(time_s), heading))
    start = np.array([person.x_m, 0.0, person.z_m])
    along = facing @ np.array([1.0, 0, 0]) * (person.speed_m_per_s * time_s)[:, None]
    return pose(body, posture), move(facing, np.zeros(3), start + along)


def _gait(body: Body, scale: float, phase: Floats, swing: float) -> Posture:
    """Return a plain walk on the spot: good to look at, not to measure."""
    frames = len(phase)
    none = np.zeros(frames)
    ankle_height = float(body.bone_m("foot.L")[1])
    hip = body.sides_m("upperleg01").mean(axis=0)
    hips = np.tile(hip, (frames, 1))
    hips[:, 1] -= 0.02 * scale + swing * 0.06 * (1 - np.cos(2 * phase))
    ankle, hand, heel_up = np.zeros((frames, 2, 3)), np.zeros((frames, 2, 3)), np.zeros((frames, 2))
    reach = body.bone_m("upperarm01.L")[1] - 0.60 * scale
    for index, sign in enumerate((-1, 1)):
        own = phase + np.pi * index
        lifted = np.clip(np.cos(own), 0, 1) * min(1.0, swing * 5)
        ankle[:, index] = np.stack([swing * np.sin(own), ankle_height + 0.09 * lifted, none + sign * 0.09], axis=1)
        heel_up[:, index] = 0.35 * lifted
        ahead = -0.6 * swing * np.sin(own) + 0.05
        hand[:, index] = np.stack([ahead, none + reach + 0.3 * ahead**2, none + sign * 0.30 * scale], axis=1)
    return Posture(
        hip_m=hips, pelvis_rad=none + 0.03, lean_rad=none, lumbar_rad=none, thoracic_rad=none, head_rad=none,
        ankle_m=ankle, toe_out_rad=none + 0.1, heel_up_rad=heel_up, hand_m=hand, grip=none + 0.4,
    )  # fmt: skip
