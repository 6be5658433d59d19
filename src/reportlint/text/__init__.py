"""What characters say: folding, scripts, garble, numbers, positions; knows nothing of reports."""
