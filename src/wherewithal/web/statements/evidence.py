"""Photographs and PDFs: checked by what they are, never by what they are called, and kept."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.http import HttpResponse

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Evidence, Line

MOST_BYTES = 10 * 1024 * 1024
_JPEG, _EXIF, _SCAN = b"\xff\xd8\xff", {0xE1, 0xED}, 0xDA
_PNG, _PNG_WORDS = b"\x89PNG\r\n\x1a\n", {b"eXIf", b"tEXt", b"zTXt", b"iTXt"}
_WEBP_WORDS, _WEBP_FLAGS = {b"EXIF", b"XMP "}, 0b1100
_NAMES = {
    Evidence.Type.JPEG: "jpg",
    Evidence.Type.PNG: "png",
    Evidence.Type.WEBP: "webp",
    Evidence.Type.PDF: "pdf",
}


class NoPicture(ValueError):
    """The file is no photograph or PDF, or too large; the message says what to send."""


def type_of(content: bytes) -> Evidence.Type:
    """Return what a file is by its first bytes.

    Raises:
        NoPicture: it is empty, too large, or none of the kinds we keep.
    """
    if not content:
        raise NoPicture("The file is empty. Choose another one.")
    if len(content) > MOST_BYTES:
        raise NoPicture("The file is larger than 10 MB. Take a smaller photo and try again.")
    if content.startswith(_JPEG):
        return Evidence.Type.JPEG
    if content.startswith(_PNG):
        return Evidence.Type.PNG
    if _is_webp(content):
        return Evidence.Type.WEBP
    if content.startswith(b"%PDF-"):
        return Evidence.Type.PDF
    raise NoPicture("We can only keep a photo (JPG, PNG or WebP) or a PDF. Choose one of those.")


def without_place(content: bytes) -> bytes:
    """Return a photo without what the camera wrote beside it, such as where it was taken.

    Only whole segments of words (Exif, XMP, IPTC, PNG text) are left out; the picture itself is
    untouched.
    """
    if content.startswith(_PNG):
        return _png_without_place(content)
    if _is_webp(content):
        return _webp_without_place(content)
    return _jpeg_without_place(content) if content.startswith(_JPEG) else content


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _png_without_place(content: bytes) -> bytes:
    """Leave out chunks of words: each is a length, a name, its bytes and a check of them."""
    kept, at = [_PNG], len(_PNG)
    while at + 8 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        if name not in _PNG_WORDS:
            kept.append(content[at:end])
        at = end
        if name == b"IEND":
            break
    return b"".join(kept)


def _webp_without_place(content: bytes) -> bytes:
    """Leave out chunks of words: each is a name, a length and its bytes, padded to even."""
    kept, at = [b"WEBP"], 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        chunk = content[at:end]
        if name == b"VP8X" and len(chunk) > 8:  # its first byte says which words follow
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS & 0xFF]) + chunk[9:]
        if name not in _WEBP_WORDS:
            kept.append(chunk)
        at = end
    body = b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _jpeg_without_place(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark, end = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if mark == _SCAN:
            break
        if mark not in _EXIF:
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, content[at:]])


@transaction.atomic
def keep_evidence(
    *, person: Person, holding: str, content: bytes, name: str, what: str, line: Line | None,
    by: User, at: datetime,
) -> Evidence:  # fmt: skip
    """Keep a photograph or PDF; the same one sent twice is kept once.

    Raises:
        NoPicture: it is not a photograph or PDF, or it is too large.
    """
    kind = type_of(content)
    clean = without_place(content)
    digest = hashlib.sha256(clean).hexdigest()
    kept, new = Evidence.objects.get_or_create(
        person=person, holding=holding, digest=digest,
        defaults={
            "line": line, "what": what, "file_name": name[-120:], "type": kind,
            "size": len(clean), "content": clean, "added_at": at, "added_by": by,
        },
    )  # fmt: skip
    if not new and line is not None and kept.line_id is None:
        kept.line = line
        kept.save(update_fields=["line"])
    if new:
        summary = f"A picture was kept: {what}." if what else "A picture was kept."
        record(
            by=by, at=at, verb="evidence.kept", person=person.reference, summary=summary,
            evidence=kept.pk, size=kept.size,
        )  # fmt: skip
    return kept


def as_answer(evidence: Evidence) -> HttpResponse:
    """Return a picture as it may be shown: never run, never guessed at, never framed."""
    answer = HttpResponse(bytes(evidence.content), content_type=evidence.type)
    way = "attachment" if evidence.type == Evidence.Type.PDF else "inline"
    name = f"{evidence.person.reference}-{evidence.pk}.{_NAMES[Evidence.Type(evidence.type)]}"
    answer["Content-Disposition"] = f'{way}; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
