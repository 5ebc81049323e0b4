"""Places whose errors have nothing to do with each other."""

import numpy as np

from lumbar.motion.apart import Apart


def alone(frames: int, hip_m: float, shoulder_m: float, bar_m: float) -> Apart:
    """Hip, shoulder and bar, each known to a standard deviation of its own; the scale is sure."""
    hip, shoulder, bar = hip_m**2, shoulder_m**2, bar_m**2
    covariance = np.array([[shoulder + hip, 0.0, hip], [0.0, shoulder + hip, 0.0], [hip, 0.0, bar + hip]])
    return Apart(np.tile(covariance, (frames, 1, 1)), np.zeros((frames, 3)))
