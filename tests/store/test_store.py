"""Documents, clips, backup, restore, forgetting and taking everything out, on both databases."""

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from lumbar import store as package
from lumbar.errors import BackupError, DamagedDatabaseError, LumbarError, StoreError, ValueRangeError
from lumbar.lifter import Lifter
from lumbar.store.backup import back_up, restore
from lumbar.store.forget import export_all, forget
from lumbar.store.home import Home, find_home
from lumbar.store.schema import DOCUMENTS, REVISION, metadata
from lumbar.store.store import Document, Store
from lumbar.training.formats import LogFile, read_log
from lumbar.training.tables import Source

LOGS = Path(__file__).parents[1] / "data" / "logs"
NOW = datetime(2026, 11, 22, 12)


def strong(name: str = "strong-breinsp.csv") -> LogFile:
    return read_log(Source(name, LOGS / name))


def fill(store: Store, name: str, tmp_path: Path, note: str = "a note that nobody else wrote") -> None:
    lifter = store.lifter(name, NOW)
    lifter.log.add(strong("strong-dakheera47.csv"), NOW)
    for kind in DOCUMENTS:
        lifter.keep(Document(kind, NOW, {"said": note, "pain": 3}))
    clip = tmp_path / f"{name}.mp4"
    clip.write_bytes(b"shared bytes" if name.startswith("twin") else note.encode())
    lifter.keep_clip(clip, NOW)
    lifter.log.choose("Lower Back", "back-extension")
    lifter.set_body(Lifter(1.75, 80.5, "male"))


def test_documents_and_body_come_back_as_they_were(store: Store, tmp_path: Path) -> None:
    fill(store, "me", tmp_path)
    me = store.lifter("me")
    assert me.body() == Lifter(1.75, 80.5, "male")
    me.set_body(Lifter(mass_kg=82.0))
    assert me.body() == Lifter(1.75, 82.0, "male")
    for kind in DOCUMENTS:
        (document,) = me.documents(kind)
        assert document == Document(kind, NOW, {"said": "a note that nobody else wrote", "pain": 3})
    with pytest.raises(ValueRangeError, match="check_ins, diary"):
        me.documents("horoscope")
    with pytest.raises(ValueRangeError, match="a word or two"):
        store.lifter("  ")


def test_a_clip_is_kept_once_by_its_hash_and_is_checked_when_it_is_read(store: Store, tmp_path: Path) -> None:
    clip = tmp_path / "pull.mp4"
    clip.write_bytes(b"moving pictures")
    me = store.lifter("me", NOW)
    kept = me.keep_clip(clip, NOW)
    me.keep_clip(clip, NOW)
    assert (me.clips(), store.media.all()) == ((kept,), (kept.sha256,))
    assert store.media.read(kept.sha256) == b"moving pictures"
    store.media.path(kept.sha256).write_bytes(b"moved pictures")
    with pytest.raises(DamagedDatabaseError, match="lumbar restore"):
        store.media.read(kept.sha256)
    with pytest.raises(StoreError, match="there is no such file"):
        me.keep_clip(tmp_path / "none.mp4", NOW)


def test_the_migrations_make_the_tables_that_the_schema_says(store: Store) -> None:
    script = ScriptDirectory(str(Path(package.__file__).parent / "migrations"))
    assert script.get_current_head() == REVISION
    with store.database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_backup_brings_everything_back_onto_an_empty_store(store: Store, tmp_path: Path) -> None:
    fill(store, "me", tmp_path)
    before = export_all(store, "me")
    contents = back_up(store, tmp_path / "backup.zip", NOW)
    assert contents.rows["sets"] == 250
    assert contents.media == 1
    forget(store, "me")
    assert store.names() == ()
    assert restore(store, tmp_path / "backup.zip") == contents
    assert _members(export_all(store, "me")) == _members(before)
    # new rows after a restore must not collide with the old ones' numbers
    store.lifter("new", NOW).log.add(strong(), NOW)
    store.lifter("me").keep(Document("diary", NOW, {}))


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_backup_moves_from_one_database_to_the_other(store: Store, tmp_path: Path) -> None:
    fill(store, "me", tmp_path)
    back_up(store, tmp_path / "backup.zip", NOW)
    with Store(Home(tmp_path / "elsewhere")) as other:
        restore(other, tmp_path / "backup.zip")
        assert _members(export_all(other, "me")) == _members(export_all(store, "me"))


def test_a_restore_does_not_overwrite_anybody_unasked(store: Store, tmp_path: Path) -> None:
    fill(store, "me", tmp_path)
    back_up(store, tmp_path / "backup.zip", NOW)
    store.lifter("you", NOW)
    with pytest.raises(StoreError, match="--replace"):
        restore(store, tmp_path / "backup.zip")
    assert store.names() == ("me", "you")
    restore(store, tmp_path / "backup.zip", replace=True)
    assert store.names() == ("me",)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _without_manifest(content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, member in _members(content).items():
            if name != "manifest.json":
                target.writestr(name, member)
    return out.getvalue()


def _with_another_row(content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, member in _members(content).items():
            target.writestr(name, member + b'[9, "x"]\n' if name == "lifters.jsonl" else member)
    return out.getvalue()


@pytest.mark.parametrize("damage", [_cut, _without_manifest, _with_another_row, lambda _content: b"no archive"])
def test_a_damaged_backup_changes_nothing(store: Store, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    fill(store, "me", tmp_path)
    path = tmp_path / "backup.zip"
    back_up(store, path, NOW)
    path.write_bytes(damage(path.read_bytes()))
    before = export_all(store, "me")
    with pytest.raises(BackupError, match=r"backup\.zip"):
        restore(store, path, replace=True)
    assert _members(export_all(store, "me")) == _members(before)


def test_a_backup_taken_while_somebody_writes_is_whole(store: Store, home: Home, tmp_path: Path) -> None:
    """Each import adds a session with all its sets, so in a whole backup no session lacks one."""
    sessions = strong().sessions
    started, stop = Event(), Event()

    def write() -> None:
        with Store(home) as writer:
            log = writer.lifter("me", NOW).log
            for session in sessions:
                log.add(LogFile("x", "strong", (session,)), NOW)
                started.set()
                if stop.is_set():
                    return

    thread = Thread(target=write)
    thread.start()
    assert started.wait(60)
    contents = back_up(store, tmp_path / "backup.zip", NOW)
    stop.set()
    thread.join()
    with Store(Home(tmp_path / "other")) as other:
        restore(other, tmp_path / "backup.zip")
        kept = other.lifter("me").log.sessions()
    wanted = {session.started: session.sets for session in sessions}
    assert len(kept) == contents.rows["sessions"] >= 1
    assert all(session.sets == wanted[session.started] for session in kept)


def test_forgetting_deletes_every_trace_and_leaves_the_others(store: Store, home: Home, tmp_path: Path) -> None:
    fill(store, "Leaving Person", tmp_path, "written by the one who leaves")
    fill(store, "twin one", tmp_path)
    fill(store, "twin two", tmp_path)
    staying = _members(export_all(store, "twin one"))
    proof = forget(store, "Leaving Person")
    assert proof.is_clean
    assert proof.deleted["sets"] == 250
    assert proof.deleted["lifters"] == 1
    assert all(proof.deleted[kind] == 1 for kind in DOCUMENTS)
    assert proof.media_deleted == 1
    assert proof.searched > 0
    assert store.names() == ("twin one", "twin two")
    assert _members(export_all(store, "twin one")) == staying
    if home.url is None:
        store.database.close()
        left = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
        assert b"Leaving Person" not in left
        assert b"written by the one who leaves" not in left
    assert forget(store, "twin two").media_deleted == 0  # the other twin has the same clip


def test_forgetting_somebody_who_is_not_there_names_those_who_are(store: Store) -> None:
    store.lifter("me", NOW)
    with pytest.raises(ValueRangeError, match="one of the store's: me"):
        forget(store, "you")


def test_a_proof_that_finds_a_trace_says_so(store: Store, home: Home, tmp_path: Path) -> None:
    fill(store, "Leaving Person", tmp_path)
    with store.database.writing() as connection:
        connection.execute(text("CREATE TABLE stray (words TEXT)"))
        connection.execute(text("INSERT INTO stray VALUES ('Leaving Person was here')"))
    if home.url:
        pytest.skip("on PostgreSQL only Lumbar's own tables are searched")
    proof = forget(store, "Leaving Person")
    assert not proof.is_clean
    assert proof.found == ("Leaving Person",)


def test_everything_is_given_out_in_formats_that_others_read(store: Store, tmp_path: Path) -> None:
    fill(store, "me", tmp_path)
    members = _members(export_all(store, "me"))
    assert set(members) >= {"log.csv", "log.json", "lifter.json", *(f"{kind}.json" for kind in DOCUMENTS)}
    assert json.loads(members["lifter.json"])["mass_kg"] == 80.5
    assert json.loads(members["diary.json"])[0]["body"]["pain"] == 3
    assert b"a note that nobody else wrote" in [
        value for name, value in members.items() if name.startswith("clips/")
    ]
    assert read_log(Source("log", members["log.csv"])).sets == 250


def test_the_environment_says_where_the_store_is(tmp_path: Path) -> None:
    home = find_home(
        {"LUMBAR_HOME": str(tmp_path), "LUMBAR_DATABASE_URL": "postgresql+psycopg://a:secret@host/db"}
    )
    assert home.folder == tmp_path
    assert home.shown() == "host/db"
    assert find_home({}).url is None
    assert find_home({}).folder.name == "lumbar"


def test_an_error_inside_a_transaction_undoes_it(store: Store) -> None:
    class StopHereError(LumbarError):
        pass

    def add_and_stop() -> None:
        with store.database.writing() as connection:
            connection.execute(text("INSERT INTO lifters (name, created) VALUES ('ghost', 'x')"))
            raise StopHereError

    with pytest.raises(StopHereError):
        add_and_stop()
    assert store.names() == ()
