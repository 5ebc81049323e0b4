"""Traps of real files (reference/demands-and-formats §4.3): each is a test."""

from datetime import datetime
from decimal import Decimal

import pytest

from lumbar.errors import DamagedLogError, LogError, UnknownLogError
from lumbar.training.formats import LogFile, read_log
from lumbar.training.quantities import Distance, Load, MassUnit
from lumbar.training.tables import Source

STRONG_OLD = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
STRONG_NEW = (
    "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Distance (meters);"
    "Seconds;Notes;Workout Notes"
)
STRONG_UNITS = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;"
    "Workout Notes;Workout Duration"
)
HEVY = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,"
    "reps,distance_km,duration_seconds,rpe"
)


def read(*lines: str, unit: MassUnit | None = None, end: str = "\n") -> LogFile:
    return read_log(Source("file", (end.join(lines) + end).encode()), unit)


def test_strong_warm_ups_failures_dropsets_and_rest_timers() -> None:
    rows = [f"2026-03-05 07:10:00,Pull,45m,Deadlift (Barbell),{order},100,5,0,0,,," for order in "W12FD"]
    file = read(STRONG_OLD, *rows, "2026-03-05 07:10:00,Pull,45m,Deadlift (Barbell),Rest Timer,0,0,0,120,,,")
    (session,) = file.sessions
    assert [entry.kind for entry in session.sets] == ["warmup", "normal", "normal", "failure", "dropset"]
    assert session.duration_s == 45 * 60
    assert [(each.line, each.problem) for each in file.oddities] == [(7, "a rest timer, not a set")]


def test_strong_with_semicolons_writes_rpe_with_a_decimal_comma_and_says_its_unit() -> None:
    file = read(STRONG_NEW, '"7";"2026-01-02 10:00:00";"A";"3600";"Deadlift";"1";"100,5";"5";"8,5";"";"";"n";"wn"')
    (session,) = file.sessions
    assert session.sets[0].rpe == Decimal("8.5")
    assert session.sets[0].load == Load(Decimal("100.5"), "kg")
    assert (session.note, session.duration_s, session.extra) == ("wn", 3600, '{"Workout #": "7"}')
    assert file.assumed_unit is None


def test_strong_with_unit_columns() -> None:
    file = read(STRONG_UNITS, "2026-01-02 10:00:00;A;Deadlift;1;315;lbs;5;9;2;miles;0;;;1h 43m")
    (session,) = file.sessions
    assert session.sets[0].load == Load(Decimal(315), "lb")
    assert session.sets[0].distance == Distance(Decimal(2), "mi")
    assert session.duration_s == 6180


@pytest.mark.parametrize(
    ("text", "seconds"), [("45m", 2700), ("1h 43m", 6180), ("200s", 200), ("3600", 3600), ("", None)]
)
def test_strong_writes_durations_in_four_ways(text: str, seconds: int | None) -> None:
    file = read(STRONG_OLD, f"2026-03-05 07:10:00,P,{text},Deadlift,1,100,5,0,0,,,")
    assert file.sessions[0].duration_s == seconds


def test_an_empty_planned_set_is_left_out_with_its_line() -> None:
    file = read(
        STRONG_OLD,
        "2026-03-05 07:10:00,P,1h,Deadlift,1,100,5,0,0,,,",
        "2026-03-05 07:10:00,P,1h,Deadlift,2,0,0,0,0,,,",
    )
    assert file.sets == 1
    assert file.oddities[0].line == 3
    assert "planned set that was not done" in file.oddities[0].problem


def test_an_assisted_weight_keeps_all_its_digits() -> None:
    file = read(STRONG_OLD, "2026-03-05 07:10:00,P,1h,Pull Up (Assisted),1,12.900000000000034,5,0,0,,,")
    assert str(file.sessions[0].sets[0].load.number) == "12.900000000000034"  # type: ignore[union-attr]


def test_a_unit_can_be_given_for_a_file_that_says_none() -> None:
    line = "2026-03-05 07:10:00,P,1h,Deadlift,1,225,5,0,0,,,"
    assert read(STRONG_OLD, line).sessions[0].sets[0].load == Load(Decimal(225), "kg")
    assert read(STRONG_OLD, line, unit="lb").sessions[0].sets[0].load == Load(Decimal(225), "lb")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("15 Sep 2025, 07:48", datetime(2025, 9, 15, 7, 48)),
        ("1 Sept. 2026, 07:00", datetime(2026, 9, 1, 7)),
        ("16 Juni 2026, 18:05", datetime(2026, 6, 16, 18, 5)),
        ("5 9월 2026, 10:00", datetime(2026, 9, 5, 10)),
        ("Sep 22, 2026, 6:00 AM", datetime(2026, 9, 22, 6)),
        ("22.09.2026, 17:00", datetime(2026, 9, 22, 17)),
        ("16 de junio de 2026, 9:05", datetime(2026, 6, 16, 9, 5)),
        ("3 août 2026, 12:30", datetime(2026, 8, 3, 12, 30)),
    ],
)  # fmt: skip
def test_hevy_dates_translated_and_from_the_web(text: str, want: datetime) -> None:
    file = read(HEVY, f'A,"{text}","","",Squat (Langhantel),,,0,normal,100,5,,0,8')
    assert file.sessions[0].started == want


def test_hevy_on_the_phone_writes_crlf_and_line_breaks_as_backslash_n() -> None:
    file = read(
        HEVY,
        '"A","5 Mai 2026, 07:00","5 Mai 2026, 08:00","one\\ntwo","Kreuzheben (Langhantel)",,"tight\\nback",0,"warmup",60,5,,0,6',
        end="\r\n",
    )
    assert file.sessions[0].note == "one\ntwo"
    row = 'A,"5 Mai 2026, 07:00","5 Mai 2026, 08:00","one\\ntwo",Row,,,{},normal,50,5,,0,'
    assert read(HEVY, row.format(0), row.format(1), row.format(2)).sessions[0].note == "one\ntwo"
    assert file.sessions[0].sets[0].note == "tight\nback"


def test_hevy_on_the_web_writes_real_line_breaks_inside_quotes_and_lines_still_count() -> None:
    good = '"A","Sep 22, 2026, 6:00 AM","Sep 22, 2026, 7:00 AM","","Deadlift (Barbell)",,"a\nb;c,d",0,"normal",60,5,,0,6'
    bad = '"A","Sep 22, 2026, 6:00 AM","Sep 22, 2026, 7:00 AM","","Deadlift (Barbell)",,"",1,"normal",60,five,,0,6'
    file = read(HEVY, good, bad)
    assert file.sessions[0].sets[0].note == "a\nb;c,d"
    assert [(each.line, each.problem) for each in file.oddities] == [(4, "“five” is not a number")]


def test_hevy_weights_may_be_negative_blank_or_in_pounds_and_set_types_two_words_for_one() -> None:
    header = HEVY.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
    start = 'A,"5 May 2026, 07:00","5 May 2026, 08:00",,'
    file = read(
        header,
        start + "Chin Up,,,0,normal,-20,5,,0,",
        start + "Plank,,,0,drop,,,,60,",
        start + "Run,,,0,dropset,,,1.5,,",
    )
    chin, plank, run = file.sessions[0].sets
    assert chin.load == Load(Decimal(-20), "lb")
    assert (plank.load, plank.seconds, plank.kind) == (None, 60, "dropset")
    assert (run.distance, run.kind) == (Distance(Decimal("1.5"), "mi"), "dropset")


def test_two_workouts_with_one_title_and_start_stay_two_and_one_exercise_twice_stays_two_blocks() -> None:
    first, second = (
        'A,"5 May 2026, 07:00","5 May 2026, 08:00",,',
        'A,"5 May 2026, 07:00","5 May 2026, 09:00",,',
    )
    file = read(
        HEVY,
        *(first + f"Deadlift (Barbell),,,{index},normal,100,5,,0," for index in (0, 1, 2)),
        first + "Squat (Barbell),,,0,normal,80,5,,0,",
        *(first + f"Deadlift (Barbell),,,{index},normal,90,5,,0," for index in (0, 1)),
        second + "Row,,,0,normal,50,5,,0,",
    )
    assert [len(session.sets) for session in file.sessions] == [6, 1]
    assert [entry.block for entry in file.sessions[0].sets] == [0, 0, 0, 1, 2, 2]


def test_a_session_that_ends_before_it_starts_loses_its_duration_and_nothing_else() -> None:
    file = read(HEVY, 'A,"25 Oct 2026, 02:50","25 Oct 2026, 02:10",,Deadlift,,,0,normal,100,5,,0,')
    assert file.sessions[0].duration_s is None
    assert file.oddities[0].line == 2
    assert not file.oddities[0].is_left_out


def test_fitnotes_android_has_no_time_of_day_and_one_session_a_date() -> None:
    header = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"
    file = read(
        header,
        "2026-08-04,Deadlift,Back,198.42,lbs,6,,,,",
        "2026-08-04,Running (Outdoor),Cardio,,,,42.19,km,1:59:30,far",
        "2026-08-05,Cycling,Cardio,66.14,lbs,,1000.0,m,0:05:00,",
        "2026-08-05,Sled,Legs,30,stone,5,,,,",
    )
    assert [session.has_time for session in file.sessions] == [False, False]
    pull, run = file.sessions[0].sets
    assert pull.load == Load(Decimal("198.42"), "lb")
    assert pull.extra == '{"Category": "Back"}'
    assert (run.distance, run.seconds, run.note) == (Distance(Decimal("42.19"), "km"), 7170, "far")
    assert "“stone” is not a unit of weight" in file.oddities[0].problem


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "Date,Exercise,Category,Weight (kg),Reps,Distance,Distance Unit,Time",
            "2026-08-04,Deadlift,Back,90,6,,,",
        ),
        (
            "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,DistanceUnit,Time",
            "2026-08-04,Deadlift,Back,90,kgs,6,5,km,",
        ),
    ],
)
def test_fitnotes_variants(header: str, row: str) -> None:
    entry = read(header, row).sessions[0].sets[0]
    assert entry.load == Load(Decimal(90), "kg")


def test_fitnotes_ios_takes_the_number_that_was_typed_of_its_two_weights() -> None:
    header = "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind"
    file = read(
        header,
        "2026-05-08,Deadlift,Back,70.00,154.32,5,,,,,wr",
        "2026-05-08,Deadlift,Back,61.23,135.00,5,,,,,wr",
        "2026-05-08,Plank,Abs,,,,,,01:30,Hard,d",
    )
    kg, lb, plank = file.sessions[0].sets
    assert (kg.load, lb.load) == (Load(Decimal(70), "kg"), Load(Decimal(135), "lb"))
    assert (plank.seconds, plank.note) == (90, "Hard")


def test_liftosaur_keeps_what_was_planned_beside_what_was_done() -> None:
    header = (
        "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,Is AMRAP?,Required RPE,"
        "Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,Completed Weight Value,"
        "Completed Weight Unit,Ask Weight?,Completed Reps Time,Target Muscles,Synergist Muscles,Notes"
    )
    file = read(
        header,
        '2026-03-01T10:00:00.000Z,P,Day 1,"Deadlift, Barbell",1,5,5,0,,,0,135,lb,135,lb,0,2026-03-01T10:05:00.000Z,"a,b",,',
        '2026-03-01T10:00:00.000Z,P,Day 1,"Deadlift, Barbell",0,5,4,1,8,8.5,1,225,lb,225,lb,0,,"a,b",,tired',
    )
    warm, work = file.sessions[0].sets
    assert (warm.kind, work.kind, work.reps, work.rpe, work.note) == (
        "warmup",
        "normal",
        4,
        Decimal("8.5"),
        "tired",
    )
    assert work.load == Load(Decimal(225), "lb")
    assert '"Required Reps": "5"' in work.extra
    assert file.sessions[0].zone == "Z"
    assert file.notes


def test_liftlog_sessions_start_with_their_first_set() -> None:
    header = "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes"
    file = read(header, "b,2024-10-16T10:45:06,Row,60,kg,8,8,", "b,2024-10-16T10:44:39,Deadlift,67.5,kg,12,12,")
    (session,) = file.sessions
    assert session.started == datetime(2024, 10, 16, 10, 44, 39)
    assert [entry.exercise for entry in session.sets] == ["Deadlift", "Row"]


def test_stronglifts_has_a_row_per_exercise_and_zero_reps_are_a_failed_set() -> None:
    header = (
        "\ufeffDate (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Sets×Reps,Sets×Time,"
        "Top Set (Reps×LB),e1RM (LB),Reps,Volume (LB),Workout Volume (LB),Duration (hours),Start Time (h:mm),"
        "End Time (h:mm),Notes,Set 1 (Reps),Set 1 (LB),Set 2 (Reps), Set 2 (LB)"
    )
    file = read(
        header,
        '2026/08/11,2,"Workout B","SL",83.5,"Deadlift",1×4,,4×165.3,185.3,4,661.2,3681.4,0.01,10:57 PM,11:27 PM,"hi",4,165.3,0,165.3',
    )
    (session,) = file.sessions
    assert session.started == datetime(2026, 8, 11, 22, 57)
    assert (session.duration_s, session.note, session.title) == (1800, "hi", "Workout B")
    assert session.body_mass == Load(Decimal("83.5"), "kg")
    assert [(entry.reps, entry.load) for entry in session.sets] == [
        (4, Load(Decimal("165.3"), "lb")), (0, Load(Decimal("165.3"), "lb")),
    ]  # fmt: skip
    assert [entry.is_hard for entry in session.sets] == [True, False]


def test_fitbod_sessions_end_with_a_pause_of_three_hours() -> None:
    header = "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,multiplier"
    file = read(
        header,
        "2026-01-15 08:00:00,Deadlift,5,60,0,0,0,0,true,,1",
        "2026-01-15 10:59:00,Deadlift,5,80,0,0,0,0,false,,1",
        "2026-01-15 14:00:00,Deadlift,5,80,0,0,0,0,false,,1",
    )
    assert [len(session.sets) for session in file.sessions] == [2, 1]


def test_openbarbell_keeps_the_speed_of_every_rep() -> None:
    header = (
        "Exercise,Set,Rep,Weight,Metric,Set RPE,Tags,Workout Start Time,Rest Time,Avg Velocity (m/s),"
        "Range of Motion (mm),Peak Velocity (m/s),Peak Velocity Location (%),Duration of rep (sec)"
    )
    row = '"Deadlift",{set},{rep},"140","kgs","8","","1/5/2018, 7:03:04 PM","00:00:00",{speed},510,0.71,40,1.2'
    each = [(1, 1, "0.45"), (1, 2, "0.41"), (2, 1, "0.40")]
    file = read(header, *(row.format(set=number, rep=rep, speed=speed) for number, rep, speed in each))
    (session,) = file.sessions
    assert session.started == datetime(2018, 1, 5, 19, 3, 4)
    assert [entry.reps for entry in session.sets] == [2, 1]
    assert [speed.mean_m_per_s for speed in session.sets[0].speeds] == [Decimal("0.45"), Decimal("0.41")]
    assert session.sets[0].speeds[0].range_mm == 510


def test_wger_numbers_are_text_and_reps_in_reserve_become_rpe() -> None:
    text = """{"workoutlog": [{"id": 1, "date": "2026-05-01T18:00:00+02:00", "session": "s", "exercise": 184,
      "repetitions_unit": 1, "repetitions": "5.00", "weight_unit": 1, "weight": "102.50", "rir": "2.0"}],
      "workoutsession": [{"id": "s", "date": "2026-05-01", "notes": "ok", "impression": "2", "time_start":
      "18:00:00", "time_end": "19:00:00"}], "exercise": [{"id": 184, "name": "Deadlift"}]}"""
    (session,) = read(text).sessions
    (entry,) = session.sets
    assert (entry.exercise, entry.reps, entry.rpe) == ("Deadlift", 5, Decimal("8.0"))
    assert str(entry.load.number) == "102.50"  # type: ignore[union-attr]
    assert (session.note, session.duration_s) == ("ok", 3600)


def test_an_ambiguous_date_is_left_out_and_not_guessed() -> None:
    file = read(STRONG_OLD, "05/06/2026,P,1h,Deadlift,1,100,5,0,0,,,", "2026-06-05,P,1h,Deadlift,1,100,5,0,0,,,")
    assert file.sets == 1
    assert "can be two dates" in file.oddities[0].problem


@pytest.mark.parametrize("cell", ["1e9", "9999", "abc", "--5", "NaN", "Infinity", "0x10"])
def test_a_weight_that_cannot_be_is_left_out_with_its_line(cell: str) -> None:
    file = read(STRONG_OLD, f"2026-03-05 07:10:00,P,1h,Deadlift,1,{cell},5,0,0,,,")
    assert file.sets == 0
    assert file.oddities[0].line == 2


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b"a,b\n1,2\n", b"{}", b"[1]", b"\x00\x01\x02", b"PK\x03\x04zip"]
)
def test_what_is_no_log_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(LogError, match="thing"):
        read_log(Source("thing", content))


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    good = (STRONG_OLD + "\n2026-03-05 07:10:00,P,1h,Deadlift,1,100,5,0,0,,,\n").encode()
    bad = b"2026-03-06 07:10:00,\xff\xfe,1h,Deadlift,1,100,5,0,0,,,\n"
    with pytest.raises(DamagedLogError, match="line 3: byte 173 is not UTF-8") as error:
        read_log(Source("file", good + bad))
    assert error.value.line == 3


def test_an_unknown_file_is_told_from_a_damaged_one() -> None:
    with pytest.raises(UnknownLogError, match="Lumbar reads Strong, Hevy"):
        read("a,b,c", "1,2,3")
    with pytest.raises(DamagedLogError, match="empty"):
        read_log(Source("x", b""))
