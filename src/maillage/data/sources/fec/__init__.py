"""The accounting file that every French organisation can export: fichier des écritures comptables.

Source:
    Livre des procédures fiscales, art. A47 A-1; BOI-CF-IOR-60-40-20.
"""
