"""Made-up lifters whose soreness is driven by jumps in load, by form, by sleep, or by nothing; the truth is known.

Nothing here is the model that the product fits. Soreness is a number with slow ups and downs of its own, rounded
to the diary's points; diaries are kept more when sore; film shows some sets and errs; rounding comes more with
heavy days; who was sore does less next time. All figures are engineering rules: they make a hard, plausible test,
and say nothing about how often anything happens among lifters.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.special import expit, ndtr

from lumbar.arrays import Bools, Floats, freeze

Driver = Literal["load", "form", "poor-sleep", "nothing"]
DRIVERS: tuple[Driver, ...] = get_args(Driver)


@dataclass(frozen=True, slots=True)
class Person:
    """How one made-up lifter trains, gets sore, and keeps notes.

    ``effect_score``: how many points of 10 the driver adds at its full. The shares are chances per session.
    """

    driver: Driver
    effect_score: float
    usual_score: float
    wander_score: float
    noise_score: float
    sessions_per_week: float
    jump_ratio: float
    round_ratio: float
    poor_sleep_ratio: float
    film_ratio: float
    keeps_calm_ratio: float
    keeps_sore_ratio: float
    heavy_rounding: float


#: How much sooner a back rounds on a heavy day than on another, in log odds; and where rounding comes almost on
#: heavy days alone, so that it is hard to tell from the load.
HEAVY_ROUNDING, TIED_ROUNDING = 1.05, 4.0


def draw_person(rng: np.random.Generator, driver: Driver, heavy_rounding: float = HEAVY_ROUNDING) -> Person:
    """Return a lifter whose soreness has that driver."""
    return Person(
        driver=driver,
        effect_score=float(rng.uniform(1.5, 3.5)) if driver != "nothing" else 0.0,
        usual_score=float(rng.uniform(0.8, 2.8)),
        wander_score=float(rng.uniform(0.3, 1.0)),
        noise_score=float(rng.uniform(1.0, 1.6)),
        sessions_per_week=float(rng.choice([1.5, 2.0, 2.5])),
        jump_ratio=float(rng.uniform(0.12, 0.25)),
        round_ratio=float(rng.uniform(0.2, 0.4)),
        poor_sleep_ratio=float(rng.uniform(0.15, 0.35)),
        film_ratio=float(rng.uniform(0.4, 0.9)),
        keeps_calm_ratio=float(rng.uniform(0.5, 0.95)),
        keeps_sore_ratio=float(rng.uniform(0.85, 1.0)),
        heavy_rounding=heavy_rounding,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What really was, per session (sessions,): ``added_score`` is what the driver added to the soreness expected.

    ``peak_score`` is the soreness that was felt, whether or not it was noted.
    """

    driver: Driver
    added_score: Floats
    peak_score: Floats
    is_round: Bools
    is_poor_sleep: Bools

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(slots=True)
class Body:
    """A back from session to session: its slow ups and downs, and what the last session left."""

    person: Person
    rng: np.random.Generator
    wander_score: float = 0.0
    last_score: float = 0.0

    def next(self, drive_ratio: float, since_days: float) -> tuple[float, float]:
        """Return the soreness after a session (whole points) and what the driver added to it.

        ``drive_ratio``: how much of the driver was there, 0 to 1; ``since_days``: since the session before.
        """
        person, rng = self.person, self.rng
        keeps = 0.75 ** (since_days / 3.5)
        jolt = person.wander_score * np.sqrt(1 - keeps**2) * rng.standard_normal()
        self.wander_score = keeps * self.wander_score + float(jolt)
        carried = 0.2 * max(self.last_score - person.usual_score, 0.0) if since_days < 4 else 0.0
        middle = person.usual_score + self.wander_score + carried
        with_it = middle + person.effect_score * drive_ratio
        felt = float(np.clip(np.round(with_it + person.noise_score * rng.standard_normal()), 0, 10))
        self.last_score = felt
        return felt, _expected(with_it, person.noise_score) - _expected(middle, person.noise_score)


def _expected(middle_score: float, noise_score: float) -> float:
    """Return the mean of a normal that is rounded to whole points and kept within 0 to 10."""
    edges = np.arange(0.5, 10.0)
    return float((1 - ndtr((edges - middle_score) / noise_score)).sum())


def rounds(person: Person, rng: np.random.Generator, *, is_heavy: bool) -> bool:
    """Return whether the back rounds in a session; it does so more when the day is heavy."""
    # less than one day in five is heavy: shifted so that rounding stays about as common whatever ties it
    shift = person.heavy_rounding * (6 / 7 if is_heavy else -1 / 7)
    lean = np.log(person.round_ratio / (1 - person.round_ratio)) + shift
    return bool(rng.random() < expit(lean))


def is_shown(rng: np.random.Generator, *, is_round: bool) -> bool:
    """Return whether film shows rounding: it misses some, and sees some that is not there."""
    return bool(rng.random() < (0.85 if is_round else 0.08))
