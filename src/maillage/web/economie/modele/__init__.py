"""The model of the year of a structure as the site keeps it: versions, figures on a page, comparison."""
