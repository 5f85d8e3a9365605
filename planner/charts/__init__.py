"""Frames in, chart spec out; never a plan rule or a widget."""

from planner.look import theme as theme  # noqa: PLC0414  the look is shared with what is printed
