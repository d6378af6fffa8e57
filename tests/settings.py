"""The product's settings with HEALTHAID_ENV=test, however pytest was started; files go to a folder of their own."""

import os
import tempfile
from pathlib import Path

os.environ["HEALTHAID_ENV"] = "test"
os.environ.setdefault("HEALTHAID_VAR", tempfile.mkdtemp(prefix="healthaid-test-"))

from healthaid.settings import *  # noqa: E402, F403, TID251
from healthaid.settings import STATIC_ROOT  # noqa: E402, TID251

Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
