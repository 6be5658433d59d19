"""What of a report others are compared with, and which reports belong together."""
