"""Whether the login session is locked or switched away from, and whether the machine sleeps."""
