"""Rules of group template."""
