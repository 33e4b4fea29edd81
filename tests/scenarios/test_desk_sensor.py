"""A desk that tells how high it is makes and ends standing by itself (spec 1.1)."""

from __future__ import annotations

from tests.scenarios.telling import tell


def test_a_raised_desk_is_standing() -> None:
    """From the moment it is raised until it is lowered; nobody is asked after 40 min, and the bout begins then."""
    tell("""
        0:00-70:00 key
        10:00 desk_raised
        60:00 desk_lowered
        70:00 end
    """).gives("""
        0:00-10:00 SEATED [input]
        10:00-60:00 STANDING [desk_sensor input]
        60:00-70:00 SEATED [input]
    """).figures(T=50, C=50, bouts=[10, 10])


def test_standing_goes_on_after_an_absence() -> None:
    """Who comes back to a raised desk stands at it again."""
    tell("""
        0:00 desk_raised
        0:00-10:00 key
        20:00-25:00 key
        25:00 end
    """).gives("""
        0:00-10:00 STANDING
        10:00-20:00 AWAY weak
        20:00-25:00 STANDING
    """)


def test_a_desk_that_moves_by_itself_is_no_presence() -> None:
    """Raised by a timer while nobody was there for ten minutes: the absence is what it was."""
    tell("""
        0:00-10:00 key
        20:00 desk_raised
        25:00-30:00 key
        30:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-25:00 AWAY weak
        25:00-30:00 STANDING
    """)


def test_what_lies_just_behind_is_booked_as_the_desk_stood() -> None:
    """Two minutes without input before the desk went up were sitting."""
    tell("""
        0:00-10:00 key
        12:00 desk_raised
        13:00-15:00 key
        15:00 end
    """).gives("0:00-12:00 SEATED \n 12:00-15:00 STANDING")


def test_a_prompt_is_left_behind_by_who_raises_the_desk() -> None:
    """Whoever is up already has what it was for."""
    tell("""
        0:00-80:00 key
        45:10 desk_raised
        80:00 end
    """).gives("""
        0:00-45:10 SEATED
        45:00 prompt latest -> left
        45:10-80:00 STANDING
    """)


def test_the_desk_takes_over_from_what_was_said() -> None:
    """Standing was said before the desk went up: its sensor knows the end of it."""
    tell("""
        0:00-60:00 key
        10:00 standing_on
        10:20 desk_raised
        59:00 desk_lowered
        60:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-59:00 STANDING
        59:00-60:00 SEATED
    """)


def test_the_person_knows_better_than_the_desk() -> None:
    """They say that they sit: it is so at once, and the sensor counts again once it says something else."""
    tell("""
        0:00-40:00 key
        5:00 desk_raised
        10:00 standing_off
        20:00 desk_raised
        25:00 desk_lowered
        30:00 desk_raised
        40:00 end
    """).gives("""
        0:00-5:00 SEATED
        5:00-10:00 STANDING
        10:00 desk denied
        10:00-30:00 SEATED
        25:00 desk agrees
        30:00-40:00 STANDING
    """)


def test_a_desk_that_is_heard_no_more() -> None:
    """Nobody knows how high it is: sitting, as without it, until it is heard again."""
    tell("""
        0:00-30:00 key
        5:00 desk_raised
        10:00 desk_silent
        20:00 desk_raised
        30:00 end
    """).gives("""
        0:00-5:00 SEATED
        5:00-10:00 STANDING
        10:00 desk silent
        10:00-20:00 SEATED
        20:00 desk agrees
        20:00-30:00 STANDING
    """)


def test_a_desk_that_was_left_up() -> None:
    """Three hours without a new reading: its word ends."""
    told = tell("0:00-200:00 key \n 1:00 desk_raised", prompt__latest_minutes=240, prompt__earliest_minutes=240)
    assert "181:00 desk silent" in told.transcript()
    told.figures(T=180)


def test_a_restart_does_not_lower_it() -> None:
    """The desk stays as it was while the program is started again, and over a night."""
    tell("""
        0:00 desk_raised
        0:00-20:00 key
        5:00 kill
        5:10 run
        20:00 end
    """).gives("0:00-20:00 STANDING")


def test_who_sits_at_a_raised_desk_sits() -> None:
    """A seat that says occupied is better evidence; once it is empty, the desk tells again."""
    tell("""
        0:00 seat_occupied
        0:00-30:00 key
        5:00 seat_empty
        5:00 desk_raised
        15:00 seat_occupied
        20:00 seat_empty
        30:00 end
    """).gives("""
        0:00-5:00 SEATED [input seat_sensor]
        5:00-15:00 STANDING [desk_sensor input]
        15:00-20:00 SEATED [input seat_sensor]
        20:00-30:00 STANDING [desk_sensor input]
    """)


def test_sitting_down_ends_standing_that_was_said() -> None:
    """Without a sensor at the desk the seat still knows when somebody sits again."""
    tell("""
        0:00 seat_occupied
        0:00-30:00 key
        5:00 standing_on
        5:04 seat_empty
        15:00 seat_occupied
        30:00 end
    """).gives("""
        0:00-5:00 SEATED
        5:00-15:00 STANDING [declared input]
        15:00-30:00 SEATED
    """)


def test_standing_for_a_while_is_told_of_at_its_end() -> None:
    """The time was chosen, so lowering is offered; who does not goes on standing, for the desk is up."""
    tell(
        """
        0:00-80:00 key
        45:05 answer stand 20
        45:20 desk_raised
        70:00 desk_lowered
        80:00 end
    """,
        day__standing_desk=True,
    ).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-70:00 STANDING
        65:05 told to lower 20:00
        70:00-80:00 SEATED
    """)


def test_a_desk_that_moves_up_and_down_all_the_time() -> None:
    """Nobody stands up twenty times a minute: sitting, until it is steady."""
    moves = "\n".join(f"2:{when:02} desk_{'raised' if when % 2 else 'lowered'}" for when in range(1, 60))
    told = tell(f"0:00-10:00 key \n {moves} \n 8:00 desk_raised \n 10:00 end")
    lines = [line for _, line in told.outcome() if " desk " in line]
    assert lines == ["2:21 desk restless", "8:00 desk agrees"]
    assert "8:00-10:00 STANDING" in told.transcript()
