"""What follows from plans: pure functions, no store, no pages."""
