"""What the numbers mean, in ten lines, with the sources and their limits (spec 5)."""

from __future__ import annotations

MEANING: tuple[tuple[str, str], ...] = (
    (
        "Estimated desk sitting",
        "Time with input, and of each silent gap the part probably spent in the chair: more for short ones, learned "
        "from what you answer. The range holds the truth on nine days out of ten. Tried on made-up people with known "
        "posture (600 days), before any answer it was off by 0 to +10 min a day on average, up to 70 min for single "
        "people, and by 16 to 31 min from day to day; after 50 answers by 3 min and 25 min. These are simulations: no "
        "sensor was worn by anybody yet. A computer sees a desk, not a posture, so a meeting elsewhere does not count.",
    ),
    (
        "Out of the chair, you confirmed",
        "Breaks you accepted and took your hands off for, time you said the desk was raised, and walks you "
        "noted. No second with input in it is counted as a break.",
    ),
    (
        "Away, and not sure",
        "A screen locked as you left is a sure absence; 5 to 20 minutes without input are an absence or reading; "
        "longer gaps stay unobserved. None of it is counted as confirmed, and missing records are gaps, not zeros.",
    ),
    (
        "Stretches of 30 and 60 minutes",
        "Sitting without a visible interruption, in the terms of the SBRN consensus (Tremblay 2017, IJBNPA "
        "14:75). Prompts move these most: every 30 minutes, stretches over 30 min fell by 6.8 % and the time "
        "in them by 15.5 %, total sitting not significantly (Evans 2012, AJPM 43:293).",
    ),
    (
        "Half of the sitting",
        "The usual stretch (W50): at least half of all sitting is in stretches this long or longer. Do not "
        "compare any of these counts with research that uses worn sensors; keyboard and mouse do not measure "
        "sitting.",
    ),
    (
        "Against your usual days",
        "Minutes up, less the minutes you would usually be up in as much desk time; only as a mean of four "
        "weeks, since one day scatters by half an hour, with the range it lies in nine times out of ten. Walks you "
        "note count on both sides. It is never added to the confirmed minutes.",
    ),
    (
        "Less sitting and backs",
        "In one Finnish trial, people with overweight who cut all-day sitting by about 40 min, mostly by "
        "moving more, had no rise in pain intensity over six months; disability scores rose in both groups "
        "(Norha 2024, BMJ Open 14:e084305).",
    ),
    (
        "Moving, not just standing",
        "In the same trial at 3 months sitting was 50 min less, light activity 19 min more, moderate to "
        "vigorous 24 min more, standing not significantly more (Garthwaite 2022).",
    ),
    (
        "Breaks at work",
        "In 193 high-risk office workers over 6 months new low-back pain came to 9 % with active breaks, 7 % "
        "with postural shifts and 33 % in controls (Waongenngarm 2021, SJWEH 47:306); a meta-analysis of 24 "
        "trials finds mostly non-significant effects of low certainty (Eisele-Metzger 2023).",
    ),
    (
        "Prompts fade",
        "In trials with prompts sitting fell by 42 min a day at up to 3 months and by 1.65 min after 6 "
        "(Stephenson 2017, IJBNPA 14:105). So the movements vary, the goal can move, and this page exists.",
    ),
)
