"""Keep the truth beside a clip: ``truth.json`` for what is one per clip, ``truth.npz`` for arrays."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbar.synth.case import Case
from lumbar.synth.perform import RepTruth
from lumbar.synth.posture import JOINTS
from lumbar.synth.truth import Masks, Truth

#: The format of the two files; grows by one whenever a reader would have to change.
SCHEMA = 1

_PLAIN = ("width_px", "height_px", "focal_px", "bulge", "body_mass_kg", "body_height_m", "body_sex")
_MASKS = {"mask": "seen", "whole": "whole"}


def save_truth(truth: Truth, case: Case, folder: Path) -> None:
    """Write ``truth.npz`` and then ``truth.json`` into a folder that exists."""
    arrays = {
        field.name: _lean(getattr(truth, field.name))
        for field in fields(truth)
        if isinstance(getattr(truth, field.name), np.ndarray)
    }
    for name, attribute in _MASKS.items():
        masks = getattr(truth, attribute)
        if masks is not None:
            arrays |= {f"{name}_runs": masks.runs, f"{name}_starts": masks.starts}
    with (folder / "truth.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    told = {
        "schema": SCHEMA,
        "case": asdict(case),
        "joints": list(JOINTS),
        "frames": len(truth.time_s),
        **{name: getattr(truth, name) for name in _PLAIN},
        "reps": [asdict(rep) for rep in truth.reps],
    }
    (folder / "truth.json").write_text(json.dumps(told, indent=1) + "\n")


def _lean(array: NDArray[np.generic]) -> NDArray[np.generic]:
    """Keep pixels and metres in single precision, times as they are."""
    return array.astype(np.float32) if array.dtype == np.float64 and array.ndim > 1 else array


def load_truth(folder: Path) -> Truth:
    """Read back what :func:`save_truth` wrote."""
    told = json.loads((folder / "truth.json").read_text())
    with np.load(folder / "truth.npz") as held:
        arrays = {key: held[key] for key in held.files}
    size = (told["height_px"], told["width_px"])
    kept: dict[str, Any] = {
        attribute: Masks(arrays.pop(f"{name}_runs"), arrays.pop(f"{name}_starts"), *size)
        for name, attribute in _MASKS.items()
        if f"{name}_runs" in arrays
    }
    kept |= {name: told[name] for name in _PLAIN}
    kept |= {key: array.astype(float) for key, array in arrays.items()}
    return Truth(**kept, reps=tuple(RepTruth(**rep) for rep in told["reps"]))
