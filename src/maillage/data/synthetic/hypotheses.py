"""What no public source gives, assumed so that a network looks like one. None of it is a statistic.

Each figure is explained in docs/explications/reseaux-synthetiques.md.
"""

from __future__ import annotations

from maillage.data.synthetic.parametres import ACI, AI, EI, EITI, ETTI

EITI_STRUCTURES = 37
"""EITI over the country: those that data·inclusion places in January 2026, a partial count."""
PERSONNES_PAR_EITI = 25.0
DUREE_PARCOURS_MOIS = {ACI: 12.0, AI: 12.6, EI: 12.0, ETTI: 6.2, EITI: 13.0}
"""Mean stay, chosen together so that the entries of a year are the published ones for all kinds."""
FORME_DUREE = 1.2
"""Shape of the Weibull law of stays."""
DUREE_MAX_MOIS = 36.0
CONTRAT_MOIS = {ACI: 4.0, AI: 2.5, EI: 4.0, ETTI: 1.3, EITI: 12.0}
"""Length of a contract, renewed until the stay ends."""
DISPERSION_TAILLE = {ACI: 0.55, AI: 0.75, EI: 0.7, ETTI: 0.75, EITI: 0.5}
"""Standard deviation of the logarithm of the size of structures."""
DISPERSION_HEURES = {ACI: 0.12, AI: 0.75, EI: 0.12, ETTI: 0.45, EITI: 0.4}
"""The same, of the monthly hours of people."""
HEURES_MAX_MOIS = 190.0
HEURES_EITI = 60.0
DISPERSION_TAUX = 0.14
"""Standard deviation of the rate of realisation between annexes; its mean is published."""
HEURES_FACTUREES = {ACI: 0.30, AI: 0.97, EI: 0.75, ETTI: 0.99, EITI: 0.0}
"""Hours billed for one hour worked."""
SALAIRE_EN_SMIC = {ACI: 1.0, AI: 1.12, EI: 1.03, ETTI: 1.25, EITI: 0.0}
"""Gross pay of an hour, in minimum wages, paid leave and end-of-mission indemnities included."""
CHIFFRE_AFFAIRES_EITI_HORAIRE = 22.0
PART_DEUX_TYPES = 0.10
"""EI and ETTI carried by the legal person of an ACI: same ASP identifier, same SIRET."""
PART_PENITENTIAIRE = {ACI: 0.012, EI: 0.008}
PART_AUTRE_DEPARTEMENT = 0.015
"""Structures whose money is that of a neighbouring département."""
PART_FERMEES = 0.015
"""Structures that close in a year; a new one takes their places."""
PART_SIRET_CHANGE = 0.04
PART_ANNEE_INCOMPLETE = 0.06
PART_CLOTURE = 0.08
PART_ANNULE = 0.010
PART_DISPARUE = 0.5
"""Cancelled annexes that extracts do not show any more, some months later."""
PART_SUSPENDUE = 0.025
PART_REJET = 0.06
PART_REJET_BANCAIRE = 0.6
PART_DOUBLE_REJET = 0.3
PART_FDI = 0.05
PART_COFINANCEMENT = {ACI: 0.75, AI: 0.15, EI: 0.2, ETTI: 0.05, EITI: 0.05}
PART_AVENANT_1 = {"premiere": 0.35, "renouvellement": 0.9}
PART_AVENANT_2 = 0.12
PART_DEROGATION = 0.03
RETARD_JOURS = (12.0, 75.0, 170.0)
"""Mean delay of statements after the end of the month, by habit of structures."""
PART_RETARD = (0.90, 0.07, 0.03)
PART_TROUS = 0.02
"""Annexes of which March, April and May are entered a year late, after January, February and June."""
PART_MOIS_OUBLIE = 0.008
PART_DEUX_VALIDATIONS = 0.12
PART_DEBLOQUE = 0.01
PART_BROUILLON = 0.3
SEXE_FEMME = {ACI: 0.40, AI: 0.60, EI: 0.35, ETTI: 0.28, EITI: 0.35}
AGES = ((18, 25, 0.18), (26, 34, 0.27), (35, 49, 0.36), (50, 63, 0.19))
PART_RSA = {ACI: 0.58, AI: 0.32, EI: 0.42, ETTI: 0.34, EITI: 0.55}
PART_RSA_MAJORE = 0.15
PART_RQTH = {ACI: 0.11, AI: 0.08, EI: 0.08, ETTI: 0.06, EITI: 0.05}
PART_QPV_COMMUNE = 0.35
"""People who live in a priority district, where their commune has one."""
PART_AUTRES = {
    "oeth": 0.09,
    "ass": 0.07,
    "aah": 0.03,
    "are": 0.15,
    "aide_sociale": 0.02,
    "parent_isole": 0.12,
    "sortant_detention": 0.02,
    "sortant_ase": 0.01,
    "refugie": 0.08,
    "langue_francaise": 0.12,
    "mobilite": 0.30,
    "hebergement": 0.08,
}
PART_NIR_REVU = 0.06
"""People who are seen again, most often in the same year, in another structure."""
PART_NIR_CONSTANT = 0.004
"""People without a number, who all carry the same hash."""
PART_RETRAIT = 0.08
"""Exits that are not counted (retrait des sorties constatées)."""
PART_DURABLE, PART_TRANSITION = 0.16, 0.205
"""The two add up to the published share of exits in work; how they share it is assumed."""
PART_FORMATION = 0.18
PART_MARCHE = 0.3
FREINS = {
    "illetrisme": 0.14,
    "demarch": 0.45,
    "heberg": 0.18,
    "mobilite": 0.40,
    "sante": 0.30,
    "justice": 0.08,
    "surendet": 0.12,
    "manque_dispo": 0.10,
}
