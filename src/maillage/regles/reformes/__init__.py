"""Ready reforms: one file each, in the grammar of the law, with what its source leaves open."""
