"""Rules of group garbled."""
