"""The one place where units change; inside Lumbar everything is SI and radians."""

from math import pi

#: Standard gravity, m/s² (CGPM 1901).
GRAVITY_M_PER_S2 = 9.80665

#: The pound in kilograms, exact (International Yard and Pound Agreement, 1959).
KG_PER_LB = 0.45359237

#: The inch in metres, exact (same agreement).
M_PER_INCH = 0.0254

DEGREES_PER_RADIAN = 180 / pi


def to_degrees(angle_rad: float) -> float:
    """Return an angle in degrees."""
    return angle_rad * DEGREES_PER_RADIAN


def to_radians(angle_deg: float) -> float:
    """Return an angle in radians."""
    return angle_deg / DEGREES_PER_RADIAN
