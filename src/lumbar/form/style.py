"""Which deadlift this is: as the lifter says, else as far as it can be told from the side."""

from dataclasses import dataclass
from typing import TypeAlias, get_args

from lumbar.knowledge import form_rules

Style: TypeAlias = form_rules.Style
STYLES: tuple[Style, ...] = get_args(form_rules.Style)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A style, and how sure it is.

    ``style`` None: it cannot be told, and ``reason`` says why. ``confidence_ratio`` is the chance that it is this
    style, 0–1; 1 where the lifter said so.
    """

    style: Style | None
    confidence_ratio: float
    reason: str


NOT_LOOKED_AT = Recognised(None, 0.0, "The style was not looked at.")


def said(style: Style) -> Recognised:
    """Return the style that the lifter names."""
    return Recognised(style, 1.0, "You said so.")
