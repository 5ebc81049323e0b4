"""Body-segment parameters of de Leva 1996, men and women: lengths, masses, centres of mass, radii of gyration.

P. de Leva, "Adjustments to Zatsiorsky-Seluyanov's segment inertia parameters", J Biomech 29:1223–30 (1996).
Masses are shares of body mass; centres of mass and radii of gyration are shares of the segment's length, the
centre from the first endpoint. Rows of one table are never mixed with another's: each cuts the body differently.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Sex = Literal["female", "male"]

#: The mean stature (m) and mass (kg) that the lengths belong to.
STATURE_M = {"male": 1.741, "female": 1.735}
MASS_KG = {"male": 73.0, "female": 61.9}


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment between two endpoints, at the mean stature.

    ``gyration_ratio`` are the radii about the centre of mass for rotations about the sagittal, the transverse and
    the longitudinal axis; in the sagittal plane a segment turns about the transverse one.
    """

    ends: str
    length_m: float
    mass_ratio: float
    centre_ratio: float
    gyration_ratio: tuple[float, float, float]


def _table(column: int) -> MappingProxyType[str, Segment]:
    rows = {
        name: Segment(ends, lengths[column] / 1000, masses[column], centres[column], radii[column])
        for name, ends, lengths, masses, centres, radii in _ROWS
    }
    return MappingProxyType(rows)


_Pair = tuple[float, float]
_Radii = tuple[float, float, float]

#: Name, endpoints, then (men, women): length in mm, mass, centre, radii. A hand's ``hand`` ends at the knuckles.
#: The rows from ``head_cervical`` on are the same segments between other endpoints.
_ROWS: tuple[tuple[str, str, _Pair, _Pair, _Pair, tuple[_Radii, _Radii]], ...] = (
    ("head", "VERT–MIDG", (203.3, 200.2), (0.0694, 0.0668), (0.5976, 0.5894),
     ((0.362, 0.376, 0.312), (0.330, 0.359, 0.318))),
    ("trunk", "SUPR–MIDH", (531.9, 529.3), (0.4346, 0.4257), (0.4486, 0.4151),
     ((0.372, 0.347, 0.191), (0.357, 0.339, 0.171))),
    ("upper_trunk", "SUPR–XYPH", (170.7, 142.5), (0.1596, 0.1545), (0.2999, 0.2077),
     ((0.716, 0.454, 0.659), (0.746, 0.502, 0.718))),
    ("mid_trunk", "XYPH–OMPH", (215.5, 205.3), (0.1633, 0.1465), (0.4502, 0.4512),
     ((0.482, 0.383, 0.468), (0.433, 0.354, 0.415))),
    ("lower_trunk", "OMPH–MIDH", (145.7, 181.5), (0.1117, 0.1247), (0.6115, 0.4920),
     ((0.615, 0.551, 0.587), (0.433, 0.402, 0.444))),
    ("upper_arm", "SJC–EJC", (281.7, 275.1), (0.0271, 0.0255), (0.5772, 0.5754),
     ((0.285, 0.269, 0.158), (0.278, 0.260, 0.148))),
    ("forearm", "EJC–WJC", (268.9, 264.3), (0.0162, 0.0138), (0.4574, 0.4559),
     ((0.276, 0.265, 0.121), (0.261, 0.257, 0.094))),
    ("hand", "WJC–MET3", (86.2, 78.0), (0.0061, 0.0056), (0.7900, 0.7474),
     ((0.628, 0.513, 0.401), (0.531, 0.454, 0.335))),
    ("thigh", "HJC–KJC", (422.2, 368.5), (0.1416, 0.1478), (0.4095, 0.3612),
     ((0.329, 0.329, 0.149), (0.369, 0.364, 0.162))),
    ("shank", "KJC–LMAL", (434.0, 432.3), (0.0433, 0.0481), (0.4459, 0.4416),
     ((0.255, 0.249, 0.103), (0.271, 0.267, 0.093))),
    ("foot", "HEEL–TTIP", (258.1, 228.3), (0.0137, 0.0129), (0.4415, 0.4014),
     ((0.257, 0.245, 0.124), (0.299, 0.279, 0.139))),
    ("head_cervical", "VERT–CERV", (242.9, 243.7), (0.0694, 0.0668), (0.5002, 0.4841),
     ((0.303, 0.315, 0.261), (0.271, 0.295, 0.261))),
    ("trunk_cervical", "CERV–MIDH", (603.3, 614.8), (0.4346, 0.4257), (0.5138, 0.4964),
     ((0.328, 0.306, 0.169), (0.307, 0.292, 0.147))),
    ("trunk_shoulders", "MIDS–MIDH", (515.5, 497.9), (0.4346, 0.4257), (0.4310, 0.3782),
     ((0.384, 0.358, 0.197), (0.379, 0.361, 0.182))),
    ("upper_trunk_cervical", "CERV–XYPH", (242.1, 228.0), (0.1596, 0.1545), (0.5066, 0.5050),
     ((0.505, 0.320, 0.465), (0.466, 0.314, 0.449))),
    ("forearm_styloid", "EJC–STYL", (266.9, 262.4), (0.0162, 0.0138), (0.4608, 0.4592),
     ((0.278, 0.267, 0.122), (0.263, 0.259, 0.095))),
    ("hand_fingers", "WJC–DAC3", (187.9, 170.1), (0.0061, 0.0056), (0.3624, 0.3427),
     ((0.288, 0.235, 0.184), (0.244, 0.208, 0.154))),
    ("hand_styloid_fingers", "STYL–DAC3", (189.9, 172.0), (0.0061, 0.0056), (0.3691, 0.3502),
     ((0.285, 0.233, 0.182), (0.241, 0.206, 0.152))),
    ("hand_styloid", "STYL–MET3", (88.2, 79.9), (0.0061, 0.0056), (0.7948, 0.7534),
     ((0.614, 0.502, 0.392), (0.519, 0.443, 0.327))),
    ("shank_ankle", "KJC–AJC", (440.3, 438.6), (0.0433, 0.0481), (0.4395, 0.4352),
     ((0.251, 0.246, 0.102), (0.267, 0.263, 0.092))),
    ("shank_sphyrion", "KJC–SPHY", (427.7, 426.0), (0.0433, 0.0481), (0.4524, 0.4481),
     ((0.258, 0.253, 0.105), (0.275, 0.271, 0.094))),
)  # fmt: skip

#: Men's and women's segments by name.
DE_LEVA: MappingProxyType[Sex, MappingProxyType[str, Segment]] = MappingProxyType(
    {"male": _table(0), "female": _table(1)}
)
