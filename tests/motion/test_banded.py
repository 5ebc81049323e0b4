"""The arrow-shaped solver against dense algebra."""

import numpy as np
import pytest

from lumbar.motion.banded import Arrow

SIZE, CLIP = 3, 4


def drawn(frames: int) -> tuple[Arrow, np.ndarray, np.ndarray]:
    """Return random normal equations, and the same as one dense matrix and vector."""
    chance = np.random.default_rng(frames)
    own, whole = chance.normal(size=(frames, 5, SIZE)), chance.normal(size=(frames, 5, CLIP))
    bend = np.zeros((frames - 2, frames))
    for row in range(frames - 2):
        bend[row, row : row + 3] = (1, -2, 1)
    stiff = 2 * bend.T @ bend
    blocks = np.einsum("tri,trj->tij", own, own) + 0.1 * np.eye(SIZE)
    blocks += np.diag(stiff)[:, None, None] * np.eye(SIZE)
    one, two = np.zeros((frames, SIZE)), np.zeros((frames, SIZE))
    one[:-1], two[:-2] = np.diag(stiff, 1)[:, None], np.diag(stiff, 2)[:, None]
    arrow = Arrow(
        blocks, one, two, np.einsum("tri,trc->tic", own, whole),
        np.einsum("trc,trd->cd", whole, whole) + 0.3 * np.eye(CLIP),
        chance.normal(size=(frames, SIZE)), chance.normal(size=CLIP),
    )  # fmt: skip
    last = frames * SIZE
    dense = np.zeros((last + CLIP, last + CLIP))
    dense[:last, :last] = np.kron(stiff - np.diag(np.diag(stiff)), np.eye(SIZE))
    for frame in range(frames):
        rows = slice(frame * SIZE, (frame + 1) * SIZE)
        dense[rows, rows] = blocks[frame]
        dense[rows, last:] = arrow.border[frame]
        dense[last:, rows] = arrow.border[frame].T
    dense[last:, last:] = arrow.corner
    return arrow, dense, np.r_[arrow.slope.ravel(), arrow.corner_slope]


@pytest.mark.parametrize("frames", [4, 5, 8, 13])
def test_the_step_solves_the_dense_equations(frames) -> None:
    arrow, dense, slope = drawn(frames)
    of_frames, of_clip = arrow.step(0.0)
    assert dense @ np.r_[of_frames.ravel(), of_clip] == pytest.approx(-slope, abs=1e-10)


@pytest.mark.parametrize("frames", [4, 5, 8, 13])
def test_the_covariance_has_the_blocks_of_the_dense_inverse(frames) -> None:
    arrow, dense, _ = drawn(frames)
    whole, last = np.linalg.inv(dense), frames * SIZE
    own, with_clip, of_clip = arrow.covariance()
    assert of_clip == pytest.approx(whole[last:, last:], abs=1e-10)
    for frame in range(frames):
        rows = slice(frame * SIZE, (frame + 1) * SIZE)
        assert own[frame] == pytest.approx(whole[rows, rows], abs=1e-10)
        assert with_clip[frame] == pytest.approx(whole[rows, last:], abs=1e-10)


def test_a_step_that_does_not_exist_is_none() -> None:
    arrow, *_ = drawn(5)
    arrow.blocks[2] -= 1e3 * np.eye(SIZE)
    assert arrow.step(0.0) is None
