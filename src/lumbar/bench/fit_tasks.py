"""The whole-body fit of 10 s at 60 Hz, and a general solver on a part of the same problem beside it.

Both are run in a process of their own on one core (:mod:`lumbar.bench.stopwatch`); the clip is not looked at: what
was seen in it is drawn, without pixels.
"""

from functools import partial
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares
from scipy.sparse import csr_array, lil_array

from lumbar.arrays import Floats
from lumbar.bench.stopwatch import Mark
from lumbar.errors import BenchError
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.chain import CLIP, STATE, bonds
from lumbar.motion.evidence import Evidence, gather
from lumbar.motion.fit import fit
from lumbar.motion.guess import start
from lumbar.motion.priors import expect
from lumbar.motion.problem import Problem
from lumbar.motion.scale import find_scale
from lumbar.synth.case import Case, Phone
from lumbar.synth.fast import Errors, fast_clip
from lumbar.synth.lift import Lift

FRAMES, RATE_HZ = 600, 60.0
#: The general solver gets this much of it: one second at 30 Hz.
SLICE = slice(300, 360, 2)
_STATURE_M = 1.75


def drawn() -> Evidence:
    """Return what was seen in 10 s at 60 Hz, a little from behind the side."""
    case = Case(
        "speed", lift=Lift(reps=2), phone=Phone(view_deg=100, frame_rate_hz=RATE_HZ), until_s=FRAMES / RATE_HZ
    )
    tracks = fast_clip(case, Errors(outline_hz=1.0)).tracks
    if tracks.bar is None:
        raise BenchError("a drawn clip has no plate. Look at lumbar.synth.fast.")
    lifter, barbell = Lifter(height_m=_STATURE_M), Barbell()
    scale = find_scale(tracks, tracks.bar, lifter, barbell)
    # Seen from its left side the lifter faces left.
    seen = gather(tracks, tracks.bar, lifter, barbell, scale, (False, np.radians(100)))
    return seen.at(np.arange(min(FRAMES, len(seen.time_s))))


def body_fit(_clip: Path, mark: Mark) -> int:
    """Fit the lifter; drawing the clip is not counted."""
    seen = drawn()
    mark("fit")
    fit(seen)
    mark("")
    return len(seen.time_s)


def general_solver(_clip: Path, mark: Mark) -> int:
    """Solve a slice once, with weights as at the start, by SciPy's solver for sparse problems.

    It finds derivatives by differences, in as few turns as the pattern of zeros allows.
    """
    seen = drawn().at(np.arange(FRAMES)[SLICE])
    priors = expect(seen)
    state_m, clip, offsets_m = start(seen, priors.mean)
    problem = Problem(seen, priors)
    problem.weigh(state_m, clip, offsets_m)
    mark("fit")
    first = np.concatenate([state_m.ravel(), clip, offsets_m.ravel()])
    pattern = _pattern(len(state_m), len(first), len(_residuals(problem, first)))
    least_squares(partial(_residuals, problem), first, jac_sparsity=pattern, x_scale="jac", max_nfev=30)
    mark("")
    return len(state_m)


def _residuals(problem: Problem, unknowns: Floats) -> Floats:
    """Return all that is off, in its own spreads: marks and bonds frame by frame, bends, what is expected."""
    frames = len(problem.evidence.time_s)
    state_m = unknowns[: frames * len(STATE)].reshape(frames, len(STATE))
    clip = unknowns[state_m.size : state_m.size + len(CLIP)]
    offsets_m = unknowns[state_m.size + len(CLIP) :].reshape(-1, 2)
    off = np.hstack(
        [problem.seen(state_m, clip, offsets_m)[0], bonds(state_m, clip, problem.evidence.is_held, 1.0)[0]]
    )
    weights = np.hstack([problem.weights, problem.bond_weights])
    bend = sum(problem.smoothness[:, k : k + 1] * state_m[k : frames - 2 + k] for k in range(3))
    expected = problem.priors.residuals(clip, offsets_m)[0]
    return np.concatenate([(np.sqrt(weights) * off).ravel(), np.asarray(bend).ravel(), expected])


def _pattern(frames: int, unknowns: int, rows: int) -> csr_array:
    """Return which residual depends on which unknown."""
    size = len(STATE)
    border = unknowns - frames * size
    per_frame = (rows - (frames - 2) * size - border) // frames
    pattern = lil_array((rows, unknowns), dtype=np.int8)
    for frame in range(frames):
        pattern[frame * per_frame : (frame + 1) * per_frame, frame * size : (frame + 1) * size] = 1
    pattern[: frames * per_frame, frames * size :] = 1
    for bend in range((frames - 2) * size):
        pattern[frames * per_frame + bend, [bend, bend + size, bend + 2 * size]] = 1
    pattern[rows - border :, frames * size :] = 1
    return csr_array(pattern)
