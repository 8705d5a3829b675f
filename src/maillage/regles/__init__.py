"""The law as code: how the IAE is financed, dated, sourced, reformable."""
