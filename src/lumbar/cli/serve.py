"""``lumbar`` alone, or ``lumbar app``: start the app, open the browser, say where a phone finds it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lumbar.web.serve import Serving


def app(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen at. [default: 8765]")] = None,
    *,
    share: Annotated[
        bool, typer.Option("--share", help="Let paired phones on the same network in; shows their code.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open the browser here.")] = True,
    cert: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own certificate (PEM): HTTPS instead of HTTP.")
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="The key of the certificate (PEM).")] = None,
) -> None:
    """Start the app on this machine; stop it with Ctrl-C."""
    from rich.console import Console

    from lumbar.web.serve import Certificate, serve

    if (cert is None) != (key is None):
        raise typer.BadParameter("--cert and --key go together.")
    certificate = Certificate(cert, key) if cert is not None and key is not None else None

    console = Console(highlight=False, soft_wrap=True)

    def ready(at: "Serving") -> None:
        _tell(console.print, at)
        if browser:
            import webbrowser

            webbrowser.open(at.here)

    serve(ready, port=port, is_shared=share, certificate=certificate)


def worker() -> None:
    """Only analyse what is queued: one more worker beside the app, on one PostgreSQL. Stop it with Ctrl-C."""
    from contextlib import suppress
    from threading import Event

    from lumbar.errors import StoreError
    from lumbar.jobs.queue import running
    from lumbar.store.store import Store

    with Store() as store:
        if store.home.url is None:
            advice = "Set LUMBAR_DATABASE_URL, for the app and for the worker."
            raise StoreError(f"A second worker needs PostgreSQL. {advice}")
        with running(store), suppress(KeyboardInterrupt):
            typer.echo("Analysing what is queued. Stop with Ctrl-C.")
            Event().wait()


def _tell(show: Callable[..., None], at: "Serving") -> None:
    show(f"Lumbar is open at {at.here}. Stop it with Ctrl-C.")
    if at.phone:
        from lumbar.web.qr import type_code

        show(f"On a phone in the same network: {at.phone}, code {at.code} (good for ten minutes, once).")
        show(type_code(f"{at.phone}/pair?code={at.code}"), soft_wrap=False)
        if at.phone.startswith("http:"):
            show("Only on a network that you trust: the connection is not encrypted.")
    else:
        show("For a phone on the same network: lumbar app --share")
