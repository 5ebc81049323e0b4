"""Analyse one film of the store: in a child process, noting how far it is, stopping when it is cancelled."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lumbar.store.films import Film
from lumbar.store.store import Store

#: A child that ends without a word is tried once more; an engineering rule.
TRIES = 2
#: How often a worker says that it lives, in s; an engineering rule.
BEAT_S = 4.0
_BROKE_OFF = "The analysis broke off twice. Try once more; if it breaks off again, the clip may be damaged."
_CLIP_GONE = "The clip is no longer in the store, so it cannot be analysed. Film or choose it again."
#: How a clip's file is called for the child: readers of video look at what is in it, not at its name.
_COMMAND = (sys.executable, "-m", "lumbar.jobs.child")


def analyse(store: Store, key: str) -> None:
    """Analyse the film of that key and keep what came out; nothing happens if it is over already."""
    film = store.films.find(key)
    if film is None or film.state.is_over:
        return
    clip = store.media.path(film.clip_sha256)
    if not clip.is_file():
        store.films.fail(key, _CLIP_GONE)
        return
    store.films.note(key, "starting", 0.0)
    with _beating(store, key):
        _tried(store, film, clip)


@contextmanager
def _beating(store: Store, key: str) -> Iterator[None]:
    """Let the others know that this worker lives, however long one step takes."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(BEAT_S):
            store.films.beat(key)

    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _tried(store: Store, film: Film, clip: Path) -> None:
    key = film.key
    for _ in range(TRIES):
        last = _watched(store, film, clip)
        if last is None:
            return  # cancelled meanwhile
        if "record" in last:
            store.films.finish(key, last["record"], last["outcome"])
            return
        if "told" in last:
            store.films.fail(key, last["told"])
            return
    store.films.fail(key, _BROKE_OFF)


def _watched(store: Store, film: Film, clip: Path) -> Mapping[str, Any] | None:
    """Run the child once; return its last line, an empty mapping if it broke off, None if it was cancelled."""
    asked = {
        "clip": str(clip),
        "name": film.clip_name,
        "out": str(store.films.folder(film.key)),
        "said": dict(film.said),
    }
    store.films.folder(film.key).parent.mkdir(parents=True, exist_ok=True)
    last: dict[str, Any] = {}
    with subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("pipes were asked for")
        child.stdin.write(json.dumps(asked) + "\n")
        child.stdin.close()
        for line in child.stdout:
            last = json.loads(line)
            if "share" in last and not store.films.note(film.key, last["stage"], last["share"]):
                child.kill()
                return None
    return last if child.returncode == 0 and "share" not in last else {}
