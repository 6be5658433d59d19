"""TOML files of users: what may stand in them, and on which line it stands."""
