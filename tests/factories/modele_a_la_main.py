"""The economic model written a second time, in plain Python, for 2025 and from the file as TOML gives it.

Nothing is shared with the program: no array, no rule, no reader. The legal values are typed from the
texts, once, for the first day of 2025.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import Any

SMIC = 11.88  # 1 November 2024
T_MOINS_DE_50 = 0.3194  # 2024, until April 2025
SOCLES = {"AI": 1619.0, "ACI": 23921.0, "EI": 13304.0, "ETTI": 4781.0}
MODULATION_MAX = 0.10
HEURES_ANNUELLES = 1820
FRANCHISE, DECOTE_PLAFOND, ABATTEMENT_2025 = 1200.0, 2040.0, 24041.0
TAUX_NORMAL = 0.0425


@dataclass
class AnneeALaMain:
    """Everything that the second computation found, euros, hours and euros an hour."""

    coefficient: float
    cout_direct: float
    ventes: dict[str, float]
    salaires: float
    cotisations: float
    frais: float
    postes: float
    charges: float
    aide: float
    part_modulee: float
    ressources: float
    resultat: float
    volume: float | None
    prix: float
    marge: float
    soldes: list[float] = field(default_factory=list)
    versements: list[float] = field(default_factory=list)


def valeur(table: dict[str, Any], nom: str, sinon: float = 0.0) -> float:
    """A figure without its origin."""
    return float(table[nom]["valeur"]) if nom in table else sinon


def coefficient(brut: float, smic: float) -> float:
    """Réduction générale of 2025, under fifty employees."""
    part = T_MOINS_DE_50 / 0.6 * (1.6 * smic / brut - 1)
    part = max(0.0, min(T_MOINS_DE_50, part))
    return int(part * 10_000 + 0.5 + 1e-9) / 10_000


def calculer(texte: str) -> AnneeALaMain:  # noqa: PLR0915 — a year read from top to bottom
    """The year, the thresholds and the cash of a file of hypotheses for 2025."""
    toml = tomllib.loads(texte)
    genre = toml["structure"]["type"]
    facture = genre in {"AI", "ETTI"}
    ins, aide_t = toml["insertion"], toml["aide"]
    corrige = 1.1 if toml["lectures"]["conges_payes"] == "smic_corrige" else 1.0

    salaire = valeur(ins, "salaire_horaire_brut")
    brut = salaire * (1 + valeur(ins, "taux_indemnites"))
    coef = coefficient(brut, SMIC * corrige)
    cot_h = brut * max(0.0, valeur(ins, "taux_cotisations") - coef)
    frais_h = valeur(ins, "frais_par_heure")
    direct = brut + cot_h + frais_h

    vendues = sum(valeur(un, "heures") for un in toml["clients"].values())
    heures = vendues + valeur(ins, "heures_hors_client")
    comptees = vendues if facture else heures
    ventes, fixes = {}, 0.0
    for code, un in toml["clients"].items():
        if "montant_annuel" in un:
            ventes[code] = valeur(un, "montant_annuel")
            if un.get("suit_les_heures", True) is False:
                fixes += ventes[code]
        elif "coefficient" in un:
            ventes[code] = valeur(un, "heures") * salaire * valeur(un, "coefficient")
        else:
            ventes[code] = valeur(un, "heures") * valeur(un, "prix_horaire")

    postes_brut = postes_cot = 0.0
    for un in toml.get("postes", {}).values():
        annuel = valeur(un, "salaire_brut_annuel")
        taux = max(
            0.0, valeur(un, "taux_cotisations") - coefficient(annuel, SMIC * HEURES_ANNUELLES)
        )
        postes_brut += valeur(un, "etp") * annuel
        postes_cot += valeur(un, "etp") * annuel * taux
    charges = sum(valeur(un, "montant_annuel") for un in toml.get("charges", {}).values())
    taxe = 0.0
    if toml["lectures"]["taxe_salaires_due"]:
        # no invented post is paid above the bracket that is increased by more than the allowance covers
        taxe = max(0.0, postes_brut * TAUX_NORMAL - ABATTEMENT_2025)
    ressources = sum(valeur(un, "montant_annuel") for un in toml.get("ressources", {}).values())

    unite = valeur(aide_t, "montant_unitaire", SOCLES[genre])
    etp, par_etp = valeur(aide_t, "etp_conventionnes"), valeur(aide_t, "heures_par_etp")
    aide = unite * min(comptees / par_etp, etp)
    module = unite * etp * valeur(aide_t, "part_modulee") * MODULATION_MAX

    produits = sum(ventes.values()) + aide + module + ressources
    depenses = heures * direct + postes_brut + postes_cot + charges + taxe
    resultat = produits - depenses

    base = vendues if facture else heures
    par_heure = (sum(ventes.values()) - fixes) / base
    couts = heures * direct / base
    marge = par_heure - couts
    aidee = marge + unite * (comptees / base) / par_etp
    couvrir = postes_brut + postes_cot + charges + taxe - ressources - module - fixes
    plafond = etp * par_etp * base / comptees
    volume: float | None = None
    if couvrir <= 0:
        volume = 0.0
    elif aidee > 0 and couvrir <= aidee * plafond:
        volume = couvrir / aidee
    elif marge > 0:
        volume = plafond + (couvrir - aidee * plafond) / marge

    trouve = AnneeALaMain(
        coefficient=coef,
        cout_direct=direct,
        ventes=ventes,
        salaires=heures * brut,
        cotisations=heures * cot_h,
        frais=heures * frais_h,
        postes=postes_brut + postes_cot,
        charges=charges,
        aide=aide,
        part_modulee=module,
        ressources=ressources,
        resultat=resultat,
        volume=volume,
        prix=par_heure - resultat / base,
        marge=marge,
    )
    _suivre(toml, trouve, unite, (postes_brut, postes_cot, taxe))
    return trouve


def _heures_du_mois(toml: dict[str, Any], mois: int, *, comptees: bool) -> float:
    total = 0.0
    for un in toml["clients"].values():
        poids = un.get("saisonnalite", [1] * 12)
        total += valeur(un, "heures") * poids[mois % 12] / sum(poids)
    if not comptees or toml["structure"]["type"] not in {"AI", "ETTI"}:
        total += valeur(toml["insertion"], "heures_hors_client") / 12
    return total


def _versements(toml: dict[str, Any], unite: float) -> list[float]:
    """Twelfths; corrections at months 5, 8 and 11 on the months before; settlement in the thirteenth."""
    aide = toml["aide"]
    etp, par_etp = valeur(aide, "etp_conventionnes"), valeur(aide, "heures_par_etp")
    total = round(unite * etp, 2)
    avances = [round(total * rang / 12 + 1e-9, 2) for rang in range(13)]
    droits = [0.0]
    cumul = 0.0
    for mois in range(12):
        cumul += _heures_du_mois(toml, mois, comptees=True)
        retenu = min(cumul, etp * par_etp / 12 * (mois + 1))
        droits.append(round(total * retenu / (etp * par_etp) + 1e-9, 2))
    paye, versements, vus = 0.0, [], 0
    for rang in range(1, 13):
        if rang in {5, 8, 11}:
            vus = rang - 1
        du = max(paye, avances[rang] + droits[vus] - avances[vus])
        versements.append(du - paye)
        paye = du
    versements.append(droits[12] - paye)
    return versements


def _suivre(  # noqa: C901 — one line of the path after the other
    toml: dict[str, Any],
    trouve: AnneeALaMain,
    unite: float,
    fixes: tuple[float, float, float],
) -> None:
    tre = toml["tresorerie"]
    horizon = tre.get("horizon_mois", 12)
    flux = [0.0] * 60
    sociales = int(valeur(tre, "delai_cotisations_mois"))
    fournisseurs = int(valeur(tre, "delai_fournisseurs_mois"))
    retard = int(valeur(toml["aide"], "retard_mois"))
    trouve.versements = _versements(toml, unite)
    annee = sum(_heures_du_mois(toml, mois, comptees=False) for mois in range(12))
    brut, cotisations, taxe = fixes
    for mois in range(horizon):
        for code, un in toml["clients"].items():
            poids = un.get("saisonnalite", [1] * 12)
            part = trouve.ventes[code] * poids[mois % 12] / sum(poids)
            flux[mois + int(valeur(un, "delai_mois"))] += part
        part = _heures_du_mois(toml, mois, comptees=False) / annee
        flux[mois] -= trouve.salaires * part + brut / 12
        flux[mois + sociales] -= trouve.cotisations * part + cotisations / 12 + taxe / 12
        flux[mois + fournisseurs] -= trouve.frais * part
        for un in toml.get("charges", {}).values():
            quand = un.get("mois", list(range(1, 13)))
            if un.get("decaissable", True) and mois % 12 + 1 in quand:
                flux[mois + fournisseurs] -= valeur(un, "montant_annuel") / len(quand)
        for un in toml.get("ressources", {}).values():
            quand = un.get("mois", list(range(1, 13)))
            if mois % 12 + 1 in quand:
                flux[mois] += valeur(un, "montant_annuel") / len(quand)
    for debut in range(0, horizon, 12):
        for rang, verse in enumerate(trouve.versements):
            flux[debut + rang + retard] += verse
        quand = toml["lectures"].get("mois_part_modulee", 12)
        flux[debut + quand - 1 + retard] += trouve.part_modulee
    for un in toml.get("mouvements", {}).values():
        flux[un["mois"] - 1] += valeur(un, "montant")
    solde = valeur(tre, "initiale")
    for mois in range(horizon):
        solde += flux[mois]
        trouve.soldes.append(solde)
