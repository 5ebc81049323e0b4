"""Results that are kept beside the table while it grows: a small file for each clip, written whole."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import lumbar
from lumbar.batch.result import Options, Result
from lumbar.errors import OutputError

#: What of Lumbar can change a number: its own files at the top, and these folders.
_MEASURING = ("batch", "video", "vision", "motion", "mechanics", "form", "report")


class Parts:
    """The folder ``.NAME.parts`` beside the table ``NAME``.

    A part is named after the clip's SHA-256, the options and the code, so that a part that fits none of them
    is left alone, never taken over. Raises OutputError where it cannot be written.
    """

    def __init__(self, table: Path, options: Options) -> None:
        self.folder = table.with_name(f".{table.name}.parts")
        self._stamp = stamp(options)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(table, error) from error
        write_whole(self.folder / "README.txt", _README.encode())

    def find(self, digest: str) -> Result | None:
        """Return what is kept of a clip; None where nothing is, or nothing whole."""
        try:
            told = json.loads(self._place(digest).read_text(encoding="utf-8"))
            return Result(tuple(told["rows"]), told["refused"], told["why"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, digest: str, result: Result) -> None:
        """Keep what came out of a clip."""
        text = json.dumps(asdict(result), ensure_ascii=False, allow_nan=False)
        write_whole(self._place(digest), text.encode())

    def _place(self, digest: str) -> Path:
        return self.folder / f"{digest}-{self._stamp}.json"


_README = (
    "What lumbar film has measured so far, one file for each clip: run the same command again and it goes on\n"
    "from here. You may delete this folder; then all clips are measured anew.\n"
)


def stamp(options: Options) -> str:
    """Return what names options and code together, 16 hexadecimal digits."""
    digest = sha256(json.dumps(asdict(options), sort_keys=True).encode())
    for path in sorted(_code(Path(lumbar.__file__).parent)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _code(package: Path) -> Iterable[Path]:
    yield from package.glob("*.py")
    for folder in _MEASURING:
        yield from (package / folder).rglob("*.py")
        yield from (package / folder).rglob("SHA256SUMS")


def write_whole(place: Path, content: bytes) -> None:
    """Write a file or leave the old one; raises OutputError where neither the file nor its place can be."""
    part = place.with_name(f".{place.name}.partial")
    try:
        part.write_bytes(content)
        part.replace(place)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _unwritable(place, error) from error


def _unwritable(place: Path, error: OSError) -> OutputError:
    return OutputError(f"{place} cannot be written: {error.strerror or error}. Choose another place.")
