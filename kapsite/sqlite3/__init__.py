"""SQLite as Django knows it, with connections that may stay open: the ENGINE of the settings."""
