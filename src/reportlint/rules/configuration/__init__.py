"""Rules of group configuration: what is no longer needed in a configuration or a baseline."""
