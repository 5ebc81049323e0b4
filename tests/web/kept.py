"""Films in a lifter's store, analysed already: for pages that only read them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lumbar.web.site import Site


def keep_films(site: Site, folder: Path, films: Sequence[tuple[int, dict[str, Any], dict[str, Any]]]) -> list[str]:
    """Keep films of one clip, (day of November 2026, what was said, record) each; return their keys."""
    me = site.store.lifter()
    clip = folder / "clip.mp4"
    clip.write_bytes(b"a clip")
    sha = me.keep_clip(clip, datetime(2026, 11, 1)).sha256  # noqa: DTZ001 - the lifter's own clock
    keys = []
    for day, said, record in films:
        key = site.store.films.add(me.id, sha, said, datetime(2026, 11, day))  # noqa: DTZ001
        site.store.films.finish(key, record, f"{len(record['reps'])} reps")
        keys.append(key)
    return keys
