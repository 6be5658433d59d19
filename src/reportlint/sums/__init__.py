"""What the sums of a table say about its figures."""
