"""`sitbreak help`: what is counted and how, what cannot be known, and what the numbers rest on."""

from __future__ import annotations

import argparse

from sitbreak.cli.output import say, wrapped
from sitbreak.core.text import NotDone, nearest
from sitbreak.daemon import help_topics
from sitbreak.daemon.help_topics import TOPICS
from sitbreak.language import N_, _, named
from sitbreak.settings.load import load
from sitbreak.settings.paths import find_paths
from sitbreak.window.words import URGENT

# What the terminal has for what a topic tells.
HERE: dict[str, tuple[str, ...]] = {
    "basics": (
        N_("`sitbreak status` says how it stands, and `sitbreak today` opens Today."),
        N_("`sitbreak pause 60` keeps reminders away for an hour, `sitbreak resume` ends that."),
    ),
    "counting": (
        N_("`sitbreak correct 12:10 12:40 moved` puts a stretch right."),
        N_("`sitbreak gap up`, `part` or `here` answers the question; `sitbreak answers` lists what you said."),
        N_("`sitbreak reading on` while you read on paper."),
        N_("`sitbreak config set day.standing_desk true` if your desk goes up."),
    ),
    "reminders": (
        N_("`sitbreak status` says why there is a reminder, or why there is none."),
        N_("`sitbreak config set prompt.through_silent_gaps true`, `sitbreak config set prompt.adaptive off`."),
        N_("`sitbreak baseline start`, `stop` and `redo` measure usual days."),
    ),
    "movements": (
        N_("`sitbreak movements list` shows them all, `show` one with its steps and where the idea comes from."),
        N_("`sitbreak movements off NAME` turns one off, `on` brings it back."),
        N_("`sitbreak config set movements.seated_mode on` offers only movements that need no standing up."),
        N_("`sitbreak plan` lists the plans."),
    ),
    "cautions": (N_("`sitbreak config set movements.go_easy_on knee,wrist` leaves out what asks for these."),),
    "privacy": (
        N_("`sitbreak export` gives you all of it as CSV or JSON lines; `import` brings it back."),
        N_("`sitbreak forget --before 2026-01-01`, or `--all`, removes it for good, with every copy."),
        N_("`sitbreak config path` says where the settings are, `sitbreak doctor` where the rest is."),
        N_("Each probe can be turned off: `sitbreak config show` lists them under [context]."),
    ),
}
UPRIGHT = ("plan`", "movements.seated_mode", "day.standing_desk")  # of no use to those who cannot stand
FORMER = {"prompts": "reminders"}  # what a topic was called before
FOREWORD = N_(
    "sitbreak estimates from input how long you have been sitting, and suggests a short break at a lull "
    "between 30 and 45 minutes. `sitbreak help TOPIC` tells more, and `sitbreak --help` lists the "
    "commands."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("help")
    parser.add_argument("topic", nargs="?", metavar=_("TOPIC"), help=", ".join([*TOPICS, "all"]))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the topic. Raises NotDone for one that does not exist."""
    topic = None if args.topic is None else str(args.topic).lower()
    topic = FORMER.get(topic, topic) if topic is not None else None
    seated_mode = load(find_paths().config_file).settings.movements.seated_mode
    if topic is None:
        say(wrapped(overview()))
    elif topic == "all":
        say(wrapped("\n\n\n".join(page(name, seated_mode) for name in TOPICS)))
    elif topic in TOPICS:
        say(wrapped(page(topic, seated_mode)))
    else:
        raise NotDone(_unknown(topic))
    return 0


def overview() -> str:
    """The topics, a line each, and the text that must never be far."""
    most = max(map(len, TOPICS))
    lines = "\n".join(f"  {name:<{most}}  {help_topics.line(name)}" for name in TOPICS)
    return f"{_(FOREWORD)}\n\n{lines}\n\n{_(URGENT)}"


def page(topic: str, seated_mode: bool) -> str:
    """A topic with its heading, and what the terminal has for it."""
    useful = [each for each in HERE.get(topic, ()) if not (seated_mode and any(word in each for word in UPRIGHT))]
    commands = "\n".join(f"- {_(each)}" for each in useful)
    below = f"\n\n{_('In a terminal:')}\n{commands}" if commands else ""
    return f"{named(topic.upper(), help_topics.line(topic))}\n\n{help_topics.text(topic, seated_mode)}{below}"


def _unknown(topic: str) -> str:
    from sitbreak.cli import COMMANDS

    if topic in COMMANDS:
        return _("{topic} is a command; `sitbreak {topic} --help` tells about it.", topic=topic)
    near = nearest(topic, TOPICS)
    if near:
        text = N_("There is no help on {topic!r}; did you mean {near}? there is {topics}.")
    else:
        text = N_("There is no help on {topic!r}; there is {topics}.")
    return _(text, topic=topic, near=near or "", topics=", ".join(TOPICS))
