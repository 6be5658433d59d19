"""A report written anew in its form's own layout."""
