"""The class of a visit in words: a digit means what its own form says."""

from followups.protocols.classes import ClassOfForm, all_classes


def class_label(table: str) -> str:
    """SQL for the words on the form; empty where there is no class."""
    cases = "\n".join(f"        {_case(table, each)}" for each in all_classes())
    return f"(CASE\n{cases}\n        ELSE '' END) AS class_label"


def _case(table: str, of: ClassOfForm) -> str:
    where = f"{table}.protocol = '{of.protocol}' AND {table}.edition = '{of.edition}'"
    words = of.label.zh.replace("'", "''").replace("%", "%%")
    return f"WHEN {where} AND {table}.visit_class = '{of.code}' THEN '{words}'"
