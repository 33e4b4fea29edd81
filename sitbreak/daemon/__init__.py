"""The long-running program: one thread owns all state, everything else posts to it."""
