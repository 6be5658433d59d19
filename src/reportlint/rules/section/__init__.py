"""Rules of group section."""
