"""Rules of group arithmetic."""
