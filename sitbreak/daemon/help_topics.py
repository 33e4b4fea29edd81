"""The help, for terminal and window: what a person wants first, how the books are kept last."""

from __future__ import annotations

from sitbreak.core.movements import CAUTIONS as BY_KEY
from sitbreak.core.movements import EVERYWHERE
from sitbreak.daemon.baseline_goal import TWO_MINUTES
from sitbreak.daemon.seated_help import for_mode
from sitbreak.language import N_, _, named, said
from sitbreak.settings.titles import choice_title
from sitbreak.window.words import CAUTIONS, URGENT

HEADINGS = {
    "basics": N_("The basics"),
    "reminders": N_("Reminders"),
    "movements": N_("Movements"),
    "cautions": N_("Cautions"),
    "privacy": N_("Privacy"),
    "numbers": N_("Numbers"),
    "evidence": N_("Evidence"),
    "counting": N_("Counting"),
}
GO_EASY_ON = "movements.go_easy_on"
EACH_CAUTION = "-"  # stands for the list of what a movement may ask
# A topic: one line about it, and the lines of its text. One that begins with "- " is an item of a list. None names a
# command: the window shows them, too.
TOPICS: dict[str, tuple[str, tuple[str, ...]]] = {
    "basics": (
        N_("the ring, a reminder, a pause, and a day put right"),
        (
            N_(
                "The ring in the tray fills while you sit at the desk. When it is full, it is time for a break; during "
                "one it is open. Two bars mean paused, a dot that something holds the reminder, such as a call. Point "
                "at it to read more."
            ),
            "",
            N_(
                "- A reminder comes in a pause in your typing, when you have been sitting for 30 to 45 minutes. Start "
                "the break, have it come later, or say not now: all of that is fine. In a break nothing counts but "
                "your hands off the desk."
            ),
            N_(
                "- To have peace, choose Pause: in the menu of the ring, or in Today. During calls and presentations "
                "the reminder waits by itself."
            ),
            N_(
                "- A click on the ring opens Today: how long you have been sitting, what the day was like, and what "
                "is not sure. A press answers what is not sure. If any other stretch was something else, click it, "
                "or drag over a part of it, and say what it was."
            ),
            N_("- In Movements you turn off what you do not like, and make a favourite of what you do."),
            N_("- Settings begins with three ready-made choices: gentle, standard and frequent."),
            N_("- Quit ends it. What was counted is kept."),
        ),
    ),
    "reminders": (
        N_("when a reminder comes, what holds it, and what each answer means"),
        (
            N_(
                "A reminder may come after 30 minutes of sitting. From then on sitbreak waits for a lull, a "
                "moment in which your hands rest: 40 seconds at first, 10 seconds near the end. After 45 minutes "
                "it comes anyway. Both figures are settings."
            ),
            "",
            N_(
                "It is held during a call, screen sharing, a meeting you declared, a locked screen, a pause, "
                "outside your working hours and while an app of your quiet list runs; in a presentation, a film "
                "in full screen or do-not-disturb at most half an hour longer, then it comes without a sound. "
                "What was held comes when the hold ends. It comes only while there is input or another sign of "
                "you; even so 6 to 9 in 100 find nobody. Today says at any time why there is a reminder, or why "
                "there is none."
            ),
            "",
            N_("Your answers:"),
            N_("- Start 2 min, or 5 min. Hands off is all that counts. Staying away longer is fine."),
            N_("- Later: in 5, 10 or 15 minutes, twice in one stretch of sitting."),
            N_("- Not now: nothing for 30 minutes, then a smaller offer."),
            N_(
                "- Stand for a while, if your desk goes up: 15 to 30 minutes of standing are counted, then a quiet "
                "note offers to lower it."
            ),
            N_(
                "- Standing already, if your desk goes up: the same for 40 minutes. Who has stood for so long is "
                "reminded, too."
            ),
            N_("- No answer: once more after 10 minutes; after the second time it stays in the tray."),
            N_("Nothing is ever locked or forced, and nobody scolds. You decide."),
            "",
            N_(
                "A stretch of sitting ends with 5 minutes without input. Who reads on paper can let it go on "
                'through up to 20 (Settings, Advanced: "Count quiet minutes as sitting"); reminders come '
                "earlier then."
            ),
            "",
            N_(
                "While usual days are measured (Plans) no reminder comes at all. After two weeks the earliest "
                "moment may move among 30, 35 and 40 minutes by what you took, at most once a week, with its "
                'reason; "Learn when I take breaks" in Settings, Advanced, turns that off.'
            ),
            "",
            TWO_MINUTES,
        ),
    ),
    "movements": (
        N_("the two minutes: how one is chosen, and how to change that"),
        (
            N_(
                "Each suggestion lasts two minutes and comes with an easier and a harder version. Half of them "
                "are walks; among the rest the part of the body comes first that waited longest, and none of the "
                "last five comes again. Only what fits is suggested: the place you are in (in view of others "
                "unless you say otherwise), the things at hand, and what you want to spare."
            ),
            "",
            N_(
                "- Movements shows them all, moving, each with its steps and where the idea comes from. One can be "
                "turned off there, and a favourite comes about twice as often."
            ),
            N_(
                "- Settings, Movements: the places you are in, what you have at hand, what to go easy on, and "
                "seated mode, which offers only movements that need no standing up."
            ),
            N_("- Plans has optional plans outside the two minutes: walking, push-ups, squats, movement patterns."),
            "",
            N_("What you find hard is yours to judge."),
            EVERYWHERE,
        ),
    ),
    "cautions": (
        N_("when to ask a professional first, and when to seek care"),
        (
            CAUTIONS,
            "",
            URGENT,
            "",
            N_("What a movement may ask of you:"),
            EACH_CAUTION,
            "",
            EVERYWHERE,
            "",
            N_('"Go easy on" in Settings, Movements, leaves out what asks for these.'),
        ),
    ),
    "privacy": (
        N_("what is kept, where, and how to take it out or remove it"),
        (
            N_(
                "Everything stays on this computer, unless you name a folder or a broker in Settings, Other devices. "
                "There is no account."
            ),
            "",
            N_(
                "sitbreak knows that there was input, and when. It never looks at which key it was, what was "
                "typed, where the pointer is, or what a window is called, so none of that can be kept, logged or "
                "passed on. From calls it knows that a microphone or camera is in use, and by which app; nothing "
                "is listened to or looked at."
            ),
            "",
            N_(
                "Kept are stretches of time with their kind, reminders with their answers, breaks, walks you "
                "noted, corrections, goals and baselines. The files are readable by your user only."
            ),
            "",
            N_(
                "- Settings, Privacy and data, gives you all of it as a file, or removes for good what is older "
                "than a day you choose, with every copy."
            ),
            N_("- What it notices beside input can be turned off, each by itself: Settings, What it notices."),
        ),
    ),
    "numbers": (
        N_("what each figure means, and what it does not"),
        (
            N_(
                "- Out of the chair, you confirmed: breaks taken, time standing at the desk, walks you noted. "
                "This is what the goal is held against."
            ),
            N_("- Longest stretch, stretches of 30 and of 60 minutes: sitting without a visible interruption."),
            N_("- Half of the sitting: at least half of all sitting was in stretches this long or longer."),
            N_(
                "- Moved out of long stretches: with a baseline, the minutes that were not in stretches of 30 "
                "minutes or more although they usually would have been."
            ),
            N_(
                "- Estimated reduction: with a baseline, minutes up less the minutes you would usually be up in "
                "as much desk time. Silent gaps count by how likely you were up in them, on both sides alike, "
                "and the walks you note count on both sides. Only as a mean of four weeks, since one day "
                "scatters by half an hour; with the range it lies in nine times out of ten; and where chance "
                'could have done it, it says "not distinguishable from your baseline". It can be below zero.'
            ),
            "",
            N_(
                "The confirmed minutes, the stretches and the estimated reduction are three views of the same "
                "days and are never added together. A day with less than 2 hours at the desk says too little to "
                "be compared."
            ),
            "",
            N_(
                "A baseline is 5 to 20 of your usual workdays, measured without reminders, then frozen with its "
                "dates. Without one the first figures are all there is."
            ),
            "",
            TWO_MINUTES,
        ),
    ),
    "evidence": (
        N_("the research behind the numbers, with its limits"),
        (
            N_("Most of these papers were read as abstracts. None of them studied this program."),
            "",
            N_(
                "- Cutting sitting and back pain: in one Finnish trial, people with overweight who cut all-day "
                "sitting by about 40 min, mostly by moving more, had no rise in pain intensity over six months; "
                "disability scores rose in both groups. 64 adults with overweight and metabolic syndrome; a "
                "secondary analysis; all-day sitting, not desk sitting (Norha 2024, BMJ Open 14:e084305)."
            ),
            N_(
                "- Minutes must move, not just stand: in the same trial at 3 months sitting -50 min, light "
                "activity +19, moderate to vigorous +24, standing +6, which is not significant (Garthwaite "
                "2022). Standing still hurts many after 40 to 70 min (Coenen 2017)."
            ),
            N_(
                "- Active breaks in office workers: of 193 high-risk workers, over 6 months new low-back pain "
                "came to 9% with active breaks, 7% with postural shifts and 33% in controls (Waongenngarm "
                "2021, SJWEH 47:306). Against it, a network meta-analysis of 24 trials finds mostly "
                "non-significant effects of low certainty (Eisele-Metzger 2023)."
            ),
            N_(
                "- Walking: 701 adults recently recovered from low-back pain; median 208 days to the next "
                "disabling episode with a walking programme, 112 without, HR 0.72 (WalkBack: Pocovi 2024, Lancet "
                "404:134)."
            ),
            N_("- Movement patterns: a small supervised pilot (Motum, 12 weeks, led by physiotherapists)."),
            N_(
                "- Prompts on the computer: every 30 min, sitting events over 30 min fell by 6.8% and the time "
                "in them by 15.5%; total sitting did not fall significantly (Evans 2012, AJPM 43:293). So long "
                "stretches are what prompts move."
            ),
            N_("- Prompts fade: -42 min a day at up to 3 months, -1.65 after 6 (Stephenson 2017, IJBNPA 14:105)."),
            N_(
                "- Timing: prompts at breakpoints lower frustration and load (Iqbal & Bailey 2008; Ho & Intille "
                "2005; Okoshi 2015). No trial yet tests prompts at a lull on people actually standing up."
            ),
            N_(
                "- Totals that are quoted: 2 hours rising to 4 a day of standing or light activity at work "
                "(Buckley 2015, an expert statement); less sitting, without a threshold (WHO 2020)."
            ),
            N_(
                "- Keyboard and mouse do not measure sitting: software with a 30-second rule counted 2.4 h a day "
                "of computer use (about 50,000 users), activPAL sensors 5.3 h a day of sitting at work, in other "
                "people. Do not compare our break counts with research that uses worn sensors."
            ),
            N_(
                "- Words: sitting bout, break, stationary behaviour as in the SBRN consensus (Tremblay 2017, "
                "IJBNPA 14:75)."
            ),
        ),
    ),
    "counting": (
        N_("what counts as sitting, as a break or as nothing, and the errors"),
        (
            N_(
                "The computer sees a desk, not a posture. All that sitbreak says about sitting is an estimate "
                "from input and a few signs of you at the desk."
            ),
            "",
            N_("What a stretch of time is booked as:"),
            N_(
                "- Seated, estimated: time with input, a call, a meeting you declared, reading, or a film that "
                "keeps the screen awake; pauses under 5 minutes included. Without input these signs count for 90 "
                "minutes at most."
            ),
            N_(
                "- Break, confirmed: you accepted a break and took your hands off for a minute or more. At most "
                "twice the length you accepted is counted, and no second with input in it."
            ),
            N_("- Standing: you said that you stand at the desk. When that time is over you are asked again."),
            N_(
                "- Away, inferred: 5 to 20 minutes without input, or a screen you locked (or a lid you shut) as "
                "you left. This is never counted as confirmed."
            ),
            N_(
                "- Not observed: longer gaps, the computer asleep, sitbreak not running or blind. That is "
                "neither sitting nor movement; missing records are gaps, not zeros. You can answer what a gap "
                "was, and walks you note are counted where they fit in."
            ),
            "",
            N_(
                "Beside these books there is an estimate of how long you sat, with its range: every gap of a "
                "minute and more counts as partly away, by its length, by what is known of it and by what you "
                "said of such gaps before. It asks: after 20 minutes without a sign of you what that was, and at "
                "most once a day, in a pause, whether you were up in a shorter gap (Settings, Privacy and data, "
                'turns that one off). No answer is fine. "At my desk" joins the stretch to the one before the '
                "gap. If your desk goes up, say so (Settings, Movements): reminders then take \"I'm standing "
                'already" for an answer.'
            ),
            "",
            N_(
                "A bump of the mouse is no input: pointer motion counts if more follows 2 to 10 seconds later. "
                "Clocks that are set, time zones and the nights of summer time change no duration. A day begins "
                "at 04:00."
            ),
            "",
            N_("Known errors, which no care in counting takes away:"),
            N_("- A film or a talk in an empty room counts as sitting at the desk."),
            N_("- A game played on a pad is not seen; it may look like absence."),
            N_("- Paper read for more than 5 minutes looks like absence, unless you turn on Reading in the menu."),
            N_("- A second computer is not seen, unless both share a folder: work on it looks like absence."),
            N_("- Time at a colleague's desk, seated or not, is not seen either."),
            N_(
                "A stretch that was booked wrongly can be put right: in Today, click it or drag over a part of "
                "it, and say what it was. What was observed is kept beside it."
            ),
        ),
    ),
}


def line(name: str) -> str:
    """One line about a topic."""
    return _(TOPICS[name][0])


def text(name: str, seated_mode: bool) -> str:
    """The text of a topic, for those who cannot stand or for those who can."""
    cautions = {key: for_mode((caution,), seated_mode) for key, caution in BY_KEY.items()}
    asked = "\n".join(
        f"- {named(choice_title(key, GO_EASY_ON), said(*told))}" for key, told in cautions.items() if told
    )
    told = for_mode(TOPICS[name][1], seated_mode)
    return "\n".join(asked if each == EACH_CAUTION else _(each) if each else "" for each in told)
