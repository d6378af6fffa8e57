"""The product's settings with HEALTHAID_ENV=test, however pytest was started."""

import os

os.environ["HEALTHAID_ENV"] = "test"

from healthaid.settings import *  # noqa: E402, F403, TID251
