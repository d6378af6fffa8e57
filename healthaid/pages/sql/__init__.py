"""The statements too long for a line of Python, one file each."""

from pathlib import Path

from core.base.sql import statements_in

statement = statements_in(Path(__file__).parent)
