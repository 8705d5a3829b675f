"""Aide au poste: socle, modulated part, agreed amount as the ASP rounds it, ETP and hours."""
