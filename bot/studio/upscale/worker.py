"""The process that enlarges one picture and ends: `python -m bot.studio.upscale.worker`.

In: a line of JSON, `{"scale", "threads", "memory_bytes", "size_bytes"}`, and the picture.
Out: lines of JSON, each `{"done", "total"}`; at last `{"refused"}`, or `{"size_bytes", "width_px",
"height_px", "peak_rss_bytes"}` and the PNG. It ends at once when its standard input does: then
nobody waits.
"""

import contextlib
import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from bot.errors import BadPicture

_NICENESS = 5
"""Gives way to the bot's event loop, and takes a third of a core that others fight for."""


def main() -> None:
    """Enlarge the picture on standard input."""
    os.nice(_NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints goes where errors go, not between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    order = json.loads(sys.stdin.buffer.readline())
    limit = order["memory_bytes"]
    with contextlib.suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    data = sys.stdin.buffer.read(order["size_bytes"])
    threading.Thread(target=end_with_parent, daemon=True).start()
    _answer(answers, data, scale=order["scale"], threads=order["threads"])


def _answer(answers: BinaryIO, data: bytes, *, scale: int, threads: int) -> None:
    # Only here, under the limit and away from whoever imports this module.
    from bot.studio.upscale.enlarge import encoded, enlarged
    from bot.studio.upscale.network import Network

    def tell(**facts: object) -> None:
        answers.write(json.dumps(facts).encode() + b"\n")
        answers.flush()

    try:
        image = enlarged(
            data,
            scale=scale,
            network=Network(threads=threads),
            on_progress=lambda done, total: tell(done=done, total=total),
        )
        png = encoded(image)
    except BadPicture as error:
        tell(refused=error.words)
        return
    tell(
        size_bytes=len(png),
        width_px=image.width,
        height_px=image.height,
        peak_rss_bytes=_peak_rss_bytes(),
    )
    answers.write(png)
    answers.flush()


def _peak_rss_bytes() -> int:
    with contextlib.suppress(OSError):
        # Of this program alone; `ru_maxrss` begins with what the parent held when it started us.
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def end_with_parent() -> None:
    """Wait for standard input to end, and end this process with it, whatever it is busy with."""
    # By its number: a thread that holds the buffered object would break the interpreter's end.
    if not os.read(0, 1):
        os._exit(1)


if __name__ == "__main__":
    main()
