"""Kill a command that measures many clips, at random, until it gets through; then look for every clip once.

    python design/kill_batch.py CLIP [CLIPS] [SEED]

The same film in files of other bytes, with few frames so that it takes minutes. Each time the command dies another
way: alone, as when memory runs out; with all its processes, as when the power goes; or by Ctrl-C. The film is the
same, so each clip's numbers must be.
"""

import csv
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from lumbar.bench.batches import copies
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.video.writer import write_clip

RATE_HZ = 12
#: A life is this long, s: from before the first worker has started to some clips on.
LIFE_S = (0.5, 40.0)
#: Let it get through after so many.
LIVES = 20


def main(clip: Path, clips: int, seed: int) -> None:
    """Print how each life ended and what was kept by then; end with an error where a clip is not there once."""
    # A shell that starts this in the background has Ctrl-C ignored, and so would all that is started from here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with TemporaryDirectory() as place:
        with read_frames(open_clip(clip), max_rate_hz=RATE_HZ) as frames:
            write_clip(Path(place) / "cut.mp4", frames)
        films = copies(Path(place) / "cut.mp4", Path(place) / "films", range(clips))
        out = Path(place) / "set.csv"
        for life in range(LIVES):
            wish = chance.choice((_kill_alone, _cut_power, _interrupt))
            over = _live(films, out, chance.uniform(*LIFE_S), wish)
            told = "got through" if over else wish.__name__
            print(f"{life + 1}: {told}, {_kept(out)} of {clips} kept", flush=True)
            if over:
                break
        else:
            _live(films, out, None, _interrupt)
            print(f"left alone: {_kept(out)} of {clips} kept")
        _check(out, clips)


def _live(films: Path, out: Path, life_s: float | None, end: Callable[["subprocess.Popen[bytes]"], None]) -> bool:
    """Run the command for so long; return whether it got through."""
    command = [sys.executable, "-m", "lumbar", "film", str(films), "--out", str(out)]
    running = subprocess.Popen(  # noqa: S603 - our own command
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        running.wait(life_s)
    except subprocess.TimeoutExpired:
        if out.exists():
            raise SystemExit("a table was there before all clips were measured") from None
        end(running)
        running.wait()
        return False
    return True


def _kill_alone(running: "subprocess.Popen[bytes]") -> None:
    running.kill()


def _cut_power(running: "subprocess.Popen[bytes]") -> None:
    os.killpg(running.pid, signal.SIGKILL)


def _interrupt(running: "subprocess.Popen[bytes]") -> None:
    os.killpg(running.pid, signal.SIGINT)


def _kept(out: Path) -> int:
    return len(list(out.parent.glob(f".{out.name}.parts/*.json")))


def _check(out: Path, clips: int) -> None:
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reps = Counter(row["clip"] for row in rows)
    apart = {"clip", "sha256", "file_date"}
    kinds = Counter(tuple(cell for name, cell in row.items() if name not in apart) for row in rows)
    print(f"{len(rows)} rows of {len(reps)} clips, {sorted(set(reps.values()))} of each, {len(kinds)} distinct")
    if set(reps) != {f"{number:03}.mp4" for number in range(clips)} or set(kinds.values()) != {clips}:
        raise SystemExit("not every clip is there once")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 200,
        int(sys.argv[3]) if len(sys.argv) > 3 else 1,
    )
