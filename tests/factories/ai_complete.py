"""A whole invented AI over 2025: its accounting entries and its extract, of figures that add up by hand.

Over the year: 15 600 hours billed and 15 720 worked, 205 560 € of gross pay of insertion, sales of
366 600 €, nine posts agreed. The aide au poste of the accounts is that of the rules: 9 × 1 619 €.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from factories.exercices import write_exercice
from factories.flux_iae import annexe, releve, structure, write_extrait

if TYPE_CHECKING:
    from pathlib import Path

    from factories.exercices import Ecriture

FEC = "732829320FEC20251231.txt"
EXTRACTION = date(2026, 3, 5)
HEURES_FACTUREES, HEURES_TRAVAILLEES, SALAIRES = 15_600, 15_720, 205_560
PERSONNES = 10
VENTES, PERMANENTS, COTISATIONS = 366_600, 92_000, 60_000
AIDE, DEPARTEMENT, DONS = 14_571, 12_000, 1_500
ACHATS, LOYERS, IMPOTS, DOTATIONS = 20_000, 14_400, 1_200, 4_000
BANQUE, CLIENTS, URSSAF = 45_000, 34_000, 6_000
RESULTAT = (
    VENTES
    + AIDE
    + DEPARTEMENT
    + DONS
    - (SALAIRES + PERMANENTS + COTISATIONS + ACHATS + LOYERS + IMPOTS + DOTATIONS)
)
RATTACHEMENT = '[[version]]\ndepuis = 2025-01-01\naide_au_poste = ["7411"]\n'
_OUVERTURE = {
    "102400": -(BANQUE + CLIENTS - URSSAF + 8_000),
    "218200": 20_000,
    "281820": -12_000,
    "411000": CLIENTS,
    "431000": -URSSAF,
    "512000": BANQUE,
}


def list_ecritures() -> list[Ecriture]:
    """Opening, twelve equal months, the end of the year."""
    ecritures: list[Ecriture] = [("AN", "20250101", _OUVERTURE)]
    paie = (SALAIRES + PERMANENTS) // 12, (SALAIRES + PERMANENTS) % 12
    for mois in range(1, 13):
        jour = f"2025{mois:02d}28"
        brut = paie[0] + (paie[1] if mois == 12 else 0)
        ventes = VENTES // 12
        ecritures += [
            ("VE", jour, {"411000": ventes, "708400": -ventes}),
            ("BQ", jour, {"512000": ventes, "411000": -ventes}),
            ("OD", jour, {"641100": brut, "421000": -brut}),
            ("BQ", jour, {"421000": brut, "512000": -brut}),
            ("OD", jour, {"645100": COTISATIONS // 12, "431000": -(COTISATIONS // 12)}),
            ("BQ", jour, {"431000": COTISATIONS // 12, "512000": -(COTISATIONS // 12)}),
            ("BQ", jour, {"613200": LOYERS // 12, "512000": -(LOYERS // 12)}),
        ]
    fin = "20251231"
    return [
        *ecritures,
        ("BQ", fin, {"606400": ACHATS, "512000": -ACHATS}),
        ("BQ", fin, {"635000": IMPOTS, "512000": -IMPOTS}),
        ("BQ", fin, {"512000": AIDE, "741100": -AIDE}),
        ("BQ", fin, {"512000": DEPARTEMENT, "744000": -DEPARTEMENT}),
        ("BQ", fin, {"512000": DONS, "754100": -DONS}),
        ("OD", fin, {"681100": DOTATIONS, "281820": -DOTATIONS}),
    ]


def write_fec_complet(dossier: Path) -> Path:
    """Its accounting file."""
    return write_exercice(dossier, list_ecritures(), FEC)


def write_rattachement(dossier: Path) -> Path:
    """Where its accounts hold the aide au poste."""
    chemin = dossier / "rattachement.toml"
    chemin.write_text(RATTACHEMENT, encoding="utf-8")
    return chemin


def write_extrait_complet(dossier: Path, mois: int = 12) -> Path:
    """Its extract, entered until a month."""
    return write_extrait(
        dossier,
        {
            "Structure": [structure(1)],
            "AnnexeFinanciere": [
                annexe(
                    10,
                    "AI",
                    af_etp_postes_insertion="9.00",
                    af_duree_heure_annuel_etp_valeur="1607.00",
                    af_montant_unitaire_annuel_valeur="1619.00",
                    af_montant_total_annuel="14571.00",
                ),
            ],
            "EtatMensuelIndiv": [
                releve(
                    rang,
                    f"{HEURES_TRAVAILLEES / 12 / PERSONNES:.2f}",
                    emi_pph_id=f"P{personne}",
                    emi_ctr_id=f"C{personne}",
                    emi_nb_heures_facturees=f"{HEURES_FACTUREES / 12 / PERSONNES:.2f}",
                    emi_mt_salaire_brut=f"{SALAIRES / 12 / PERSONNES:.2f}",
                )
                for rang in range(1, mois + 1)
                for personne in range(1, PERSONNES + 1)
            ],
        },
        EXTRACTION,
    )
