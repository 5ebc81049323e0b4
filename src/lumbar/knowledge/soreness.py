"""What may stand in the files on ordinary soreness: places, aspects, courses, marks, the traffic light."""

from typing import Literal

from lumbar.knowledge.entries import Count, Entry, Points, Text, Texts


class Place(Entry):
    """A place on the body chart, seen from behind; ``x_px`` and ``y_px`` are where the chart draws it."""

    id: Text
    side: Literal["left", "middle", "right"]
    reach: Literal["back", "thigh", "below-knee"]
    x_px: Count
    y_px: Count
    cards: Texts


class Sign(Entry):
    """What speaks against ordinary soreness; ``weak``: against a part of it only."""

    id: Text
    weight: Literal["strong", "weak"]
    when: Text


class Aspect(Entry):
    """One thing that is looked at, with the signs against; without a sign it fits."""

    id: Text
    signs: tuple[Sign, ...]
    cards: Texts


class Course(Entry):
    """How high ordinary soreness stands at most, hours after the session; ``study`` shows one group's means."""

    id: Text
    hours: tuple[Count, ...]
    high_score: tuple[Points, ...]
    study_hours: tuple[Count, ...] = ()
    study_mean_score: tuple[Points, ...] = ()
    cards: Texts


class Mark(Entry):
    """A day after the session on which the check is asked again."""

    id: Text
    day: Count
    cards: Texts


class Light(Entry):
    """A colour of the traffic light for loading."""

    id: Literal["green", "amber", "red"]
    when: Text
    cards: Texts
