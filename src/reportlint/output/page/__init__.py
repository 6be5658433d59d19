"""--output-format html: the page and what is drawn on it."""
