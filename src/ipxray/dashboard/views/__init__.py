"""The views: what each asks of the tables, one subject a file; `twins` gives each its JSON and CSV."""
