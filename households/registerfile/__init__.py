"""Reading the register spreadsheets that offices export, as they really are. No database, no web."""

from households.registerfile.body import LeftOut
from households.registerfile.headers import IGNORED, ColumnMatch
from households.registerfile.problems import Problem
from households.registerfile.reading import RegisterFile, read_register
from households.registerfile.schema import Field, fields, header_key

__all__ = [
    "IGNORED",
    "ColumnMatch",
    "Field",
    "LeftOut",
    "Problem",
    "RegisterFile",
    "fields",
    "header_key",
    "read_register",
]
