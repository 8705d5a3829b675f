"""The table of typical households: what OpenFisca-France gives for each job, hour by hour and pay by pay.

    python3 tools/openfisca.py emploi                       compares with the table kept
    python3 tools/openfisca.py emploi 2026-11-27            writes it, dated
    python3 tools/openfisca.py emploi 2026-11-27 DOSSIER    writes that of your own foyers.toml

The assumptions are in foyers.toml, beside the table, in src/maillage/analyses/emploi. The main program
reads the table without OpenFisca.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

from maillage.analyses.emploi.foyers import DOSSIER, read_hypotheses
from maillage.kernel.errors import UserError
from situations import IMPOT, MONTANTS, Poste, build_situation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.emploi.foyers import Hypotheses

FICHIER = "table.csv"
COMMANDE = "python3 tools/openfisca.py emploi AAAA-MM-JJ"
_FAIT_LE = "# Fait le "
_CONJOINT = "_conjoint"
COLONNES = (
    *("mois", "foyer", "heures", "majoration", "salaire_horaire", "salaire_brut", "salaire_net"),
    *("cotisations_employeur", "taux_reduits", "reduction_generale", "salaire_net_conjoint"),
    *("ass", "rsa", "prime_activite", "aide_logement", "prestations_familiales", "impot_revenu"),
)
Resultats = dict[str, dict[str, dict[str, float]]]
"""Entity in the plural, then name of a member of it, then variable."""


class France:
    """OpenFisca-France, loaded once."""

    def __init__(self) -> None:
        self.systeme = FranceTaxBenefitSystem()

    def get_smic(self, mois: str) -> float:
        """Gross hourly SMIC of a month."""
        parametres = self.systeme.parameters(f"{mois}-01")
        return float(parametres.marche_travail.salaire_minimum.smic.smic_b_horaire)

    def list_postes(self, hypotheses: Hypotheses, mois: str) -> list[Poste]:
        """Every job of the table in a month; without hours, no pay to vary."""
        employeur = (
            self.get_smic(mois),
            hypotheses.effectif,
            float(hypotheses.taux_accident_travail),
        )
        return [
            Poste(foyer, mois, heures, majoration.nombre, *employeur)
            for foyer in hypotheses.foyers.values()
            for heures in hypotheses.heures
            for majoration in (hypotheses.majorations if heures else hypotheses.majorations[:1])
        ]

    def compute(self, postes: list[Poste]) -> Resultats:
        """What is asked for in the situation of these jobs, all of one month, computed at once."""
        situation = build_situation(postes)
        simulation = SimulationBuilder().build_from_entities(self.systeme, situation)
        resultats: Resultats = {}
        for pluriel, membres in situation.items():
            entite = next(e for e in self.systeme.entities if e.plural == pluriel)
            rangs = {nom: i for i, nom in enumerate(simulation.populations[entite.key].ids)}
            demandes = dict.fromkeys(
                (nom, periode)
                for membre in membres.values()
                for nom, valeurs in membre.items()
                if isinstance(valeurs, dict)
                for periode, valeur in valeurs.items()
                if valeur is None
            )
            colonnes = {nom: simulation.calculate(nom, periode) for nom, periode in demandes}
            resultats[pluriel] = {
                membre: {nom: float(colonne[rang]) for nom, colonne in colonnes.items()}
                for membre, rang in rangs.items()
            }
        for poste in postes:
            _add_salaire_de_base(situation, resultats, poste)
        return resultats


def _add_salaire_de_base(situation: dict[str, Any], resultats: Resultats, poste: Poste) -> None:
    """What was given, beside what was computed."""
    donnes = situation["individus"][poste.code]["salaire_de_base"]
    resultats["individus"][poste.code]["salaire_de_base"] = float(donnes[poste.mois])


def read_reponse(reponse: dict[str, Any], poste: Poste) -> Resultats:
    """Answer of the web API to the same situation, in the same form."""
    annee = poste.mois[:4]
    demandes = {**MONTANTS, "foyers_fiscaux": (IMPOT,)}
    return {
        pluriel: {
            membre: {
                nom: float(valeurs[nom].get(poste.mois, valeurs[nom].get(annee)))
                for nom in noms
                if nom in valeurs
            }
            for membre, valeurs in reponse[pluriel].items()
        }
        for pluriel, noms in demandes.items()
    }


def build_ligne(poste: Poste, resultats: Resultats) -> list[str]:
    """One row of the table."""
    individu = resultats["individus"][poste.code]
    famille = resultats["familles"][poste.code]
    conjoint = resultats["individus"].get(f"{poste.code}{_CONJOINT}", {})
    taux_reduits = (
        individu["allegement_cotisation_allocations_familiales"]
        + individu["allegement_cotisation_maladie"]
    )
    prestations = sum(famille[f"{nom}_crds"] for nom in ("af_nettes", "cf_net", "asf_nette"))
    montants = (
        poste.majoration_centimes / 100,
        poste.salaire_horaire,
        individu["salaire_de_base"],
        individu["salaire_net"],
        # at full rate: OpenFisca-France takes the reduced rates off before it adds up
        taux_reduits - individu["cotisations_employeur"],
        taux_reduits,
        individu["allegement_general"],
        conjoint.get("salaire_net", 0.0),
        individu["ass"],
        famille["rsa"],
        famille["ppa_nette_crds"],
        famille["aide_logement"],
        prestations,
        -resultats["foyers_fiscaux"][poste.code][IMPOT] / 12,
    )
    # adding zero takes the sign off minus zero
    textes = (f"{round(montant, 2) + 0.0:.2f}" for montant in montants)
    return [poste.mois, poste.foyer.code, str(poste.heures), *textes]


def compute_lignes(france: France, hypotheses: Hypotheses) -> Iterator[list[str]]:
    """Every row, month after month."""
    for mois in hypotheses.mois:
        postes = france.list_postes(hypotheses, mois)
        resultats = france.compute(postes)
        yield from (build_ligne(poste, resultats) for poste in postes)


def render(hypotheses: Hypotheses, fait_le: str) -> str:
    """The whole table, with its heading."""
    np.seterr(divide="ignore", invalid="ignore")  # exemptions computed beside divide by zero
    versions = ", ".join(
        f"{nom} {version(nom)}" for nom in ("OpenFisca-France", "OpenFisca-Core", "numpy")
    )
    entete = (
        "# Valeur d’un emploi : foyers types, en euros par mois, régime établi",
        f"# {versions}",
        f"# Commande : {COMMANDE}",
        f"# Hypothèses : foyers.toml, SHA-256 {hypotheses.sha256}",
        "# Licence : résultats calculés par OpenFisca-France (logiciel sous AGPL-3.0-or-later)",
        f"{_FAIT_LE}{fait_le}",
        ",".join(COLONNES),
    )
    lignes = (",".join(ligne) for ligne in compute_lignes(France(), hypotheses))
    return "\n".join((*entete, *lignes)) + "\n"


def compare(hypotheses: Hypotheses) -> int:
    """Number of lines that are not those of the table kept, told on the standard output."""
    gardees, nouvelles = (
        [ligne for ligne in texte.splitlines() if not ligne.startswith(_FAIT_LE)]
        for texte in ((DOSSIER / FICHIER).read_text(encoding="utf-8"), render(hypotheses, ""))
    )
    autres = [n for g, n in zip(gardees, nouvelles, strict=False) if g != n]
    nombre = len(autres) + abs(len(gardees) - len(nouvelles))
    etat = "inchangée" if not nombre else f"{nombre} lignes changées, dont {autres[:1]}"
    sys.stdout.write(f"emploi/{FICHIER} : {etat}\n")
    return nombre


def main() -> None:
    """Write the table of a folder, or compare that of the package.

    Raises:
        SystemExit: the date or the assumptions cannot be read, or the table is not the one computed
            now.
    """
    jour, dossier = [*sys.argv[1:], "", ""][:2]
    try:
        hypotheses = read_hypotheses(Path(dossier) if dossier else DOSSIER)
    except UserError as refus:
        raise SystemExit(str(refus)) from None
    if not jour:
        raise SystemExit(1 if compare(hypotheses) else 0)
    try:
        fait_le = date.fromisoformat(jour)
    except ValueError:
        raise SystemExit(f"« {jour} » n’est pas une date : écrivez AAAA-MM-JJ.") from None
    texte = render(hypotheses, fait_le.isoformat())
    (Path(dossier) if dossier else DOSSIER).joinpath(FICHIER).write_text(texte, encoding="utf-8")


if __name__ == "__main__":
    main()
