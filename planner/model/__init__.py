"""What a plan is; imports polars and the schema library, nothing of ours."""
