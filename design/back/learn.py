"""Fit the back's reader: ``python design/back/learn.py DATA OUT.npz``. NumPy alone; about five minutes."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from blur import blur
from sights import KINDS, PER_VARIANT, PULLING, SET_UP, VARIANTS

from lumbar.arrays import Floats
from lumbar.motion.reader import look, pair

#: Fresh errors on the same frames, pairs of frames of each clip, passes, nets, hidden units.
REALISATIONS, PAIRS, PASSES, NETS, HIDDEN = 9, 48, 6, 2, (128, 64)
#: This share of the pairs is of frames from the set-up to knee pass, where rounding is read.
_OF_PULLS = 0.85
_BATCH, _RATE, _DECAY = 512, 2e-3, 2e-4


def load(folder: Path, split: str) -> dict[str, np.ndarray]:
    """Return all clips of a split."""
    parts = [np.load(path) for path in sorted(folder.glob(f"{split}-*.npz"))]
    data = {key: np.concatenate([part[key] for part in parts]) for key in parts[0].files if key != "joints"}
    pull = np.r_[np.full(len(KINDS) - VARIANTS * PER_VARIANT, -1), np.repeat(np.arange(VARIANTS), PER_VARIANT)]
    return data | {"pull": np.tile(pull, (len(data["kind"]), 1))}


def looked(
    data: dict[str, np.ndarray], rng: np.random.Generator, strength: float = 1.0
) -> tuple[Floats, Floats, Floats]:
    """Return features (clip, frame, n) of blurred clips, the view (clip,) and the stature in pixels (clip,)."""
    seen = blur(data, rng, strength)
    clips = len(data["kind"])
    features = [look(seen.joints_px[i], seen.outline_px[i], seen.stature_px[i]).features for i in range(clips)]
    return np.stack(features).astype(np.float32), seen.view_rad, seen.stature_px


def pairs(
    seen: tuple[Floats, Floats, Floats], truth: Floats, count: int, rng: np.random.Generator
) -> tuple[Floats, ...]:
    """Return (one, other, view, stature, difference) of random pairs of frames; truth is (clip, frame, 2).

    ``seen`` is what ``looked`` returns. Two frames of different pulls have spines of their own.
    """
    features, view, stature_px = seen
    clips, frames = features.shape[:2]
    clip = np.repeat(np.arange(clips), count)
    pulls = np.flatnonzero(np.isin(KINDS, (SET_UP, PULLING)))
    of_pulls = rng.random(len(clip)) < _OF_PULLS
    one, other = np.where(of_pulls, pulls[_two(len(pulls), len(clip), rng)], _two(frames, len(clip), rng))
    a, b = features[clip, one], features[clip, other]
    kept = np.isfinite(a[:, 0]) & np.isfinite(b[:, 0])
    difference = truth[clip, one] - truth[clip, other]
    return a[kept], b[kept], view[clip][kept], stature_px[clip][kept], difference[kept]


def _two(count: int, pairs_count: int, rng: np.random.Generator) -> np.ndarray:
    """Return so many pairs of two different numbers below ``count``, (2, pair)."""
    one = rng.integers(count, size=pairs_count)
    return np.stack([one, (one + rng.integers(1, count, size=pairs_count)) % count])


class Learner:
    """A network in training by Adam: tanh layers, antisymmetric in the pair, normal likelihood with its own sd."""

    def __init__(self, inputs: int, rng: np.random.Generator) -> None:
        sizes = (inputs, *HIDDEN, 4)
        self.values = []
        for low, high in pairwise(sizes):
            self.values += [
                rng.normal(0, 1 / np.sqrt(low), (low, high)).astype(np.float32),
                np.zeros(high, np.float32),
            ]
        self.values[-2] *= 0.3
        self.values[-1][2:] = -2.5
        self.means = [0 * value for value in self.values]
        self.squares = [0 * value for value in self.values]
        self.steps = 0

    def run(self, x: Floats) -> list[Floats]:
        """Return every layer's output."""
        layers = [x]
        for k in range(0, len(self.values), 2):
            z = layers[-1] @ self.values[k] + self.values[k + 1]
            layers.append(z if k + 2 == len(self.values) else np.tanh(z))
        return layers

    def pull_back(self, layers: list[Floats], slope: Floats) -> list[Floats]:
        """Return the gradient of every value."""
        found = []
        for k in range(len(self.values) - 2, -1, -2):
            below = layers[k // 2]
            found += [slope.sum(0), below.T @ slope]
            if k:
                slope = (slope @ self.values[k].T) * (1 - below**2)
        return found[::-1]

    def step(self, there: Floats, back: Floats, want: Floats, rate: float) -> float:
        """Learn from one batch; return its loss."""
        a, b = self.run(there), self.run(back)
        error = (a[-1][:, :2] - b[-1][:, :2]) / 2 - want
        log_sd = np.clip((a[-1][:, 2:] + b[-1][:, 2:]) / 2, -5, 0)
        # Student's t with 5 degrees: a few hopeless frames do not decide.
        ratio = (error / np.exp(log_sd)) ** 2
        loss = float(np.mean(log_sd + 3 * np.log1p(ratio / 5)))
        to_error = 3 * 2 * error / np.exp(2 * log_sd) / 5 / (1 + ratio / 5) / want.size
        to_sd = (1 - 3 * 2 * ratio / 5 / (1 + ratio / 5)) / want.size
        half = np.hstack([to_error / 2, to_sd / 2]).astype(np.float32)
        other = np.hstack([-to_error / 2, to_sd / 2]).astype(np.float32)
        slopes = [p + q for p, q in zip(self.pull_back(a, half), self.pull_back(b, other), strict=True)]
        self._adam(slopes, rate)
        return loss

    def _adam(self, slopes: list[Floats], rate: float) -> None:
        self.steps += 1
        for k, slope in enumerate(slopes):
            self.means[k] += 0.1 * (slope - self.means[k])
            self.squares[k] += 0.002 * (slope**2 - self.squares[k])
            mean = self.means[k] / (1 - 0.9**self.steps)
            square = self.squares[k] / (1 - 0.998**self.steps)
            if k % 2 == 0:
                self.values[k] *= 1 - rate * _DECAY * 10
            self.values[k] -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)


def scale_of(part: tuple[Floats, ...]) -> tuple[Floats, Floats]:
    """Return the inputs' middle and size; what changes sign with the order of a pair has its middle at zero."""
    one, other, view, stature_px, _ = (values[:20000] for values in part)
    sample = pair(one, other, view, stature_px)
    middle, size = sample.mean(0), sample.std(0) + 1e-3
    middle[: one.shape[1]] = 0
    return middle, size


def learn(parts: list[tuple[Floats, ...]], middle: Floats, size: Floats, seed: int) -> Learner:
    """Return a trained network."""
    rng = np.random.default_rng(seed)
    learner = Learner(len(middle), rng)

    def scaled(*rows: Floats) -> Floats:
        return np.clip((pair(*rows) - middle) / size, -6, 6).astype(np.float32)

    total, done = PASSES * sum(len(part[0]) for part in parts), 0
    for _ in range(PASSES):
        for part in parts:
            order, losses = rng.permutation(len(part[0])), []
            for start in range(0, len(order) - _BATCH, _BATCH):
                one, other, view, stature_px, want = (values[order[start : start + _BATCH]] for values in part)
                rate = _RATE * 0.5 * (1 + np.cos(np.pi * done / total)) + 1e-5
                there, back = scaled(one, other, view, stature_px), scaled(other, one, view, stature_px)
                losses.append(learner.step(there, back, want, rate))
                done += _BATCH
        print(f"  seed {seed}: loss {np.mean(losses):.4f}", flush=True)
    return learner


def save(learners: list[Learner], middle: Floats, size: Floats, path: Path) -> None:
    """Write what ``lumbar.motion.reader.load_reader`` reads."""
    held = {"nets": np.array(len(learners)), "layers": np.array(len(HIDDEN) + 1)}
    held |= {"middle": middle.astype(np.float32), "size": size.astype(np.float32)}
    for number, learner in enumerate(learners):
        for layer in range(len(HIDDEN) + 1):
            held[f"weight_{number}_{layer}"] = learner.values[2 * layer].astype(np.float16)
            held[f"bias_{number}_{layer}"] = learner.values[2 * layer + 1].astype(np.float32)
    np.savez_compressed(path, **held)


def main() -> None:
    """Fit on the train split."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    data = load(folder, "train")
    truth = np.stack([data["lumbar_rad"], data["thoracic_rad"]], axis=-1)
    print(len(truth), "clips")
    learners: list[Learner] = []
    for seed in range(NETS):
        parts = []
        for realisation in range(REALISATIONS):
            rng = np.random.default_rng([7, 100 * seed + realisation])
            parts.append(pairs(looked(data, rng), truth, PAIRS, rng))
        if not learners:
            middle, size = scale_of(parts[0])
        learners.append(learn(parts, middle, size, seed))
    save(learners, middle, size, out)


if __name__ == "__main__":
    main()
