"""The net moment and force at L5/S1 of a planar chain, by Newton's and Euler's laws; arrays in, arrays out.

x points from heel to toe, y up. Axes are (…, time, part, 2): the leading ones, if any, are Monte-Carlo draws, and
broadcast. A moment is positive when the load bends the lifter forward, so that the back's extensors must hold
it. Top-down goes from the bar through hands, arms and trunk; bottom-up from the ground through the legs: the same
number where everything is known (reference/biomechanics §3.6).
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.errors import ShapeError
from lumbar.mechanics.body import UpperBody
from lumbar.units import GRAVITY_M_PER_S2

#: The joints that the top-down chain needs, from the lower back to the hand.
JOINTS = ("l5s1", "shoulder", "elbow", "wrist", "knuckle")


@dataclass(frozen=True, slots=True, eq=False)
class SpineLoad:
    """What crosses L5/S1; each (…, time), ``force_n`` (…, time, 2).

    ``moment_n_m`` is the net extensor moment: the body's own share ``body_n_m`` plus the bar's ``bar_n_m``.
    ``force_n`` is what the pelvis pushes the upper body with. ``bar_lever_m`` is how far the bar is ahead of
    L5/S1, ``elevation_rad`` the angle of the line from L5/S1 to the shoulder above the horizontal.
    """

    moment_n_m: Floats
    body_n_m: Floats
    bar_n_m: Floats
    force_n: Floats
    bar_lever_m: Floats
    elevation_rad: Floats


def moment_about(
    pivot_m: Floats, parts_m: Floats, mass_kg: Floats, acceleration_m_per_s2: Floats | None = None
) -> Floats:
    """Return the extensor moment (…, time) that parts at (…, time, part, 2) need about a pivot (…, time, 2).

    M = Σ m [(g + a_y) Δx − a_x Δy]; without accelerations the parts hold still. Masses are (…, part).
    """
    away = parts_m - pivot_m[..., None, :]
    weight = np.asarray(mass_kg)[..., None, :]
    if acceleration_m_per_s2 is None:
        return np.asarray((weight * away[..., 0]).sum(-1) * GRAVITY_M_PER_S2)
    up = GRAVITY_M_PER_S2 + acceleration_m_per_s2[..., 1]
    turning = up * away[..., 0] - acceleration_m_per_s2[..., 0] * away[..., 1]
    return np.asarray((weight * turning).sum(-1))


def moment_of_force(pivot_m: Floats, point_m: Floats, force_n: Floats) -> Floats:
    """Return the extensor moment (…, time) about a pivot of holding up a load with ``force_n`` (…, time, 2)."""
    away = point_m - pivot_m
    return np.asarray(force_n[..., 1] * away[..., 0] - force_n[..., 0] * away[..., 1])


def place_parts(joints_m: Floats, body: UpperBody) -> Floats:
    """Return the centres of mass (…, time, 4, 2) of the upper body's parts; joints in the order of JOINTS."""
    if joints_m.shape[-2:] != (len(JOINTS), 2):
        raise ShapeError("joints_m", "(…, time, joint, 2)", (len(JOINTS), 2), joints_m.shape)
    start, end = joints_m[..., :-1, :], joints_m[..., 1:, :]
    return np.asarray(start + np.asarray(body.centre_ratio)[..., None, :, None] * (end - start))


def moment_of_spin(joints_m: Floats, body: UpperBody, spin_rad_per_s2: Floats) -> Floats:
    """Return the extensor moment (…, time) that parts need to turn ever faster about their own centres.

    It is the sum of inertia times ``spin_rad_per_s2`` (…, time, 4), the angular accelerations: positive from x to
    y, backward, as a trunk is raised.
    """
    links = joints_m[..., 1:, :] - joints_m[..., :-1, :]
    radius2 = np.asarray(body.gyration_ratio)[..., None, :] ** 2 * (links**2).sum(-1)
    return np.asarray((np.asarray(body.mass_kg)[..., None, :] * radius2 * spin_rad_per_s2).sum(-1))


def bar_force(bar_kg: Floats | float, rise_m_per_s2: Floats, load_share: Floats | float = 1.0) -> Floats:
    """Return the force (…, time, 2) of the hands on a bar that accelerates by (…, time, 2), N.

    ``load_share`` in 0–1 is how much of the bar hangs in the hands: 0 while the plates rest on the floor.
    """
    pulled = np.asarray(rise_m_per_s2) + np.array([0.0, GRAVITY_M_PER_S2])
    return np.asarray(np.asarray(load_share * np.asarray(bar_kg))[..., None] * pulled)


def top_down(
    joints_m: Floats,
    body: UpperBody,
    bar_m: Floats,
    hand_force_n: Floats,
    acceleration_m_per_s2: Floats | None = None,
    spin_rad_per_s2: Floats | None = None,
) -> SpineLoad:
    """Return the load at L5/S1 from above: joints (…, time, 5, 2), the bar (…, time, 2), the hands' force on it.

    ``acceleration_m_per_s2`` (…, time, 4, 2) of the parts' centres and ``spin_rad_per_s2`` (…, time, 4), how they
    turn about these (:func:`moment_of_spin`), are for motion capture; left out, the body holds still at each
    moment, which is what second derivatives of a video can bear (reference §10.3).
    """
    pivot = joints_m[..., 0, :]
    parts = place_parts(joints_m, body)
    own = moment_about(pivot, parts, body.mass_kg, acceleration_m_per_s2)
    if spin_rad_per_s2 is not None:
        own = own + moment_of_spin(joints_m, body, spin_rad_per_s2)
    bar = moment_of_force(pivot, bar_m, hand_force_n)
    up = np.zeros_like(parts) if acceleration_m_per_s2 is None else acceleration_m_per_s2
    weights = np.asarray(body.mass_kg)[..., None, :, None] * (up + np.array([0.0, GRAVITY_M_PER_S2]))
    line = joints_m[..., 1, :] - pivot
    return SpineLoad(
        moment_n_m=own + bar,
        body_n_m=own,
        bar_n_m=bar,
        force_n=weights.sum(-2) + hand_force_n,
        bar_lever_m=bar_m[..., 0] - pivot[..., 0],
        elevation_rad=np.arctan2(line[..., 1], line[..., 0]),
    )


def bottom_up(
    pivot_m: Floats,
    parts_m: Floats,
    mass_kg: Floats,
    foot_force_n: Floats,
    pressure_m: Floats,
    acceleration_m_per_s2: Floats | None = None,
) -> Floats:
    """Return the extensor moment (…, time) at L5/S1 from below: what the ground gives less what the legs take.

    ``parts_m`` (…, time, part, 2) are the centres of mass of everything below L5/S1, ``foot_force_n`` (…, time, 2)
    is the ground's force on both feet at the centre of pressure ``pressure_m`` (…, time, 2). That legs turn about
    their own centres is left out: for a man's thighs at 5 rad/s² that is 2 N·m.
    """
    legs = moment_about(pivot_m, parts_m, mass_kg, acceleration_m_per_s2)
    return np.asarray(moment_of_force(pivot_m, pressure_m, foot_force_n) - legs)
