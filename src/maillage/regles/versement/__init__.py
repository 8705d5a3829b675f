"""Payment of the aide: twelfths, regularisations on real occupation, cap, recoveries."""
