"""What a perfect eye would see of a dressed lifter: outlines and joints with their truth, nothing drawn.

One clip is a body, its clothes and a camera; its frames come from several pulls with different spines, so that
the flexion of the back cannot be guessed from the rest of the posture.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lumbar.arrays import Floats, freeze
from lumbar.synth.body import Body, load_body
from lumbar.synth.camera import View
from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.lift import Lift
from lumbar.synth.outline import cell_size_px, trace
from lumbar.synth.perform import perform
from lumbar.synth.posture import Skin
from lumbar.synth.render import act
from lumbar.synth.splits import SplitName, load_split
from lumbar.synth.truth import Truth, tell_truth
from lumbar.synth.wardrobe import dress, surface_normals, wear

#: Joints of the side nearer to the camera that the reader may use, in this order.
JOINTS = ("hip", "shoulder", "knee", "ankle", "ear")
#: What the lifter is doing in a frame.
STANDING, BENDING, SET_UP, PULLING, LATER = range(5)
#: Pulls with spines of their own in one clip, and the frames of each.
VARIANTS = 3
_OF_VARIANT = (SET_UP, PULLING, PULLING, PULLING, LATER)
PER_VARIANT = len(_OF_VARIANT)
#: How evenly bodies are mixed (a Dirichlet distribution's parameter), and how far a mixture may go beyond them.
_EVEN, _BEYOND = 0.5, 0.4
KINDS = np.array([STANDING, STANDING, BENDING, *(_OF_VARIANT * VARIANTS)])

_PATTERN = np.array(
    [[(1 - a) * (1 - b), a * (1 - b), a * b, (1 - a) * b] for a in (0.25, 0.75) for b in (0.25, 0.75)], np.float32
)


@dataclass(frozen=True, slots=True, eq=False)
class Sights:
    """Some frames of one clip, mirrored so that the lifter faces right.

    ``outline_px`` (frame, 160, 2); ``joints_px`` (frame, JOINTS, 2); ``lumbar_rad`` and ``thoracic_rad`` (frame,)
    flexion against standing; ``stature_px`` the standing height, ``m_per_px`` at the lifter.
    """

    case: Case
    time_s: Floats
    kind: Floats
    outline_px: Floats
    joints_px: Floats
    lumbar_rad: Floats
    thoracic_rad: Floats
    stature_px: float
    m_per_px: float

    def __post_init__(self) -> None:
        freeze(self)


class Dressed:
    """The surface of a dressed body, as points of a picture."""

    def __init__(self, body: Body, case: Case) -> None:
        self._skin = Skin(body)
        self._garments = [garment for garment in dress(body, case.look) if garment.name != "eyes"]
        self._faces = np.r_[body.faces("body"), body.faces("tights")]

    def seen(self, moves: Floats, view: View) -> Floats:
        """Return points of one frame in pixels, (point, 2), from that frame's ``moves`` and camera."""
        skin = self._skin.at(moves)
        normals = surface_normals(skin, self._faces)
        found = []
        for garment in self._garments:
            corners = view.project(wear(garment, skin, normals)[None])[0].astype(np.float32)[garment.faces]
            found.append((_PATTERN @ corners).reshape(-1, 2))
        return np.concatenate(found)


@lru_cache(maxsize=2)
def dressed(name: str, case: Case) -> Dressed:
    """Return a dressed body."""
    return Dressed(load_body(name), case)


def see(case: Case, time_s: Floats, kind: Floats) -> Sights:
    """Return what there is to see of a case at these times of its clip."""
    body = load_body(case.body)
    played = act(case, time_s)
    truth = tell_truth(case, body, played.done, played.posed, played.view)
    figure = dressed(case.body, replace(case, lift=Lift()))
    depth_m = float(np.median(played.view.depth_m(truth.joint_m("neck"))))
    stature_px = truth.focal_px * body.height_m / depth_m
    outlines = [
        trace(
            figure.seen(played.posed.moves[frame], played.view.at(frame)),
            cell_size_px(stature_px),
            truth.plate_px[frame, :4],
        )
        for frame in range(len(time_s))
    ]
    return Sights(
        case=case,
        time_s=time_s,
        kind=kind,
        outline_px=facing_right(np.stack(outlines), case, truth),
        joints_px=facing_right(near_joints_px(case, truth), case, truth),
        lumbar_rad=truth.lumbar_rad,
        thoracic_rad=truth.thoracic_rad,
        stature_px=stature_px,
        m_per_px=depth_m / truth.focal_px,
    )


def near_joints_px(case: Case, truth: Truth) -> Floats:
    """Return the true joints of the near side, (time, JOINTS, 2)."""
    return np.stack([truth.joint_px(f"{case.phone.side}_{joint}") for joint in JOINTS], axis=1)


def facing_right(points_px: Floats, case: Case, truth: Truth) -> Floats:
    """Return points mirrored where the lifter faces left, as they do when seen from their left."""
    if case.phone.side == "right":
        return points_px
    return np.asarray([truth.width_px, 0.0] + points_px * [-1.0, 1.0])


def wide_sights(split: SplitName, number: int, view_deg: tuple[float, float] = (50.0, 145.0)) -> Sights:
    """Return one clip's frames with spines that are drawn evenly over what a spine can do."""
    drawn = draw_case(split, number, Range(view_deg=view_deg))
    rng = np.random.default_rng([drawn.seed, 21])
    if split == "train":
        drawn = replace(drawn, body=mixed_body(load_split(split).bodies, rng))
    parts = [_first_frames(drawn, rng), *(_pull_frames(drawn, rng) for _ in range(VARIANTS))]
    joined = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("time_s", "kind", "outline_px", "joints_px", "lumbar_rad", "thoracic_rad")
    }
    return replace(parts[0], **joined)


def mixed_body(names: tuple[str, ...], rng: np.random.Generator) -> str:
    """Return a mixture of bodies, near one of them or between several, or somewhat beyond."""
    toward, away = rng.dirichlet([_EVEN] * len(names), 2)
    shares = (1 + _BEYOND) * toward - _BEYOND * away
    return " + ".join(f"{share:.4f} {name}" for share, name in zip(shares, names, strict=True))


def _first_frames(case: Case, rng: np.random.Generator) -> Sights:
    """Return the lifter standing, twice, and on the way down."""
    lift = case.lift
    stands = np.sort(rng.uniform(0.05, lift.stand_s - 0.05, 2))
    bends = lift.stand_s + lift.bend_s * rng.uniform(0.2, 0.9)
    return see(case, np.r_[stands, bends], KINDS[:3])


def _pull_frames(case: Case, rng: np.random.Generator) -> Sights:
    """Return frames of one pull with a spine of its own."""
    start = rng.uniform(-12, 46)
    lift = replace(
        case.lift,
        lumbar_start_deg=start,
        lumbar_peak_deg=float(np.clip(start + rng.uniform(-15, 36), -14, 58)),
        lumbar_peak_at=float(rng.uniform(0.08, 0.6)),
        lumbar_top_deg=float(rng.uniform(-8, 3) if rng.random() < 0.5 else rng.uniform(-5, 30)),
        thoracic_deg=float(rng.uniform(-8, 32)),
        reps=1,
        creep_deg=0.0,
        fails_at=None,
    )
    own = replace(case, lift=lift)
    rep = perform(load_body(own.body), lift, np.zeros(1)).reps[0]
    lockout = rep.lockout_s if rep.lockout_s is not None else rep.lift_off_s + 1.0
    passed = rep.knee_pass_s if rep.knee_pass_s is not None else (rep.lift_off_s + lockout) / 2
    times = np.r_[
        rep.lift_off_s - rng.uniform(0, 0.5),
        rep.lift_off_s + (passed - rep.lift_off_s) * np.sort(rng.uniform(0, 1.05, 3)),
        rng.uniform(passed, lockout),
    ]
    return see(own, times, np.array(_OF_VARIANT))


def course(split: SplitName, number: int, view_deg: tuple[float, float] = (45.0, 145.0)) -> Sights:
    """Return the first pull of a case as it was drawn: standing, the set-up, and from lift-off to knee pass."""
    case = draw_case(split, number, Range(view_deg=view_deg))
    rep = perform(load_body(case.body), case.lift, np.zeros(1)).reps[0]
    lockout = rep.lockout_s if rep.lockout_s is not None else rep.lift_off_s + 1.0
    passed = rep.knee_pass_s if rep.knee_pass_s is not None else (rep.lift_off_s + lockout) / 2
    stands = np.linspace(0.1, case.lift.stand_s - 0.1, 4)
    set_up = np.linspace(rep.lift_off_s - 0.34, rep.lift_off_s, 6)[:-1]
    pulls = np.linspace(rep.lift_off_s, passed, int(np.clip((passed - rep.lift_off_s) * 15, 5, 18)))
    times = np.r_[stands, set_up, pulls]
    kind = np.r_[[STANDING] * len(stands), [SET_UP] * len(set_up), [PULLING] * len(pulls)]
    return see(case, times, kind)
