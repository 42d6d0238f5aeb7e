"""A picture's size and a scale in, the enlarged size out, or a sentence that it is too large."""

from bot.errors import BadPicture

SCALES = (2, 4)
"""How many times larger each side can be made."""

MAX_OUTPUT_PIXELS = 25_000_000
"""The most pixels of an enlarged picture: with so many, even one full of grain stays well under
the 50 MB that the studio keeps (1.2 bytes a pixel were measured)."""

MAX_MEMORY_BYTES = 2_000_000_000
"""The most addresses that the process may take; it needs 0.7 GB of them for the largest picture."""


def enlarged_size(width_px: int, height_px: int, *, scale: int) -> tuple[int, int]:
    """Width and height, in pixels, of a picture made `scale` times as large.

    Raises: BadPicture where it would be too large to make; ValueError for a scale not in SCALES.
    """
    if scale not in SCALES:
        raise ValueError(f"pictures are enlarged {SCALES} times, not {scale}")
    width, height = width_px * scale, height_px * scale
    if width * height > MAX_OUTPUT_PIXELS:
        fits = scale > min(SCALES) and width_px * height_px * min(SCALES) ** 2 <= MAX_OUTPUT_PIXELS
        way_out = "Twice its size is possible." if fits else "Please take a smaller picture."
        raise BadPicture(
            f"That picture would become {width:,} × {height:,} pixels, more than the "
            f"{MAX_OUTPUT_PIXELS // 1_000_000} megapixels that can be made. {way_out}"
        )
    return width, height
