"""Programs that build what is published."""
