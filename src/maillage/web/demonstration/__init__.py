"""The demonstration: a small invented network, one ready account per role, made anew at each start."""
