"""Who may use the app: everybody at this machine; from elsewhere, a device that was paired with a code.

A pairing code is good for one device, one person and ten minutes. A device keeps a random token in a cookie; the
file of devices holds its hash only.
"""

import hmac
import json
import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from time import monotonic

from lumbar.home import write_whole

#: How long a pairing code is good for, in s, and of how many digits it is: engineering rules; with five tries a
#: minute, guessing one of a million in ten minutes succeeds once in 20,000 attempts.
CODE_LIVES_S, CODE_DIGITS = 600.0, 6
#: How many tries from one address are heard in a minute.
TRIES_A_MINUTE = 5
_FORM = 1


@dataclass(frozen=True, slots=True)
class Device:
    """A paired device: the hash of its token, whose data it sees, and a name to know it by."""

    token_sha256: str
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class _Code:
    text: str
    person: str
    until_s: float


class Limiter:
    """At most so many events in so many seconds for each key."""

    def __init__(self, most: int, within_s: float, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._within_s, self._clock = most, within_s, clock
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Count an event; say whether it is still within the limit."""
        now = self._clock()
        with self._lock:
            if len(self._seen) > 10_000:
                self._seen.clear()
            times = self._seen.setdefault(key, deque())
            while times and now - times[0] > self._within_s:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True


class Access:
    """The paired devices and the code that waits for one."""

    def __init__(self, place: Path, clock: Callable[[], float] = monotonic) -> None:
        self._place, self._clock = place, clock
        self._codes: list[_Code] = []
        self._lock = threading.Lock()
        self._tries = Limiter(TRIES_A_MINUTE, 60.0, clock)

    def offer(self, person: str) -> str:
        """Return a new code that pairs one device with a person; older ones for that person are void."""
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        with self._lock:
            self._codes = [each for each in self._codes if each.person != person]
            self._codes.append(_Code(code, person, self._clock() + CODE_LIVES_S))
        return code

    def pair(self, code: str, name: str, address: str) -> str | None:
        """Return the token of a newly paired device; None if the code is wrong, old, or tried too often."""
        if not self._tries.allows(address):
            return None
        with self._lock:
            live = [each for each in self._codes if each.until_s > self._clock()]
            found = next((each for each in live if hmac.compare_digest(each.text, code.strip())), None)
            self._codes = [each for each in live if each is not found]
            if found is None:
                return None
            token = secrets.token_urlsafe(32)
            self._save([*self.devices(), Device(_hashed(token), found.person, name[:60])])
        return token

    def person_of(self, token: str | None) -> str | None:
        """Return whose data a device may see; None for a token that is not known."""
        if not token:
            return None
        wanted = _hashed(token)
        return next(
            (each.person for each in self.devices() if hmac.compare_digest(each.token_sha256, wanted)), None
        )

    def devices(self) -> tuple[Device, ...]:
        """Return the paired devices."""
        try:
            held = json.loads(self._place.read_text("utf-8"))
        except (OSError, ValueError):
            return ()
        return tuple(Device(**row) for row in held.get("devices", ())) if held.get("form") == _FORM else ()

    def unpair(self, token_sha256: str) -> None:
        """Forget a device; its next request is refused."""
        with self._lock:
            self._save([each for each in self.devices() if each.token_sha256 != token_sha256])

    def _save(self, devices: list[Device]) -> None:
        rows = {"form": _FORM, "devices": [asdict(each) for each in devices]}
        write_whole(self._place, json.dumps(rows, indent=1))


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def is_here(address: str | None) -> bool:
    """Say whether a request comes from this machine itself."""
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False
