"""Small calculators on the pages of the mechanisms: everything is in the address."""
