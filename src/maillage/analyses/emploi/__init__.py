"""Value of a job: what the person gains, what the employer pays, what public money gives and gets back."""
