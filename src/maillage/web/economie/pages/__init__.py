"""The pages of the economy of a structure, one file per question."""
