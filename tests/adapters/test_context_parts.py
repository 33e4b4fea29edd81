"""The parts that probes are made of: edges, merging, the slow pace, back-off, names, and starting them all."""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

import pytest

from sitbreak.adapters.bus import BusThread, again_and_again
from sitbreak.adapters.context import ContextWatcher, Options, candidates
from sitbreak.adapters.context.edges import Begun, Edges, Session, Trouble
from sitbreak.adapters.context.probe import Probe
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.session_linux import SAVERS
from sitbreak.adapters.context.sharing_pipewire import Lines, may_run
from sitbreak.adapters.context.worker import Worker
from sitbreak.adapters.running_programs import LinuxPrograms, same_program
from sitbreak.core.events import Locked, Signal, SignalChanged, Slept, Unlocked, Woke
from sitbreak.ports import Env
from tests.adapters.context_worlds import Posted, Run, wiring
from tests.waiting import wait_until


def test_edges_are_posted_only_when_something_changed() -> None:
    """The same holders again are nothing, and the present holder stays as long as it holds."""
    posted = Posted()
    edges = Edges(posted)
    voice = edges.voice()
    for holders in ([], ["Zoom"], ["Zoom"], ["Meet", "Zoom"], ["Meet"], []):
        edges.hold(voice, Signal.CALL, holders)
    assert posted.edges == [(True, "Zoom"), (True, "Meet"), (False, "")]


def test_a_closed_probe_says_nothing() -> None:
    """Closing turns its signal off; what it finds out after that is not posted."""
    posted = Posted()
    probe = QuietApps(wiring())
    probe.start(posted)
    probe.hold(["Zoom"])
    probe.close()
    probe.hold(["Zoom"])
    probe.close()
    assert posted.edges == [(True, "Zoom"), (False, "")]


def test_a_signal_is_on_from_the_first_probe_to_the_last() -> None:
    """Two probes of one signal make one signal; the better informed one names the app, and a change of it is posted."""
    posted = Posted()
    edges = Edges(posted)
    microphone, camera = edges.voice(), edges.voice()
    edges.hold(camera, Signal.CALL, ["cheese"])
    for holders in (["Zoom"], ["Zoom"], []):
        edges.hold(microphone, Signal.CALL, holders)
    for _ in range(2):
        edges.hold(camera, Signal.CALL, [])
    assert posted.edges == [(True, "cheese"), (True, "Zoom"), (True, "cheese"), (False, "")]


def test_signals_do_not_mix() -> None:
    """What one signal does leaves the others alone."""
    posted = Posted()
    edges = Edges(posted)
    voice = edges.voice()
    edges.hold(voice, Signal.CALL, ["Zoom"])
    edges.hold(voice, Signal.DND, [""])
    edges.hold(voice, Signal.CALL, [])
    call = [SignalChanged(Signal.CALL, True, "Zoom"), SignalChanged(Signal.CALL, False)]
    assert posted.events == [call[0], SignalChanged(Signal.DND, True), call[1]]


def test_lock_and_sleep_have_events_of_their_own() -> None:
    """Locked while any probe says so, whoever holds the lock; each edge is posted once."""
    posted = Posted()
    edges = Edges(posted)
    first, second = edges.voice(), edges.voice()
    for voice, on in ((first, True), (second, True), (first, False)):
        edges.hold(voice, Session.LOCK, ["the lock"] if on else [])
        edges.hold(voice, Session.SLEEP, ["sleep"] if on else [])
    assert posted.events == [Locked(), Slept()]
    edges.hold(second, Session.SLEEP, [])
    edges.hold(second, Session.LOCK, [])
    assert posted.events[2:] == [Woke(), Unlocked()]


def test_only_what_begins_before_our_eyes_counts() -> None:
    """What was there first counts once it ended and came again; after a pause the new is old, the known stays."""
    begun = Begun()
    assert begun.look(["a"]) == []
    assert begun.look(["a", "b"]) == ["b"]
    assert begun.look([]) == []
    assert begun.look(["a"]) == ["a"]
    begun.unwatched()
    assert begun.look(["a", "c"]) == ["a"]


def test_trouble_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """One warning, of one line, for as long as the trouble lasts; a new one after it was over."""
    trouble = Trouble("probe")
    with caplog.at_level(logging.WARNING):
        for reason in ("first\nof many lines", "second"):
            trouble.met(reason)
        assert (trouble.text, trouble.sees) == ("second", False)
        trouble.over()
        assert (trouble.text, trouble.sees) == ("", True)
        trouble.met(OSError())
    assert [record.getMessage().count("\n") for record in caplog.records] == [0, 0]
    assert "OSError" in caplog.records[1].getMessage()


def test_a_worker_tries_again_with_longer_pauses() -> None:
    """Attempts that fail are made again, and each is cleaned up after; close ends it during a pause."""
    attempts: SimpleQueue[str] = SimpleQueue()

    def attempt() -> None:
        attempts.put("try")
        raise KeyError("whatever a library raises")

    worker = Worker(
        "worker",
        attempt,
        trouble=Trouble("probe"),
        wake=lambda: None,
        after=lambda: attempts.put("clean"),
        back_off=(0.01, 0.01, 300.0),
    )
    worker.start()
    assert [attempts.get(timeout=5) for _ in range(6)] == ["try", "clean"] * 3
    worker.close()
    assert attempts.empty()


def test_pipewire_is_asked_only_where_it_may_run(tmp_path: Path) -> None:
    """Its socket is looked for, unless somebody named another place."""
    told = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert not may_run(told)
    assert may_run({**told, "PIPEWIRE_REMOTE": "elsewhere"})
    (tmp_path / "pipewire-0").touch()
    assert may_run(told)


def test_lists_are_cut_where_they_end() -> None:
    """What pw-dump writes arrives in pieces of any size, and comes out as whole lists."""
    told = b'[\n  {\n    "id": 1,\n    "a": [\n    ]\n  }\n]\n[\n]\n'
    lines = Lines()
    found = [one for number in range(len(told)) for one in lines.complete(told[number : number + 1])]
    assert found == [[{"id": 1, "a": []}], []]


@pytest.mark.parametrize(
    ("wanted", "running", "same"),
    [
        ("Keynote", "keynote", True),
        ("zoom", "Zoom.exe", True),
        ("libreoffice-impress", "libreoffice-imp", True),
        ("libreoffice", "libreoffice-imp", False),
        ("obs", "obs-studio", False),
    ],
)
def test_programs_are_named_as_people_do(wanted: str, running: str, same: bool) -> None:
    """Case and ".exe" do not matter, and Linux cuts names to 15 characters; else names are whole."""
    assert same_program(wanted, running) is same


STATUS = "Name:\t{name}\nUmask:\t0022\nUid:\t{user}\t1000\nGid:\t1000\nVmSize:\t    8000 kB\n"


def test_a_name_is_read_again_until_it_has_settled(tmp_path: Path) -> None:
    """A program that takes its name just after its start is known by it; later its file is not read any more."""
    status = tmp_path / "41" / "status"
    status.parent.mkdir()
    (tmp_path / "self").mkdir()
    programs = LinuxPrograms(tmp_path, 1000)
    for name, expected in (("sh", "sh"), ("zoom", "zoom"), ("zoom", "zoom"), ("unread", "zoom")):
        status.write_text(STATUS.format(name=name, user=1000))
        assert programs() == {expected}
    status.unlink()
    assert programs() == {"zoom"}
    status.parent.rmdir()
    assert programs() == set()


def test_programs_of_another_user_do_not_count(tmp_path: Path) -> None:
    """On a computer for several only what this user runs is listed, also when it has taken root's rights."""
    for pid, name, users in (("41", "zoom", "1000\t0"), ("42", "obs", "1001\t1001"), ("43", "films", "0\t1000")):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "status").write_text(STATUS.format(name=name, user=users))
    programs = LinuxPrograms(tmp_path, 1000)
    assert [programs() for _ in range(3)] == [{"zoom"}] * 3


def test_of_others_than_those_looked_for_only_the_name_is_read(tmp_path: Path) -> None:
    """Every few seconds, on a busy computer; one that has ended and waits to be asked about does not run."""
    for pid, name in (("41", "i3lock"), ("42", "zoom"), ("43", "swaylock")):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "comm").write_text(f"{name}\n")
    (tmp_path / "41" / "status").write_text(STATUS.format(name="i3lock", user=1000))
    (tmp_path / "42" / "status").write_text(STATUS.format(name="what was not to be read", user=1000))
    ended = STATUS.replace("Umask", "State:\tZ (zombie)\nUmask")
    (tmp_path / "43" / "status").write_text(ended.format(name="swaylock", user=1000))
    programs = LinuxPrograms(tmp_path, 1000, {"i3lock", "swaylock"})
    assert [programs() for _ in range(3)] == [{"i3lock"}] * 3


def test_threads_of_the_kernel_are_not_programs(tmp_path: Path) -> None:
    """What has no memory of its own is no program, also for root, to whom the kernel's threads belong."""
    for pid, told in (("2", STATUS.partition("VmSize")[0]), ("41", STATUS)):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "status").write_text(told.format(name=f"name-{pid}", user=0))
    assert LinuxPrograms(tmp_path, 0)() == {"name-41"}


def test_quiet_apps_are_those_of_the_list() -> None:
    """The app is named as the list does; without a list the programs are not looked at."""
    running = {"bash", "impress.bin"}
    with Run(QuietApps(wiring(options=Options(quiet_apps=("Impress.bin",))), lambda: running)) as run:
        run.wait((True, "Impress.bin"))
        running.clear()
        run.wait((True, "Impress.bin"), (False, ""))
    with Run(QuietApps(wiring(), lambda: running)):
        assert not [thread for thread in threading.enumerate() if thread.name == "context-slow"]


def test_every_probe_has_a_name_of_its_own_and_the_signal_it_is_listed_for() -> None:
    """Names are unique, signals agree, and every probe says on any system whether it can work."""
    probes: list[type[Probe]] = [probe for each in candidates("plan9").values() for probe in each]
    assert len({probe.NAME for probe in probes}) == len(probes)
    assert all(probe.SIGNAL is signal for signal, each in candidates("plan9").items() for probe in each)
    for platform in ("linux", "win32", "darwin", "freebsd14"):
        for probe in probes:
            probe.viable(Env(platform, {}))


def probes(context: ContextWatcher) -> list[Probe]:
    """All that were chosen."""
    return [probe for choice in context.choices.values() for probe in choice.backends]


def test_where_nothing_works_every_probe_says_why() -> None:
    """On an unknown system nothing is started, and each probe has its reason."""
    context = ContextWatcher(Env("plan9", {}), BusThread(), Options())
    assert probes(context) == []
    refused = [(name, each.reason) for choice in context.choices.values() for name, each in choice.refused.items()]
    assert {name for name, _ in refused} == {probe.NAME for each in candidates("plan9").values() for probe in each}
    assert all(reason for _, reason in refused)


@pytest.mark.unix("D-Bus")
def test_only_the_signals_asked_for_are_watched() -> None:
    """Probes of other signals are neither started nor refused; closing ends those at work, and their signals."""
    posted = Posted()
    apps = (Path(sys.executable).resolve().name, Path("/proc/self/comm").read_text().strip())
    quiet = Options(frozenset({Signal.QUIET_APP}), quiet_apps=apps)
    with (
        closing(BusThread()) as bus,
        closing(ContextWatcher(Env("linux", {"XDG_CURRENT_DESKTOP": "GNOME"}), bus, quiet)) as context,
    ):
        context.start(posted)
        watched = {choice.port: [probe.NAME for probe in choice.backends] for choice in context.choices.values()}
        assert watched["context: quiet app"] == ["quiet-apps"]
        assert {port for port, names in watched.items() if names} == {"screen lock", "sleep", "context: quiet app"}
        assert context.choices[Signal.CALL].refused == {}
        wait_until(lambda: posted.edges)
    assert [on for on, _holder in posted.edges] == [True, False]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("context-")]


@pytest.mark.unix("D-Bus")
def test_a_bus_that_is_not_there_is_logged_once_for_all(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Many probes ask the same bus; when it is missing each has its trouble, and the log has one line a bus."""
    bus = BusThread({"session": f"unix:path={tmp_path}/none", "system": f"unix:path={tmp_path}/none"})
    options = Options(frozenset({Signal.MEDIA, Signal.DND}))
    context = ContextWatcher(Env("linux", {"XDG_CURRENT_DESKTOP": "GNOME"}), bus, options)
    context.start(Posted())
    wait_until(lambda: all(probe.trouble for probe in probes(context)))
    context.close()
    bus.close()
    assert len(caplog.records) == 2


@pytest.mark.unix("D-Bus")
def test_a_lock_stays_a_lock_when_the_settings_change(tmp_path: Path) -> None:
    """Other options make the probes of the signals anew; those of lock and sleep go on as they are."""
    bus = BusThread({"session": f"unix:path={tmp_path}/none", "system": f"unix:path={tmp_path}/none"})
    posted = Posted()
    with closing(bus), closing(ContextWatcher(Env("linux", {}), bus, Options(frozenset()))) as context:
        context.start(posted)
        lock = context.choices[Session.LOCK].backends[0]
        lock.hold(["the lock"])
        context.use(Options(frozenset({Signal.MEDIA})))
        assert posted.events == [Locked()]
        assert context.choices[Session.LOCK].backends[0] is lock
        assert context.choices[Signal.MEDIA].backends


def test_an_attempt_is_made_again_whatever_it_meets() -> None:
    """On the bus thread, too: an answer of a shape that nobody foresaw ends one attempt, and the next follows."""
    attempts: SimpleQueue[str] = SimpleQueue()

    async def attempt() -> None:
        attempts.put("attempt")
        raise KeyError("LockedHint")

    def ended(failure: BaseException | None) -> bool:
        attempts.put(repr(failure))
        return False

    with closing(BusThread()) as bus:
        bus.spawn(again_and_again(attempt, ended, (0.01,)))
        assert [attempts.get(timeout=10) for _ in range(3)] == ["attempt", "KeyError('LockedHint')", "attempt"]


@pytest.mark.parametrize(
    ("platform", "lock", "sleep"),
    [
        ("linux", ["lock-logind", *(saver.NAME for saver in SAVERS), "lock-programs"], ["sleep-logind"]),
        ("win32", ["lock-windows"], ["sleep-windows"]),
        ("plan9", [], []),
    ],
)
@pytest.mark.unix("D-Bus")
def test_what_watches_the_session_on_each_system(platform: str, lock: list[str], sleep: list[str]) -> None:
    """Linux has logind, the lockers of the session bus and those that merely run; a system nobody knows has none."""
    choices = ContextWatcher(Env(platform, {}), BusThread(), Options(frozenset())).choices
    assert [probe.NAME for probe in choices[Session.LOCK].backends] == lock
    assert [probe.NAME for probe in choices[Session.SLEEP].backends] == sleep
