"""The process that draws one SVG and ends: `python -m bot.studio.vector.worker WIDTH HEIGHT`.

In: the SVG. Out: a PNG of at most so many pixels. It ends with another status than 0 where it
cannot be drawn.
"""

import contextlib
import resource
import sys

_NOTHING = (0, 0)
_LIMITS = (
    (resource.RLIMIT_NOFILE, _NOTHING),  # a drawing may name files: none can be opened
    (resource.RLIMIT_FSIZE, _NOTHING),
    (resource.RLIMIT_CORE, _NOTHING),
    (resource.RLIMIT_CPU, (30, 30)),
    (resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000)),
)


def main() -> None:
    """Draw what is on standard input."""
    import resvg_py

    width, height = (int(side) for side in sys.argv[1:])
    svg = sys.stdin.buffer.read().decode()
    for kind, limit in _LIMITS:
        with contextlib.suppress(ValueError, OSError):  # not every system has each of them
            resource.setrlimit(kind, limit)
    data = resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height, skip_system_fonts=True)
    sys.stdout.buffer.write(bytes(data))


if __name__ == "__main__":
    main()
