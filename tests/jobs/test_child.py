"""One analysis in a process of its own, asked and answered in lines of JSON."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.video.writer import write_clip

from .films import DEMO, seldom_seen

pytestmark = pytest.mark.slow


def ask(clip: Path, out: Path, **said: object) -> tuple[int, list[dict]]:
    asked = json.dumps({"clip": str(clip), "name": "my set.mp4", "out": str(out), "said": said})
    command = [sys.executable, "-m", "lumbar.jobs.child"]
    done = subprocess.run(command, input=asked + "\n", capture_output=True, text=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_it_tells_how_far_it_is_and_what_came_out(tmp_path: Path) -> None:
    code, lines = ask(seldom_seen(tmp_path / "pull.mp4"), tmp_path / "out", bar_kg=140.0)
    assert code == 0
    shares = [line["share"] for line in lines[:-1]]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert lines[-1]["outcome"] == "1 rep at 140\u00a0kg"
    assert lines[-1]["record"]["clip"]["name"] == "my set.mp4"
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"report.html", "clip.mp4", "analysis.json"}
    assert {path.name for path in tmp_path.iterdir()} == {"out", "pull.mp4"}  # nothing of the scratch is left


def test_what_is_no_clip_is_told_without_a_path_of_the_store(tmp_path: Path) -> None:
    wrong = tmp_path / "0123abcd"
    wrong.write_bytes(b"no film" * 100)
    code, lines = ask(wrong, tmp_path / "out")
    assert code == 0
    assert "0123abcd" not in lines[-1]["told"]
    assert not (tmp_path / "out").exists()


def test_a_clip_of_one_frame_says_why_nothing_is_measured(tmp_path: Path) -> None:
    clip = tmp_path / "one.mp4"
    with read_frames(open_clip(DEMO)) as frames:
        write_clip(clip, itertools.islice(frames, 1))
    code, lines = ask(clip, tmp_path / "out")
    assert code == 0
    record = lines[-1].get("record")
    told = lines[-1].get("told") or (record["refused"] or {}).get("advice")
    assert told, lines[-1]
