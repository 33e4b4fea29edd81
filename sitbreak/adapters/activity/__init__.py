"""When there was input, and of what kind: one file per way to find out."""
