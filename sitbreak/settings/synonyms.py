"""What else people may call a setting when they search for it, beside its title and its help.

One text for each, words with commas between; in another language they are its own words, not those translated.
"""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.language import N_
from sitbreak.settings.kinds import WEEKDAYS

INTERVAL = N_("interval, frequency, how often, timer, alarm, every")
LATER = N_("snooze, postpone, delay, put off")
ANSWERS = N_("repeat, again, ignore, dismiss, refuse")
REPORTS = N_("summary, report, statistics, evening, week")
HOURS = N_("schedule, office hours, lunch, evening, weekend, night, shift, quiet hours, silence")
TRAY = N_("icon, panel, taskbar, system tray")
KEYS = N_("shortcut, hotkey, keyboard, key combination")
PAUSES = N_("lull, typing, wait, interrupt")
SCRIPTS = N_("script, hook, automation, integration")

SYNONYMS: Mapping[str, str] = {
    "prompt.earliest_minutes": INTERVAL,
    "prompt.latest_minutes": INTERVAL,
    "prompt.channel": N_("notification, popup, message, card"),
    "prompt.sound": N_("noise, loud, quiet, mute, silent, beep, alarm, bell"),
    "prompt.heads_up": N_("warning, early, announce"),
    "prompt.snooze_minutes": LATER,
    "prompt.snoozes_per_bout": LATER,
    "prompt.return_after_minutes": ANSWERS,
    "prompt.declined_after_minutes": ANSWERS,
    "day.goal_minutes": N_("target, aim, ambition"),
    "day.goal_ladder": N_("target, aim, ambition"),
    "report.daily": REPORTS,
    "report.summary_at": REPORTS,
    "report.weekly_on": REPORTS,
    "break.minutes": N_("length, duration, how long"),
    "break.long_minutes": N_("length, duration, how long"),
    "break.window": N_("overlay, popup, big, small, lock"),
    "break.corner": N_("position, place, where"),
    "break.screens": N_("screen, monitor, display"),
    "break.pause_media": N_("player, song, video, movie, sound, stop"),
    "movements.places": N_("open-plan office, working from home, colleagues, embarrassing"),
    "movements.seated_mode": N_("wheelchair, seated, disability, accessibility"),
    "day.standing_desk": N_("standing desk, sit-stand, height"),
    "movements.go_easy_on": N_("pain, injury, ache, pregnant"),
    "movements.needs_at_hand": N_("equipment, furniture, stairs, towel"),
    "movements.favourites": N_("favourites, star, like"),
    "movements.off": N_("hide, dislike, block, exclude"),
    **{f"working_hours.{day}": HOURS for day in WEEKDAYS},
    "day.start": N_("midnight, night shift"),
    "context.calls": N_("meeting, video call, phone, microphone, camera, Zoom, Teams"),
    "context.media": N_("movie, video, YouTube, audio, watch"),
    "context.fullscreen": N_("slides, projector, game, beamer, meeting"),
    "context.dnd": N_("quiet, silence, focus, mute, disturb"),
    "prompt.quiet_apps": N_("programs, game, meeting, quiet, exception, mute"),
    "prompt.ignored_apps": N_("programs, radio, exception"),
    "look.theme": N_("theme, color, dark mode, light mode, night, contrast"),
    "general.language": N_("English, translation"),
    "tray.enabled": TRAY,
    "tray.panel": TRAY,
    "break.reduced_motion": N_("animation, movement, calm"),
    "break.chime": N_("sound, noise, bell, gong, quiet, mute"),
    "break.chime_volume": N_("sound, noise, volume, loud, quiet, mute"),
    "break.cues": N_("sound, noise, speech, read aloud, hands-free, mute"),
    "day.small_question": N_("ask, gap, survey"),
    "general.log": N_("debug, error, troubleshooting"),
    "general.autostart": N_("startup, boot, autostart, login"),
    "hotkeys.start": KEYS,
    "hotkeys.snooze": KEYS,
    "hotkeys.not_now": KEYS,
    "hotkeys.pause": KEYS,
    "prompt.adaptive": N_("adapt, automatic, smart"),
    "prompt.through_silent_gaps": N_("reading, paper, thinking"),
    "prompt.lull_at_earliest_seconds": PAUSES,
    "prompt.lull_at_latest_seconds": PAUSES,
    "prompt.return_window_minutes": PAUSES,
    "prompt.held_limit_minutes": N_("meeting, slides, focus"),
    "sync.folder": N_("sync, laptop, second computer, cloud, Syncthing, Nextcloud"),
    "mqtt.broker": N_("Home Assistant, smart home, automation, server"),
    "programs.bus_service": SCRIPTS,
    "programs.on_prompt": SCRIPTS,
    "programs.on_break": SCRIPTS,
    "programs.on_back": SCRIPTS,
}
DATA = N_("export, import, save, backup, copy, CSV, delete, erase, remove, forget, history")
