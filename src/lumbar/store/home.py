"""Where the store is: the platform's folder for user data, unless the environment says otherwise."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lumbar.home import home

#: The folder that holds everything, and the address of a PostgreSQL database to use instead of the file in
#: it.
HOME, URL = "LUMBAR_HOME", "LUMBAR_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Home:
    """A folder for files, and the database's address when it is not the file in that folder."""

    folder: Path
    url: str | None = None

    @property
    def database(self) -> Path:
        """Return the SQLite file, used when there is no URL."""
        return self.folder / "lumbar.sqlite"

    @property
    def media(self) -> Path:
        """Return the folder of files kept by content hash."""
        return self.folder / "media"

    def shown(self) -> str:
        """Return where the database is, for messages; a password is not shown."""
        return str(self.database) if self.url is None else self.url.rpartition("@")[2] or self.url


def find_home(environment: Mapping[str, str] = os.environ) -> Home:
    """Return where the store is: by LUMBAR_HOME and LUMBAR_DATABASE_URL, else the platform's folder."""
    folder = environment.get(HOME)
    return Home(Path(folder).expanduser() if folder else home(), environment.get(URL) or None)
