"""Draw a case: an MP4 as a phone would have stored it, with the truth of every frame beside it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from lumbar.arrays import Bools, Floats, Pixels
from lumbar.errors import OutputError
from lumbar.synth.body import load_body
from lumbar.synth.camera import View, frame_times, place
from lumbar.synth.case import Case
from lumbar.synth.figure import Figure, stroll
from lumbar.synth.keep import load_truth, save_truth
from lumbar.synth.perform import Performance, duration_s, perform
from lumbar.synth.posture import Posed, pose
from lumbar.synth.room import bar_move, furnish, load_bar, reflection
from lumbar.synth.spoil import Lens, Sensor
from lumbar.synth.stage import Stage
from lumbar.synth.truth import Truth, join_masks, pack_mask, tell_truth
from lumbar.video.frames import Frame
from lumbar.video.writer import ClipWriter

#: How dark it is when the lights are out.
_LIGHTS_OUT = 0.06

#: The body's joints, whose places say whether a clip is of the lifter who is performed now: how near (m).
_SAME_JOINTS, _SAME_M = ("hip", "knee", "shoulder"), 0.002

#: Told after each frame how many are done, and of how many.
Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """What happens in a case, at some times: nothing drawn yet."""

    done: Performance
    posed: Posed
    view: View


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One drawn frame before noise and compression; ``seen`` and ``whole`` are (height, width) masks."""

    image: Pixels
    seen: Bools
    whole: Bools


def _quiet(done: int, whole: int) -> None:
    """Say nothing."""


def clip_times(case: Case) -> Floats:
    """Return the times of the clip's frames (s)."""
    rng = np.random.default_rng([case.seed, 3])
    return frame_times(case.phone, _length_s(case), rng)


def _length_s(case: Case) -> float:
    whole_s = duration_s(load_body(case.body), case.lift)
    return min(case.until_s or whole_s, whole_s) - case.from_s


def act(case: Case, time_s: Floats) -> Act:
    """Return what happens at these times of the clip."""
    body = load_body(case.body)
    done = perform(body, case.lift, time_s + case.from_s)
    done = replace(done, time_s=time_s, reps=tuple(rep.earlier(case.from_s) for rep in done.reps))
    view = place(case.phone, time_s, _length_s(case), np.random.default_rng([case.seed, 6]))
    return Act(done, pose(body, done.posture), view)


def truth_of(case: Case) -> Truth:
    """Return the truth of a case with nothing drawn: all but the masks."""
    played = act(case, clip_times(case))
    return tell_truth(case, load_body(case.body), played.done, played.posed, played.view)


def draw(case: Case, time_s: Floats) -> Iterator[Shot]:
    """Yield pictures, smeared as the shutter does, and masks at these times of the clip.

    Raises
    ------
    RendererMissingError
        VTK is not installed.
    """
    smear = case.spoil.smear
    offsets = (np.arange(smear) - smear // 2) / smear * case.spoil.shutter / case.phone.frame_rate_hz
    played = act(case, (time_s[:, None] + offsets).ravel())
    set_up = _Set(case, played)
    for frame in range(len(time_s)):
        rows = range(frame * smear, (frame + 1) * smear)
        images = []
        for row in rows:
            set_up.arrange(row)
            images.append(set_up.stage.picture().astype(np.float32))
            if row == rows[smear // 2]:
                seen, whole = set_up.stage.mask(whole=False), set_up.stage.mask(whole=True)
        image = np.mean(images, axis=0).round().astype(np.uint8)
        lens = set_up.lens
        yield Shot(lens.bend(image), lens.bend_mask(seen), lens.bend_mask(whole))


class _Set:
    """A stage with everybody on it, to be arranged for any row of an act."""

    def __init__(self, case: Case, played: Act) -> None:
        self.case, self.played = case, played
        self.stage = Stage(case.phone.width_px, case.phone.height_px)
        self.lens = Lens(played.view)
        furnish(self.stage, case)
        body = load_body(case.body)
        self.bar = load_bar(self.stage, case)
        self.lifter = Figure(self.stage, body, case.look, is_lifter=True)
        self.others = []
        for number, person in enumerate(case.gym.bystanders):
            look = replace(case.look, seed=case.look.seed + 101 + number, has_belt=False)
            figure = Figure(self.stage, load_body(person.body), look, is_lifter=False)
            self.others.append((figure, *stroll(person, played.done.time_s)))
        if case.gym.has_mirror:
            self.mirrored_bar = load_bar(self.stage, case)
            self.mirrored_lifter = Figure(self.stage, body, case.look, is_lifter=False)

    def arrange(self, row: int) -> None:
        """Put everything where it is in that row."""
        done, posed = self.played.done, self.played.posed
        self.stage.light(self._light(float(done.time_s[row])), self.case.spoil.warmth)
        self.stage.look(self.played.view, row)
        self.lifter.take(posed.moves[row])
        for figure, walk, placed in self.others:
            figure.take(walk.moves[row], placed[row])
        bar = bar_move(done.bar_m[row], float(done.roll_rad[row]))
        for part in self.bar:
            part.move_to(bar)
        if self.case.gym.has_mirror:
            flip = reflection(self.case)
            self.mirrored_lifter.take(posed.moves[row], flip)
            for part in self.mirrored_bar:
                part.move_to(flip @ bar)

    def _light(self, time_s: float) -> float:
        out = self.case.gym.lights_out_s
        return _LIGHTS_OUT if out is not None and out[0] <= time_s < out[1] else 1.0


def is_rendered(case: Case, folder: Path) -> bool:
    """Return whether the folder already holds this very case, whole, of a lifter who moves as now."""
    told = folder / "truth.json"
    if not (told.is_file() and (folder / "clip.mp4").is_file()):
        return False
    held = json.loads(told.read_text()).get("case")
    return bool(held == json.loads(json.dumps(asdict(case)))) and _moves_so(load_truth(folder), truth_of(case))


def _moves_so(drawn: Truth, now: Truth) -> bool:
    """Say whether a drawn lifter is the one who is performed now: an earlier Lumbar's may have moved otherwise."""
    if len(drawn.time_s) != len(now.time_s):
        return False
    pairs = [(drawn.bar_m, now.bar_m)] + [
        (drawn.joint_m(f"{side}_{joint}"), now.joint_m(f"{side}_{joint}"))
        for side, joint in product(("left", "right"), _SAME_JOINTS)
    ]
    return all(float(np.abs(one - other).max()) < _SAME_M for one, other in pairs)


def render(case: Case, folder: Path, watch: Watch = _quiet) -> bool:
    """Write ``clip.mp4``, ``truth.npz`` and ``truth.json``; return False where ``folder`` holds this case already.

    The truth is written last, so that a folder with a ``truth.json`` is whole.

    Raises
    ------
    RendererMissingError
        VTK is not installed.
    OutputError
        The folder cannot be made or written.
    """
    if is_rendered(case, folder):
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(f"{folder} cannot be made ({problem.strerror}). Choose another folder.") from problem
    (folder / "truth.json").unlink(missing_ok=True)
    save_truth(_film(case, folder / "clip.mp4", watch), case, folder)
    return True


def _film(case: Case, path: Path, watch: Watch) -> Truth:
    """Write the clip; return its truth with the masks."""
    sensor = Sensor(case.spoil, np.random.default_rng([case.seed, 4]))
    time_s = clip_times(case)
    seen, whole = [], []
    with ClipWriter(path, rate_hz=case.phone.frame_rate_hz, crf=case.spoil.crf, codec=case.spoil.codec) as film:
        for frame, shot in enumerate(draw(case, time_s)):
            film.add(Frame(float(time_s[frame]), sensor.take(shot.image)))
            seen.append(pack_mask(shot.seen))
            whole.append(pack_mask(shot.whole))
            watch(frame + 1, len(time_s))
    return replace(truth_of(case), seen=join_masks(seen), whole=join_masks(whole))
