"""How many days the properties are tried on; a failing one tells how it can be played again."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("days", max_examples=60, suppress_health_check=SLOW)
# The same days in each run; to make a failing one shorter takes minutes, and is for whoever mends it.
settings.register_profile("days-ci", settings.get_profile("days"), phases=[Phase.explicit, Phase.generate])
settings.register_profile(
    "days-soak", settings.get_profile("days"), max_examples=int(os.environ.get("DAYS", "2000")), derandomize=False
)
