"""What may stand in the files on contributors: what may be behind soreness, steps, small experiments."""

from typing import Annotated, Literal

from pydantic import Field

from lumbar.knowledge.entries import GUIDE_ITEM, Association, Count, Entry, Text, Texts


class KnownContributor(Entry):
    """Something that may be behind soreness, as far as it is known.

    ``known`` are effects with their cards, first the one that says most about soreness after training. ``when``:
    the answers with which it is so for a lifter. ``tests`` and ``balances`` are the screening tests that show it.
    ``speaks_against``: the evidence points the other way, so it is never held against a lifter. ``step`` is what
    would tell most about it; ``answers`` are answers of the guide that go with it.
    """

    id: Text
    group: Literal["guide-cause", "guide-factor", "beyond-guide"]
    guide: Annotated[str, Field(pattern=GUIDE_ITEM)] | None = None
    known: Annotated[tuple[Association, ...], Field(min_length=1)]
    changeable: Literal["yes", "partly", "no"]
    when: Text | None = None
    questions: tuple[Text, ...] = ()
    tests: tuple[Text, ...] = ()
    balances: tuple[Text, ...] = ()
    speaks_against: bool = False
    step: Text
    answers: Texts
    cards: Texts


class Step(Entry):
    """What a lifter can do so that more can be said."""

    id: Text
    cards: Texts


class Trial(Entry):
    """A small experiment: a comfort measure or a warm-up, with and without, by the draw of a lot.

    ``begins``: with a session, or with soreness after one. Soreness is noted ``note_hours`` after the session.
    Two trials are at least ``wash_out_days`` apart. ``exercise`` is what is tried.
    """

    id: Text
    exercise: Text
    begins: Literal["session", "soreness"]
    note_hours: tuple[Count, Count]
    wash_out_days: Count
    cards: Texts
