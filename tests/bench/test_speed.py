"""The speed bench takes turns, and its rows say what the turns say."""

import os
import sys
from pathlib import Path

import pytest

from lumbar.bench import batches, speed
from lumbar.bench.clips import FORMATS, Format
from lumbar.bench.runs import Run
from lumbar.estimate import Missing

HEADLINE = "film-fps-vs-baseline"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Let ours run at 20, 40 and 60 frames/s in turn, the baseline's pose at 40; keep who ran when.

    Decoding alone runs at 120 frames/s.
    """
    ran: list[tuple[str, int]] = []

    def run_batch(_task: str, _folder: Path, cores: int) -> Run:
        return Run(8, 60 / cores, 1.0, {"batch": 60 / cores}, {"batch": 1.0}, 1)

    def run_task(task: str, _clip: Path, cores: int, _python: Path | None = None) -> Run:
        ran.append((task, cores))
        if task == speed.BASELINE:
            return Run(120, 6.0, 9.0, {"decode": 3.0, "pose": 3.0}, {"decode": 3.0, "pose": 6.0}, 300_000_000)
        if task == speed.DECODE:
            return Run(120, 1.0, 1.0, {"decode": 1.0}, {"decode": 1.0}, 100_000_000)
        seconds = [6.0, 3.0, 2.0][sum(name == task for name, _ in ran[:-1]) % 3]
        return Run(120, seconds, 4.8, {"pose": seconds / 2}, {"pose": 2.4}, 200_000_000)

    monkeypatch.setattr(speed, "run_task", run_task)
    monkeypatch.setattr(batches, "run_task", run_batch)
    monkeypatch.setattr(batches, "make", lambda _folder, _kind, _seconds: Path("clip.mp4"))
    monkeypatch.setattr(batches, "copies", lambda _clip, folder, _count: folder)
    monkeypatch.setattr(batches, "count_cores", lambda: 2)
    monkeypatch.setattr(speed, "make", lambda _folder, kind, _seconds: Path(f"{kind.name}.mp4"))
    monkeypatch.setattr(speed, "prepare", lambda _: Path("python"))
    monkeypatch.setattr(speed, "count_cores", lambda: 2)
    monkeypatch.setattr(speed, "monte_carlo", lambda _: ())
    monkeypatch.setattr(speed, "body_fit", lambda _: ())
    return ran


def test_ours_and_the_baseline_take_turns_on_the_same_cores(log: list[tuple[str, int]]) -> None:
    list(speed.run(quick=True, say=lambda _: None))
    assert log == [(speed.FILM, 2), (speed.DECODE, 2), (speed.BASELINE, 2)] * 3


def test_ratios_are_medians_over_turns_and_count_the_baselines_pose_alone(log: list[tuple[str, int]]) -> None:
    rows = {row.id: row for row in speed.run(quick=True, say=lambda _: None)}
    assert log
    film = rows["film-fps-1080p30-2-cores"]
    assert (film.value, film.baseline, film.n) == (40, 40, 3)
    ratio = rows[HEADLINE]
    assert (ratio.value, ratio.goal, ratio.met, ratio.n) == (1.0, 2.0, False, 3)
    assert "ours 0.5 to 1.5 over the turns" in ratio.note
    work = rows["film-cpu-per-frame-1080p30-2-cores"]
    assert (work.value, work.baseline, work.unit) == (40, 50, "ms")
    pace = rows["film-pace-1080p30-2-cores"]
    assert (pace.value, pace.baseline) == (speed.QUICK.duration_s / 3, speed.QUICK.duration_s / 3)
    memory = rows["film-peak-memory-1080p30-2-cores"]
    assert (memory.value, memory.baseline, memory.unit) == (200, 300, "MB")
    assert rows["stage-fps-pose-1080p30-2-cores"].value == 80
    assert rows["stage-fps-decode-1080p30-2-cores"].value == 120


@pytest.mark.usefixtures("log")
def test_the_full_bench_has_each_format_on_one_and_two_cores() -> None:
    ids = [row.id for row in speed.run(quick=False, say=lambda _: None)]
    places = [f"{kind.name}-{cores}" for kind in FORMATS for cores in ("1-core", "2-cores")]
    for prefix in ("film-fps", HEADLINE, "film-peak-memory", "stage-fps-pose"):
        assert {f"{prefix}-{place}" for place in places} <= set(ids)
    assert ids[0] == HEADLINE


@pytest.mark.usefixtures("log")
def test_a_missing_baseline_leaves_our_numbers_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "prepare", lambda _: Missing("no Python for it"))
    rows = {row.id: row for row in speed.run(quick=True, say=lambda _: None)}
    assert rows["film-fps-1080p30-2-cores"].value == 40
    assert rows["film-fps-1080p30-2-cores"].baseline is None
    assert (rows[HEADLINE].value, rows[HEADLINE].met) == (None, None)
    assert "no Python for it" in rows[HEADLINE].note


def test_a_core_that_is_not_there_is_not_measured(
    log: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "count_cores", lambda: 1)
    rows = {row.id: row for row in speed.run(quick=False, say=lambda _: None)}
    assert {cores for _, cores in log} == {1}
    assert rows["film-fps-720p30-2-cores"].value is None
    assert "1 of them" in rows["film-fps-720p30-2-cores"].note


def test_formats_are_named_after_what_they_are() -> None:
    def name(kind: Format) -> str:
        return f"{kind.width_px}p{kind.frame_rate_hz}"

    assert [kind.name for kind in FORMATS] == [name(kind) for kind in FORMATS]
    assert all(kind.height_px * 9 == kind.width_px * 16 for kind in FORMATS)


@pytest.mark.usefixtures("log")
def test_a_batch_has_rows_per_minute_on_one_core_and_two_and_their_ratio() -> None:
    rows = {row.id: row for row in speed.run(quick=True, say=lambda _: None)}
    assert rows["batch-rows-per-minute-1-core"].value == 8
    assert rows["batch-rows-per-minute-2-cores"].value == 16
    ratio = rows["batch-2-cores-vs-1-core"]
    assert (ratio.value, ratio.goal, ratio.met) == (2.0, 1.6, True)
    assert rows["batch-rows-per-minute-2-cores"].baseline == 16
    commands = rows["batch-2-cores-vs-two-commands"]
    assert (commands.value, commands.goal, commands.met) == (1.0, 0.95, True)


@pytest.mark.usefixtures("log")
@pytest.mark.skipif(sys.platform != "linux", reason="a process is kept to its cores on Linux alone")
def test_the_two_commands_have_half_the_clips_and_a_core_each(monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[tuple[str, frozenset[int]]] = []

    def run_batch(_task: str, folder: Path, cores: int) -> Run:
        if folder.name.endswith("of-2"):
            alone.append((folder.name, frozenset(os.sched_getaffinity(0))))
        return Run(8, 60 / cores, 1.0, {"batch": 60 / cores}, {"batch": 1.0}, 1)

    mine = os.sched_getaffinity(0)
    monkeypatch.setattr(batches, "run_task", run_batch)
    list(speed.run(quick=True, say=lambda _: None))
    assert sorted(name for name, _ in alone) == ["batch-4x2s-1-of-2", "batch-4x2s-2-of-2"]
    assert all(len(cores) == 1 for _, cores in alone)
    assert len({cores for _, cores in alone}) == min(2, len(mine))
    assert os.sched_getaffinity(0) == mine


@pytest.mark.usefixtures("log")
def test_a_batch_on_a_single_core_says_that_it_needs_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "count_cores", lambda: 1)
    rows = {row.id: row for row in speed.run(quick=True, say=lambda _: None)}
    assert rows["batch-rows-per-minute-1-core"].value == 8
    assert (rows["batch-2-cores-vs-1-core"].value, rows["batch-2-cores-vs-1-core"].met) == (None, None)
    assert "needs 2 cores" in rows["batch-2-cores-vs-1-core"].note


def test_copies_are_the_same_film_in_other_bytes(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"film")
    files = sorted(batches.copies(clip, tmp_path / "many", range(3)).iterdir())
    assert len({path.read_bytes() for path in files}) == 3
    assert all(path.read_bytes().startswith(b"film") for path in files)
