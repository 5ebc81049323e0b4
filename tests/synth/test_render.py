"""Clips are drawn, whole or not at all, and their pixels agree with their truth."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import binary_dilation, binary_fill_holes

import lumbar.synth.stage as stage_module
from lumbar.errors import RendererMissingError
from lumbar.synth.body import load_body
from lumbar.synth.case import Case, Gym, Look, Phone, Spoil
from lumbar.synth.keep import load_truth
from lumbar.synth.lift import Lift
from lumbar.synth.outline import Sampler, cell_size_px, trace
from lumbar.synth.render import act, draw, is_rendered, render, truth_of
from lumbar.synth.run import cases_for, run
from lumbar.synth.stage import has_renderer
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames

needs_vtk = pytest.mark.skipif(not has_renderer(), reason="VTK is not installed: uv sync --group synth")

CASE = Case(
    "tiny", 11, "b_f", Lift(reps=1, stand_s=0.3, bend_s=0.6, set_up_s=0.5, fidgets=0),
    Phone(width_px=240, height_px=428, view_deg=100, distance_m=3.0, shake_deg=0.2, roll_deg=1),
    spoil=Spoil(noise=1.0, crf=18),
)  # fmt: skip
AT_S = np.array([0.0, 1.3, 2.0, 2.6])


@needs_vtk
@pytest.mark.slow
def test_joints_lie_in_the_whole_mask_and_what_is_seen_is_part_of_it() -> None:
    truth = truth_of(CASE)
    for frame, shot in zip(
        np.searchsorted(truth.time_s, AT_S),
        draw(CASE, truth.time_s[np.searchsorted(truth.time_s, AT_S)]),
        strict=True,
    ):
        assert not (shot.seen & ~shot.whole).any()
        assert (shot.seen & shot.whole).sum() < shot.whole.sum()  # the plate hides something
        for name in ("left_shoulder", "left_hip", "left_knee", "left_elbow", "neck"):
            x, y = np.floor(truth.joint_px(name)[frame]).astype(int)
            assert shot.whole[y, x], name
        for x, y in np.floor(truth.spine_px[frame, :14]).astype(int):
            assert shot.whole[y, x]


@needs_vtk
@pytest.mark.slow
def test_the_plate_is_drawn_where_the_truth_says_in_its_colour() -> None:
    case = replace(CASE, look=Look(plates=(("red", 0.06),)))
    truth = truth_of(case)
    frame = int(np.searchsorted(truth.time_s, 0.1))
    shot = next(draw(case, truth.time_s[frame : frame + 1]))
    x, y, tall, wide = truth.plate_px[frame, :4]
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    for scale, is_plate in ((0.85, True), (1.12, False)):
        columns = np.floor(x + scale * wide * np.cos(around)).astype(int)
        rows = np.floor(y + scale * tall * np.sin(around)).astype(int)
        red, green, _ = shot.image[rows, columns].astype(int).T
        redness = np.mean(red > 2 * green)
        # The bar's end pokes out over a part of the near plate; the far plate peeps out behind it.
        assert redness > 0.85 if is_plate else redness < 0.35


@needs_vtk
@pytest.mark.slow
def test_the_fast_outline_agrees_with_the_drawn_mask() -> None:
    case = replace(CASE, phone=replace(CASE.phone, width_px=480, height_px=854, roll_deg=0))
    played, body = act(case, AT_S), load_body(case.body)
    sampler = Sampler(body)
    for row, shot in enumerate(draw(case, AT_S)):
        points = sampler.spread(sampler.skin.at(played.posed.moves[row]))
        outline = trace(played.view.at(row).project(points[None])[0], cell_size_px(200))
        x, y = outline.T
        area = np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2
        filled = binary_fill_holes(shot.whole)
        # Hair, shoes and cloth stand 3 to 10 mm off the skin; a gap between arm and leg may close.
        assert area == pytest.approx(filled.sum(), rel=0.06)
        inside = filled[y.astype(int).clip(0, 853), x.astype(int).clip(0, 479)]
        edge = binary_dilation(filled, iterations=3)[y.astype(int).clip(0, 853), x.astype(int).clip(0, 479)]
        assert edge.mean() > 0.98
        assert inside.mean() > 0.3


@needs_vtk
@pytest.mark.slow
def test_a_clip_is_written_with_its_truth_and_left_alone_the_second_time(tmp_path: Path) -> None:
    case = replace(CASE, until_s=0.5)
    assert not is_rendered(case, tmp_path)
    render(case, tmp_path)
    assert is_rendered(case, tmp_path)
    before = (tmp_path / "clip.mp4").stat().st_mtime_ns
    render(case, tmp_path)
    assert (tmp_path / "clip.mp4").stat().st_mtime_ns == before
    truth = load_truth(tmp_path)
    with read_frames(open_clip(tmp_path / "clip.mp4")) as film:
        frames = list(film)
    assert len(frames) == len(truth.time_s)
    assert np.allclose([frame.time_s for frame in frames], truth.time_s, atol=1e-4)
    assert truth.seen is not None
    assert truth.seen.at(3).sum() > 500
    assert not is_rendered(replace(case, seed=12), tmp_path)


@needs_vtk
@pytest.mark.slow
def test_the_same_case_draws_the_same_pixels_and_dials_change_them() -> None:
    at = AT_S[1:2]
    first, again = (next(draw(CASE, at)).image for _ in range(2))
    assert np.array_equal(first, again)
    for other in (
        replace(CASE, look=Look("draped", has_belt=True)),
        replace(CASE, gym=Gym(has_mirror=True)),
        replace(CASE, phone=replace(CASE.phone, bulge=0.05)),
        replace(CASE, spoil=replace(CASE.spoil, smear=3, shutter=0.9), phone=replace(CASE.phone, shake_deg=2.0)),
    ):
        assert not np.array_equal(first, next(draw(other, at)).image)


@needs_vtk
@pytest.mark.slow
def test_when_the_lights_go_out_the_picture_is_dark() -> None:
    case = replace(CASE, gym=Gym(lights_out_s=(1.0, 2.0)))
    bright, dark = (shot.image.mean() for shot in draw(case, np.array([0.5, 1.5])))
    assert dark < 0.5 * bright


def test_without_a_renderer_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise RendererMissingError

    monkeypatch.setattr(stage_module, "_vtk", missing)
    assert not has_renderer()
    with pytest.raises(RendererMissingError, match="uv sync --group synth"):
        next(draw(CASE, AT_S))


@needs_vtk
@pytest.mark.slow
def test_a_run_writes_a_folder_for_each_case_an_index_and_a_readme(tmp_path: Path) -> None:
    cases = [replace(CASE, name=name, until_s=0.2) for name in ("one", "two")]
    assert len(list(run(cases, tmp_path))) == 2
    assert "was there" in next(run(cases, tmp_path))
    assert (tmp_path / "README.md").read_text(encoding="utf-8").startswith("# Clips with known truth")
    assert len((tmp_path / "index.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_a_command_asks_for_named_cases_or_for_some_of_a_split() -> None:
    assert [case.name for case in cases_for("train", 0, 2, gallery=True)] == ["side-90", "side-110"]
    assert cases_for("tune", 1, 2)[1].name == "tune-01001"
