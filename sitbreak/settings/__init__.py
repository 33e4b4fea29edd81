"""Settings: one model with defaults, bounds and help, from which loading, the example file and the docs follow."""
