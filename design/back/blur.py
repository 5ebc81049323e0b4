"""What a pose model and its mask do to what a perfect eye sees: errors of joints, outline, view and scale.

The sizes are about those of BlazePose on ten rendered clips of the train and tune splits: most of a joint's error
is the same all clip long, some changes with the posture, little is new in each frame.
"""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.synth.fast import smooth_noise

#: Metres: (ahead, down) of the mean error, then the deviation of what is constant in a clip, of what comes with
#: each phase (standing, bent), and of what is new in each frame. Order: hip, shoulder, knee, ankle.
JOINT_M = {
    "hip": ((0.018, 0.012), 0.022, 0.014, 0.010),
    "shoulder": ((0.028, -0.026), 0.024, 0.012, 0.008),
    "knee": ((0.010, -0.030), 0.040, 0.025, 0.020),
    "ankle": ((0.000, -0.050), 0.060, 0.040, 0.030),
}
#: The mask's edge lies this far outside (m), give or take this much per clip.
_OUT_M, _OUT_SPREAD_M = 0.009, 0.008
#: In each frame all of the edge moves out or in (m), and waves run along it, as wide as so many outline points:
#: wide and narrow ones of a mask that takes cloth or shade for body (m), and those that go with a pixel's size, as
#: in ``lumbar.synth.fast``. With the last alone wide shapes are trusted too much: drawn clips were read worse.
_SWELL_M, _WAVES_M, _WAVE_PX = 0.004, ((6.0, 0.003), (1.0, 0.0015)), (2.0, 0.6)
#: Pictures differ in how much of that they suffer: the deviation of the logarithm. Errors stay alike so long (s).
_QUALITY, _ALIKE_S = 0.5, 0.15
_VIEW_DEG, _STATURE_RATIO = 4.0, 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Blurred:
    """Joints and outlines with errors, (clip, frame, …); view (clip,) in rad and stature (clip,) in px."""

    joints_px: Floats
    outline_px: Floats
    view_rad: Floats
    stature_px: Floats


def blur(data: dict[str, np.ndarray], rng: np.random.Generator, strength: float = 1.0) -> Blurred:
    """Return the clips of ``make_data.pack`` with errors of ``strength`` times the measured size."""
    clips, frames = data["kind"].shape
    px = strength / data["m_per_px"][:, None, None]
    bent = (data["kind"][0] > 0).astype(int)
    alike = _alike(data["time_s"], data["pull"])
    joints = data["joints_px"][:, :, : len(JOINT_M)].astype(float)
    for index, (mean, constant, phase, frame) in enumerate(JOINT_M.values()):
        shift = np.array(mean) + rng.normal(0, constant, (clips, 1, 2))
        shift = shift + alike @ rng.normal(0, frame, (clips, frames, 2))
        joints[:, :, index] += (shift + rng.normal(0, phase, (clips, 2, 2))[:, bent]) * px
    outline = data["outline_px"].astype(float)
    ahead = np.roll(outline, -1, axis=2) - np.roll(outline, 1, axis=2)
    out = np.stack([ahead[..., 1], -ahead[..., 0]], axis=-1)
    out /= np.linalg.norm(out, axis=-1, keepdims=True) + 1e-9
    waves = rng.normal(0, _SWELL_M, (clips, frames, 1)) * px
    for width, size in _WAVES_M:
        waves = waves + smooth_noise((clips, frames, outline.shape[2]), width, rng) * size * px
    width, size = _WAVE_PX
    waves = waves + smooth_noise((clips, frames, outline.shape[2]), width, rng) * size * strength
    waves = alike @ waves * np.exp(rng.normal(0, _QUALITY, (clips, 1, 1)))
    waves = waves + (_OUT_M + rng.normal(0, _OUT_SPREAD_M, (clips, 1, 1))) * px
    return Blurred(
        joints_px=joints,
        outline_px=outline + out * waves[..., None],
        view_rad=np.radians(data["view_deg"] + strength * rng.normal(0, _VIEW_DEG, clips)),
        stature_px=data["stature_px"] * (1 + strength * rng.normal(0, _STATURE_RATIO, clips)),
    )


def _alike(time_s: Floats, pull: Floats) -> Floats:
    """Return what makes frames alike where they are close in time and of one pull, (clip, frame, frame)."""
    apart = (time_s[:, :, None] - time_s[:, None]) / _ALIKE_S
    same = pull[:, :, None] == pull[:, None]
    covariance = np.exp(-0.5 * apart**2) * same + 1e-6 * np.eye(time_s.shape[1])
    return np.linalg.cholesky(covariance)
