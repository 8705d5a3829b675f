"""The economic model as people use it: a file of hypotheses, scenarios, reforms, a workbook."""
