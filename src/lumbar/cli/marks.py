"""What is typed under a list: ``1 3?`` ticks line 1 and is unsure of line 3; ``0`` none; ``?`` not known."""

import re
from dataclasses import dataclass

from lumbar.knowledge.saying import Said, say

_MARK = re.compile(r"(\d+)([?-]?)")


@dataclass(frozen=True, slots=True)
class Marks:
    """Lines by number: those that fit, those that are not sure, those left out; or nothing known at all."""

    yes: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    is_unknown: bool = False


def read_marks(typed: str, lines: int) -> Marks | Said:
    """Return what was marked, or the sentence that refuses it. Nothing typed is not "none"."""
    if typed == "?":
        return Marks(is_unknown=True)
    found: dict[str, list[int]] = {"": [], "?": [], "-": []}
    for word in typed.replace(",", " ").split():
        mark = _MARK.fullmatch(word)
        if mark is None:
            return say("refuse.list", given=word)
        number, sign = int(mark[1]), mark[2]
        if number > lines:
            return say("refuse.line", given=number, low=0, high=lines)
        found[sign].append(number)
    marked = [number for numbers in found.values() for number in numbers]
    if not marked:
        return say("check.how-list")
    if 0 in marked:
        # leaving lines out goes with "none of the others"
        has_more = any(number for number in (*found[""], *found["?"]))
        return say("refuse.none-and-some") if has_more else Marks(left_out=tuple(found["-"]))
    return Marks(tuple(found[""]), tuple(found["?"]), tuple(found["-"]))
