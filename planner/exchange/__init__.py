"""Files in and out: plan folders, roadmap and drift CSV; imports the model, never the store."""
