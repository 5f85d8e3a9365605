"""Review: the registers beside the plan: insights, lessons, decisions and asks, risks, assumptions."""

from planner.ui.registers_page import show_registers

show_registers()
