"""A paper that was handed in, kept under its hash outside the web root."""

from typing import Any

from django.db import models

from core.base.models import Stamped
from core.base.papers import keep_paper

PAPER: tuple[str, ...] = ("path", "sha256", "media_type")


class WithPaper(Stamped):
    """A row that may have one photograph or PDF; PLAIN of the row names PAPER."""

    path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def take_paper(self, file: Any, folder: str) -> None:
        """Sets the fields from an upload, without saving. Raises ValidationError for what is no paper."""
        paper = keep_paper(file, folder=folder)
        self.path, self.sha256 = paper.path, paper.sha256
        self.media_type, self.size = paper.media_type, paper.size
