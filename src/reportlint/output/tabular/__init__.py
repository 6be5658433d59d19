"""Reports as data: the tables that `extract` writes, and what their columns mean."""
