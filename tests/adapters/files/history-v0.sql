-- A history as the first prototype wrote it: wall time only, in seconds since 1970; the offset from UTC in minutes.
PRAGMA user_version = 0;
CREATE TABLE spans (
    id INTEGER PRIMARY KEY AUTOINCREMENT, started_at REAL NOT NULL, ended_at REAL NOT NULL, state TEXT NOT NULL,
    strong INTEGER NOT NULL DEFAULT 0, utc_offset INTEGER NOT NULL, day TEXT NOT NULL
);
CREATE TABLE prompts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, shown_at REAL NOT NULL, utc_offset INTEGER NOT NULL, day TEXT NOT NULL,
    bout_seconds REAL NOT NULL, answer TEXT
);
INSERT INTO spans (started_at, ended_at, state, strong, utc_offset, day) VALUES
    (1764576000.0, 1764578340.5, 'sit', 0, 60, '2025-12-01'),
    (1764578340.5, 1764578520.25, 'break', 0, 60, '2025-12-01'),
    (1764578520.25, 1764579000.0, 'sit', 0, 60, '2025-12-01'),
    (1764579000.0, 1764579600.0, 'away', 1, 60, '2025-12-01'),
    (1764579600.0, 1764580500.0, 'away', 0, 60, '2025-12-01'),
    (1764580500.0, 1764583200.125, 'off', 0, 60, '2025-12-01'),
    (1764662400.0, 1764664200.0, 'sit', 0, -210, '2025-12-02');
INSERT INTO prompts (shown_at, utc_offset, day, bout_seconds, answer) VALUES
    (1764578330.5, 60, '2025-12-01', 2330.5, 'done'),
    (1764579000.0, 60, '2025-12-01', 479.75, 'no'),
    (1764664000.0, -210, '2025-12-02', 1600.0, NULL);
