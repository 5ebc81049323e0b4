"""Where the fit starts: a bar on blocks is taken to lie there, one on the floor on the floor."""

import numpy as np
import pytest

from lumbar.lifter import Barbell, Lifter
from lumbar.motion.chain import BAR
from lumbar.motion.evidence import gather
from lumbar.motion.guess import start
from lumbar.motion.priors import expect
from lumbar.motion.scale import find_scale
from lumbar.motion.side import faces_right
from lumbar.synth.case import Case, Phone
from lumbar.synth.fast import Errors, fast_clip
from lumbar.synth.lift import Lift, Style


@pytest.mark.parametrize(("style", "lies_m"), [("conventional", 0.225), ("block", 0.43)])
def test_the_bar_starts_where_it_lies(style: Style, lies_m: float) -> None:
    lift = Lift(style=style, block_m=0.205 if style == "block" else 0.0, reps=1)
    case = Case("blocks", lift=lift, phone=Phone(view_deg=100, height_m=0.6))
    clip = fast_clip(case, Errors(outline_hz=2.0))
    tracks, lifter, barbell = clip.tracks, Lifter(height_m=clip.truth.body_height_m), Barbell()
    scale = find_scale(tracks, tracks.bar, lifter, barbell)
    seen = gather(tracks, tracks.bar, lifter, barbell, scale, (faces_right(tracks), np.radians(100)))
    state_m, *_ = start(seen, expect(seen).mean)
    assert np.median(state_m[seen.lies, BAR.start + 1]) == pytest.approx(lies_m, abs=0.08)
    assert clip.truth.bar_m[0, 1] == pytest.approx(lies_m, abs=0.01)
