"""The Strategy Roadmap Planner; the floors are described in the README. Holds nothing itself."""
