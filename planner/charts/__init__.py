"""Frames in, chart spec out; never a plan rule or a widget."""
