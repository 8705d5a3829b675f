"""The questionnaire without Django: what is asked, how an answer is read, what its results say."""
