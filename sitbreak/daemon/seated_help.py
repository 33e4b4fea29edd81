"""What Help says in seated mode where it otherwise speaks of standing up, of chairs or of walks.

What the terminal adds to a topic is sorted out where it is listed, with the command `help`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.language import N_

# How a text of Help begins, and what is said in its place; "" leaves it out.
SEATED: Mapping[str, str] = {
    # Reminders.
    "- Stand for a while": "",
    "- Standing already": "",
    # Movements.
    "Each suggestion lasts": N_(
        "Each suggestion lasts two minutes and comes with an easier and a harder version. The part of the body comes "
        "first that waited longest, and none of the last five comes again. Only what fits is suggested: the place you "
        "are in (in view of others unless you say otherwise), and what you want to spare."
    ),
    "- Settings, Movements:": N_("- Settings, Movements: the places you are in, and what to go easy on."),
    "- Plans has optional plans": "",  # none of them is done seated
    # Cautions: what no movement asks that is done seated.
    "You need to be able to get up": "",
    "A chair without castors": "",
    # Privacy.
    "Kept are": N_(
        "Kept are stretches of time with their kind, reminders with their answers, breaks, time on the way that you "
        "noted, corrections, goals and baselines. The files are readable by your user only."
    ),
    # Numbers.
    "- Out of the chair, you confirmed": N_(
        "- Movement, you confirmed: breaks taken, and time on the way that you noted. This is what the goal is held "
        "against."
    ),
    "- Estimated reduction": N_(
        "- Estimated reduction: with a baseline, minutes of movement less the minutes you would usually be moving in "
        "as much desk time. Silent gaps count by how likely you were moving in them, on both sides alike, and the time "
        "on the way that you note counts on both sides. Only as a mean of four weeks, since one day scatters by half "
        'an hour; with the range it lies in nine times out of ten; and where chance could have done it, it says "not '
        'distinguishable from your baseline". It can be below zero.'
    ),
    # Evidence.
    "- Minutes must move, not just stand": "",
    "- Walking: 701 adults": "",
    "- Timing": N_(
        "- Timing: prompts at breakpoints lower frustration and load (Iqbal & Bailey 2008; Ho & Intille 2005; Okoshi "
        "2015)."
    ),
    "- Totals that are quoted": "",
    # Counting.
    "- Standing: you said": "",
    "- Not observed": N_(
        "- Not observed: longer gaps, the computer asleep, sitbreak not running or blind. That is neither sitting nor "
        "movement; missing records are gaps, not zeros. You can answer what a gap was, and time on the way that you "
        "note is counted where it fits in."
    ),
    "Beside these books": N_(
        "Beside these books there is an estimate of how long you sat, with its range: every gap of a minute and more "
        "counts as partly away, by its length, by what is known of it and by what you said of such gaps before. It "
        "asks: after 20 minutes without a sign of you what that was, and at most once a day, in a pause, whether you "
        'were moving in a shorter gap (Settings, Privacy and data, turns that one off). No answer is fine. "At my '
        'desk" joins the stretch to the one before the gap.'
    ),
}


def for_mode(texts: tuple[str, ...], seated_mode: bool) -> list[str]:
    """The texts, in English, that are said in seated mode or out of it, in their order.

    An empty one is a blank line and stays.
    """
    if not seated_mode:
        return list(texts)
    return [told for text in texts if (told := _seated(text)) or not text]


def _seated(text: str) -> str:
    """What is said in its place, which mostly is itself."""
    return next((instead for begins, instead in SEATED.items() if text.startswith(begins)), text)
