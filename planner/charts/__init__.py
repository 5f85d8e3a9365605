"""Frames in, chart spec out; never a plan rule or a widget."""

from planner.look import theme as theme
