"""`sitbreak config`, `sitbreak movements` and `sitbreak plan`, as a person types them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sitbreak.cli import main
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import find_paths


@dataclass(frozen=True)
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


Say = Callable[[str], Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for everything."""
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path / "home"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):  # no window opens on the desk of whoever runs this
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command line, without the program's name."""
    assert not home.exists()

    def said(line: str) -> Said:
        code = main(line.split())
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return said


def test_setting_getting_and_resetting_a_value(say: Say) -> None:
    """What was set is read back, as text and as JSON; reset brings the default."""
    assert say("config set prompt.sound on break.minutes 3").code == 0
    assert say("config get prompt.sound").out == "true\n"
    assert json.loads(say("config get break.minutes --json").out) == {"break.minutes": 3}
    assert say("config reset break.minutes").out == "break.minutes is 2 (default 2).\n"


@pytest.mark.parametrize(
    "line",
    [
        "config set prompt.sound loud",
        "config set promt.sound on",
        "config set prompt.sound",
        "config get sound_",
        "config reset nothing.there",
        "movements show walk-watr",
        "movements off nothing",
        "plan start running",
        "plan log walking 10",
        "plan stop walking",
        "plan log rest 20",
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(say: Say, home: Path, line: str) -> None:
    """One line on the error output, nothing on the other, and no file."""
    said = say(line)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert said.err.rstrip()[-1] in ".?"
    assert not (home / "sitbreak.toml").exists()


def test_check_tells_everything_that_is_wrong(say: Say, home: Path) -> None:
    """Settings, own movements and movements turned off that do not exist: one line each, exit 2."""
    assert say("config check").code == 0
    (home / "movements").mkdir(parents=True)
    (home / "movements" / "mine.json").write_text("{}")
    (home / "sitbreak.toml").write_text("[prompt]\nsound = 3\nsond = 4\n[movements]\noff = ['walk-watr']\n")
    said = say("config check")
    assert said.code == 2
    assert len(said.err.splitlines()) == 4
    assert len(json.loads(say("config check --json").out)["problems"]) == 4


def test_a_broken_file_is_shown_and_not_overwritten(say: Say, home: Path) -> None:
    """`set` refuses; the file stays."""
    home.mkdir()
    (home / "sitbreak.toml").write_text("[prompt")
    assert say("config set prompt.sound on").code == 2
    assert (home / "sitbreak.toml").read_text() == "[prompt"


def test_show_marks_what_was_changed(say: Say) -> None:
    """The default is named beside it; JSON has every key."""
    say("config set prompt.sound on")
    assert "sound = true  # default false\n" in say("config").out
    assert json.loads(say("config show --json").out)["prompt.sound"] is True


def test_the_default_file_can_be_used_as_it_is(say: Say, home: Path) -> None:
    """What `config default` prints has no problems."""
    text = say("config default").out
    home.mkdir()
    (home / "sitbreak.toml").write_text(text, "utf-8")
    assert load(home / "sitbreak.toml").problems == ()


def test_a_movement_can_be_turned_off_and_on(say: Say) -> None:
    """It leaves the list, and comes back."""
    assert "mob-neck" in say("movements list").out
    assert say("movements off mob-neck").code == 0
    assert "mob-neck" not in say("movements").out
    assert "mob-neck" in say("movements list --all").out
    assert say("movements on mob-neck").code == 0
    assert "mob-neck" in say("movements").out


def test_a_movement_is_shown_with_its_timeline(say: Say) -> None:
    """Steps with their times, levels, cautions and a source in words."""
    out = say("movements show walk-stairs").out
    assert "0:20  climb" in out
    assert "2:00  done" in out
    assert "Hold something fixed." in out
    assert "Source: An article on" in out
    assert json.loads(say("movements show walk-stairs --json").out)["id"] == "walk-stairs"


def test_areas_of_the_week_are_there_before_any_break(say: Say) -> None:
    """Without a history every area is at 0."""
    assert set(json.loads(say("movements areas --json").out)["areas"].values()) == {0}


def test_a_plan_is_started_logged_and_stopped(say: Say) -> None:
    """Its sentence says what the week asks for and what was done."""
    assert say("plan status").out.startswith("No plan is running")
    assert "So far 0 of 30 minutes." in say("plan start walking").out
    assert "So far 12.5 of 30 minutes." in say("plan log walking 12.5").out
    assert "So far 22.5 of 30 minutes." in say("plan log walking").out
    assert json.loads(say("plan status --json").out)[0]["done"] == 22.5
    assert say("plan log walking 5 --day yesterday").code == 2
    assert say("plan log walking 5x").code == 2
    assert say("plan stop walking").code == 0
    assert "Rest, not movement" in say("plan").out


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An editor that does this to the file, which is its last argument."""
    program = tmp_path / "my editor.py"
    program.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[-1])\n{script}\n", "utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{program}" --wait')


def test_edit_begins_with_every_key_commented_out(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is left as it was changes nothing; a line without its mark does."""
    editor(
        tmp_path,
        monkeypatch,
        "text = file.read_text('utf-8').replace('#latest_minutes = 45', 'latest_minutes = 40')\n"
        "file.write_text(text, 'utf-8')",
    )
    assert main(["config", "edit"]) == 0
    assert "is fine" in capsys.readouterr().out
    loaded = load(find_paths().config_file)
    assert replace(loaded.settings, prompt=replace(loaded.settings.prompt, latest_minutes=45)) == Settings()
    assert loaded.settings.prompt.latest_minutes == 40


def test_edit_tells_what_is_wrong_afterwards(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `config check` does."""
    editor(tmp_path, monkeypatch, r"file.write_text('[prompt]\nearliest_minutes = 900\n')")
    assert main(["config", "edit"]) == 2
    assert "earliest_minutes" in capsys.readouterr().err


@pytest.mark.parametrize(("script", "said"), [("sys.exit(3)", "ended with 3"), (None, "no editor")])
def test_an_editor_that_fails_is_said(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    script: str | None, said: str,
) -> None:  # fmt: skip
    """One that is not there, and one that ends with an error."""
    editor(tmp_path, monkeypatch, script or "")
    if script is None:
        monkeypatch.setenv("EDITOR", "/nonexistent/editor")
    assert main(["config", "edit"]) == 2
    assert said in capsys.readouterr().err
