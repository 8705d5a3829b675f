"""The economic model of a structure: from its hypotheses to the year's result and the path of its cash."""
