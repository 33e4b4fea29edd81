"""What works on this desktop, as the help window tells it."""

from __future__ import annotations

from dataclasses import asdict

from sitbreak import language
from sitbreak.daemon.backends import NOT_NEEDED, PARTS, Other, Port, what_works

SEES = Port("activity", ("xinput2",), ("Pointer motion is timed to the poll",))
SILENT = Port(
    "notifications",
    (),
    others=(
        Other("freedesktop", "no service answers", "Install dunst."),
        Other("osascript", "It is for macOS only.", foreign=True),
        Other("terminal", NOT_NEEDED),
    ),
)


def told(*ports: Port) -> list[str]:
    """The lines about these."""
    return what_works("About 5 min at the desk.", {"ports": [asdict(port) for port in ports]}).splitlines()


def test_what_works_and_what_does_not_stand_apart_with_their_reasons() -> None:
    """Without what is for other systems, what is not needed, and names of libraries."""
    assert told(SEES, SILENT) == [
        "About 5 min at the desk.",
        "What works here:",
        "- Activity: Pointer motion is timed to the poll.",
        "What does not, and why:",
        "- Notifications: No service answers.",
    ]


def test_where_everything_works_nothing_is_missed() -> None:
    """No heading without lines below it."""
    assert told(SEES)[1:] == ["What works here:", "- Activity: Pointer motion is timed to the poll."]


def test_what_was_switched_off_says_so() -> None:
    """A limit of a port that nothing does is the reason."""
    assert (
        told(Port("tray", (), ("it is off in the settings",)))[-1] == "- Icon in the tray: It is off in the settings."
    )


def test_what_has_trouble_works_no_more() -> None:
    """One of two that fails is a limit; where all fail, that is why. Neither names the part of the program."""
    troubles = ("lock-a: no bus: [Errno 2] No such file", "lock-b: no answer")
    assert told(Port("screen lock", ("lock-a", "lock-b"), troubles[:1]))[-1] == ("- Screen lock: No bus: No such file.")
    *_, heading, line = told(Port("screen lock", ("lock-a", "lock-b"), troubles))
    assert heading == "What does not, and why:"
    assert line == "- Screen lock: No bus: No such file. No answer."


def test_what_is_for_other_systems_alone_is_left_out() -> None:
    """Nobody here could have it."""
    foreign = Port("context: presenting", (), others=(Other("windows", "It is for Windows only.", foreign=True),))
    assert len(told(foreign)) == 2


def test_nonsense_is_nothing() -> None:
    """A program that is just starting, or one of another version."""
    assert what_works("Starting.", None) == "Starting.\nWhat works here:"
    assert len(told(Port("antennas", ("x",)))) == 2


def test_every_part_has_a_name_for_people() -> None:
    """No identifiers, which have colons and are English in every language; `doctor` tells the same names."""
    assert not any(":" in name for name in PARTS.values())
    language.choose("de")
    try:
        assert Port("context: fullscreen", ()).title == "Vollbild"
        assert told(SEES)[-1].startswith("- Aktivität: ")
    finally:
        language.choose("en")
