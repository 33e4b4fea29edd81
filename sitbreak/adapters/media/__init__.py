"""Music and films that pause for the break, where the user asked for that (`break.pause_media`)."""

from sitbreak.adapters.media.mpris import MprisPlayers

__all__ = ["MprisPlayers"]
