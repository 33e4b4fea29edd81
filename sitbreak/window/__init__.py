"""The windows: a short-lived child process. Qt lives in here and nowhere else; the daemon never imports it."""
