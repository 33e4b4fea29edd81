"""The window process: what becomes of one that crashes, hangs, cannot start or talks nonsense."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from sitbreak.adapters.breakwindow import QtWindow
from sitbreak.adapters.breakwindow.qt_child import living, remedy, takes_keyboard, unserved, versions
from sitbreak.ports import Env, NotViable, Viable, WindowFailed
from tests.contracts.breakwindow_contract import REQUEST
from tests.waiting import wait_until

Message = Mapping[str, object]
Make = Callable[..., QtWindow]

SHOWN = 'sys.stdin.readline(); print(\'{"event": "shown"}\', flush=True)'


@pytest.fixture
def heard() -> list[Message]:
    """What the window said."""
    return []


@pytest.fixture
def child(heard: list[Message]) -> Iterator[Make]:
    """A window whose process is a few lines of Python."""
    made: list[QtWindow] = []

    def make(script: str, limit_s: float = 10.0) -> QtWindow:
        command = (sys.executable, "-c", f"import os, sys, time; {script}")
        made.append(QtWindow(heard.append, dict(os.environ), command, limit_s))
        return made[-1]

    yield make
    for window in made:
        window.close(at_once=True)


def test_a_window_that_crashes_at_the_start_fails_with_its_last_words(child: Make, heard: list[Message]) -> None:
    """The reason is told once, by the exception; nothing is said to be gone."""
    window = child("sys.exit('libEGL.so.1: cannot open shared object file')")
    with pytest.raises(WindowFailed, match=r"libEGL.so.1.*notifications go on as before.*libegl1"):
        window.open(REQUEST)
    assert heard == []


@pytest.mark.parametrize(
    ("machine", "libc", "told"),
    [
        ("x86_64", ("glibc", "2.36"), ""),
        ("aarch64", ("glibc", "2.39"), ""),
        ("aarch64", ("glibc", "2.36"), "glibc 2.36 on aarch64; it wants 2.39 or newer"),
        ("x86_64", ("", ""), "such as Alpine"),
        ("riscv64", ("glibc", "2.41"), "the processor riscv64"),
    ],
)
def test_where_there_is_no_ready_made_qt_that_is_said(machine: str, libc: tuple[str, str], told: str) -> None:
    """Instead of a command that could not succeed; and that all else works."""
    sentence = unserved(machine, libc)
    assert told in sentence
    assert sentence.endswith("all else works.") == bool(told)


def test_a_window_that_hangs_is_given_up(child: Make, heard: list[Message]) -> None:
    """No `shown` within the limit: it is ended, and the caller may try something else."""
    window = child("sys.stdin.readline(); sys.stdin.readline(); sys.stdin.read()", limit_s=0.3)
    with pytest.raises(WindowFailed, match="did not open"):
        window.open(REQUEST)
    assert heard == []


def test_a_window_that_dies_while_open_is_gone(child: Make, heard: list[Message]) -> None:
    """Said once, with what it wrote last; the next one opens as if nothing had been."""
    window = child(f"{SHOWN}; sys.stderr.write('ouch'); sys.stderr.flush(); os.kill(os.getpid(), 9)")
    window.open(REQUEST)
    wait_until(lambda: {"event": "gone", "reason": "ouch"} in heard, what="gone")
    window.tell({"do": "result", "line": "x"})
    window.open(REQUEST)
    wait_until(lambda: heard.count({"event": "gone", "reason": "ouch"}) == 2, what="gone again")


def test_a_window_deaf_to_close_is_ended(child: Make, heard: list[Message]) -> None:
    """Nobody waits for a window that does not let go."""
    window = child(
        f"{SHOWN}; import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM]); signal.pause()"
    )
    window.open(REQUEST)
    window.close()
    wait_until(lambda: any(message["event"] == "gone" for message in heard), what="its end")


def test_chatter_on_the_line_is_passed_over(child: Make, heard: list[Message]) -> None:
    """A library that prints something breaks nothing."""
    window = child(f"print('Qt says hello'); print('[1, 2]'); {SHOWN}; print('{{\"event\": \"closed\"}}', flush=True)")
    window.open(REQUEST)
    wait_until(lambda: {"event": "closed"} in heard, what="closed")
    assert [message["event"] for message in heard] == ["shown", "closed"]


def test_a_program_that_does_not_exist_fails_in_words(heard: list[Message]) -> None:
    """No traceback reaches anyone."""
    with pytest.raises(WindowFailed, match="could not be started"):
        QtWindow(heard.append, {}, ("/nonexistent/python",)).open(REQUEST)


def test_a_close_followed_by_an_open_keeps_the_window(child: Make, heard: list[Message]) -> None:
    """Start withdraws the prompt and opens the break: the same process goes on, without a flicker."""
    script = '[print(\'{"event": "shown", "pid": %d}\' % os.getpid(), flush=True) for line in sys.stdin]'
    window = child(script)
    window.open(REQUEST)
    window.close()
    window.open(REQUEST)
    assert len({message["pid"] for message in heard}) == 1


def test_a_prepared_process_is_used_by_the_next_open(child: Make, heard: list[Message]) -> None:
    """Prepared once, however often it is asked for."""
    script = (
        'print(\'{"event": "ready", "pid": %d}\' % os.getpid(), flush=True);'
        '[print(\'{"event": "shown", "pid": %d}\' % os.getpid(), flush=True) for line in sys.stdin]'
    )
    window = child(script)
    window.tell({"do": "prepare"})
    window.tell({"do": "prepare"})
    wait_until(lambda: heard, what="the prepared process")
    window.open(REQUEST)
    assert [message["event"] for message in heard] == ["ready", "shown"]
    assert len({message["pid"] for message in heard}) == 1


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ('print(\'{"event": "closed"}\', flush=True)', ""),
        ("sys.exit('libEGL.so.1: cannot open shared object file')", "apt install libegl1 .*libxkbcommon-x11-0"),
    ],
)
def test_a_trial_tells_whether_a_window_could_be_shown(
    child: Make, heard: list[Message], script: str, failure: str
) -> None:
    """A process that starts and says goodbye could; one that ends with an error could not, and says why."""
    window = child(f"sys.stdin.readline(); {script}")
    if failure:
        with pytest.raises(WindowFailed, match=failure):
            window.trial()
    else:
        window.trial()


def test_the_name_of_a_compositor_that_is_gone_is_not_passed_on(tmp_path: Path) -> None:
    """With an X server it is left out, so that the window is one of X; a living compositor's name stays."""
    left_over = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert living(left_over) == {"DISPLAY": ":0", "XDG_RUNTIME_DIR": str(tmp_path)}
    (tmp_path / "wayland-9").touch()
    assert living(left_over) == left_over
    assert living({"WAYLAND_DISPLAY": "wayland-9"}) == {"WAYLAND_DISPLAY": "wayland-9"}


@pytest.mark.parametrize("name", ["pyside6_essentials-6.12.1.dist-info", "PySide6_Essentials-6.12.0.dist-info"])
def test_the_version_of_qt_is_told_by_its_folder(name: str, tmp_path: Path) -> None:
    """However an installer spells it; other packages beside it are no matter."""
    for folder in ("PySide6", name, "shiboken6-6.11.0.dist-info"):
        (tmp_path / folder).mkdir()
    assert list(versions(tmp_path / "PySide6")) == [(6, 12)]


def test_the_remedy_names_this_python_and_a_version_that_works() -> None:
    """It can be pasted: the Python that lacks Qt, and the versions our own package asks for."""
    assert remedy().startswith(f'Run `{sys.executable} -m pip install "PySide6-Essentials')
    assert "<6.12" in remedy()
    assert "sitbreak[" not in remedy()


@pytest.mark.parametrize(
    ("platform", "variables", "works"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_display_is_needed_where_there_can_be_none(platform: str, variables: dict[str, str], works: bool) -> None:
    """Without one Qt would abort; the reason and a remedy are told instead."""
    found = QtWindow.viable(Env(platform, variables))
    if isinstance(found, NotViable) and "PySide6" in found.reason:
        assert found.remedy == remedy()
        return
    assert isinstance(found, Viable) is works


def test_under_wayland_a_prompt_that_must_not_take_the_focus_goes_through_x(
    heard: list[Message], tmp_path: Path
) -> None:
    """Only there, only then, and not against what the person set."""
    both = {"WAYLAND_DISPLAY": str(tmp_path), "DISPLAY": ":0"}  # of a compositor that is there
    quiet = {"kind": "prompt", "focus": False}
    assert QtWindow(heard.append, both)._outside_wayland(quiet)
    assert not QtWindow(heard.append, both)._outside_wayland({**quiet, "focus": True})
    assert not QtWindow(heard.append, {"DISPLAY": ":0"})._outside_wayland(quiet)
    assert not QtWindow(heard.append, {**both, "QT_QPA_PLATFORM": "wayland"})._outside_wayland(quiet)


@pytest.mark.parametrize(
    ("variables", "taken"),
    [
        ({"WAYLAND_DISPLAY": "wayland-9"}, True),
        ({"WAYLAND_DISPLAY": "wayland-9", "DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland"}, True),
        ({"WAYLAND_DISPLAY": "wayland-9", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"DISPLAY": ":0"}, False),
    ],
)
def test_only_on_wayland_alone_a_window_takes_the_keyboard(variables: dict[str, str], taken: bool) -> None:
    """Through X it can keep out of the focus, unless the person wants Qt to speak Wayland."""
    assert takes_keyboard(variables) is taken
