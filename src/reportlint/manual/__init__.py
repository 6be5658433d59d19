"""The pages of the rules, in one language or in both."""
