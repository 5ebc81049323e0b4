"""One pull of 300 frames drawn a thousand times: our kernel, and a loop over a rigid-body engine beside it.

Both are run in a process of their own on one core (:mod:`lumbar.bench.stopwatch`); the clip is not looked at.
"""

from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.stopwatch import Mark
from lumbar.mechanics.body import UpperBody, upper_body
from lumbar.mechanics.pelvis import Pelvis, pelvis_of
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.spread import draw_loads

FRAMES, DRAWS, BAR_KG = 300, 1000, 140.0
#: How often ours is drawn in one run; the stage's time is that of all together.
TIMES = 5
_BODY = (80.0, 1.75)


def pull() -> Pull:
    """Return the reference lifter from lift-off to lockout (reference/biomechanics F3), on straight lines."""
    time_s = np.linspace(0, 5, FRAMES)
    share = (0.5 - 0.5 * np.cos(np.pi * time_s / 5))[:, None]

    def between(start: tuple[float, float], end: tuple[float, float]) -> Floats:
        return np.asarray(np.array(start) * (1 - share) + np.array(end) * share)

    none, one = np.zeros(FRAMES), np.ones(FRAMES)
    hip, shoulder = between((-0.2961, 0.6285), (0.0, 0.9289)), between((0.1772, 0.8392), (0.0, 1.447))
    return Pull(time_s, hip, shoulder, between((0.08, 0.225), (0.1, 0.8332)), none, none, one)


def doubts() -> Doubts:
    """Return every doubt there is, so that every term is reckoned."""
    body = np.array([[[0.028, 0.0], [0.0, 0.028], [0.014, 0.0]]])
    sizes = (0.02, 0.1, 0.008, 0.06, 0.05, 0.3, 0.01, 0.03)
    return Doubts(np.full((1, 3), 0.004), body, *(np.array([size]) for size in sizes))


def monte_carlo(_clip: Path, mark: Mark) -> int:
    """Draw our loads; the first time is not counted."""
    own, pelvis = _person()
    for turn in range(TIMES + 1):
        mark("draw" if turn else "")
        draw_loads(pull(), own, pelvis, BAR_KG, doubts(), draws=DRAWS)
    mark("")
    return FRAMES * DRAWS * TIMES


def engine_loop(_clip: Path, mark: Mark) -> int:
    """Ask MuJoCo's inverse dynamics once for each frame of each draw; making the draws is not counted."""
    import mujoco  # noqa: PLC0415 - the baseline, which may not be installed

    own, _ = _person()
    model = mujoco.MjModel.from_xml_string(_chain(own))
    data = mujoco.MjData(model)
    angles = np.random.default_rng(0).normal((0.9, 2.2), 0.02, (FRAMES * DRAWS, 2))
    jacobian, weight = np.zeros((3, 2)), np.array([0.0, 0.0, -BAR_KG * 9.80665])
    total = np.zeros(len(angles))
    mark("draw")
    for index, pose in enumerate(angles):
        data.qpos[:] = pose
        mujoco.mj_inverse(model, data)
        mujoco.mj_jacSite(model, data, jacobian, None, 0)
        total[index] = data.qfrc_inverse[0] - jacobian[:, 0] @ weight
    mark("")
    return len(total)


def _person() -> tuple[UpperBody, Pelvis]:
    mass_kg, height_m = _BODY
    return upper_body("male", mass_kg), pelvis_of("male", height_m)


def _chain(own: UpperBody) -> str:
    """Return the upper body as two links, trunk and straight arms, for MuJoCo."""
    arm_kg = float(own.mass_kg[1:].sum())
    arm_m = float(own.mass_kg[1:] @ own.reach_ratio) / arm_kg * 0.62
    hinge, inertia = '<joint type="hinge" axis="0 1 0"/>', 'diaginertia="0.1 0.1 0.1"'
    trunk = f'<inertial pos="0 0 {0.42 * own.centre_ratio[0]}" mass="{own.mass_kg[0]}" {inertia}/>'
    arms = f'<inertial pos="0 0 {arm_m}" mass="{arm_kg}" {inertia}/>'
    return (
        '<mujoco><option gravity="0 0 -9.80665"><flag contact="disable"/></option><worldbody>'
        f'<body>{hinge}{trunk}<body pos="0 0 0.42">{hinge}{arms}'
        '<site pos="0 0 0.62"/></body></body></worldbody></mujoco>'
    )
