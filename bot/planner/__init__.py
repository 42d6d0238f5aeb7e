"""What somebody said goes in, how it was understood comes out."""

from bot.planner.rules import plan

__all__ = ["plan"]
