"""Share of the département in the aide au poste, for former recipients of the RSA."""
