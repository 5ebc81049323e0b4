"""What the page shows of the load on the lower back: curve, the hardest moment as a drawing, and sentences."""

from dataclasses import dataclass

import numpy as np

from lumbar.estimate import Estimate, Missing
from lumbar.form.analysis import SetAnalysis
from lumbar.form.measures import BY_ID, Measure
from lumbar.knowledge.saying import say
from lumbar.mechanics.load import LumbarLoad
from lumbar.mechanics.whatif import WhatIf
from lumbar.motion.motion import Motion
from lumbar.report.chart import Line, TimeChart
from lumbar.report.lever import Drawing, draw_lever
from lumbar.report.words import format_measured, format_number, join_unit

#: What would narrow the range, by where its width comes from: said in the order in which it helps.
_NARROWED = {
    "body-points": "Film from your side or one step behind it, 3 to 5 m away, with hip and shoulder in view.",
    "bar-place": "Keep the whole plate and both feet in the picture.",
    "scale": "Give your height, and film from about 5 m.",
    "back-bend": "Wear something close-fitting and leave nothing between the phone and your back.",
    "body-size": "Give your body mass, height and sex.",
    "bar-acceleration": "Film at 60 frames a second or more.",
}
_FROM = {
    "body-points": "where your hip and shoulder are",
    "bar-place": "where the bar is against your body",
    "scale": "how long a pixel is",
    "back-bend": "how your pelvis is tipped",
    "body-size": "how heavy your upper body is",
    "bar-acceleration": "how hard the bar starts",
    "joint-place": "where the joint lies inside you",
    "model": "the model itself",
}
_CHANGES = {
    "closer": "The bar 3 cm closer to you",
    "lighter": "20 kg less on the bar",
    "sumo": "Your trunk as upright as in sumo",
    "best-rep": "This rep shaped like your easiest one",
}
_MOMENT = Measure("change", "", "N·m", "", "")


@dataclass(frozen=True, slots=True, eq=False)
class LoadView:
    """The section about the load: ``rep`` is the hardest, ``drawing`` its hardest moment."""

    rep: int
    drawing: Drawing | None
    sentences: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    width: tuple[str, ...]
    assumed: tuple[str, ...]
    context: tuple[str, ...]


def load_chart(motion: Motion, loads: tuple[LumbarLoad, ...]) -> TimeChart | None:
    """Return the moment over the clip, one curve for all reps; None where none is known."""
    value, low, high = (np.full(len(motion.time_s), np.nan) for _ in range(3))
    is_asked = np.zeros(len(motion.time_s), bool)
    for load in loads:
        if not load.has_moment:
            continue
        at = load.rows_in(motion.time_s)
        value[at], low[at], high[at] = load.moment_n_m, load.low_n_m, load.high_n_m
        is_asked[at] = True
    if not is_asked.any():
        return None
    line = Line("Moment", value, low, high)
    title = "Moment at the lowest lumbar joint"
    return TimeChart("moment", title, "N·m", "newton metres", 0, motion.time_s, (line,), True, is_asked)


def load_view(analysis: SetAnalysis) -> LoadView | None:
    """Return what the page says of the load; None where nothing was reckoned."""
    hardest = hardest_load(analysis)
    if hardest is None:
        return _unknown(analysis)
    at = next(index for index, load in enumerate(analysis.loads) if load is hardest)
    changes = analysis.what_ifs[at] if at < len(analysis.what_ifs) else ()
    return LoadView(
        rep=hardest.rep,
        drawing=draw_lever(analysis, hardest),
        sentences=tuple(_sentences(hardest)),
        changes=tuple((_CHANGES[one.id], _change(one)) for one in changes if isinstance(one.change_n_m, Estimate)),
        width=_width(hardest),
        assumed=hardest.assumed,
        context=(say("load.compared").text, say("load.no-limit").text, say("load.sumo").text),
    )


def _unknown(analysis: SetAnalysis) -> LoadView | None:
    reasons = dict.fromkeys(
        load.peak_n_m.reason for load in analysis.loads if isinstance(load.peak_n_m, Missing)
    )  # fmt: skip
    if not reasons:
        return None
    return LoadView(analysis.loads[0].rep, None, tuple(reasons), (), (), analysis.loads[0].assumed, ())


def _height(load: LumbarLoad) -> float:
    measured = load.peak_n_m if isinstance(load.peak_n_m, Estimate) else load.lever_m
    return measured.value if isinstance(measured, Estimate) else 0.0


def hardest_load(analysis: SetAnalysis) -> LumbarLoad | None:
    """Return the load of the rep that asks most of the lower back; None where none is known."""
    known = [load for load in analysis.loads if load.peak_s is not None]
    return max(known, key=_height) if known else None


def lever_sentence(load: LumbarLoad, *, names_rep: bool = False) -> str:
    """Say how far ahead of the lower back the bar is at the hardest moment."""
    lever = format_measured(load.lever_m, BY_ID["bar_lever_arm_peak"])
    when = f" (rep {load.rep})" if names_rep else ""
    return (
        f"When your lower back works hardest{when}, the bar is {lever.sentence} ahead of the lowest joint"
        " of your back (L5/S1): the load's lever arm."
    )


def _sentences(load: LumbarLoad) -> list[str]:
    said = []
    if isinstance(load.peak_n_m, Estimate):
        peak = format_measured(load.peak_n_m, BY_ID["l5s1_moment_peak"])
        said.append(
            f"At its hardest, your back's extensors hold {peak.sentence} at the lowest lumbar joint, L5/S1."
        )
        lever = format_measured(load.lever_m, BY_ID["bar_lever_arm_peak"])
        said.append(f"The bar is then {lever.sentence} ahead of that joint: the load's lever arm.")
    else:
        said += [load.peak_n_m.reason, lever_sentence(load)]
    if isinstance(load.per_bar_kg_n_m, Estimate):
        per_kg = format_number(load.per_bar_kg_n_m.value, 1)
        said.append(f"Each kilogram on the bar adds {join_unit(per_kg, 'N·m')}.")
    if isinstance(load.compression_n, Estimate):
        pressed = format_measured(load.compression_n, BY_ID["compression_peak"])
        said.append(
            f"How hard that presses the joint together depends on the model of the muscles: {pressed.range} kN."
            " A belt with a held breath may take up to a tenth off."
        )
    return said


def _change(one: WhatIf) -> str:
    moment = format_measured(one.change_n_m, _MOMENT)
    share = one.change_ratio.value if isinstance(one.change_ratio, Estimate) else 0.0
    return f"{moment.with_unit} ({format_number(100 * share, 0)} %; range {moment.range})"


def _width(load: LumbarLoad) -> tuple[str, ...]:
    """Say where the range comes from, widest first, and what would narrow it."""
    wide = [width for width in load.budget if width.half_width_n_m >= 0.25 * load.budget[0].half_width_n_m]
    if not wide:
        return ()
    parts = [f"{_FROM[one.source]} (± {format_number(one.half_width_n_m, 0)} N·m)" for one in wide[:4]]
    advice = [_NARROWED[one.source] for one in wide[:4] if one.source in _NARROWED]
    return (f"The range comes from {', '.join(parts)}.", *advice[:2])
