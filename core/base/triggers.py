"""What the triggers of every app share: how a row is refused, what is never rewritten or taken away."""

import pgtrigger

_REFUSE = "RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def refuse(name: str, words: str) -> str:
    """SQL that refuses the row, naming the constraint `name`; both texts are the code's own."""
    return _REFUSE.format(words=words, name=name)


def append_only(name: str = "append_only") -> pgtrigger.Trigger:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def never_deleted() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
