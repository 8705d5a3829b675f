"""The yearly questionnaire of the observatory."""
