"""What a bench has done is kept on disk until the code that it hangs on changes."""

import hashlib
from functools import cache
from pathlib import Path

import lumbar

FOLDER = Path(".bench") / "accuracy"


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in a folder that is made if there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


@cache
def fingerprint(parts: tuple[str, ...]) -> str:
    """Return a short hash over the code and the data of parts of the package."""
    root = Path(lumbar.__file__).parent
    digest = hashlib.sha256()
    for part in parts:
        place = root / part
        for file in [place] if place.is_file() else sorted(place.rglob("*")) if place.exists() else []:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
