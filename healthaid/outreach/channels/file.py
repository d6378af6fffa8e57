"""One file for each message, put in place by a link that cannot be made twice."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


class FileChannel:
    @property
    def folder(self) -> Path:
        return Path(settings.VAR_DIR) / "outbox"

    def deliver(self, number: int, recipient: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{number}.{os.getpid()}"
        at = datetime.now(UTC).isoformat()
        draft.write_text(json.dumps({"to": recipient, "text": text, "at": at}, ensure_ascii=False))
        try:
            os.link(draft, self.folder / f"{number}.json")
        except FileExistsError:
            pass
        finally:
            draft.unlink()
