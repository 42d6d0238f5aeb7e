"""How long enlarging takes and what memory its process holds; alone by
`python -m tests.bench.upscaling`."""

import asyncio
import statistics

from bot.studio.picture import encode_png
from bot.studio.sketch import draw
from bot.studio.upscale.process import Upscaler
from tests.bench.measure import Row

ROUNDS = 3
CASES = ((512, 2), (1024, 2), (512, 4))
"""The side of a square picture, in pixels, and how many times larger it is made."""


async def times(row: Row) -> None:
    """From the bytes of a picture to those of the larger one, the start of the process included."""
    upscaler = Upscaler()
    for side_px, scale in CASES:
        drawn = draw(
            "a poster of a lighthouse",
            style="cinematic",
            width_px=side_px,
            height_px=side_px,
            seed=7,
        )
        picture = encode_png(drawn)
        made = [await upscaler.upscale(picture, scale=scale) for _ in range(ROUNDS)]
        seconds = [each.seconds for each in made]
        peak_mb = max(each.peak_rss_bytes for each in made) / 1e6
        row(
            f"Enlarging {side_px} × {side_px} to {side_px * scale} × {side_px * scale}",
            f"{min(seconds):.1f} s at best, {statistics.median(seconds):.1f} s at the median; "
            f"{peak_mb:.0f} MB (RSS) at most in its process",
        )


def _print(name: str, measured: str, target: str = "", *, is_met: bool | None = None) -> None:
    print(f"| {name} | {measured} |", flush=True)


if __name__ == "__main__":
    asyncio.run(times(_print))
