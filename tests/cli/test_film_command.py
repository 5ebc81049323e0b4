"""``lumbar film`` from outside: what it writes, what it says, and that it never leaves half a report."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lumbar.cli.quantities import height_m, mass_kg, plate_m
from lumbar.errors import ValueRangeError
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.video.writer import write_clip

#: What runs in the background of a shell starts deaf to Ctrl-C; a terminal's command does not.
INTERRUPTIBLE = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('lumbar', run_name='__main__')"
)
CLIPS = Path(__file__).parent.parent / "data" / "video"


def lumbar(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lumbar", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


@pytest.mark.parametrize(
    ("text", "metres"),
    [("180", 1.80), ("1.80m", 1.80), ("1,80 m", 1.80), ("5'11", 1.8034), ("5ft11", 1.8034), ("71in", 1.8034)],
)
def test_a_height_is_read_as_people_write_it(text: str, metres: float) -> None:
    assert height_m(text) == pytest.approx(metres, abs=1e-9)


def test_pounds_and_inches_are_exact() -> None:
    assert mass_kg("100lb", "bar") == pytest.approx(45.359237, abs=1e-12)
    assert plate_m("17.7in") == pytest.approx(0.44958, abs=1e-12)


@pytest.mark.parametrize("text", ["tall", "180 stone", "", "-3", "nan"])
def test_what_is_no_height_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueRangeError, match=r"180, 1\.80m or 5'11"):
        height_m(text)


@pytest.mark.slow
def test_an_impossible_height_is_refused_with_the_range(tmp_path: Path) -> None:
    done = lumbar("film", CLIPS / "sbd_deadlift.mp4", "--height", "18", cwd=tmp_path)
    assert done.returncode == 2
    assert "1.2 to 2.3 m" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["text.mp4", *(pytest.param(each, marks=pytest.mark.slow) for each in ("missing.mp4", "empty.mov", "folder"))],
)
def test_what_is_no_video_is_named_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir()
    if name == "folder":
        path.mkdir()
    elif name != "missing.mp4":
        path.write_bytes(b"" if name == "empty.mov" else b"This is a letter, not a film.\n" * 40)
    done = lumbar("film", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 3
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_folder_of_somebody_elses_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine", encoding="utf-8")
    done = lumbar("film", CLIPS / "sbd_deadlift.mp4", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "holds no Lumbar report" in done.stderr
    assert "Watching" not in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


@pytest.mark.slow
def test_a_table_of_many_clips_takes_no_options_of_the_page(tmp_path: Path) -> None:
    done = lumbar("film", CLIPS, "--blur", "--out", "set.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "--blur" in done.stderr
    assert list(tmp_path.iterdir()) == []


def part_of(name: str, place: Path, start_s: float, end_s: float) -> Path:
    """Write some seconds of a clip: as good as the whole for what a command does with it, and sooner measured."""
    with read_frames(open_clip(CLIPS / name)) as frames:
        write_clip(place, (frame for frame in frames if start_s <= frame.time_s < end_s))
    return place


@pytest.mark.slow
def test_a_set_becomes_a_whole_folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clip = part_of("sbd_deadlift.mp4", tmp_path_factory.mktemp("clips") / "pull.mp4", 5.0, 10.0)
    done = lumbar("film", clip, "--bar", "100", "--motion-files", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "analysis.json", "angles.mot", "annotated.mp4", "card.png", "load.sto", "markers.c3d", "markers.trc",
        "report.html", "reps.csv",
    ]  # fmt: skip
    record = json.loads((tmp_path / "out" / "analysis.json").read_text(encoding="utf-8"))
    assert len(record["reps"]) == 1
    assert record["refused"] is None
    assert "1 rep" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.slow
def test_a_refused_set_exits_with_4_and_a_page_that_says_why(tmp_path: Path) -> None:
    clip = part_of("walk_no_lift.mp4", tmp_path / "walk.mp4", 2.0, 4.0)
    done = lumbar("film", clip, "--out", "out", cwd=tmp_path)
    assert done.returncode == 4
    assert "No bar is lifted" in done.stdout
    assert "No bar is lifted" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_truncated_clip_is_measured_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    whole = (CLIPS / "sbd_deadlift.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: int(len(whole) * 0.8)])
    done = lumbar("film", "cut.mp4", "--no-video", "--out", "out", cwd=tmp_path)
    assert done.returncode in (0, 3, 4)
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        record = json.loads((tmp_path / "out" / "analysis.json").read_text(encoding="utf-8"))
        assert "damaged" in [limit["id"] for limit in record["limits"]]


@pytest.mark.slow
def test_ctrl_c_leaves_no_half_report(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    work = tmp_path / "work"
    work.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "film", str(CLIPS / "sbd_deadlift.mp4"), "--out", "out"],
        cwd=work,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Wait until it is at work (its scratch folder holds a clip in the making), not for a time.
    while process.poll() is None and not list(scratch.glob("lumbar-*/.*")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Nothing was written" in said
    assert list(work.iterdir()) == []
    assert list(scratch.iterdir()) == []
