"""What a configuration, its ignores and a baseline say, below the rules."""
