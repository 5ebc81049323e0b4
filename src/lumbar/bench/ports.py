"""Ports of this machine for the programs that a bench starts."""

import socket
from time import monotonic, sleep

from lumbar.errors import BenchError


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, who: str, patience_s: float) -> None:
    """Return as soon as a program answers on its port; raise :class:`BenchError` where it does not in time."""
    until = monotonic() + patience_s
    while monotonic() < until:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise BenchError(f"{who} did not answer")
