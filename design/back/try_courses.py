"""Measure the pulls of ``make_courses`` with the errors of ``blur``, as the product measures a clip."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from blur import blur
from sights import PULLING, Sights

from lumbar.estimate import Estimate, Missing, around
from lumbar.form import rounding
from lumbar.motion.back import BackSight, read_back
from lumbar.motion.course import Peak
from lumbar.motion.reps import Rep


def courses(folder: Path, split: str) -> Iterator[tuple[str, Sights]]:
    """Yield every pull of a split."""
    for path in sorted(folder.glob(f"{split}-*.pkl")):
        with path.open("rb") as file:
            yield path.stem, pickle.load(file)  # noqa: S301 - written by make_courses


def row(name: str, sights: Sights, strength: float, seed: int = 0) -> dict:
    """Return what was measured of one pull, and the truth."""
    number = int(name.split("-")[1])
    data = {
        "kind": sights.kind[None], "time_s": sights.time_s[None], "pull": 0 * sights.kind[None],
        "joints_px": sights.joints_px[None], "outline_px": sights.outline_px[None],
        "m_per_px": np.array([sights.m_per_px]), "stature_px": np.array([sights.stature_px]),
        "view_deg": np.array([sights.case.phone.view_deg]),
    }  # fmt: skip
    seen = blur(data, np.random.default_rng([number, seed]), strength)
    sight = BackSight(
        time_s=sights.time_s,
        joints_px=seen.joints_px[0],
        outline_px=seen.outline_px[0],
        bar_is_down=sights.kind < PULLING,
        bar_is_still=(sights.kind < PULLING) & (sights.case.lift.style != "romanian"),
        view_angle_rad=float(seen.view_rad[0]),
        stature_px=float(seen.stature_px[0]),
        faces_right=True,
    )
    back = read_back(sight)
    pulling = np.flatnonzero(sights.kind == PULLING)
    lift_off_s, passed_s = sights.time_s[pulling[[0, -1]]]
    none = Missing("")
    rep = Rep(1, float(lift_off_s), around(float(passed_s), 0.05), float(passed_s) + 1, none, none, 0.0, 0.5)
    case, start = sights.case, pulling[0]
    found = {
        "clip": name, "view": case.phone.view_deg, "cloth": case.look.cloth, "belt": case.look.has_belt,
        "style": case.lift.style, "body": case.body, "stature_px": sights.stature_px, "rep": 1, "got": {}, "why": "",
        "true": {
            "lumbar_change": float(sights.lumbar_rad[pulling].max() - sights.lumbar_rad[start]),
            "thoracic_change": float(sights.thoracic_rad[pulling].max() - sights.thoracic_rad[start]),
            "lumbar_start": float(sights.lumbar_rad[start]),
        },
    }  # fmt: skip
    if isinstance(back, Missing):
        return found | {"why": back.reason}
    lumbar, thoracic = (rounding.worst(None, back, rep, column) for column in (0, 1))
    got = {
        "lumbar_change": lumbar.height if isinstance(lumbar, Peak) else lumbar,
        "thoracic_change": thoracic.height if isinstance(thoracic, Peak) else thoracic,
        "lumbar_start": rounding._start(back, rep),
    }
    found["got"] = {key: (one.value, one.low, one.high) for key, one in got.items() if isinstance(one, Estimate)}
    found["why"] = got["lumbar_change"].reason if isinstance(got["lumbar_change"], Missing) else ""
    return found
