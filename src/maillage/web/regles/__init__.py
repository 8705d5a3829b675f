"""Pages of the rules: the mechanisms, the dated amounts, the calculator of one annexe."""
