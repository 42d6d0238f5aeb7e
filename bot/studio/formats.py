"""The first bytes of a file, or what somebody calls its type, in; the name of the format out."""

from bot.errors import BadPicture

_PICTURES = ("PNG", "JPEG", "WebP")

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (8, b"WEBP", "WebP"),
    (0, b"GIF8", "GIF"),
    (0, b"%PDF-", "PDF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"BM", "BMP"),
    (0, b"8BPS", "Photoshop file"),
    (0, b"%!PS", "PostScript file"),
    (0, b"\0\0\1\0", "Windows icon"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"PK\3\4", "ZIP file"),
    (0, b"\x1aE\xdf\xa3", "video"),
)
_BRANDS = {
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"hevc": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"mif1": "HEIC",
    b"msf1": "HEIC",
    b"avif": "AVIF",
    b"avis": "AVIF",
}
"""Of files that begin with an `ftyp` box; all others of that kind are videos."""

_TYPES = {
    "image/heic": "HEIC",
    "image/heif": "HEIC",
    "image/avif": "AVIF",
    "image/svg+xml": "SVG",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/x-icon": "Windows icon",
    "image/vnd.adobe.photoshop": "Photoshop file",
    "image/jxl": "JPEG XL",
    "image/jp2": "JPEG 2000",
    "application/pdf": "PDF",
    "application/postscript": "PostScript file",
    "application/zip": "ZIP file",
    "application/vnd.slack-docs": "canvas",
}
_ADVICE = {
    "HEIC": "the format of some phones. Export it, or take a screenshot of it, and send that",
    "SVG": "a drawing in code. Export it as PNG and send that",
    "PDF": "a document. Export the page as a picture and send that",
    "video": "not a still picture. Send a screenshot of it",
    "canvas": "a document. Ask for “images for this canvas”, or send a picture",
}


def kind_of(data: bytes) -> str | None:
    """The name of the format, such as `PNG`, by the first bytes; None for what is not known."""
    for at, magic, name in _MAGIC:
        if data.startswith(magic, at):
            return name
    if data[4:8] == b"ftyp":
        return _BRANDS.get(bytes(data[8:12]), "video")
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "web page"
    if start.startswith((b"<?xml", b"<svg", b"<!--", b"<!doctype svg")) and b"<svg" in data[:4096]:
        return "SVG"
    return None


def check_type(mime: str) -> None:
    """Let through what may be a picture that we take, by what Slack calls its type.

    Raises: BadPicture for anything else.
    """
    kind = _TYPES.get(mime)
    if kind is None and mime.startswith("video/"):
        kind = "video"
    if kind is None and (mime.startswith("image/") or mime in ("", "application/octet-stream")):
        return
    raise refuse_kind(kind)


def refuse_kind(kind: str | None) -> BadPicture:
    """The refusal of a format that is not taken, with what to do instead."""
    taken = f"{', '.join(_PICTURES[:-1])} or {_PICTURES[-1]}"
    if kind is None:
        return BadPicture(f"That file is not a picture that I know. Please send a {taken}.")
    article = "an" if kind in ("AVIF", "SVG") else "a"
    advice = _ADVICE.get(kind)
    if advice is None:
        return BadPicture(f"That file is {article} {kind}. Please send a {taken}.")
    return BadPicture(f"That file is {article} {kind}, {advice}. I take {taken}.")
