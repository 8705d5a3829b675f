"""The page of the value of a job: its form, its words, its tables and its curve."""
