"""``lumbar knowledge``: check the files, show one entry with its evidence, list what the guide says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lumbar.knowledge.entries import Card, Claim, Entry
    from lumbar.knowledge.library import Library

knowledge = typer.Typer(no_args_is_help=True, help="What Lumbar knows, how sure it is, and where it uses it.")

#: What stands in front of a place in the product that is not built yet.
PLANNED = "planned: "


@knowledge.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="Another folder of knowledge files.")] = None,
) -> None:
    """Check every knowledge file; list every fault with file and key. Exit code 1 if there is one."""
    from lumbar.knowledge.library import SHIPPED, inspect
    from lumbar.knowledge.reading import read

    faults = inspect(folder or SHIPPED)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"{len(faults)} fault(s). Mend each and check again.", err=True)
        raise typer.Exit(1)
    counts: dict[str, int] = {}
    for placed in read(folder or SHIPPED).placed:
        counts[placed.table] = counts.get(placed.table, 0) + 1
    typer.echo("No fault. " + " · ".join(f"{table} {count}" for table, count in sorted(counts.items())))


@knowledge.command()
def show(
    entry: Annotated[str, typer.Argument(help="An id: a card, rule, question, claim or source")],
) -> None:
    """Show one entry: what it says, how sure it is, where it is from, and where it is used."""
    from lumbar.knowledge.library import library
    from lumbar.knowledge.spelling import nearest

    known = library()
    found = [placed for placed in known.placed if placed.id.lower() == entry.lower()]
    if not found:
        near = nearest(entry, (placed.id for placed in known.placed))
        typer.echo(f"Nothing here is called {entry!r}{near}. Ids: lumbar knowledge coverage --json", err=True)
        raise typer.Exit(2)
    for placed in found:
        typer.echo(f"{placed.table} {placed.id}  ({placed.file})")
        for line in _facts(placed.entry, known):
            typer.echo(f"  {line}")


def _facts(entry: "Entry", known: "Library") -> Iterator[str]:
    from lumbar.knowledge.entries import Card, Source
    from lumbar.knowledge.library import cited
    from lumbar.knowledge.tables import SAYS

    for name, value in entry:
        if value not in (None, (), False) and name not in ("id", "sources", "cards"):
            yield f"{name}: {_plain(value)}"
    if isinstance(entry, Card):
        yield from _evidence(entry, known)
    elif isinstance(entry, Source):
        users = [card.id for card in known.cards.values() if entry.id in card.sources]
        yield f"used by: {', '.join(users) or 'no card yet'}"
    else:
        table = next(placed.table for placed in known.placed if placed.entry is entry)
        for pattern in SAYS.get(table, ()):
            yield f"says: {known.sentences[pattern.format(id=entry.id)].text}"  # type: ignore[attr-defined]
        for card in dict.fromkeys(cited(entry)):
            yield f"rests on: {card} ({known.cards[card].grade}) {known.cards[card].claim}"


def _evidence(card: "Card", known: "Library") -> Iterator[str]:
    if card.is_partly_from_memory:
        yield "from memory: whole" if card.basis == "memory" else "from memory: the items marked MEMORY"
    for name in card.sources:
        source = known.sources[name]
        yield f"source: {source.cite}{f' · doi:{source.doi}' if source.doi else ''}"
    users = [f"{placed.table} {placed.id}" for placed in known.users_of(card.id)]
    yield f"used by: {', '.join(users) or 'nothing yet'}"


def _plain(value: object) -> str:
    from lumbar.knowledge.entries import Entry

    if isinstance(value, Entry):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value if part is not None)
    if isinstance(value, tuple):
        return "; ".join(_plain(part) for part in value)
    return str(value)


@knowledge.command()
def coverage(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print the table for machines.")] = False
) -> None:
    """List every claim of the popular guide: verdict, cards, and where the product deals with it."""
    from lumbar.knowledge.library import library

    claims = list(library().claims.values())
    if as_json:
        typer.echo(json.dumps([_row(claim) for claim in claims], indent=1, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("claim", "the guide says", "verdict", "cards", "where in Lumbar", show_lines=True)
    for claim in claims:
        places = "\n".join(claim.appears)
        table.add_row(f"{claim.id}\n{claim.item}", claim.claim, claim.verdict, " ".join(claim.cards), places)
    console = Console(highlight=False)
    console.print(table)
    used, known = (sum(kind(claim) for claim in claims) for kind in (_is_used, _is_known))
    console.print(
        f"{len(claims)} claims, none without verdict, card or place. Met by a lifter today: {used}; "
        f"only known and shown here: {known}; only planned: {len(claims) - used - known}."
    )


def _is_used(claim: "Claim") -> bool:
    """Whether a command, a page or a rule of the urgency check deals with the claim today."""
    return any(place.startswith(("command: ", "page: ", "TR-")) for place in claim.appears)


def _is_known(claim: "Claim") -> bool:
    """Whether there are entries for the claim, but nothing yet that shows them to a lifter."""
    return not _is_used(claim) and not all(place.startswith(PLANNED) for place in claim.appears)


def _row(claim: "Claim") -> dict[str, object]:
    return {
        "id": claim.id,
        "item": claim.item,
        "claim": claim.claim,
        "verdict": claim.verdict,
        "cards": list(claim.cards),
        "appears": [place for place in claim.appears if not place.startswith(PLANNED)],
        "planned": [place.removeprefix(PLANNED) for place in claim.appears if place.startswith(PLANNED)],
    }
