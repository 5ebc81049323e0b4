"""What may stand in the files on form: when something of a set is worth saying, and how well that is founded."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from lumbar.knowledge.entries import Entry, Grade, Text, Texts

#: How well a limit is founded: A a number from a peer-reviewed paper, B its direction only, C coaching
#: convention, E our own engineering rule (reference/biomechanics §6).
LimitGrade = Literal["A", "B", "C", "E"]
Style = Literal["conventional", "sumo", "romanian", "block", "trap-bar"]
#: The moment of the rep whose picture shows it best.
Moment = Literal["lift-off", "early", "drift", "lockout", "lowering", "floor", "rounding", "none"]
Kind = Literal["technique", "drift", "praise"]

Limits = Annotated[tuple[float, ...], Field(min_length=1, max_length=3)]


class Clause(Entry):
    """A measure must be beyond a limit with its whole range, or within it.

    ``above`` and ``below`` are limits in ``unit``, the mildest first. ``least``: the value itself must also
    reach this, whatever the range.
    """

    measure: Text
    above: Limits | None = None
    below: Limits | None = None
    least: float | None = None
    unit: Literal["deg", "cm", "m/s", "s", "percent", "ratio", "reps"]

    @model_validator(mode="after")
    def _goes_one_way(self) -> "Clause":
        if (self.above is None) == (self.below is None):
            raise ValueError("either above or below")
        limits = self.above or tuple(-limit for limit in self.below or ())
        if list(limits) != sorted(set(limits)):
            raise ValueError("the mildest limit comes first")
        return self


class FormRule(Entry):
    """When something is said about a set; all ``clauses`` must hold, and the first is the one that is shown.

    ``scope``: in one rep, in every rep, or of the whole set. ``styles``: for these only; none for all.
    ``hidden_by``: not said beside these, which already say it. ``rank``: which comes first of equals.
    ``limit_grade`` is about the limit, ``matters_grade`` about whether it matters at all.
    """

    id: Text
    rank: Annotated[int, Field(ge=1)]
    scope: Literal["rep", "every", "set"]
    styles: tuple[Style, ...] = ()
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)]
    hidden_by: tuple[Text, ...] = ()
    moment: Moment
    limit_grade: LimitGrade
    matters_grade: Grade
    exercise: Text | None = None
    cards: Texts

    @property
    def kind(self) -> Kind:
        """Return what kind of finding it makes."""
        return "technique"


class Technique(FormRule):
    """Something about how a rep is done that can be changed."""


class Drift(FormRule):
    """Something that changes over the set."""

    @property
    def kind(self) -> Kind:
        """Return what kind of finding it makes."""
        return "drift"


class Praise(FormRule):
    """Something that is good, held to the same rigour."""

    @property
    def kind(self) -> Kind:
        """Return what kind of finding it makes."""
        return "praise"
