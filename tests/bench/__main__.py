"""./run bench: what the product costs beside the least that could be done, on the same data in the same hour."""

import argparse
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "healthaid.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("API_REQUESTS_PER_MINUTE", "100000000")
django.setup()

from tests.bench.report import run  # noqa: E402

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument(
        "--scale", type=int, default=1, help="times the demo county of 3,584 persons (1, 15, 150)"
    )
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison; the median counts")
    parser.add_argument(
        "--only",
        default="",
        help="part of a name: list, one, search, visit, duties, settle, simulate, phone, import, pages, plans, dashboard, export",
    )
    parser.add_argument("--keep", action="store_true", help="use the data that are there")
    sys.exit(run(parser.parse_args()))
