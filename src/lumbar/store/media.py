"""Files kept by the hash of what is in them: the same clip twice is one file."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from lumbar.errors import DamagedDatabaseError, StoreAccessError
from lumbar.store.database import translated
from lumbar.store.home import Home

#: How much is read at once.
CHUNK_BYTES = 1 << 20


class Media:
    """The files beside the database."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def path(self, digest: str) -> Path:
        """Return where the file of a hash is or would be."""
        return self._home.media / digest[:2] / digest

    def keep(self, source: Path) -> tuple[str, int]:
        """Copy a file in; return its SHA-256 and its size. It is there whole, or not at all."""
        if not source.is_file():
            raise StoreAccessError(f"{source}: there is no such file. Check the path.")
        with translated(self._home), source.open("rb") as stream:
            return self._keep(iter(lambda: stream.read(CHUNK_BYTES), b""))

    def keep_bytes(self, content: bytes) -> tuple[str, int]:
        """Keep bytes; return their SHA-256 and their number."""
        with translated(self._home):
            return self._keep(iter([content]))

    def _keep(self, chunks: Iterator[bytes]) -> tuple[str, int]:
        self._home.media.mkdir(parents=True, exist_ok=True)
        digest, size = sha256(), 0
        with NamedTemporaryFile(dir=self._home.media, prefix="new-", delete=False) as target:
            temporary = Path(target.name)
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    size += target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        place = self.path(digest.hexdigest())
        place.parent.mkdir(exist_ok=True)
        temporary.replace(place)
        return digest.hexdigest(), size

    def read(self, digest: str) -> bytes:
        """Return a file, once its hash has been checked."""
        with translated(self._home):
            content = self.path(digest).read_bytes()
        if sha256(content).hexdigest() != digest:
            advice = "Bring a backup back with: lumbar restore FILE --replace"
            raise DamagedDatabaseError(f"{self.path(digest)}: the file is damaged. {advice}")
        return content

    def drop(self, digest: str) -> bool:
        """Delete a file; say whether it was there."""
        place = self.path(digest)
        with translated(self._home):
            was_there = place.exists()
            place.unlink(missing_ok=True)
        return was_there

    def all(self) -> tuple[str, ...]:
        """Return the hash of every file kept."""
        return tuple(sorted(path.name for path in self._home.media.glob("??/*")))
