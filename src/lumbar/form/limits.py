"""What could not be judged, why, and how to film it better; and when nothing could be."""

import numpy as np

from lumbar.arrays import Bools
from lumbar.estimate import Estimate, Missing
from lumbar.form.analysis import Limit
from lumbar.form.angles import MOST_SD_RAD
from lumbar.motion.back import BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import LEAST_TRAVEL_M, MOST_TRAVEL_M, Rep
from lumbar.motion.side import back_leaves_picture, middle_px
from lumbar.motion.smooth import runs
from lumbar.vision.tracks import LANDMARKS, Tracks

HOW_TO_FILM = (
    "Stand the phone at hip height, 3 to 5 m away, at your side or one step behind it, "
    "with your whole body and the plate in the picture, and stand tall for a second before you grip."
)

# Engineering rules.
#: Fewer frames a second than this show a pull of about a second in five pictures or less.
_LEAST_HZ = 5.0
#: Shares of frames, and angles off the exact side.
_SELDOM, _OFTEN = 0.2, 0.6
_FRONT_RAD, _REAR_RAD = np.radians(40), np.radians(140)
#: Hands of a deadlift hang: this far below the shoulders, in trunk lengths. On a squat they are beside them.
_HANG = 0.45
#: The background's typical move per frame, in shares of the picture's width, above which the camera shakes.
_SHAKE = 0.004
#: Of a shot in so many pieces the longest are named.
_NAMED = 3
#: Shorter than this (s) is a blink of the light.
_DARK_S = 0.3
#: Who leans by more than this, from ankles to shoulders, nearly always and for so long (s), does not: the picture
#: is turned. A few poses that the network got wrong say nothing.
_LIES_RAD, _LIES_S = np.radians(60), 1.0


def refusal(
    tracks: Tracks, motion: Motion | None, reps: tuple[Rep, ...], damage: str | None = None
) -> Limit | None:  # fmt: skip
    """Say why nothing can be measured in this clip, and what else is wrong with it; None when something can."""
    why = _why_nothing(tracks, motion, reps)
    if why is None:
        return None
    reason, advice = why.reason, why.advice
    for also in (_dark(tracks), _cut(tracks)):
        if also is not None and why.id != also.id:
            reason = f"{reason} {also.reason}"
    if damage is not None:
        reason, advice = f"{reason} The clip is damaged, too: {damage}", f"Copy the clip again. {advice}"
    return Limit(why.id, reason, advice)


def _why_nothing(tracks: Tracks, motion: Motion | None, reps: tuple[Rep, ...]) -> Limit | None:
    return (
        (None if reps else _moved(tracks) or _mostly_dark(tracks))
        or _nobody(tracks)
        or (None if reps else _lies(tracks))
        or _turned_away(tracks)
        or _too_few_frames(tracks, reps)
        or (_no_bar(tracks) if motion is None else _no_deadlift(tracks) or _no_rep(motion, reps))
    )


def _nobody(tracks: Tracks) -> Limit | None:
    here = ~tracks.quality.is_elsewhere
    if here.any() and tracks.quality.is_seen[here].mean() >= _SELDOM:
        return None
    return Limit("nobody", "Nobody is seen in this clip for long enough to measure.", HOW_TO_FILM)


def _lies(tracks: Tracks) -> Limit | None:
    """Say that the picture is turned: files lose the note of how the phone was held."""
    up = middle_px(tracks, "shoulder") - middle_px(tracks, "ankle")
    lean_rad, seen_s = np.abs(np.arctan2(up[:, 0], -up[:, 1])), tracks.time_s[tracks.quality.is_seen]
    if np.ptp(seen_s) < _LIES_S or np.nanpercentile(lean_rad, 20) < _LIES_RAD:
        return None
    return Limit(
        "lies",
        "The picture lies on its side, or upside down.",
        "Turn the clip upright with your phone's photo editor, save it, and give that one.",
    )


def _no_deadlift(tracks: Tracks) -> Limit | None:
    if _hands_hang(tracks):
        return None
    words = _cropped_words(tracks)
    return Limit(
        "not-a-deadlift",
        "The bar moves with your shoulders, not below your hands: this looks like a squat, not a deadlift."
        + (f" Also, {words}." if words else ""),
        "Lumbar measures deadlifts. " + HOW_TO_FILM,
    )


def _no_rep(motion: Motion, reps: tuple[Rep, ...]) -> Limit | None:
    if reps:
        return None
    travel_m = float(np.nanmax(motion.bar_m[:, 1]) - np.nanmin(motion.bar_m[:, 1]))
    return Limit(
        "no-rep",
        f"The bar is seen to move {travel_m * 100:.0f} cm, but no pull from rest to lockout is in this clip (a rep"
        f" lifts the bar by {LEAST_TRAVEL_M * 100:.0f} to {MOST_TRAVEL_M * 100:.0f} cm, to an upright trunk).",
        "Film the whole set, from before the first pull to after the last. If all of it is here, the plate was"
        " lost on its way: film with more light, where it stands out from what is around it.",
    )


def _too_few_frames(tracks: Tracks, reps: tuple[Rep, ...]) -> Limit | None:
    """Say so where no rep was found, and too few frames a second for anything to be followed through them."""
    gap_s = float(np.median(np.diff(tracks.time_s))) if len(tracks.time_s) > 1 else 0.0
    if reps or gap_s * _LEAST_HZ <= 1:
        return None
    return Limit(
        "frame-rate",
        f"This clip has {1 / gap_s:.1f} frames a second: a pull is over before enough of it is seen.",
        "Film at 30 frames a second or more, in the phone's usual video mode: no time lapse.",
    )


def _no_bar(tracks: Tracks) -> Limit:
    """Say why there is no bar: the plate, or no lift at all."""
    if _hinges(tracks):
        return Limit(
            "plate-hidden",
            _cropped_first(tracks)
            + "You bend and rise, but no plate is seen that moves with your hands: no scale, no bar path.",
            "Keep the near plate in the picture the whole time, with nothing in front of it. " + HOW_TO_FILM,
        )
    return Limit(
        "no-lift",
        _cropped_first(tracks) + "No bar is lifted in this clip: no plate moves with anybody's hands.",
        HOW_TO_FILM,
    )


def _turned_away(tracks: Tracks) -> Limit | None:
    """Say so when the camera stands in front of the lifter or behind: discs seen from there are no plates.

    Which of the two it is the network often mistakes, so nothing is said of it.
    """
    if not _hinges(tracks) or _FRONT_RAD < float(np.nanmedian(tracks.quality.view_angle_rad)) < _REAR_RAD:
        return None
    return Limit(
        "view",
        "The camera stands in front of you or behind you, where neither your back nor the plate's path is seen.",
        HOW_TO_FILM,
    )


def limits(tracks: Tracks, motion: Motion, reps: tuple[Rep, ...], damage: str | None) -> tuple[Limit, ...]:
    """List what stood in the way of a full answer, most important first."""
    during = _during(tracks, reps)
    found = [
        _cut_short(damage),
        _moved(tracks),
        _dark(tracks),
        _unseen(tracks, during),
        _cropped(tracks, during),
        _cut(tracks),
        _shaking(tracks, during),
        _view(motion),
        _hidden(motion, reps),
        _scale(motion),
        _travel(motion, reps),
    ]
    return tuple(limit for limit in found if limit is not None)


def _during(tracks: Tracks, reps: tuple[Rep, ...]) -> Bools:
    """Return the frames from before the first pull to the last lockout, (time,)."""
    start, end = reps[0].lift_off_s - 0.5, reps[-1].lockout_s + 0.5
    return (tracks.time_s >= start) & (tracks.time_s <= end)


def _hands_hang(tracks: Tracks) -> bool:
    """Say whether the hands hang below the shoulders while the bar is held."""
    shoulder, wrist, hip = (middle_px(tracks, joint) for joint in ("shoulder", "wrist", "hip"))
    trunk = np.hypot(*(shoulder - hip).T)
    bar = tracks.bar
    moving = np.ones(len(tracks.time_s), dtype=bool)
    if bar is not None:
        speed = np.abs(np.gradient(bar.centre_px[:, 1], tracks.time_s))
        moving = speed > 0.3 * np.nanmedian(bar.half_height_px)
    hang = ((wrist - shoulder)[:, 1] / trunk)[moving]
    return not np.isfinite(hang).any() or bool(np.nanmedian(hang) > _HANG)


def _hinges(tracks: Tracks) -> bool:
    """Say whether somebody bends over and rises again on the spot, as in a pull."""
    ankle = middle_px(tracks, "ankle")
    height = (ankle - middle_px(tracks, "shoulder"))[:, 1]
    known = np.isfinite(height)
    if known.sum() < 10:
        return False
    low, tall = np.percentile(height[known], [10, 95])
    wander = np.ptp(np.percentile(ankle[known, 0], [10, 90]))
    return bool(low < 0.8 * tall and wander < 0.3 * tall)


def _outside(tracks: Tracks) -> list[str]:
    """Name what leaves the picture in more than a fifth of the frames."""
    found = []
    ear, shoulder = middle_px(tracks, "ear"), middle_px(tracks, "shoulder")
    # The crown lies about as far above the ear as the ear above the shoulder, times 0.7 (ANSUR: tragion to top).
    crown = ear[:, 1] - 0.7 * np.hypot(*(ear - shoulder).T)
    with np.errstate(invalid="ignore"):
        if np.mean(crown < 0) > _SELDOM:
            found.append("your head")
        heel = tracks.pose.xy_px[:, [LANDMARKS.index("left_heel"), LANDMARKS.index("right_heel")], 1].max(axis=1)
        if np.mean(heel > tracks.height_px) > _SELDOM:
            found.append("your feet")
        if np.mean(back_leaves_picture(tracks)) > _SELDOM:
            found.append("your back")
        if tracks.bar is not None:
            top = tracks.bar.centre_px[:, 1] - tracks.bar.half_height_px
            if np.mean(top < 0) > _SELDOM:
                found.append("the plate")
    return found


def _cropped_words(tracks: Tracks) -> str:
    """Return what leaves the picture, as a sentence without its capital and its full stop; "" if nothing."""
    outside = _outside(tracks)
    return f"{' and '.join(outside)} {_agree(outside, 'leaves', 'leave')} the picture" if outside else ""


def _cropped_first(tracks: Tracks) -> str:
    """Return the same for the beginning: hands that are outside, with half of the lifter, hold no plate."""
    words = _cropped_words(tracks)
    return f"{words[0].upper()}{words[1:]}. " if words else ""


def _agree(things: list[str], one: str, many: str) -> str:
    """Return the verb for one thing or for many; feet are many."""
    return one if len(things) == 1 and things != ["your feet"] else many


def _cut_short(damage: str | None) -> Limit | None:
    if damage is None:
        return None
    return Limit(
        "damaged", f"The clip is damaged: {damage}", "What came before was measured. Copy the clip again."
    )


def _moved(tracks: Tracks) -> Limit | None:
    """Say that the phone fell, or was set down or picked up, and from when to when it stood still."""
    moved = tracks.quality.is_moved
    if not moved.any():
        return None
    at_s = float(tracks.time_s[np.argmax(moved)])
    kept = "after" if tracks.quality.is_seen[moved].any() else "before"
    return Limit(
        "moved",
        f"The phone moves to another place {at_s:.1f} s into the clip: only what comes {kept} can be measured.",
        "Stand the phone where it cannot fall, and start filming when it stands.",
    )


def _dark(tracks: Tracks) -> Limit | None:
    """Say when it was too dark to see anybody, for the longest time."""
    unlit = tracks.quality.is_dark & ~tracks.quality.is_seen
    spans = [tracks.time_s[[start, end - 1]] for start, end in runs(tracks.time_s, unlit)]
    start_s, end_s = max(spans, key=np.ptp, default=(0.0, 0.0))
    if end_s - start_s < _DARK_S:
        return None
    return Limit(
        "dark",
        f"It is dark from {start_s:.1f} to {end_s:.1f} s into the clip: nothing can be measured there.",
        "Film with the light on, or where more light falls on you.",
    )


def _mostly_dark(tracks: Tracks) -> Limit | None:
    """Say so where the dark can be why nothing was found: a hand before the lens for a moment is not."""
    return _dark(tracks) if tracks.quality.is_dark.sum() > _SELDOM * len(tracks.time_s) else None


def _unseen(tracks: Tracks, during: Bools) -> Limit | None:
    lit = during & ~tracks.quality.is_dark & ~tracks.quality.is_elsewhere
    if not lit.any() or tracks.quality.is_seen[lit].mean() > 1 - _SELDOM:
        return None
    return Limit(
        "unseen",
        "In part of the set nobody is recognised as you, so only the bar was measured there.",
        "Keep your whole body in the picture, head and feet too, also when you stand.",
    )


def _cropped(tracks: Tracks, during: Bools) -> Limit | None:
    outside = _outside(tracks)
    if not outside and tracks.quality.is_cropped[during].mean() < _SELDOM:
        return None
    things = outside or ["part of your body"]
    what, verb = " and ".join(things), _agree(things, "is", "are")
    return Limit(
        "framing", f"In part of the set {what} {verb} outside the picture.", "Step the phone back a little."
    )


def _cut(tracks: Tracks) -> Limit | None:
    """Say which of a clip's shots was looked at; it may be cut by others."""
    time_s, here = tracks.time_s, ~tracks.quality.is_elsewhere
    if here.all():
        return None
    pieces = sorted(runs(time_s, here), key=lambda piece: time_s[piece[0]] - time_s[piece[1] - 1])
    spans = [f"{time_s[start]:.1f} to {time_s[end - 1]:.1f} s" for start, end in sorted(pieces[:_NAMED])]
    if len(pieces) > _NAMED:
        spans.append("shorter pieces")
    return Limit(
        "cut",
        f"The clip is cut together from several shots: only one of them ({' and '.join(spans)}) counts.",
        "Give each shot as a clip of its own, as it was filmed.",
    )


def _shaking(tracks: Tracks, during: Bools) -> Limit | None:
    if np.median(tracks.quality.camera_shift_px[during]) < _SHAKE * tracks.width_px:
        return None
    return Limit(
        "shaking",
        "The camera moves during the set, which reads as movement of the bar.",
        "Stand the phone on something.",
    )


def _view(motion: Motion) -> Limit | None:
    view = motion.view_angle_rad
    if isinstance(view, Missing):
        return Limit("view", f"Joint angles cannot be judged: {view.reason}", HOW_TO_FILM)
    off = abs(np.degrees(view.value) - 90)
    if off < 30:
        return None
    return Limit("view", f"The camera is about {off:.0f}° off your side, so angles are less sure.", HOW_TO_FILM)


def _hidden(motion: Motion, reps: tuple[Rep, ...]) -> Limit | None:
    at = [int(np.searchsorted(motion.time_s, rep.lockout_s)) for rep in reps]
    spread = np.where(np.isfinite(motion.angle("hip")), motion.angle_sd("hip"), np.inf)
    hidden = np.mean(spread[at] > MOST_SD_RAD)
    if hidden < 0.5:
        return None
    return Limit(
        "hip-hidden",
        "At lockout the plate hides your hip, so the angles there cannot be judged.",
        "Film from one step behind your side (105 to 120°): the plate then leaves the hip and the knee free.",
    )


def _scale(motion: Motion) -> Limit | None:
    size = motion.scale.plate_seems
    if not size:
        return None
    return Limit(
        "plate-size",
        f"The plate and your height do not fit each other: the plate seems {size} than"
        f" {2000 * motion.scale.plate_radius_m:.0f} mm, or the height is not yours.",
        "Give the diameter of the largest plate with --plate, and your height with --height.",
    )


def _travel(motion: Motion, reps: tuple[Rep, ...]) -> Limit | None:
    """Compare the bar's travel with stature: 26.0 ± 2.3 %, outside 18–34 % it is an error (reference §6.3)."""
    stature = motion.scale.stature_px
    if not isinstance(stature, Estimate):
        return None
    share = np.median([rep.top_m - rep.rest_m for rep in reps]) / (
        stature.value * motion.scale.body_m_per_px.value
    )
    if 0.18 <= share <= 0.34:
        return None
    return Limit(
        "travel",
        f"The bar travels {share * 100:.0f} % of your height; pulls from the floor have 18 to 34 %.",
        "If the bar starts from blocks or is a trap bar this may be so; otherwise give --plate and --height.",
    )


def back_limits(back: BackCurve | Missing) -> tuple[Limit, ...]:
    """Say what stood in the way of reading the back, and how to film it better."""
    if isinstance(back, Missing):
        return (Limit("back", f"Your back could not be read: {back.reason}", HOW_TO_FILM),)
    if isinstance(back.reference, Missing):
        return (Limit("no-stand", back.reference.reason, "Stand tall for a second before you grip the bar."),)
    return ()
