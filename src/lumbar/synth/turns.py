"""Rotations and rigid moves of many frames at once: vectors are (..., 3), moves (..., 4, 4)."""

import numpy as np

from lumbar.arrays import Floats

FORWARD = np.array([1.0, 0.0, 0.0])
UP = np.array([0.0, 1.0, 0.0])
RIGHT = np.array([0.0, 0.0, 1.0])
LEFT = -RIGHT


def unit(vector: Floats) -> Floats:
    """Return the direction of each vector."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    return np.asarray(vector / length)


def along(direction: Floats, of: Floats) -> Floats:
    """Return ``of`` without its part along ``direction`` (a unit vector)."""
    return np.asarray(of - np.sum(of * direction, axis=-1, keepdims=True) * direction)


def turn(axis: Floats, angle_rad: Floats | float) -> Floats:
    """Return rotations (..., 3, 3) about a unit axis (Rodrigues); positive about LEFT tips forwards."""
    axis, angle = np.broadcast_arrays(axis, np.asarray(angle_rad, float)[..., None])
    angle = angle[..., :1, None]
    x, y, z = np.moveaxis(axis, -1, 0)
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=-1).reshape(*x.shape, 3, 3)
    whole: Floats = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return whole


def share(rotation: Floats, fraction: float) -> Floats:
    """Return the same rotation carried out to ``fraction`` of its angle."""
    cosine = np.clip((np.trace(rotation, axis1=-2, axis2=-1) - 1) / 2, -1, 1)
    angle = np.arccos(cosine)
    off = rotation - np.swapaxes(rotation, -1, -2)
    axis = np.stack([off[..., 2, 1], off[..., 0, 2], off[..., 1, 0]], axis=-1)
    length = np.linalg.norm(axis, axis=-1, keepdims=True)
    axis = np.where(length > 1e-12, axis / np.maximum(length, 1e-12), LEFT)
    return turn(axis, angle * fraction)


def frame(axis: Floats, lateral: Floats) -> Floats:
    """Return the rotation whose third column is along ``axis`` and whose first is nearest to ``lateral``."""
    third = unit(axis)
    first = unit(along(third, np.broadcast_to(lateral, third.shape)))
    return np.stack([first, np.cross(third, first), third], axis=-1)


def move(rotation: Floats, start_m: Floats, end_m: Floats) -> Floats:
    """Return the rigid move that rotates by ``rotation`` and sends ``start_m`` to ``end_m``."""
    shape = np.broadcast_shapes(rotation.shape[:-2], end_m.shape[:-1])
    whole = np.zeros((*shape, 4, 4))
    whole[..., :3, :3] = rotation
    whole[..., :3, 3] = end_m - np.einsum("...ij,...j->...i", rotation, np.broadcast_to(start_m, (*shape, 3)))
    whole[..., 3, 3] = 1
    return whole


def send(moved: Floats, point_m: Floats) -> Floats:
    """Return where a rigid move sends a point."""
    sent: Floats = np.einsum("...ij,...j->...i", moved[..., :3, :3], point_m) + moved[..., :3, 3]
    return sent
