"""The review: what was recorded, as numbers and words for the terminal, the report and the evening notification."""
