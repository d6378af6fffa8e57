"""Photographs and scans that people hand in: judged by their content, freed of what the camera added, kept
under their hash outside the web root."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
LARGEST = 8 * MEGABYTE
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
ENDINGS = {JPEG: "jpg", PNG: "png", PDF: "pdf"}
_EOI, _SOS, _APP0, _APP1, _APP14, _COMMENT = 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xFE
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"sRGB",
    b"cHRM",
    b"pHYs",
    b"sBIT",
    b"bKGD",
}
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class Paper:
    path: str
    sha256: str
    media_type: str
    size: int


def keep_paper(file: Any, *, folder: str) -> Paper:
    """This will store a JPEG, PNG or PDF of at most 8 MB. `file` has chunks().

    Place, time and camera are taken out of pictures, nothing out of a PDF. ValidationError: what to do."""
    media_type, content = cleaned(_content(file))
    digest = hashlib.sha256(content).hexdigest()
    path = f"{folder}/{digest[:2]}/{digest}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(content))
    return Paper(path, digest, media_type, len(content))


def check_paper(file: Any) -> None:
    """The same judgement without keeping anything. Raises ValidationError with what to do."""
    cleaned(_content(file))


def forget_paper(path: str) -> bool:
    """This will remove a kept file; False where it is gone already."""
    if not default_storage.exists(path):
        return False
    default_storage.delete(path)
    return True


def read_paper(path: str, sha256: str) -> bytes | None:
    """The bytes as they were kept; None when the file is gone or is no longer the same."""
    if not path or not default_storage.exists(path):
        return None
    with default_storage.open(path, "rb") as file:
        content: bytes = file.read()
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def cleaned(content: bytes) -> tuple[str, bytes]:
    """Media type and bytes without the camera's additions. Raises ValidationError for anything else."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return JPEG, _clean_jpeg(content)
        if content.startswith(_PNG):
            return PNG, _clean_png(content)
    except (IndexError, ValueError):
        raise ValidationError(_("This picture is damaged. Take the photograph again.")) from None
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF, content
    raise ValidationError(_("Choose a photograph (JPEG or PNG) or a PDF. This file is something else."))


def _content(file: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in file.chunks(MEGABYTE):
        size += len(part)
        if size > LARGEST:
            raise ValidationError(
                _("The file is larger than %(limit)s MB. Take the photograph at a lower resolution.")
                % {"limit": LARGEST // MEGABYTE}
            )
        parts.append(part)
    return b"".join(parts)


def _clean_jpeg(content: bytes) -> bytes:
    """Only what the picture needs: no Exif but the orientation, no comments, nothing behind its end."""
    kept = [b"\xff\xd8"]
    for marker, segment in _segments(content):
        if marker == _APP1 and (turned := _orientation(segment)):
            kept.append(_turned(turned))
        elif marker in (_APP0, _APP14) or not (_APP1 <= marker <= 0xEF or marker == _COMMENT):
            kept.append(segment)
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; a scan comes with the picture data behind it."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == _EOI:
            yield marker, content[at : at + 2]
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if end <= at + 3 or end >= len(content):
            raise ValueError("cut short")
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker begins: inside picture data 0xFF is followed by 0 or a restart number."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7 and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _orientation(segment: bytes) -> int:
    """How the phone was held, 2 to 8; 0 where it was upright or does not say."""
    if segment[4:10] != b"Exif\0\0":
        return 0
    tiff = segment[10:]
    order: Any = "little" if tiff[:2] == b"II" else "big"
    first = int.from_bytes(tiff[4:8], order)
    for place in range(int.from_bytes(tiff[first : first + 2], order)):
        entry = tiff[first + 2 + place * 12 : first + 14 + place * 12]
        if int.from_bytes(entry[:2], order) == _ORIENTATION:
            found = int.from_bytes(entry[8:10], order)
            return found if 2 <= found <= 8 else 0
    return 0


def _turned(orientation: int) -> bytes:
    """An Exif segment that says nothing but the orientation."""
    entry = _ORIENTATION.to_bytes(2) + b"\0\x03\0\0\0\x01" + orientation.to_bytes(2) + b"\0\0"
    body = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def _clean_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while True:
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4])
        if len(kind) < 4 or end > len(content):
            raise ValueError("cut short")
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
