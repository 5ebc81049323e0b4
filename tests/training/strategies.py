"""Sessions as hypothesis makes them: every field that a log can hold, strange text included."""

from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st

from lumbar.training.entries import KINDS, RepSpeed, Session, SetEntry
from lumbar.training.quantities import Distance, Load

#: Any text but lone surrogates and NUL, which no database holds.
text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
names = text.filter(lambda name: name.strip() == name and name != "")


def numbers(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, allow_nan=False, allow_infinity=False, places=3)


loads = st.builds(Load, numbers(-300, 600), st.sampled_from(("kg", "lb")))
speeds = st.builds(RepSpeed, *[st.none() | numbers(0, 3)] * 5)
sets = st.builds(
    SetEntry,
    names,
    st.integers(0, 5),
    st.sampled_from(KINDS),
    st.none() | loads,
    st.none() | st.integers(0, 500),
    st.none() | numbers(1, 10),
    st.none() | st.builds(Distance, numbers(1, 9000), st.sampled_from(("m", "km", "mi", "ft", "yd"))),
    st.none() | numbers(1, 90_000),
    text,
    text,
    text,
    st.lists(speeds, max_size=2).map(tuple),
)
sessions = st.builds(
    Session,
    # a lifter's clock without a zone knows no second 2:30 of the night when clocks change, hence no fold
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(fold=0)),
    st.lists(sets, min_size=1, max_size=4).map(tuple),
    title=text,
    note=text,
    app=text,
    has_time=st.booleans(),
    duration_s=st.none() | st.integers(0, 86_400),
    zone=text,
    body_mass=st.none() | loads,
    extra=text,
)
