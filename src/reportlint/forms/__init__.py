"""What a form says: its grammar and its data file, read and put together."""
