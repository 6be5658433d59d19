"""Rules of group consistency."""
