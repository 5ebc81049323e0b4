"""Build tests/data/logs/garmin-strength.fit with the fit-tool library; run it to make the file anew.

No public strength file from a watch was found; field numbers and scales are those of the FIT SDK's profile
21.218.
"""

from datetime import UTC, datetime
from pathlib import Path

from fit_tool.fit_file_builder import FitFileBuilder
from fit_tool.profile.messages.exercise_title_message import ExerciseTitleMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.set_message import SetMessage
from fit_tool.profile.profile_type import FileType, Manufacturer

TARGET = Path(__file__).parents[1] / "data" / "logs" / "garmin-strength.fit"
START_MS = int(datetime(2026, 5, 1, 16, 0, tzinfo=UTC).timestamp() * 1000)


def one_set(
    minute: int, category: int, subtype: int, reps: int, weight_kg: float, *, rests: bool = False
) -> SetMessage:
    """Return a set that starts some minutes into the session."""
    message = SetMessage()
    message.timestamp = message.start_time = START_MS + minute * 60_000
    message.duration = 30.0
    message.set_type = 0 if rests else 1
    if not rests:
        message.repetitions = reps
        message.weight = weight_kg
        message.category = [category]
        message.category_subtype = [subtype]
    return message


def build() -> bytes:
    """Return the file: a squat that has a name, a conventional and a Romanian deadlift, and a rest."""
    head = FileIdMessage()
    head.type, head.manufacturer, head.product, head.time_created = (
        FileType.ACTIVITY,
        Manufacturer.GARMIN.value,
        0,
        START_MS,
    )
    title = ExerciseTitleMessage()
    title.exercise_category, title.exercise_name, title.workout_step_name = 28, 6, "Back Squat"
    builder = FitFileBuilder(auto_define=True, min_string_size=50)
    builder.add_all([
        head, title, one_set(0, 28, 6, 5, 100.0), one_set(3, 0, 0, 0, 0, rests=True),
        one_set(5, 8, 0, 3, 142.5), one_set(10, 8, 23, 8, 90.0625),
    ])  # fmt: skip
    return bytes(builder.build().to_bytes())


if __name__ == "__main__":
    TARGET.write_bytes(build())
