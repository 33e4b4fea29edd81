"""A long day in which every `do` of spec 6 happens at least once."""

from __future__ import annotations

from sitbreak.replay.log import FIELDS
from tests.scenarios.lines import events
from tests.scenarios.telling import tell

DAY = """
    0:00-44:50 key
    5:00 fullscreen_on
    6:00 fullscreen_off
    45:03 another
    45:06 never_again
    45:10 answer start
    48:00-70:00 key
    50:00 standing_on
    60:00 standing_off
    70:00 lock
    75:00 unlock
    75:00-100:00 click
    80:00 media_on
    81:00 media_off
    82:00 call_on
    83:00 call_off
    84:00 meeting_on
    85:00 meeting_off
    86:00 reading_on
    87:00 reading_off
    88:00 presenting_on
    88:10 presenting_off
    89:00 sharing_on
    89:10 sharing_off
    90:00 dnd_on
    90:10 dnd_off
    91:00 fail_on notify
    91:10 fail_off notify
    92:00 pause 5
    92:10 resume
    93:00 reply none after 5 away 200
    100:00 break 5
    106:00 break_done
    106:00-125:00 wheel
    107:00 clock_step -3600
    108:00 zone Europe/London
    125:00 sleep
    160:00 wake
    160:05 key
    160:10 gap_answer walked 10
    160:30 log_walk 5
    161:00-209:00 key
    209:20 up_answer yes
    209:20-215:00 key
    216:00 kill
    217:00 run
    217:10-220:00 key
    220:00 source_lost
    221:00 source_back
    221:10 motion
    221:15 unknown
    221:20 seat_occupied
    221:21 seat_empty
    221:22 seat_silent
    221:23 desk_raised
    221:24 desk_lowered
    221:25 desk_silent
    222:00 correct 70:00 to 75:00 BREAK
    223:00 end
"""


def test_every_line_plays_its_part() -> None:
    """The whole outcome of a day with everything in it."""
    rows = sorted(events(DAY), key=lambda row: float(str(row["t"])))
    assert {str(row["do"]) for row in rows} | {"input"} == set(FIELDS)
    told = tell(DAY)
    told.gives("""
        0:00-45:10 SEATED
        45:00 prompt latest -> taken
        45:10 break 2:00 -> 2:50
        45:10-48:00 BREAK
        48:00-50:00 SEATED
        50:00-60:00 STANDING
        60:00-70:00 SEATED
        70:00-75:00 BREAK [declared lock]
        75:00-100:00 SEATED
        100:00 break 5:00 -> 6:00
        100:00-106:00 BREAK
        106:00-125:00 SEATED
        125:00-160:05 UNOBSERVED
        160:05 asked gap 125:00-160:05
        160:10 labelled walked
        160:10 walked 10 counted
        160:30 walked 5 counted
        160:05-205:10 SEATED
        205:05 prompt latest -> taken
        205:10-208:30 BREAK
        208:30 asked up 3:20
        209:20 labelled up
        205:10 break 2:00 -> 3:20
        208:30-221:23 SEATED
        221:22 seat silent
        221:23-221:24 STANDING
        221:24-223:00 SEATED
        221:25 desk silent
    """)
