"""Pages of proposals, of their costings, of subjects."""
