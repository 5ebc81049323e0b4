"""``lumbar backup``, ``restore``, ``forget`` and ``export --all``: what is yours stays yours."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from lumbar.cli.say import Lifter, console
from lumbar.errors import InputError


def backup(path: Annotated[Path, typer.Argument(help="Where to: lumbar-backup.zip")]) -> None:
    """Write everything that Lumbar keeps into one file."""
    from lumbar.store.backup import back_up
    from lumbar.store.store import Store

    with Store() as store, console.status("Writing the backup …"):
        contents = back_up(store, path, datetime.now())  # noqa: DTZ005  (the lifter's clock)
    rows = contents.rows
    console.print(
        f"Wrote {path}: {rows['lifters']} lifters, {rows['sessions']:,} sessions, {rows['sets']:,} sets, "
        f"{contents.media} clips."
    )


def restore(
    path: Annotated[Path, typer.Argument(help="A file that `lumbar backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is here.")] = False,
) -> None:
    """Bring a backup back, all of it or nothing."""
    from lumbar.errors import DamagedDatabaseError
    from lumbar.store import backup as backups
    from lumbar.store.home import find_home
    from lumbar.store.store import Store

    now = datetime.now()  # noqa: DTZ005  (the lifter's clock)
    try:
        store = Store()
    except DamagedDatabaseError:
        home = find_home()
        if not replace or home.url:
            raise
        aside = backups.set_aside(home, now)
        console.print(f"The damaged database was moved to {aside}.")
        store = Store()
    with store, console.status("Restoring …"):
        contents = backups.restore(store, path, replace=replace)
    console.print(f"Restored {contents.rows['sessions']:,} sessions, {contents.rows['sets']:,} sets.")


def forget(
    lifter: Annotated[str, typer.Argument(help="Whom; you are “me” unless you chose a name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a lifter and every trace of them here, and prove it."""
    from lumbar.store.forget import forget as forget_lifter
    from lumbar.store.store import Store

    if not yes and not typer.confirm(f"Delete everything that is kept of “{lifter}”? This cannot be undone."):
        raise typer.Exit(1)
    with Store() as store:
        proof = forget_lifter(store, lifter)
    for table, count in proof.deleted.items():
        if count:
            console.print(f"  {count:>9,} rows of {table} deleted")
    console.print(f"  {proof.media_deleted:>9,} media files deleted")
    if not proof.is_clean:
        left = ", ".join(proof.found[:5])
        raise InputError(f"Traces are left: {left}. Close other programs that use the store and try again.")
    console.print(f"Searched for {proof.searched:,} of their texts and files afterwards: none is left.")
    console.print("Backups and exports that you made elsewhere are not touched; delete them yourself.")


def export(
    path: Annotated[Path, typer.Argument(help="Where to: everything.zip")],
    everything: Annotated[bool, typer.Option("--all", help="All that is kept of you.")] = False,
    lifter: Lifter = "me",
) -> None:
    """Take out everything that is kept of you, in formats that other programs read."""
    from lumbar.cli.files import write_whole
    from lumbar.store.forget import export_all
    from lumbar.store.store import Store

    if not everything:
        raise InputError("Say --all for everything, or `lumbar log export FILE` for the log alone.")
    with Store() as store:
        write_whole(path, export_all(store, lifter))
    console.print(f"Wrote {path}.")
