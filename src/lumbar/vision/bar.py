"""Discs over time: follow every disc near a pair of hands; the one that moves with the hands is the plate."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.vision.image import Planes
from lumbar.vision.plate import Disc, Search, find_discs, fit_disc
from lumbar.vision.tracks import BarTrack

# Engineering rules.
#: A 450 mm plate's radius over the lifter's height in the picture: 0.129 in the lifter's plane, more as the
#: near plate is closer to the camera (reference §8.2).
_RADIUS_OVER_HEIGHT = 0.172
_LOOK_EVERY_S = 0.25
#: With a clear disc in the hands so often: what is clear may be a shoulder's round edge.
_LOOK_AGAIN_S = 1.0
#: Shares of the rim that must be an edge: to go on following, and to begin. Plates on real clips have 0.8–0.95.
_LEAST_SUPPORT, _CLEAR_SUPPORT = 0.45, 0.68
#: With a disc as clear as this in the hands, others are looked for less often.
_SURE_SUPPORT = 0.8
#: A disc smaller than this share of what is looked for is a ring of a plate, and does not stand for it.
_LEAST_RIM = 0.8
#: So many discs are followed of each person who was in sight.
_MOST_FOLLOWED = 4
#: A disc that was lost this long is not looked for any more.
_PATIENCE_S = 0.4
#: How much a plate's image may grow or shrink over a clip, by perspective; and below which share of its best
#: support a fit is tried again from the clearest one.
_MOST_GROWTH, _FADED = 0.12, 0.9
#: How far the bar must travel with the hands to count as lifted, in plate radii (0.15 m).
_LEAST_TRAVEL = 0.67
#: It is off the ground in the upper part of its way: above this share of that. On the ground it rolls about so far
#: (radii), and hands that hold the phone move it up and down by this much.
_OFF_GROUND, _ROLLS, _SWAYS = 0.25, 2.0, 0.4
#: Rings of one plate have their middles within this share of the larger one's radius.
_ONE_MIDDLE = 0.12
#: A trail of fewer fits says nothing.
_LEAST_FITS = 8


@dataclass(slots=True, eq=False)
class DiscTrail:
    """One disc so far: its fits by frame number, and where it is heading.

    ``wanted_px`` is how large a plate should be there.
    """

    disc: Disc
    seen_s: float
    wanted_px: float
    clearest: Disc
    fits: dict[int, Disc] = field(default_factory=dict)
    velocity_px_per_s: Floats = field(default_factory=lambda: np.zeros(2))

    @property
    def support(self) -> float:
        """Return how clear the disc was, mostly."""
        return float(np.median([disc.support for disc in self.fits.values()]))

    @property
    def radius_px(self) -> float:
        """Return the disc's half height, mostly."""
        return float(np.median([disc.half_height_px for disc in self.fits.values()]))

    @property
    def fullness(self) -> float:
        """Return how clear the disc was, less where it is smaller than a plate should be there."""
        return self.support * float(np.sqrt(min(1.0, self.radius_px / self.wanted_px)))

    @property
    def travel(self) -> float:
        """Return how far the disc moves up and down in all, in radii."""
        return float(np.ptp([disc.y_px for disc in self.fits.values()])) / self.radius_px

    @property
    def prominence_px(self) -> float:
        """Return its size, more where it is clear and was followed for long: a plate has rings inside its rim."""
        return self.support**2 * self.disc.half_height_px * float(np.sqrt(len(self.fits)))

    @property
    def ground_px(self) -> Floats:
        """Return where the disc is when it is lowest, mostly: (2,)."""
        places = np.array([(disc.x_px, disc.y_px) for disc in self.fits.values()])
        low = places[:, 1] >= np.percentile(places[:, 1], 90) - 0.1 * self.radius_px
        return np.asarray(np.median(places[low], axis=0))

    def moved(self, by_px: Floats) -> Disc:
        """Return the last disc, moved."""
        d = self.disc
        return Disc(d.x_px + by_px[0], d.y_px + by_px[1], d.half_width_px, d.half_height_px, 0.0)

    def grown_to(self, rim: "DiscTrail") -> dict[int, Disc]:
        """Return this ring's fits as those of a larger one about the same middle, by frame number."""
        ratio = rim.radius_px / self.radius_px
        return {number: disc.grown(ratio) for number, disc in self.fits.items()}

    def follow(self, number: int, time_s: float, planes: Planes) -> bool:
        """Fit the disc in the next frame, from where it should be and from where it was."""
        wait_s = time_s - self.seen_s
        guesses = [self.moved(self.velocity_px_per_s * wait_s)]
        if np.hypot(*self.velocity_px_per_s) * wait_s > 0.03 * self.disc.half_height_px:
            guesses.append(self.moved(np.zeros(2)))
        best = _clearest(self._fit(planes.grey, guess) for guess in guesses)
        if best.support < _FADED * self.clearest.support:
            shaped = [self._shaped(guess) for guess in guesses]
            best = _clearest([best, *(self._fit(planes.grey, guess) for guess in shaped)])
            # Colour is coarser than brightness in a film, so it is asked only where brightness does not tell.
            if best.support < _CLEAR_SUPPORT:
                best = _clearest(
                    [best, *(self._fit(plane, guess) for plane in planes.colours for guess in shaped)]
                )
        if best.support < _LEAST_SUPPORT and self._is_proven():
            best = _clearest(self._search(plane, guesses[0]) for plane in planes.all)
        if best.support < _LEAST_SUPPORT:
            return wait_s < _PATIENCE_S
        step = np.array([best.x_px - self.disc.x_px, best.y_px - self.disc.y_px])
        self.velocity_px_per_s = step / wait_s
        self.disc, self.seen_s = best, time_s
        self.fits[number] = best
        if best.support > self.clearest.support:
            self.clearest = best
        return True

    def _is_proven(self) -> bool:
        """Say whether this is a disc worth a search, which costs as much as twenty fits."""
        return len(self.fits) >= 10 and self.clearest.support >= _SURE_SUPPORT

    def _shaped(self, guess: Disc) -> Disc:
        """Return a guess with the size of the clearest fit so far."""
        return replace(
            guess, half_width_px=self.clearest.half_width_px, half_height_px=self.clearest.half_height_px
        )

    def _fit(self, grey: Pixels, guess: Disc) -> Disc:
        """Fit centre first, then size; over a clip a plate's size changes little."""
        disc = fit_disc(grey, guess, gate=0.14)
        sized = fit_disc(grey, disc, gate=0.07, resize=True)
        high = sized.half_height_px / self.clearest.half_height_px
        wide = sized.half_width_px / self.clearest.half_width_px
        steady = abs(high - 1) < _MOST_GROWTH and abs(wide - 1) < _MOST_GROWTH and abs(high / wide - 1) < 0.05
        return sized if steady else fit_disc(grey, self._shaped(disc), gate=0.07)

    def _search(self, grey: Pixels, guess: Disc) -> Disc:
        """Look for the disc again around where it should be; only one of its own size will do."""
        radius = self.clearest.half_height_px
        found = find_discs(grey, Search(guess.x_px, guess.y_px, 1.9 * radius, radius), most=2)
        alike = [disc for disc in found if abs(disc.half_height_px / radius - 1) < _MOST_GROWTH]
        return _clearest([guess, *alike])


@dataclass(slots=True, eq=False)
class Discs:
    """Follows every disc that was near somebody's hands."""

    plate_share: float = 1.0
    open: list[DiscTrail] = field(default_factory=list)
    closed: list[DiscTrail] = field(default_factory=list)
    _most_hands: int = 1
    _next_look_s: float = -np.inf
    _looked_s: float = -np.inf

    def see(self, number: int, time_s: float, planes: Planes, hands: list[tuple[Floats, float]]) -> None:
        """Follow all discs into the next frame; look for new ones near each (hands, height) in pixels."""
        self._most_hands = max(self._most_hands, len(hands))
        for trail in list(self.open):
            if not trail.follow(number, time_s, planes):
                self.open.remove(trail)
                self.closed.append(trail)
        if time_s >= self._next_look_s:
            self._next_look_s = time_s + _LOOK_EVERY_S
            is_due = time_s >= self._looked_s + _LOOK_AGAIN_S
            self._looked_s = time_s if is_due else self._looked_s
            for hands_px, height_px in hands:
                if is_due or not self._is_clear(hands_px, self.plate_px(height_px)):
                    search = _near(hands_px, self.plate_px(height_px))
                    self._begin(number, time_s, search, _clear_ones(planes, search, is_thorough=is_due))
            # Not by who is in sight now: a lifter is let out of sight for a moment, and so would be the plate.
            while len(self.open) > _MOST_FOLLOWED * self._most_hands:
                worst = min(self.open, key=lambda trail: trail.fullness)
                self.open.remove(worst)
                self.closed.append(worst)

    @property
    def clear(self) -> tuple[Disc, ...]:
        """Return the discs that are followed now and are clear."""
        return tuple(trail.disc for trail in self.open if trail.disc.support >= _CLEAR_SUPPORT)

    def plate_px(self, height_px: float) -> float:
        """Return the radius of a plate in the picture beside somebody who is so tall in it."""
        return _RADIUS_OVER_HEIGHT * self.plate_share * height_px

    def _is_clear(self, hands_px: Floats, radius_px: float) -> bool:
        """Say whether a clear disc is followed in these hands."""
        return any(
            trail.disc.support >= _SURE_SUPPORT
            and trail.disc.half_height_px > _LEAST_RIM * radius_px
            and _apart(trail.disc, hands_px) < 1.5 * trail.disc.half_height_px
            for trail in self.open
        )

    def _begin(self, number: int, time_s: float, search: Search, found: Iterable[Disc]) -> None:
        """Follow what was found, if it is not followed yet."""
        for disc in found:
            if any(_is_followed(disc, trail.disc) for trail in self.open):
                continue
            trail = DiscTrail(disc, time_s, search.radius_px, disc)
            trail.fits[number] = disc
            self.open.append(trail)

    def lifted_by(self, hands_y_px: Floats, time_s: Floats) -> BarTrack | None:
        """Return the disc that travels up and down with these hands, (time,), or None."""
        moving = [trail for trail in self._trails() if _shared_travel(trail, hands_y_px) > _LEAST_TRAVEL]
        return self._joined(moving, hands_y_px, time_s)

    def carried_by(self, hands_px: Floats, time_s: Floats) -> BarTrack | None:
        """Return a clear disc that is carried far, close to these hands, (time, 2), wherever they are seen.

        For hands that are lost half of the time: a lifter who leaves the picture at the top of the pull.
        """
        moving = [
            trail
            for trail in self._trails()
            if trail.support > _SURE_SUPPORT and trail.travel > 2 * _LEAST_TRAVEL and _stays_near(trail, hands_px)
        ]
        return self._joined(moving, hands_px[:, 1], time_s)

    def _trails(self) -> list[DiscTrail]:
        return [trail for trail in self.open + self.closed if len(trail.fits) >= _LEAST_FITS]

    def _joined(self, moving: list[DiscTrail], hands_y_px: Floats, time_s: Floats) -> BarTrack | None:
        """Return the one of several that stands out, with its other pieces; of rings about one middle the rim."""
        if not moving:
            return None
        best = max(moving, key=lambda trail: trail.prominence_px)
        rings = [trail for trail in self._trails() if trail is best or _share_middle(trail, best)]
        rim = max(rings, key=lambda trail: trail.radius_px)
        fits = {number: disc for ring in rings for number, disc in ring.grown_to(rim).items()} | rim.fits
        for trail in sorted(self._trails(), key=lambda trail: -len(trail.fits)):
            is_alike = abs(trail.radius_px / rim.radius_px - 1) < 0.1
            if is_alike and not fits.keys() & trail.fits.keys() and _stays_with(trail, hands_y_px, rim):
                fits |= trail.fits
        return _track(fits, time_s)


def _clearest(discs: Iterable[Disc]) -> Disc:
    return max(discs, key=lambda disc: disc.support)


def _near(hands_px: Floats, radius_px: float) -> Search:
    return Search(hands_px[0], hands_px[1], 2.4 * radius_px, radius_px)


def _clear_ones(planes: Planes, search: Search, *, is_thorough: bool) -> list[Disc]:
    """Find discs by their brightness; where none is clear, or a look is to be thorough, by their colour, too."""
    found: list[Disc] = []
    for plane in planes.all:
        if not found or is_thorough:
            found += [disc for disc in find_discs(plane, search) if _is_clear(disc)]
    return found


def _is_clear(disc: Disc) -> bool:
    """Say whether a disc may be a plate: round, or seen aslant, with enough of its rim."""
    return disc.support >= _CLEAR_SUPPORT and 0.5 < disc.half_width_px / disc.half_height_px < 1.12


def _is_followed(disc: Disc, other: Disc) -> bool:
    """Say whether a disc is one that is followed, and no rim about a ring that is."""
    near = _apart(other, np.array([disc.x_px, disc.y_px])) < 0.5 * disc.half_height_px
    return near and other.half_height_px > _LEAST_RIM * disc.half_height_px


def _apart(disc: Disc, point_px: Floats) -> float:
    return float(np.hypot(disc.x_px - point_px[0], disc.y_px - point_px[1]))


def _shared_travel(trail: DiscTrail, hands_y_px: Floats) -> float:
    """Return how far, in radii, the disc moves up and down together with the hands; 0 when it does not.

    Hands are free until they grip, so they are asked only while the disc is off the ground.
    """
    numbers = np.array(sorted(trail.fits))
    disc_y, hands_y = np.array([trail.fits[number].y_px for number in numbers]), hands_y_px[numbers]
    up = np.isfinite(hands_y) & (disc_y < np.percentile(disc_y, 97) - _OFF_GROUND * np.ptp(disc_y))
    if up.sum() < _LEAST_FITS or np.ptp(disc_y[up]) == 0 or np.ptp(hands_y[up]) == 0:
        return 0.0
    alike = np.corrcoef(disc_y[up], hands_y[up])[0, 1]
    ratio = np.ptp(disc_y[up]) / np.ptp(hands_y[up])
    return trail.travel if alike > 0.7 and 0.4 < ratio < 3 else 0.0


def _stays_near(trail: DiscTrail, hands_px: Floats) -> bool:
    """Say whether the disc is in reach of the hands, mostly, while both are seen; at least for a while."""
    numbers = [number for number in trail.fits if np.isfinite(hands_px[number, 0])]
    apart = [_apart(trail.fits[number], hands_px[number]) for number in numbers]
    return len(apart) >= _LEAST_FITS and bool(np.median(apart) < 1.5 * trail.radius_px)


def _share_middle(one: DiscTrail, other: DiscTrail) -> bool:
    """Say whether two trails are rings of one plate: about one middle all the time, while it moves."""
    both = sorted(one.fits.keys() & other.fits.keys())
    if len(both) < _LEAST_FITS:
        return False
    mine, its = (
        np.array([(ring.fits[number].x_px, ring.fits[number].y_px) for number in both]) for ring in (one, other)
    )
    radius = max(one.radius_px, other.radius_px)
    is_one = np.percentile(np.hypot(*(mine - its).T), 90) < _ONE_MIDDLE * radius
    return bool(is_one and np.ptp(its[:, 1]) > _LEAST_TRAVEL * radius)


def _stays_with(trail: DiscTrail, hands_y_px: Floats, lifted: DiscTrail) -> bool:
    """Say whether another piece of trail is the lifted plate too.

    Off the ground it is as far below the hands as that one; on the ground it lies where that one lies.
    """
    radius, ground = lifted.radius_px, lifted.ground_px
    held_px = ground[1] - _OFF_GROUND * lifted.travel * radius

    def gap(one: DiscTrail) -> float | None:
        off = [number for number, disc in one.fits.items() if disc.y_px < held_px]
        gaps = [one.fits[number].y_px - hands_y_px[number] for number in off if np.isfinite(hands_y_px[number])]
        return float(np.median(gaps)) if len(gaps) > len(one.fits) / 4 else None

    own, its = gap(trail), gap(lifted)
    if own is not None and its is not None:
        return abs(own - its) < 0.5 * radius
    apart = np.abs(trail.ground_px - ground)
    return bool(apart[0] < _ROLLS * radius and apart[1] < _SWAYS * radius)


def _track(fits: dict[int, Disc], time_s: Floats) -> BarTrack:
    """Lay a plate's fits on the clip's clock; where it was not seen is NaN."""
    table = np.full((len(time_s), 5), np.nan)
    for number, disc in fits.items():
        table[number] = disc.x_px, disc.y_px, disc.half_height_px, disc.half_width_px, disc.support
    return BarTrack(
        time_s=time_s,
        centre_px=table[:, :2],
        half_height_px=table[:, 2],
        half_width_px=table[:, 3],
        score=np.nan_to_num(table[:, 4]),
        noise_px=_noise_px(table[:, 1]),
    )


def _noise_px(y_px: Floats) -> float:
    """Return one fit's standard deviation: of second differences, over the stillest half (robust, √6 rule)."""
    bend = np.abs(np.diff(y_px, 2))
    bend = bend[np.isfinite(bend)]
    if bend.size < 8:
        return 0.5
    still = np.sort(bend)[: max(8, bend.size // 2)]
    # The lower half of |N(0, 1)| reaches up to 0.674; its root mean square is 0.377.
    return float(max(0.05, np.sqrt(np.mean(still**2)) / 0.377 / np.sqrt(6)))
