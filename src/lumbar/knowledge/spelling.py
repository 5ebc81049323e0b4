"""A near match for a name that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches


def near_match(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is nearest, or None when none is near."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'x'?)``, or nothing when no known name is near."""
    near = near_match(name, known)
    return f" (did you mean {near!r}?)" if near else ""
