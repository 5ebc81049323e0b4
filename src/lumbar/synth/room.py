"""The gym as a list of solids on a stage: floor, walls, rack, discs, boxes, and the barbell that moves."""

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.lifter import COLLAR_M
from lumbar.synth.case import Case, Gym
from lumbar.synth.stage import Solid, Stage
from lumbar.synth.turns import FORWARD, UP, move, turn

#: Pixels along an edge of the paintings on floor and walls, and bricks.
_PAINTING_PX, _BRICK_PX = 512, 32
#: How far behind the lifter a mirror hangs (m).
_MIRROR_M = 1.7
#: Half edges of the room and its height (m).
_ROOM_M, _WALL_M = 6.0, 3.4


def _clouds(rng: np.random.Generator, size: int, octaves: int = 5) -> Floats:
    """Return smooth noise in 0–1, (size, size)."""
    from scipy.ndimage import zoom  # noqa: PLC0415

    total = np.zeros((size, size))
    for octave in range(octaves):
        cells = 2 ** (octave + 2)
        total += zoom(rng.standard_normal((cells, cells)), size / cells, order=1)[:size, :size] / 1.7**octave
    return np.asarray((total - total.min()) / np.ptp(total))


def _rubber(rng: np.random.Generator) -> Pixels:
    grey = rng.uniform(40, 80) + 40 * _clouds(rng, _PAINTING_PX)
    painted = grey[..., None] + rng.normal(0, 9, (_PAINTING_PX, _PAINTING_PX, 1))
    return np.clip(np.repeat(painted, 3, axis=2), 0, 255).astype(np.uint8)


def _bricks(rng: np.random.Generator) -> Pixels:
    grey = rng.uniform(90, 150) + 50 * _clouds(rng, _PAINTING_PX)
    painted = np.stack([grey * tint for tint in rng.uniform(0.75, 1.05, 3)], axis=-1)
    for row in range(0, _PAINTING_PX, _BRICK_PX):
        painted[row : row + 2] *= 0.75
        for column in range((row // _BRICK_PX % 2) * _BRICK_PX, _PAINTING_PX, 2 * _BRICK_PX):
            painted[row : row + _BRICK_PX, column : column + 2] *= 0.75
    return np.asarray(np.clip(painted, 0, 255), np.uint8)


def furnish(stage: Stage, case: Case) -> None:
    """Build everything that stands still."""
    rng = np.random.default_rng([case.gym.seed, 5])
    far = _ROOM_M
    stage.add_sheet(np.array([[-far, 0, far], [far, 0, far], [-far, 0, -far]]), _rubber(rng))
    stage.add_box((0.1, 0.0015, 0.0), (2.4, 0.003, 2.8), "wood", masks=False)
    wall = _bricks(rng)
    for corners in _walls(case):
        stage.add_sheet(np.array(corners), wall)
    _things(stage, case.gym, 1 if case.phone.side == "left" else -1, rng)
    if case.gym.has_mirror:
        _hang_mirror(stage, case)
    if case.lift.block_m:
        for side in (-1, 1):
            middle = (0.08, case.lift.block_m / 2, side * (COLLAR_M + 0.09))
            stage.add_box(middle, (0.55, case.lift.block_m, 0.22), "dark")


def _walls(case: Case) -> list[list[list[float]]]:
    """Return the corners of the walls that the camera looks at (none between it and the lifter)."""
    near, far, high = -_ROOM_M, _ROOM_M, _WALL_M
    behind_z = far if case.phone.side == "left" else near
    return [
        [[near, 0, behind_z * 0.7], [far, 0, behind_z * 0.7], [near, high, behind_z * 0.7]],
        [[far * 0.8, 0, near], [far * 0.8, 0, far], [far * 0.8, high, near]],
        [[near * 0.8, 0, near], [near * 0.8, 0, far], [near * 0.8, high, near]],
    ][: 3 if case.phone.distance_m < _ROOM_M * 0.75 else 1]


def _things(stage: Stage, gym: Gym, far: int, rng: np.random.Generator) -> None:
    if gym.has_rack:
        for x in (-1.6, -0.4, 0.9):
            if rng.random() < 0.8:
                stage.add_box((x, 1.1, far * 2.8), (0.07, 2.2, 0.07), "dark")
    for disc in gym.discs:
        solid = stage.add_cylinder((-disc.thick_m / 2, disc.thick_m / 2), disc.radius_m, disc.colour)
        hub = stage.add_cylinder(
            (-disc.thick_m / 2 - 0.002, disc.thick_m / 2 + 0.002), disc.radius_m * 0.35, "steel"
        )
        placed = move(turn(UP, np.radians(disc.yaw_deg)), np.zeros(3), np.array([disc.x_m, disc.y_m, disc.z_m]))
        for part in (solid, hub):
            part.move_to(placed)
    for box in gym.boxes:
        stage.add_box(box.middle_m, box.edges_m, box.colour)


def mirror_z(case: Case) -> float:
    """Return where the mirror hangs: on the far side of the lifter."""
    return _MIRROR_M if case.phone.side == "left" else -_MIRROR_M


def reflection(case: Case) -> Floats:
    """Return the 4 × 4 map of the world into the mirror."""
    flip = np.eye(4)
    flip[2, 2], flip[2, 3] = -1, 2 * mirror_z(case)
    return flip


def _hang_mirror(stage: Stage, case: Case) -> None:
    """Frame the mirror; what it shows is drawn behind it, where it seems to be."""
    z = mirror_z(case)
    for x in (-2.2, -0.7, 0.8, 2.3):
        stage.add_box((x, 1.15, z), (0.04, 2.3, 0.03), "dark", masks=False)
    for y in (0.02, 2.3):
        stage.add_box((0.05, y, z), (4.5, 0.05, 0.03), "dark", masks=False)


def load_bar(stage: Stage, case: Case) -> list[Solid]:
    """Build the barbell about the z axis; move its parts together."""
    parts = [stage.add_cylinder((-COLLAR_M, COLLAR_M), 0.014, "silver")]
    radius = case.lift.plate_m / 2
    for side in (-1, 1):
        z = COLLAR_M
        parts.append(stage.add_cylinder((side * z, side * 1.10), 0.025, "silver"))
        parts.append(stage.add_cylinder((side * (z - 0.015), side * z), 0.035, "steel"))
        for colour, thick in case.look.plates:
            parts.append(stage.add_cylinder((side * z, side * (z + thick)), radius, colour))
            parts.append(
                stage.add_cylinder((side * (z - 0.0012), side * (z + thick + 0.0012)), radius * 0.44, "steel")
            )
            z += thick + 0.002
        parts.append(stage.add_cylinder((side * z, side * (z + 0.04)), 0.04, "steel"))
    return parts


def bar_move(bar_m: Floats, roll_rad: float) -> Floats:
    """Return the 4 × 4 move that puts the barbell where it is in one frame."""
    return move(turn(FORWARD, roll_rad), np.zeros(3), np.array([bar_m[0], bar_m[1], 0.0]))
