"""Lifters for the tests of the plan: such as a test names, and such as hypothesis draws and shrinks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.plan.history import Pulls, pull_history
from lumbar.plan.progress import Climb, Judged, PlanProgress, Tick
from lumbar.plan.state import Correction, PlanState, is_adult
from lumbar.screening import results
from lumbar.symptoms.diary import Entry, Episode
from lumbar.symptoms.urgency import Urgency
from lumbar.training.entries import Session, SetEntry
from lumbar.training.movements import Movements
from lumbar.training.quantities import Load

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
SESSION = NOW - timedelta(hours=60)
GYM = frozenset(library().equipment)

#: An entry that makes the light green, amber or red; settled within a day, two days, not.
LIGHTS = {
    "green": {
        "pain": 0,
        "pain_bending": 0,
        "pain_worst": 2,
        "pain_lifting": 1,
        "pain_before": 0,
        "leg_sign": "no",
    },
    "amber": {
        "pain": 0,
        "pain_bending": 0,
        "pain_worst": 5,
        "pain_lifting": 4,
        "pain_before": 0,
        "leg_sign": "no",
    },
    "red": {"pain": 2, "pain_bending": 2, "pain_worst": 6, "pain_lifting": 5, "pain_before": 0, "leg_sign": "no"},
}
_REST = {
    "soreness_kind": "dull",
    "soreness_onset": "next-day",
    "new_effort": "yes",
    "changed": "no",
    "improving": "yes",
}


def entry(
    hours: int, *, session: datetime = SESSION, is_checked: bool = True, is_locked: bool = False, **answers
) -> Entry:
    """An entry so many hours after the session, on the low back, dull, both sides."""
    places = frozenset({"low-back-left", "low-back-right"})
    return Entry(session + timedelta(hours=hours), session, _REST | answers, places, is_checked, is_locked)


def episode(colour: str, **changes) -> Episode:
    """An episode of one colour: sore once, and as before in time."""
    answers = LIGHTS[colour] | changes
    hours = {"green": 20, "amber": 40, "red": 40}[colour]
    return Episode((entry(hours, **answers), entry(58, **answers)))


def session(days_ago: float, *sets: tuple[str, float, int, int], now: datetime = NOW) -> Session:
    """A session of hard sets: exercise, load in kg, reps, how many such sets."""
    at = now.replace(tzinfo=None) - timedelta(days=days_ago)
    entries = [
        SetEntry(name, load=Load(Decimal(str(kg)), "kg"), reps=reps)
        for name, kg, reps, count in sets
        for _ in range(count)
    ]
    return Session(at, tuple(entries))


def pulls(sessions: Sequence[Session], now: datetime = NOW) -> Pulls:
    return pull_history(sorted(sessions, key=lambda each: each.started), Movements(), now.replace(tzinfo=None))


#: Somebody who pulls 140 kg for three sets of five, each week.
REGULAR = [session(days, ("Deadlift", 140, 5, 3)) for days in (2.5, 9.5, 16.5, 23.5)]


def state(colour: str | None = "green", *, log: Sequence[Session] = REGULAR, **more) -> PlanState:
    """A calm adult with a check done, a log and all the equipment; ``more`` overrides."""
    known = {
        "urgency": Urgency.SELF_CARE,
        "is_adult": True,
        "episode": Episode(()) if colour is None else episode(colour),
        "pulls": pulls(log),
        "progress": PlanProgress(equipment=GYM),
    }
    return PlanState(NOW, **(known | more))


# what hypothesis draws

_POINTS = st.none() | st.integers(0, 10)
_MOVEMENTS = (
    "Deadlift", "Sumo Deadlift", "Trap Bar Deadlift", "Rack Pull", "Romanian Deadlift", "Dumbbell Deadlift",
    "Stiff Leg Deadlift", "Deficit Deadlift", "Barbell Row", "Bench Press", "Squat",
)  # fmt: skip


_KINDS = st.sampled_from(("normal", "normal", "warmup", "failure"))
_LOADS = st.none() | st.builds(
    Load, st.integers(10, 4000).map(lambda tenth: Decimal(tenth) / 10), st.sampled_from(("kg", "lb"))
)
_RPES = st.sampled_from([None, Decimal(6), Decimal("7.5"), Decimal(9), Decimal(10)])
_SETS = st.tuples(st.sampled_from(_MOVEMENTS), _KINDS, _LOADS, st.none() | st.integers(0, 15), _RPES).map(
    lambda drawn: SetEntry(drawn[0], kind=drawn[1], load=drawn[2], reps=drawn[3], rpe=drawn[4])
)
#: A log of some sessions of the last 80 days, in kg or lb, with warm-ups and odd loads.
logs = st.lists(st.tuples(st.integers(1, 1900), st.lists(_SETS, min_size=1, max_size=4)), max_size=6).map(
    lambda drawn: [
        Session(NOW.replace(tzinfo=None) - timedelta(hours=hours), tuple(sets)) for hours, sets in drawn
    ]
)


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    """Entries after one session, told more or less fully."""
    session_at = NOW - timedelta(hours=draw(st.integers(0, 200)))
    has_session = draw(st.booleans()) or draw(st.booleans())
    entries, at = [], session_at
    for _ in range(draw(st.integers(0, 3))):
        at += timedelta(hours=draw(st.integers(1, 60)))
        if at > NOW:
            break
        answers = {
            name: value
            for name in ("pain", "pain_bending", "pain_worst", "pain_lifting", "pain_before")
            if (value := draw(_POINTS)) is not None
        }
        answers |= draw(
            st.sampled_from([{}, {"leg_sign": "no"}, {"leg_sign": "no", "changed": "no"}, {"leg_sign": "yes"}])
        )
        answers |= draw(st.sampled_from([{}, _REST, {"soreness_kind": "burning"}]))
        places = draw(
            st.sampled_from(
                [
                    None,
                    frozenset({"low-back-left", "low-back-right"}),
                    frozenset({"below-knee-left"}) & library().places.keys(),
                ]
            )
        )
        entries.append(
            Entry(
                at,
                session_at if has_session else None,
                answers,
                places,
                draw(st.booleans()),
                draw(st.integers(0, 5)) == 0,
            )
        )
    return Episode(tuple(entries))


_TIMES = st.integers(0, 900).map(lambda hours: NOW - timedelta(hours=hours))
_CLIMBS = st.builds(
    Climb,
    st.integers(0, 6),
    st.none() | _TIMES,
    st.lists(st.builds(Judged, _TIMES, st.sampled_from(("green", "amber", "red"))), max_size=3).map(tuple),
    st.none() | _TIMES,
    st.none() | _TIMES,
)
_TICKS = st.frozensets(
    st.builds(
        Tick,
        st.integers(0, 40).map(lambda days: NOW.date() - timedelta(days=days)),
        st.sampled_from(sorted(library().exercises)),
    ),
    max_size=12,
)
_RESULTS = st.one_of(
    st.floats(0, 240).map(lambda value: results.TestResult("trunk-extensor-hold", NOW, (value,))),
    st.floats(0, 300).map(lambda value: results.TestResult("plank-hold", NOW, (value,))),
    st.tuples(st.floats(0, 200), st.floats(0, 200)).map(
        lambda both: results.TestResult("side-bridge-hold", NOW, both)
    ),
)
_CORRECTIONS = st.sampled_from(["", "hip-hinge-drill", "romanian-deadlift", "floor-pull", "bird-dog"]).map(
    lambda drill: Correction("rounds", "x", "x", "x", ("PV-20",), drill or None)
)
_CHECK = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(10, 90) | st.just("dk"),
        "pain": st.integers(0, 10) | st.just("dk"),
        **{
            name: st.sampled_from(("yes", "no", "dk"))
            for name in ("back_skin_numb", "hard_swelling", "fever", "blood_thinner", "leg_numb_one")
        },
    },
)


_EQUIPMENT = st.none() | st.just(GYM) | st.frozensets(st.sampled_from(sorted(GYM)))
_URGENCIES = st.sampled_from([*Urgency, Missing("not asked")])
_CALM = st.sampled_from([Urgency.SELF_CARE, Urgency.SELF_CARE, Urgency.ROUTINE])
#: Logs in which the smallest step is a large one: light bars, single sets.
_SMALL = [
    [session(days, ("Deadlift", 20, 5, 3)) for days in (2.5, 9.5)],
    [session(days, ("Deadlift", 70, 5, 2)) for days in (2.5, 6.5)],
    [session(2.5, ("Trap Bar Deadlift", 22.5, 3, 1)), session(60, ("Deadlift", 180, 3, 3))],
    [session(days, ("Deadlift", 140, 5, 3)) for days in (45, 52)],
]
_BUILDING = st.sampled_from([Climb(5, since=NOW - timedelta(days=50)), Climb(6, since=NOW - timedelta(days=50))])


def corners() -> Iterator[PlanState]:
    """Every combination of what decides most, for a calm adult: what chance might leave out."""
    climbs = [None, Climb(3, since=NOW - timedelta(days=50)), Climb(5, since=NOW - timedelta(days=50))]
    for shift, log in ((34, REGULAR), *((0, log) for log in (REGULAR, *_SMALL))):
        now = NOW - timedelta(hours=shift)
        history = pulls(log, now)
        for urgency, colour, is_checked, owned, climb in product(
            (Urgency.SELF_CARE, Urgency.ROUTINE),
            (*LIGHTS, None),
            (True, False),
            (GYM, frozenset({"barbell"}), frozenset()),
            climbs,
        ):
            told = () if colour is None else episode(colour).entries
            entries = tuple(replace(each, is_checked=is_checked) for each in told if each.at <= now)
            progress = PlanProgress(owned, climb)
            yield PlanState(now, urgency, True, Episode(entries), {"pain": 0}, history, progress=progress)


@st.composite
def told_episodes(draw: st.DrawFn, now: datetime) -> Episode:
    """An episode of one colour as far as it was told until now, checked or not, locked or not."""
    whole = episode(draw(st.sampled_from(list(LIGHTS))))
    is_checked, is_locked = draw(st.sampled_from([(True, False), (True, False), (False, False), (True, True)]))
    told = [replace(each, is_checked=is_checked, is_locked=is_locked) for each in whole.entries if each.at <= now]
    return Episode(tuple(told))


@st.composite
def states(draw: st.DrawFn) -> PlanState:
    """Any lifter: urgency × light × age × equipment × log × place on the way back; half of them are calm."""
    is_calm = draw(st.booleans())
    answers = {} if is_calm else draw(_CHECK)
    now = NOW - timedelta(hours=draw(st.sampled_from([0, 0, 14, 34])) if is_calm else 0)
    log = draw(logs | st.just(REGULAR) | st.sampled_from(_SMALL))
    progress = PlanProgress(draw(_EQUIPMENT), draw(st.none() | _CLIMBS | _BUILDING), draw(_TICKS))
    return PlanState(
        now,
        draw(_CALM if is_calm else _URGENCIES),
        True if is_calm else is_adult(answers),
        draw(told_episodes(now) if is_calm else episodes()),
        answers,
        pulls(log, now),
        tuple(draw(st.lists(_RESULTS, max_size=3))),
        tuple(draw(st.lists(_CORRECTIONS, max_size=3))),
        progress,
    )
