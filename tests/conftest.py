"""What holds for all tests."""

import os

# Tests put rules and files in the place of others that no key of a cache tells apart.
os.environ["REPORTLINT_NO_CACHE"] = "1"
