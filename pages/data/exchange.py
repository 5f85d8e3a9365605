"""Data: plans in and out as files."""

from planner.ui.exchange_page import show_exchange

show_exchange()
