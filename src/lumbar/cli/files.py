"""Write a file whole, or not at all."""

from pathlib import Path

from lumbar.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Write bytes beside the target and rename them into place."""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror}). Choose another place.") from error
