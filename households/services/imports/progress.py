"""How far a running job is, kept in the cache: the job's own transaction shows nothing before its end."""

from django.core.cache import cache

KEPT_SECONDS = 3600
STAGES = ("reading", "staging", "matching", "comparing", "applying", "finishing")


class Progress:
    def __init__(self, import_id: int) -> None:
        self.key = f"register-import:{import_id}"
        self.stage = ""

    def enter(self, stage: str, total: int = 0) -> None:
        self.stage = stage
        self.report(0, total)

    def report(self, done: int, total: int) -> None:
        cache.set(self.key, {"stage": self.stage, "done": done, "total": total}, KEPT_SECONDS)

    def clear(self) -> None:
        cache.delete(self.key)


def progress_of(import_id: int) -> dict[str, int | str]:
    """stage, done and total of the job that works on the import, or zeros when none does."""
    found: dict[str, int | str] | None = cache.get(f"register-import:{import_id}")
    return found or {"stage": "", "done": 0, "total": 0}
