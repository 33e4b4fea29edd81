"""What the figures of the review mean, each with the research it rests on; below the report, and in the help."""

from __future__ import annotations

from sitbreak.language import N_, _
from sitbreak.review.words import UPRIGHT, Speech


def meaning(speak: Speech) -> list[tuple[str, str]]:
    """What the figures mean, a heading and a paragraph each; without the studies of standing for who cannot."""
    told = [each for each in MEANING if speak is UPRIGHT or each is not STANDING]
    return [(_(term), _(text)) for term, text in [(speak.heading_confirmed, speak.confirmed), *told]]


STANDING = (
    N_("Moving, not just standing"),
    N_(
        "In the same trial at 3 months sitting was 50 min less, light activity 19 min more, moderate to "
        "vigorous 24 min more, standing not significantly more (Garthwaite 2022)."
    ),
)
MEANING: tuple[tuple[str, str], ...] = (
    (
        N_("Estimated desk sitting"),
        N_(
            "Time with input, and of each silent gap the part probably spent sitting: more for short ones, "
            "learned from what you answer. The range holds the truth on eight to nine days out of ten. Tried on "
            "made-up people with known posture (600 days), before any answer it was off by -2 to +3 min a day on "
            "average, up to 53 min for single people, and by 16 to 31 min from day to day; after 50 answers by 4 "
            "min and 25 min. These are simulations: no sensor was worn by anybody yet. A computer sees a desk, "
            "not a posture, so a meeting elsewhere does not count."
        ),
    ),
    (
        N_("Away, and not sure"),
        N_(
            "A screen locked as you left is a sure absence; 5 to 20 minutes without input are an absence or "
            "reading; longer gaps stay unobserved. None of it is counted as confirmed, and missing records are "
            "gaps, not zeros."
        ),
    ),
    (
        N_("Stretches of 30 and 60 minutes"),
        N_(
            "Sitting without a visible interruption, in the terms of the SBRN consensus (Tremblay 2017, IJBNPA "
            "14:75). Prompts move these most: every 30 minutes, stretches over 30 min fell by 6.8% and the time "
            "in them by 15.5%, total sitting not significantly (Evans 2012, AJPM 43:293)."
        ),
    ),
    (
        N_("Half of the sitting"),
        N_(
            "The usual stretch (W50): at least half of all sitting is in stretches this long or longer. Do not "
            "compare any of these counts with research that uses worn sensors; keyboard and mouse do not measure "
            "sitting."
        ),
    ),
    (
        N_("Against your usual days"),
        N_(
            "Minutes up, less the minutes you would usually be up in as much desk time; only as a mean of four "
            "weeks, since one day scatters by half an hour, with the range it lies in nine times out of ten. "
            "What you note counts on both sides. It is never added to the confirmed minutes."
        ),
    ),
    (
        N_("Less sitting and backs"),
        N_(
            "In one Finnish trial, people with overweight who cut all-day sitting by about 40 min, mostly by "
            "moving more, had no rise in pain intensity over six months; disability scores rose in both groups "
            "(Norha 2024, BMJ Open 14:e084305)."
        ),
    ),
    STANDING,
    (
        N_("Breaks at work"),
        N_(
            "In 193 high-risk office workers over 6 months new low-back pain came to 9% with active breaks, 7% "
            "with postural shifts and 33% in controls (Waongenngarm 2021, SJWEH 47:306); a meta-analysis of 24 "
            "trials finds mostly non-significant effects of low certainty (Eisele-Metzger 2023)."
        ),
    ),
    (
        N_("Prompts fade"),
        N_(
            "In trials with prompts sitting fell by 42 min a day at up to 3 months and by 1.65 min after 6 "
            "(Stephenson 2017, IJBNPA 14:105). So the movements vary, the goal can move, and this page exists."
        ),
    ),
)
