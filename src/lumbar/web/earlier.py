"""What changed against the same lifter's earlier films, for the pages of a set."""

from lumbar.report.earlier import EarlierView, earlier_view
from lumbar.store.films import Film
from lumbar.store.store import KeptLifter
from lumbar.web.site import Site

#: How many of the newest earlier films are looked at; an engineering rule: what is long ago is not usual any more.
LOOKED_AT = 20


def earlier_films(site: Site, person: KeptLifter, film: Film) -> tuple[Film, ...]:
    """Return the films before this one that are looked at, newest first, with their records."""
    return site.store.films.of(person.id, before=film.at, limit=LOOKED_AT, with_records=True)


def changed_since(film: Film, earlier: tuple[Film, ...]) -> EarlierView | None:
    """Return what changed since earlier films; None where this one could not be measured."""
    if film.record is None:
        return None
    records = [each.record for each in earlier if each.record is not None]
    return earlier_view(film.record, records, film.said.get("unit", "kg"))
