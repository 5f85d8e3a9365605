"""Files in and out; never the database."""
