"""Our dynamics against MuJoCo's, which was written by others for other ends."""

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.mechanics.body import upper_body
from lumbar.mechanics.chain import bar_force, top_down
from lumbar.units import GRAVITY_M_PER_S2

mujoco = pytest.importorskip("mujoco")

LENGTHS_M = (0.43, 0.29, 0.27, 0.07)
POSES = 1000


def chain_xml(masses: Floats, centres: Floats, inertias: Floats) -> str:
    """A chain of four links from L5/S1, each with mass and inertia at its centre, x forward, z up."""
    body, tail = "", ""
    offsets = (0.0, *LENGTHS_M[:3])
    for link in range(4):
        body += (
            f'<body name="b{link}" pos="0 0 {offsets[link]}"><joint type="hinge" axis="0 1 0"/>'
            f'<inertial pos="0 0 {centres[link]}" mass="{masses[link]}"'
            f' diaginertia="{inertias[link]} {inertias[link]} {inertias[link]}"/>'
        )
        tail += "</body>"
    return (
        f'<mujoco><compiler boundinertia="0"/>'
        f'<option gravity="0 0 -{GRAVITY_M_PER_S2}"><flag contact="disable"/></option>'
        f'<worldbody>{body}<site name="hand" pos="0 0 {LENGTHS_M[3]}"/>{tail}</worldbody></mujoco>'
    )


def pose(angle: Floats) -> Floats:
    """The joints (time, 5, 2) of a chain whose links lean forward by these angles from the vertical."""
    links = np.array(LENGTHS_M)[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=-1)
    return np.concatenate([np.zeros((len(angle), 1, 2)), np.cumsum(links, axis=1)], axis=1)


def accelerations(angle: Floats, speed: Floats, change: Floats, along: Floats) -> Floats:
    """The accelerations (time, 4, 2) of points that lie ``along`` each link."""

    def of(length: Floats) -> Floats:
        out = np.stack([np.sin(angle), np.cos(angle)], axis=-1)
        across = np.stack([np.cos(angle), -np.sin(angle)], axis=-1)
        return length[:, None] * (change[..., None] * across - speed[..., None] ** 2 * out)

    before = np.cumsum(of(np.array(LENGTHS_M)), axis=1) - of(np.array(LENGTHS_M))
    return before + of(along)


def random_poses(*, moves: bool) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(4)
    relative = rng.uniform(-2, 2, (POSES, 4))
    speed, change = (rng.normal(0, size, (POSES, 4)) * moves for size in (1.5, 6.0))
    return relative, speed, change


def oracle(model: "mujoco.MjModel", relative: Floats, speed: Floats, change: Floats, forces: Floats) -> Floats:
    """MuJoCo's inverse dynamics: the torque at L5/S1 (time,) with a force (time, 2) pulling the hand down."""
    data, torque, jacobian = mujoco.MjData(model), np.zeros(POSES), np.zeros((3, 4))
    for index in range(POSES):
        data.qpos[:], data.qvel[:], data.qacc[:] = relative[index], speed[index], change[index]
        data.qfrc_applied[:] = 0
        mujoco.mj_inverse(model, data)
        mujoco.mj_jacSite(model, data, jacobian, None, 0)
        bar = jacobian.T @ [-forces[index, 0], 0, -forces[index, 1]]
        torque[index] = data.qfrc_inverse[0] - bar[0]
    return torque


@pytest.mark.parametrize(("moves", "spins"), [(False, False), (True, False), (True, True)],
                         ids=["at rest", "moving points", "moving bodies"])  # fmt: skip
def test_a_thousand_random_poses_and_loads_agree_with_mujoco(*, moves: bool, spins: bool) -> None:
    own = upper_body("female", 68)
    along = own.centre_ratio * LENGTHS_M
    # Points of mass have an inertia of 1e-9 kg·m², the least that the engine takes.
    inertias = own.mass_kg * (own.gyration_ratio * LENGTHS_M) ** 2 if spins else np.full(4, 1e-9)
    relative, speed, change = random_poses(moves=moves)
    rng = np.random.default_rng(5)
    forces = bar_force(rng.uniform(0, 350, POSES), rng.normal(0, 2, (POSES, 2)), rng.uniform(0, 1, POSES))
    angle = np.cumsum(relative, axis=1)
    joints = pose(angle)
    swing = accelerations(angle, np.cumsum(speed, 1), np.cumsum(change, 1), along)
    # Angles here count forward from the vertical, a spin backward.
    spin = -np.cumsum(change, axis=1) if spins else None
    ours = top_down(joints, own, joints[:, -1], forces, swing, spin).moment_n_m
    # MuJoCo's hinge turns forward for positive angles: its torque is minus the extensor moment.
    model = mujoco.MjModel.from_xml_string(chain_xml(own.mass_kg, along, inertias))
    theirs = -oracle(model, relative, speed, change, forces)
    assert (np.abs(ours - theirs) <= 0.001 * np.abs(theirs) + 1e-4).all()
    assert np.median(np.abs(ours - theirs)) <= 1e-6  # what is left is rounding, and the points' least inertia
