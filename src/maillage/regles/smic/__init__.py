"""Salaire minimum de croissance: the hour by decree, the month and the year by arithmetic."""
