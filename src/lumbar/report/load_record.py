"""The load on the lower back of one rep as plain values for JSON."""

from typing import Any

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Measured, Missing
from lumbar.form.analysis import SetAnalysis
from lumbar.mechanics.whatif import WhatIf

#: Moments are kept to a tenth of a newton-metre, lengths to a tenth of a millimetre: finer than any is known.
_MOMENT_DECIMALS, _LENGTH_DECIMALS = 1, 4


def load_record(analysis: SetAnalysis, at: int) -> dict[str, Any] | None:
    """Return the load of the rep with that index, or None where none was reckoned."""
    if at >= len(analysis.loads):
        return None
    load = analysis.loads[at]
    return {
        "peak_s": load.peak_s,
        "moment_peak": as_measured(load.peak_n_m, "N·m"),
        "compression_peak": as_measured(load.compression_n, "N"),
        "compression_peak_belt": as_measured(load.belted_n, "N"),
        "net_shear_without_muscles": as_measured(load.shear_n, "N"),
        "impulse": as_measured(load.impulse_n_m_s, "N·m·s"),
        "bar_lever_arm": as_measured(load.lever_m, "m"),
        "moment_per_kg_of_bar": as_measured(load.per_bar_kg_n_m, "N·m/kg"),
        "width": [
            {"source": width.source, "half_width_n_m": round(width.half_width_n_m, 1)} for width in load.budget
        ],
        "assumed": list(load.assumed),
        "what_if": [_what_if(one) for one in analysis.what_ifs[at]] if at < len(analysis.what_ifs) else [],
        "series": {
            "time_s": numbers(load.time_s, _LENGTH_DECIMALS),
            "moment_n_m": numbers(load.moment_n_m, _MOMENT_DECIMALS),
            "moment_low_n_m": numbers(load.low_n_m, _MOMENT_DECIMALS),
            "moment_high_n_m": numbers(load.high_n_m, _MOMENT_DECIMALS),
            "bar_lever_arm_m": numbers(load.bar_lever_m, _LENGTH_DECIMALS),
        },
    }


def _what_if(one: WhatIf) -> dict[str, Any]:
    return {
        "id": one.id,
        "change": as_measured(one.change_n_m, "N·m"),
        "change_share": as_measured(one.change_ratio, "1"),
    }


def as_measured(measured: Measured, unit: str) -> dict[str, Any]:
    """Return a measured number, or the reason why there is none."""
    if isinstance(measured, Missing):
        return {"missing": measured.reason}
    return {"value": measured.value, "low": measured.low, "high": measured.high, "unit": unit}


def numbers(values: Floats, decimals: int) -> list[float | None]:
    """Return values as JSON has them, rounded; None for what was not seen."""
    return [
        round(value, decimals) if is_known else None
        for value, is_known in zip(values.tolist(), np.isfinite(values).tolist(), strict=True)
    ]
