"""What may stand in the files on exercises: equipment, doses, poses that the figures are drawn from, stages.

A dose is our own engineering rule unless its card says otherwise (grade E or D): no trial compared doses in people
whose back is sore from deadlifts.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from lumbar.knowledge.entries import Count, Entry, Text, Texts

#: Metres in the figure's plane: x to the right, y up from the floor.
Point = tuple[float, float]
#: Which side of the line from root to end a joint bends to: 1 is left of it, seen along the line.
Bend = Literal[-1, 1]

Trains = Literal["hinge", "trunk-front", "trunk-side", "trunk-back", "hips", "everyday", "warm-up", "comfort"]
Class = Literal["pull", "hinge", "brace", "bridge", "curl", "extend", "everyday", "prepare", "comfort"]


class Equipment(Entry):
    """A thing to train with that not everybody has."""

    id: Text
    cards: Texts


class Dose(Entry):
    """How much, how often: sets of reps, seconds or minutes; ``add`` is a step up, ``most`` where it ends."""

    sets: Annotated[int, Field(ge=1, le=6)]
    reps: Annotated[int, Field(ge=1)] | None = None
    seconds: Annotated[int, Field(ge=1)] | None = None
    minutes: Annotated[int, Field(ge=1)] | None = None
    per_side: bool = False
    rpe: Annotated[int, Field(ge=1, le=10)] | None = None
    days_a_week: Annotated[int, Field(ge=1, le=7)]
    add: Count = 0
    most: Count = 0

    @model_validator(mode="after")
    def _counts_one_thing(self) -> "Dose":
        if sum(value is not None for value in (self.reps, self.seconds, self.minutes)) != 1:
            raise ValueError("one of reps, seconds and minutes")
        if self.add and self.most < self.amount:
            raise ValueError(f"most = {self.most} is below the start of {self.amount}")
        return self

    @property
    def amount(self) -> int:
        """Return the reps, seconds or minutes of a set."""
        return self.reps or self.seconds or self.minutes or 0

    @property
    def counted(self) -> Literal["reps", "seconds", "minutes"]:
        """Return what a set is counted in."""
        return "reps" if self.reps else "seconds" if self.seconds else "minutes"


class Prop(Entry):
    """A thing in a figure; ``to_m`` or ``size_m`` as its kind needs."""

    kind: Literal["bar", "box", "wall", "stick", "band", "weight", "warm", "cold", "roller", "hand"]
    at_m: Point
    to_m: Point | None = None
    size_m: Point | None = None


class Pose(Entry):
    """A body seen from its right side, facing right unless the angles say otherwise.

    ``trunk_deg`` is the direction hip → shoulder, counter-clockwise from the right; ``head_deg`` turns the head
    from it, ``back_deg`` bends the trunk forward. Hands and ankles are where they reach to; the far ones are
    where the near ones are unless they are named. ``toe_deg`` is the direction ankle → toe.
    """

    hip_m: Point
    trunk_deg: float
    head_deg: float = 0.0
    back_deg: float = 0.0
    hand_m: Point
    elbow: Bend = -1
    far_hand_m: Point | None = None
    far_elbow: Bend | None = None
    foot_m: Point
    knee: Bend = 1
    toe_deg: float = -15.0
    far_foot_m: Point | None = None
    far_knee: Bend | None = None
    far_toe_deg: float | None = None
    props: tuple[Prop, ...] = ()


class Exercise(Entry):
    """A movement of the plan; ``stage`` is the first of the return stages 0–6 that may hold it.

    ``needs`` lists what it can be done with, any one row; none where nothing is needed. ``instead`` names what
    comes in its place where that is missing, the best first. ``logged_as`` are movements of the training log.
    ``sure`` is how good the evidence is for what the sentence ``.why`` says, 0 to 4 (look of the pages).
    """

    id: Text
    trains: Trains
    movement: Class
    stage: Annotated[int, Field(ge=0, le=6)]
    hold_when: Text | None = None
    needs: tuple[Texts, ...] = ()
    instead: tuple[Text, ...] = ()
    logged_as: tuple[Text, ...] = ()
    sure: Annotated[int, Field(ge=0, le=4)]
    dose: Dose | None = None
    poses: Annotated[tuple[Pose, ...], Field(min_length=1, max_length=2)]
    cards: Texts

    @property
    def is_trained(self) -> bool:
        """Whether it is an exercise with a dose, and no comfort measure or preparation."""
        return self.movement not in ("comfort", "everyday", "prepare")


class Stage(Entry):
    """A step of the return to deadlifting; what opens it is ``when``, a test, and green sessions before."""

    id: Text
    number: Annotated[int, Field(ge=0, le=6)]
    when: Text | None = None
    test: Text | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None
    green_sessions: Count = 0
    cards: Texts
