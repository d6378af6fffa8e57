"""The product's settings with HEALTHAID_ENV=test, however pytest was started; files go to a folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["HEALTHAID_ENV"] = "test"
if "HEALTHAID_VAR" not in os.environ:
    os.environ["HEALTHAID_VAR"] = tempfile.mkdtemp(prefix="healthaid-test-")
    atexit.register(shutil.rmtree, os.environ["HEALTHAID_VAR"], ignore_errors=True)

from healthaid.settings import *  # noqa: E402, F403, TID251
from healthaid.settings import DATABASES, STATIC_ROOT  # noqa: E402, TID251

Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)

# `./run test` migrates once; the database of each worker is then a copy.
if TEMPLATE := os.environ.get("HEALTHAID_TEST_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": TEMPLATE}
