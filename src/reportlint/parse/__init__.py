"""From a text to the model of a report."""
