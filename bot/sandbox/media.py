"""What kind of file some bytes are: type and, for pictures, dimensions."""

import io
import mimetypes
import warnings

from PIL import Image

from .model import File

_PICTURES = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}


def recognise(file: File) -> None:
    """Fill in, in place, what Slack knows of a file once it has looked at it."""
    file.processed = True
    if not _recognise_picture(file):
        guessed = mimetypes.guess_type(file.name)[0]
        file.mimetype = guessed or "application/octet-stream"
        suffix = file.name.rpartition(".")[2].lower()
        file.filetype = suffix if guessed and "." in file.name else "binary"


def _recognise_picture(file: File) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(file.data), formats=list(_PICTURES)) as picture:
                file.mimetype, file.filetype = _PICTURES[picture.format or ""]
                file.width_px, file.height_px = picture.size
    except (OSError, Image.DecompressionBombError, SyntaxError, ValueError):
        return False
    return True
