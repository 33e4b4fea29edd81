"""What an MQTT broker is told of the present, and what Home Assistant needs to show it and to answer.

The rules are those of Home Assistant's MQTT integration: a retained message under PREFIX/COMPONENT/NODE/OBJECT/config
for each thing, of letters, digits, "_" and "-"; one device with an identifier for all of them; a command's topic.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sitbreak import __version__
from sitbreak.adapters.programs.bus_service import PROPERTIES
from sitbreak.core.event_messages import STANDS
from sitbreak.core.frozen import frozen
from sitbreak.language import _
from sitbreak.review.words import speech
from sitbreak.settings.model import Settings

PREFIX = "homeassistant"
ON, OFF = "ON", "OFF"
HOME_PAGE = "https://github.com/sitbreak/sitbreak"
MINUTES: Mapping[str, object] = {
    "unit_of_measurement": "min",
    "device_class": "duration",
    "state_class": "measurement",
}
# What answers the reminder on the screen; the keys are those of daemon/commands.py.
ANSWERS = frozenset({"start", "long", "snooze", "not_now", "stand", "standing_already"})

Told = Mapping[str, object]


@frozen
class Entity:
    """A thing that Home Assistant shows: its component there, its place in the state, its name, and what is special.

    `commands`: the keys that it may send, by the name that its payload has there.
    """

    component: str
    place: str
    name: str
    more: Mapping[str, object]
    commands: Mapping[str, str]


def entities(settings: Settings) -> tuple[Entity, ...]:
    """All of them, in the language in force."""
    return (*_shown(settings), *_buttons(settings), *_switches(settings))


def _shown(settings: Settings) -> Iterator[Entity]:
    speak = speech(settings.movements.seated_mode)
    yield Entity("binary_sensor", "sitting", _("Sitting now"), {"icon": "mdi:seat"}, {})
    yield Entity("sensor", "minutes_sitting", _("Sitting for"), MINUTES, {})
    yield Entity("sensor", "next_reminder", _("Next reminder"), {"device_class": "timestamp"}, {})
    yield Entity("sensor", "minutes_up", _(speak.heading_confirmed), {**MINUTES, "icon": "mdi:walk"}, {})
    yield Entity("sensor", "goal_minutes", _("Goal"), {**MINUTES, "icon": "mdi:flag-checkered"}, {})
    yield Entity("binary_sensor", "reminder", _("Reminder on the screen"), {"icon": "mdi:bell-ring"}, {})


def _buttons(settings: Settings) -> Iterator[Entity]:
    yield _button("start", _("Start the break"), "mdi:play")
    yield _button("long", _("Longer break"), "mdi:timer-outline")
    for length in settings.prompt.snooze_minutes:
        yield _button(f"snooze:{length:g}", _("Later, in {length:g} min", length=length), "mdi:alarm-snooze")
    yield _button("not_now", _("Not now"), "mdi:bell-off")
    if _stands(settings):
        for length in STANDS:
            yield _button(f"stand:{length:g}", _("Stand {minutes:g} min", minutes=length), "mdi:desk")
        yield _button("standing_already", _("I'm standing already"), "mdi:human-handsup")


def _button(key: str, name: str, icon: str) -> Entity:
    object_id = key.replace(":", "_").replace(".", "_")
    return Entity("button", object_id, name, {"icon": icon}, {"payload_press": key})


def _switches(settings: Settings) -> Iterator[Entity]:
    keys = {"payload_on": "pause", "payload_off": "resume"}
    yield Entity("switch", "pause", _("Pause"), {"icon": "mdi:pause"}, keys)
    if not settings.movements.seated_mode:
        keys = {"payload_on": "standing:on", "payload_off": "standing:off"}
        yield Entity("switch", "standing", _("Standing at the desk"), {"icon": "mdi:desk"}, keys)


def _stands(settings: Settings) -> bool:
    return settings.day.standing_desk and not settings.movements.seated_mode


def keys(settings: Settings) -> frozenset[str]:
    """All that may be asked for over the broker."""
    return frozenset(key for entity in entities(settings) for key in entity.commands.values())


def discovery(device: str, name: str, settings: Settings) -> dict[str, str]:
    """The message for each topic, of the device with this identity and name."""
    node, base = f"sitbreak_{device}", f"sitbreak/{device}"
    about = {"identifiers": [node], "name": f"sitbreak: {name}", "manufacturer": "sitbreak", "sw_version": __version__}
    origin = {"name": "sitbreak", "sw_version": __version__, "support_url": HOME_PAGE}
    found = {}
    for each in entities(settings):
        shows = {"state_topic": f"{base}/state", "value_template": f"{{{{value_json.{each.place}}}}}"}
        told = {
            "name": each.name,
            "unique_id": f"{node}_{each.place}",
            "availability_topic": f"{base}/status",
            "device": about,
            "origin": origin,
            **({} if each.component == "button" else shows),
            **({"command_topic": f"{base}/do", **each.commands} if each.commands else {}),
            **({"state_on": ON, "state_off": OFF} if each.component == "switch" else {}),
            **each.more,
        }
        found[f"{PREFIX}/{each.component}/{node}/{each.place}/config"] = json.dumps(told, ensure_ascii=False)
    return found


def state(told: Told) -> str:
    """The present, from what the status tells (`sitbreak status --json`)."""
    read = {name: take(told) for name, (_kind, take) in PROPERTIES.items()}
    flags = {"Sitting": "sitting", "PromptOnShow": "reminder", "Paused": "pause", "Standing": "standing"}
    found: dict[str, object] = {name: ON if read[which] else OFF for which, name in flags.items()}
    found |= {"minutes_sitting": read["SittingMinutes"], "next_reminder": _next_reminder(told)}
    found |= {"minutes_up": read["ConfirmedMinutes"], "goal_minutes": read["GoalMinutes"]}
    return json.dumps(found)


def _next_reminder(told: Told) -> str | None:
    """From when on it may come, to the minute; once that is over, when it comes at the latest. None: it does not."""
    at = told.get("at")
    if not isinstance(at, str) or told.get("paused") or told.get("away"):
        return None
    left = (told.get("opens_in"), told.get("closes_in"))
    ahead = (seconds for seconds in left if isinstance(seconds, (int, float)) and seconds > 0)
    if (seconds := next(ahead, None)) is None:
        return None
    moment = datetime.fromisoformat(at) + timedelta(seconds=seconds)
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0).isoformat()
