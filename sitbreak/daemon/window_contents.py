"""What a window is asked to show, made from settings and movements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sitbreak.core.baseline_goal import LADDER
from sitbreak.core.effects import ShowPrompt
from sitbreak.core.event_messages import STANDS
from sitbreak.core.movements import Movement
from sitbreak.core.status import Status
from sitbreak.daemon import notification_texts, words
from sitbreak.daemon.menu import RULE
from sitbreak.language import _, clause, comma_list, ngettext, paragraph, said, sentence
from sitbreak.ports import MenuEntry
from sitbreak.settings import kinds, synonyms, titles
from sitbreak.settings.kinds import Setting
from sitbreak.settings.load import Loaded
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.window import protocol

LEARNED = "prompt.adaptive"
STILL = {"auto": None, "on": True, "off": False}
THEMES = {"auto": "system", "high-contrast": "contrast"}


def look(settings: Settings) -> protocol.LookMessage:
    """How windows look under these settings."""
    theme, rest = settings.look.theme, settings.break_
    return protocol.LookMessage(
        theme=THEMES.get(theme, theme),
        style="fullscreen" if rest.window == "fullscreen" else "card",
        corner=rest.corner,
        monitor="" if rest.screens == "one" else rest.screens,
        reduced_motion=STILL[rest.reduced_motion],
    )


def shown(movement: Movement) -> protocol.MovementMessage:
    """A movement of the catalogue as the window needs it."""
    return protocol.MovementMessage(
        id=movement.id,
        title=said(movement.title),
        steps=tuple(protocol.StepText(step.seconds, said(step.text)) for step in movement.steps),
        areas=movement.areas,
        type=movement.type,
        easier=said(movement.easier),
        harder=said(movement.harder),
        source="" if movement.seated_mode else clause(movement.source),  # the titles speak of walking
        cautions=tuple(map(_, movement.warnings)),
        seated_mode=movement.seated_mode,
        place=movement.place,
        needs=comma_list(_(" or ").join(_(thing) for thing in group) for group in movement.needs),
    )


def break_request(
    kind: str,
    movement: Movement,
    bout: timedelta,
    settings: Settings,
    prompt: ShowPrompt | None = None,
    length: timedelta | None = None,
    level: str = "shown",
    suggested: bool = False,
) -> protocol.BreakRequest:
    """A prompt card, or a break window; `suggested`: the movement is our choice."""
    rest, brief = settings.break_, prompt is not None and prompt.brief
    where = notification_texts.desk(prompt, settings) if prompt else ""
    ours = suggested or prompt is not None
    return protocol.BreakRequest(
        movement=shown(movement),
        kind=kind,
        length_s=length.total_seconds() if length is not None else rest.minutes * 60,
        long_s=rest.long_minutes * 60,
        bout=words.at_the_desk(bout, standing=where == "up"),
        level=level,
        snooze_left=prompt.snooze_left if prompt else 0,
        snooze_min=tuple(settings.prompt.snooze_minutes),
        title=notification_texts.title(prompt, movement, settings) if prompt else "",
        why=words.why_this(movement, brief, settings.movements.seated_mode) if ours else "",
        desk=where,
        stand_min=STANDS,
        chime=rest.chime,
        volume=rest.chime_volume,
        cues=rest.cues,
        look=look(settings),
    )


def status_request(
    now: Status,
    confirmed: float,
    goal: float,
    entries: tuple[MenuEntry, ...],
    settings: Settings,
    on_card: bool = False,
) -> protocol.StatusRequest:
    """The present for the Today window; `on_card`: a card with a prompt or a break is on the screen."""
    sitting = now.sitting / timedelta(minutes=1) if now.sitting is not None else 0.0
    return protocol.StatusRequest(
        confirmed_min=confirmed,
        goal_min=goal,
        sitting_min=sitting,
        glyph=words.glyph(now),
        title=words.sitting(now),
        note=sentence(words.why(now)),
        seated_mode=now.seated_mode,
        entries=tuple(map(_entry, entries[entries.index(RULE) + 1 :])),  # what comes before stands above the list
        card=settings.break_.corner if on_card else "",
        look=look(settings),
    )


def _entry(entry: MenuEntry) -> protocol.EntryMessage:
    children = tuple(_entry(child) for child in entry.children)
    return protocol.EntryMessage(entry.label, entry.key, entry.enabled, entry.checked, children)


def welcome_request(settings: Settings) -> protocol.WelcomeRequest:
    """The first window, with what is set as its beginning."""
    return protocol.WelcomeRequest(
        places=settings.movements.places,
        seated_mode=settings.movements.seated_mode,
        standing_desk=settings.day.standing_desk,
        goal_min=settings.day.goal_minutes,
        goals=tuple(sorted({*LADDER, settings.day.goal_minutes})),
        autostart=False,
        look=look(settings),
    )


def movements_request(movements: Iterable[Movement], settings: Settings) -> protocol.MovementsRequest:
    """The gallery, in the order of the catalogue; in seated mode those made for it."""
    wanted = [each for each in movements if each.seated_mode or not settings.movements.seated_mode]
    wish = settings.movements
    return protocol.MovementsRequest(
        tuple(map(shown, wanted)), wish.off, wish.favourites, wish.places, look=look(settings)
    )


def help_request(settings: Settings, works: str = "") -> protocol.HelpRequest:
    """The help window, with the topics of `sitbreak help`, and what works here."""
    from sitbreak.daemon import help_topics

    seated_mode = settings.movements.seated_mode
    topics = [(_(help_topics.HEADINGS[name]), help_topics.text(name, seated_mode)) for name in help_topics.TOPICS]
    topics += [(_("What works here"), works)] if works else []
    return protocol.HelpRequest(tuple(protocol.TopicMessage(*each) for each in topics), look=look(settings))


def settings_request(
    loaded: Loaded, path: Path, waiting: tuple[str, ...] = (), pace: str = ""
) -> protocol.SettingsRequest:
    """The settings window: every setting from the single source, page by page; `waiting` hold from the next start.

    `pace` says from when on reminders come now, and why; it stands where that is learned.
    """
    seated = loaded.settings.movements.seated_mode
    known = [key for key in titles.TITLES if not (seated and key in titles.UPRIGHT)]
    rows = (_setting(SETTINGS[key], loaded.settings) for key in known)
    return protocol.SettingsRequest(
        settings=tuple(replace(row, help=paragraph(row.help, pace)) if row.key == LEARNED else row for row in rows),
        problems=tuple(str(problem) for problem in loaded.problems),
        path=str(path),
        presets=tuple(map(_preset, titles.PRESETS)),
        data_page=_(titles.PAGE_OF["day.small_question"]),
        data_synonyms=_(synonyms.DATA),
        waiting=waiting,
        look=look(loaded.settings),
    )


def _preset(name: str) -> protocol.PresetMessage:
    times, values = clock_times(name), titles.PRESETS[name]
    drawn = ngettext(
        "On a made-up day: a reminder at {times}.", "On a made-up day: {count} reminders, at {times}.", len(times),
        times=comma_list(times),
    )  # fmt: skip
    return protocol.PresetMessage(
        name=name,
        says=titles.preset_says(*values.values()),
        title=_(name),
        values=values,
        sitting=sitting(),
        reminders=reminders(name),
        count=ngettext("{count} reminder", "{count} reminders", len(times)),
        drawn=drawn,
    )


def _setting(each: Setting, settings: Settings) -> protocol.SettingMessage:
    kind, choices = _control(each.kind)
    kind = titles.CONTROLS.get(each.key, kind)
    if settings.movements.seated_mode:
        spared = settings.movements.go_easy_on
        choices = tuple(word for word in choices if titles.UPRIGHT_CHOICES.get(word) != each.key or word in spared)
    if each.key == titles.NEEDS:
        choices = tuple(dict.fromkeys((*titles.THINGS, *settings.movements.needs_at_hand)))
    number = each.kind if isinstance(each.kind, kinds.Number) else None
    also = synonyms.SYNONYMS.get(each.key, "")
    return protocol.SettingMessage(
        key=each.key,
        help=each.meaning,
        kind=kind,
        value=each.kind.plain(settings.get(each.key)),
        default=each.default_plain,
        unit=each.unit,
        low=number.low if number else None,
        high=number.high if number else None,
        choices=choices,
        section=_(titles.PAGE_OF[each.key]),
        group=_(titles.GROUPS[each.key]) if each.key in titles.GROUPS else None,
        label=_(titles.TITLES[each.key]),
        choice_titles=tuple(titles.choice_title(word, each.key) for word in choices),
        synonyms=_(also) if also else "",
    )


def _control(kind: kinds.SettingKind) -> tuple[str, tuple[str, ...]]:
    """Which control a kind of setting has, and what can be chosen there."""
    match kind:
        case kinds.SwitchKind():
            return "bool", ()
        case kinds.Number():
            return "number", ()
        case kinds.OneOf(words):
            return "choice", words
        case kinds.Several(kinds.OneOf(words)):
            return "set", words
        case kinds.Several():
            return "list", ()
        case kinds.Hours():
            return "hours", ()
        case kinds.Shortcut():
            return "hotkey", ()
        case kinds.ClockTime():
            return "time", ()
        case _:
            return "text", ()


# What each preset would do on the made-up day of `sitbreak demo`, when every reminder is taken, in minutes after its
# beginning. Played once, as playing it takes seconds; tests/settings/test_preset_day.py plays it again and compares.
BEGINS, LENGTH = 8 * 60 + 45, 515  # minutes after midnight, and of the whole day
# Away from the desk, or nothing is known; all between is sitting.
GAPS = (
    (37, 48), (60, 66), (84, 90), (97, 118), (123, 128), (192, 198), (237, 286), (294, 305), (313, 320), (360, 420),
    (426, 432), (455, 460), (461, 469), (470, 480), (492, 498),
)  # fmt: skip
REMINDERS: Mapping[str, tuple[int, ...]] = {
    "Gentle": (180,),
    "Standard": (30, 180, 228, 356),
    "Frequent": (22, 149, 180, 218, 348, 453),
}


def sitting() -> tuple[tuple[float, float], ...]:
    """Where each stretch of sitting begins and how long it is, as shares of the day."""
    edges = [0, *(edge for gap in GAPS for edge in gap), LENGTH]
    return tuple((start / LENGTH, (end - start) / LENGTH) for start, end in zip(edges[::2], edges[1::2], strict=True))


def reminders(preset: str) -> tuple[float, ...]:
    """When each reminder comes, as a share of the day."""
    return tuple(minute / LENGTH for minute in REMINDERS[preset])


def clock_times(preset: str) -> tuple[str, ...]:
    """When each reminder comes, as times of day."""
    return tuple("{:02}:{:02}".format(*divmod(BEGINS + minute, 60)) for minute in REMINDERS[preset])
