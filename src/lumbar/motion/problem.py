"""The least-squares problem of one clip: what is off, how much that weighs, and the step that makes it less."""

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Bools, Floats
from lumbar.motion.banded import Arrow
from lumbar.motion.camera import Pinhole
from lumbar.motion.chain import (
    BAR,
    BONDS,
    CLIP,
    CROWN,
    EXTRAS,
    FRONT,
    MARKS,
    PLATE,
    STATE,
    TOP,
    bonds,
    points,
    up_the_shin,
)
from lumbar.motion.evidence import Evidence, noise
from lumbar.motion.hidden import hidden_marks
from lumbar.motion.priors import Priors

#: How hard knees, hips, shoulders and bar are thrown about: the spread of a change of velocity over one second
#: (m/s). Pulls reach 3 m/s² for 0.3 s (reference/biomechanics §6.5, §10.3). Hips and knees are hidden for longer,
#: and what is known of them must carry over; shoulders are seen, and stop short at lockout. The bar's own track
#: says the rest.
_JERKINESS = np.repeat([1.2, 1.2, 2.2, 3.0], 2)
#: Whoever holds a bar turns when it does: what bends the bar's height in time bends knees, hips and shoulders
#: in proportion, by how they went with it within this time (s); a bar that moves less than this (m) tells nothing
#: of it. Engineering rules.
_ALONG_S, _TELLS_M = 0.25, 0.03
#: How well the bonds hold (m), and for how long one error of theirs lasts (s): lengths between joints move with
#: soft tissue and with the shoulder blade, balance with the lifter. Engineering rules.
_BOND_M = np.array([0.006, 0.006, 0.020, 0.012, 0.040, 0.008, 0.020, 0.050, 0.040])
_BOND_S = np.array([0.3, 0.3, 0.5, 0.3, 2.0, 60.0, 60.0, 60.0, 2.0])
#: Most lock out, some do not: what holds knees straight at the top has a heavy tail. Knees 23° short lie 0.085 m
#: ahead of the line from hip to ankle. Engineering rule.
_LOCKOUT_FREEDOM = 1.0
#: A bar may be carried far ahead of the shin. Near the knee, in this share of the shank, it leaves the shin.
_SHIN_FREEDOM, _KNEE_IN = 3.0, 0.2
#: Student-t: weights of two-dimensional residuals fall beyond about two deviations.
_FREEDOM = 4.0
#: Marks that the network is surer of than this tell whether the lifter fits.
_SURE = 0.5
#: Damping that counts as given up.
_MOST_DAMPING = 1e6
#: Steps between two weighings, and when they have come to rest: what share of the cost one still takes off, and
#: how far it moves (m). The view's valley is long and flat: with ten times these, or eight weighings, one real
#: clip, encoded and turned in four ways, came to rest at views of 88° to 98°; it comes to 88° or 89° now.
_STEPS, _SETTLED, REST_M = 5, 1e-4, 3e-4


def _smoothness(time_s: Floats) -> Floats:
    """Return the rows (time − 2, 3) of second differences, as changes of velocity over their usual size."""
    before, after = np.diff(time_s)[:-1], np.diff(time_s)[1:]
    usual = np.sqrt((before + after) / 2)
    return np.stack([1 / before, -1 / before - 1 / after, 1 / after], axis=1) / usual[:, None]


def _along(time_s: Floats, state_m: Floats, is_held: Bools) -> Floats:
    """Return by how much each unknown changes with the bar's height, (time, 8); zero for the bar's own.

    It is the slope of a straight line through the moments about each, nearer ones counting for more.
    """
    wide = _ALONG_S / float(np.median(np.diff(time_s)))
    held = is_held[:, None].astype(np.float64)

    def around(values: Floats) -> Floats:
        return np.asarray(gaussian_filter1d(held * values, wide, axis=0, mode="constant"))

    height, looks = state_m[:, BAR.start + 1, None], around(held) + 1e-9
    middle, mean = around(height) / looks, around(state_m) / looks
    spread = around(height**2) / looks - middle**2
    slope = (around(height * state_m) / looks - middle * mean) / (spread + _TELLS_M**2)
    slope[:, BAR] = 0.0
    return np.asarray(slope)


class Problem:
    """Residuals of one clip and their normal equations."""

    def __init__(self, evidence: Evidence, priors: Priors) -> None:
        self.evidence, self.priors, self.smoothness = evidence, priors, _smoothness(evidence.time_s)
        self.weights = np.zeros((len(evidence.time_s), 2 * (len(MARKS) + EXTRAS)))
        self.bond_weights = np.zeros((len(evidence.time_s), len(BONDS)))
        self.hidden = np.zeros((len(evidence.time_s), len(MARKS)), bool)
        self.swing = np.zeros((len(self.smoothness), len(STATE)))

    def seen(self, state_m: Floats, clip: Floats, offsets_m: Floats) -> tuple[Floats, Floats, Floats]:
        """Return residuals in pixels (time, row), by STATE and by clip and offsets."""
        evidence = self.evidence
        world = points(state_m, clip, evidence.plate_radius_m)
        at_px, by_point, by_camera = Pinhole(clip[:7], evidence.centre_px).project(world.at_m)
        by_state = by_point @ world.by_state
        by_clip = by_point @ world.by_clip
        by_clip[..., :7] += by_camera
        shift = np.zeros((len(MARKS) + EXTRAS, 2))
        shift[:PLATE] = offsets_m[:-1] * evidence.px_per_m * [1, -1]
        shift[FRONT, 0], shift[TOP, 1] = offsets_m[-1] * evidence.px_per_m * [1, -1]
        off = at_px + shift - evidence.seen_px
        frames, rows = len(state_m), 2 * (len(MARKS) + EXTRAS)
        whole = np.zeros((frames, rows, len(CLIP) + offsets_m.size))
        whole[:, :, : len(CLIP)] = by_clip.reshape(frames, rows, len(CLIP))
        each = np.arange(2 * len(MARKS))
        whole[:, each, len(CLIP) + each] = np.tile([1, -1], len(MARKS)) * evidence.px_per_m
        whole[:, 2 * FRONT, -2], whole[:, 2 * TOP + 1, -1] = evidence.px_per_m, -evidence.px_per_m
        return np.nan_to_num(off).reshape(frames, rows), by_state.reshape(frames, rows, len(STATE)), whole

    def at_px(self, state_m: Floats, clip: Floats) -> Floats:
        """Return where the lifter has every row, (time, row, 2)."""
        evidence = self.evidence
        return Pinhole(clip[:7], evidence.centre_px).project(points(state_m, clip, evidence.plate_radius_m).at_m)[
            0
        ]

    def weigh(self, state_m: Floats, clip: Floats, offsets_m: Floats) -> None:
        """Set the weight of each residual: how sure a look is, how many it is worth, how far off it lies."""
        evidence = self.evidence
        off, *_ = self.seen(state_m, clip, offsets_m)
        at_px = self.at_px(state_m, clip)[:, :PLATE]
        self.hidden = hidden_marks(evidence.cover_px, at_px, evidence.seen_px[:, :PLATE])
        sigma_px, lasts_s = noise(evidence, self.hidden)
        sigma_px = sigma_px[..., None]
        pairs = off.reshape(len(off), -1, 2)
        known = np.isfinite(evidence.seen_px[..., 0])
        pairs[:, [TOP, CROWN], 0] = pairs[:, FRONT, 1] = 0
        far = ((pairs / sigma_px) ** 2).sum(axis=2)
        looks = np.minimum(1, evidence.step_s[:, None] / lasts_s)
        robust = (_FREEDOM + 2) / (_FREEDOM + far)
        weights = known[..., None] * (looks * robust)[..., None] / sigma_px**2
        # Of the rim's top and of the crown only the height counts, of its front only how far ahead it is.
        self.weights = np.repeat(weights[..., 0], 2, axis=1)
        self.weights[:, [2 * TOP, 2 * CROWN, 2 * FRONT + 1]] = 0
        looks = np.minimum(1, evidence.step_s[:, None] / _BOND_S)
        self.bond_weights = looks / _BOND_M**2
        # Of who stands without the bar it is not asked where they carry their weight: it says nothing of a pull.
        self.bond_weights[:, [3, 4]] *= evidence.is_held[:, None]
        # One look for the whole clip: whoever stands with soft knees, or lets the bar hang free, does so always.
        for row, when in ((5, evidence.is_tall), (6, evidence.is_top), (7, evidence.is_top)):
            self.bond_weights[:, row] = when / max(1, when.sum()) / _BOND_M[row] ** 2
        loose_m, *_ = bonds(state_m, clip, evidence.is_held, evidence.load_ratio)
        self.bond_weights[:, 7] *= self._locks_out(loose_m[:, 7])
        self.bond_weights[:, 8] *= self._goes_along_shin(up_the_shin(state_m, clip), loose_m[:, 8])
        along = _along(evidence.time_s, state_m, evidence.is_held)
        self.swing = along[1:-1] * self._bends(state_m)[:, BAR.start + 1, None]

    def _goes_along_shin(self, up_ratio: Floats, ahead_m: Floats) -> Floats:
        """Return how much of its weight is left to the bond that holds the bar to the shin, (time,).

        ``up_ratio`` says how far up the shank it is, ``ahead_m`` by how much that bond is broken, both (time,). It
        counts for a bar in the hands, or nearly, between ankle and knee; of one that is carried far ahead it loses
        its hold.
        """
        beside = self.evidence.is_gripped * np.clip((1 - up_ratio) / _KNEE_IN, 0, 1) * (up_ratio > 0)
        if not beside.any():
            return np.asarray(beside)
        far = float(np.median(ahead_m[beside > 0])) / _BOND_M[8]
        return np.asarray(beside * (_SHIN_FREEDOM + 1) / (_SHIN_FREEDOM + far**2))

    def _locks_out(self, ahead_m: Floats) -> float:
        """Return how much of its weight is left to the bond that holds the knees straight at the top."""
        far = float(ahead_m[self.evidence.is_top].mean()) / _BOND_M[7] if self.evidence.is_top.any() else 0.0
        return (_LOCKOUT_FREEDOM + 1) / (_LOCKOUT_FREEDOM + far**2)

    def arrow(self, state_m: Floats, clip: Floats, offsets_m: Floats) -> tuple[Arrow, float]:
        """Return the normal equations at a place, and the cost there."""
        off, by_state, by_clip = self.seen(state_m, clip, offsets_m)
        loose, loose_state, loose_clip = bonds(
            state_m, clip, self.evidence.is_held.astype(np.float64), self.evidence.load_ratio
        )
        off = np.hstack([off, loose])
        weights = np.hstack([self.weights, self.bond_weights])
        by_state = np.concatenate([by_state, loose_state], axis=1)
        padded = np.zeros((*loose.shape, by_clip.shape[2]))
        padded[..., : len(CLIP)] = loose_clip
        by_clip = np.concatenate([by_clip, padded], axis=1)
        weighted = by_state * weights[..., None]
        flat = by_clip.reshape(-1, by_clip.shape[2])
        blocks = np.swapaxes(weighted, 1, 2) @ by_state
        slope = (np.swapaxes(weighted, 1, 2) @ off[..., None])[..., 0]
        border = np.swapaxes(weighted, 1, 2) @ by_clip
        heavy = flat * weights.reshape(-1, 1)
        corner, corner_slope = heavy.T @ flat, heavy.T @ off.ravel()
        cost = float((weights * off**2).sum())
        prior_off, prior_rows = self.priors.residuals(clip, offsets_m)
        corner += prior_rows.T @ prior_rows
        corner_slope += prior_rows.T @ prior_off
        cost += float(prior_off @ prior_off)
        next_one, next_two = np.zeros_like(state_m), np.zeros_like(state_m)
        cost += self._add_smoothness(state_m, blocks, slope, (next_one, next_two))
        cost += self._add_floor(state_m, blocks, slope)
        return Arrow(blocks, next_one, next_two, border, corner, slope, corner_slope), cost

    def _bends(self, state_m: Floats) -> Floats:
        """Return the changes of velocity over the root of their time, (time − 2, 8)."""
        rows = self.smoothness
        return np.asarray(rows[:, :1] * state_m[:-2] + rows[:, 1:2] * state_m[1:-1] + rows[:, 2:] * state_m[2:])

    def _add_smoothness(
        self, state_m: Floats, blocks: Floats, slope: Floats, ahead: tuple[Floats, Floats]
    ) -> float:
        rows = self.smoothness
        bend = (self._bends(state_m) - self.swing) / _JERKINESS
        each = np.arange(state_m.shape[1])
        precision = 1 / _JERKINESS**2
        for place, span in enumerate((slice(0, -2), slice(1, -1), slice(2, None))):
            own = rows[:, place : place + 1]
            blocks[span, each, each] += own**2 * precision
            slope[span] += own * bend / _JERKINESS
        ahead[0][:-2] += rows[:, :1] * rows[:, 1:2] * precision
        ahead[0][1:-1] += rows[:, 1:2] * rows[:, 2:] * precision
        ahead[1][:-2] += rows[:, :1] * rows[:, 2:] * precision
        return float((bend**2).sum())

    def _add_floor(self, state_m: Floats, blocks: Floats, slope: Floats) -> float:
        """Add that a bar which lies is a plate's radius above the floor and over the middle of the foot."""
        lies, (want, weights) = self.evidence.lies, self.priors.rest(state_m, self.evidence)
        count = max(1, int(lies.sum()))
        off = state_m[lies][:, BAR] - want
        blocks[lies, 6, 6] += weights[0] / count
        blocks[lies, 7, 7] += weights[1] / count
        slope[lies, 6] += weights[0] / count * off[:, 0]
        slope[lies, 7] += weights[1] / count * off[:, 1]
        return float((off**2 * weights).sum() / count)

    def settle(self, state_m: Floats, clip: Floats, offsets_m: Floats) -> tuple[Floats, Floats, Floats, float]:
        """Step downhill with these weights; return the place and how far it is from where it began."""
        began, damping, steps = state_m, 1e-8, 0
        arrow, cost = self.arrow(state_m, clip, offsets_m)
        # A step that leads uphill costs damping, not one of the steps: else a first guess that is far off stays.
        while steps < _STEPS and damping <= _MOST_DAMPING:
            step = arrow.step(damping)
            if step is None:
                damping *= 100
                continue
            there = (
                state_m + step[0],
                clip + step[1][: len(CLIP)],
                offsets_m + step[1][len(CLIP) :].reshape(-1, 2),
            )
            found, lower = self.arrow(*there)
            if not lower < cost:
                damping *= 100
                continue
            moved = float(np.abs(step[0]).max())
            (state_m, clip, offsets_m), arrow = there, found
            done = cost - lower < _SETTLED * max(1.0, cost) or moved < REST_M
            cost, damping, steps = lower, damping / 10, steps + 1
            if done:
                break
        return state_m, clip, offsets_m, float(np.percentile(np.abs(state_m - began), 90))

    def misfit(self, state_m: Floats, clip: Floats, offsets_m: Floats) -> Floats:
        """Return how far the seen marks usually lie from the lifter's, (time,) in metres."""
        off, *_ = self.seen(state_m, clip, offsets_m)
        pairs = off.reshape(len(off), -1, 2)[:, :PLATE]
        far = np.hypot(pairs[..., 0], pairs[..., 1]) / self.evidence.px_per_m
        clear = ~self.hidden & (self.evidence.believed_score > _SURE) & np.isfinite(far)
        far = np.where(clear, far, np.nan)
        usual = np.full(len(off), np.nan)
        some = clear.any(axis=1)
        usual[some] = np.nanmedian(far[some], axis=1)
        return usual
