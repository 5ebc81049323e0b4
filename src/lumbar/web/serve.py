"""Start the app: listen, say where, and stop cleanly."""

import gc
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from lumbar.errors import OutputError, ValueRangeError
from lumbar.jobs.queue import running
from lumbar.store.store import DEFAULT_NAME, Store
from lumbar.web.access import Access
from lumbar.web.app import make_app
from lumbar.web.site import Site
from lumbar.web.uploads import Uploads

#: The port that is tried first; when it is taken, any free one.
PORT = 8765
#: When Python looks for what is no longer needed: seldom, because it looks through a decade of sets each time, and
#: a page waits for it. An engineering rule.
_COLLECTS = (50_000, 20, 100)
#: How long one thread may keep the interpreter from another that wants it, in s: as long as a part of a page
#: takes, so that whoever hands requests out does not wait for page after page. An engineering rule; Python's own
#: is 5 ms.
_SWITCHES_S = 0.0005
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the app answers: here, and for a phone on the same network, which needs the code."""

    here: str
    phone: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The lifter's own certificate and its key, as files: with it the app speaks HTTPS."""

    cert: Path
    key: Path

    def __post_init__(self) -> None:
        """Refuse what is no certificate with its key, before anything is begun."""
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.cert, self.key)
        except (OSError, ssl.SSLError) as error:
            given = f"{self.cert} with {self.key}: {error.strerror or error}"
            raise ValueRangeError("a certificate", given, "a PEM file, and the key that belongs to it") from error


def serve(
    ready: Callable[[Serving], None],
    *,
    port: int | None = None,
    is_shared: bool = False,
    certificate: Certificate | None = None,
) -> None:
    """Run the app until it is stopped; ``ready`` is called once it answers.

    With ``is_shared`` it also answers other machines on the same network; they must be paired. With a
    ``certificate`` it answers over HTTPS alone. Raises OutputError where the port is taken.
    """
    gc.set_threshold(*_COLLECTS)
    sys.setswitchinterval(_SWITCHES_S)
    scheme = "http" if certificate is None else "https"
    with Store() as store, running(store) as jobs, _listening(port, is_shared=is_shared) as listener:
        store.lifter()
        number = listener.getsockname()[1]
        lan = _own_address() if is_shared else ""
        phone = f"{scheme}://{lan}:{number}" if lan else ""
        access = Access(store.home.folder / "devices.json")
        site = Site(store, jobs, Uploads(store.home), access, phone)
        code = access.offer(DEFAULT_NAME) if phone else ""
        server = _Server(
            uvicorn.Config(
                make_app(site, (*LOOPBACK, lan) if lan else LOOPBACK), log_level="warning", access_log=False,
                server_header=False, proxy_headers=False, timeout_graceful_shutdown=3,
                ssl_certfile=None if certificate is None else certificate.cert,
                ssl_keyfile=None if certificate is None else certificate.key,
            ),
            lambda: ready(Serving(f"{scheme}://localhost:{number}", phone, code)),
        )  # fmt: skip
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


@contextmanager
def _listening(port: int | None, *, is_shared: bool) -> Iterator[socket.socket]:
    """Listen at a port: the one that was asked for, else the usual one, else any that is free."""
    address = "0.0.0.0" if is_shared else "127.0.0.1"  # noqa: S104 - only when asked to, and then with pairing
    last: OSError | None = None
    for number in (port,) if port is not None else (PORT, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, number))
        except OSError as error:
            listener.close()
            last = error
            continue
        try:
            yield listener
        finally:
            listener.close()
        return
    raise OutputError(f"port {port} cannot be used ({last}). Choose another with --port, or none.")


def _own_address() -> str:
    """Return this machine's address on its network; no packet is sent to learn it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
        except OSError:
            return ""
        return str(probe.getsockname()[0])
