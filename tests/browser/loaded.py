"""What a forked server begins with; only the process that servers are forked from imports this module."""

from tests.browser.forked import load_everything

load_everything()
