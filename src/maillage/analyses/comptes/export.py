"""The accounts of a structure as plain data: a document where every line opens, rows for a spreadsheet.

Amounts are in cents in the document, in euros in the rows. A figure that is not a number is null and
says its state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.analyses.comptes.exercice import SANS_OUVERTURE
from maillage.analyses.comptes.notes import list_notes
from maillage.analyses.exports import CONNUE, etat_of, nombre_or_none
from maillage.indicators.comptes.bilan import LIBELLES
from maillage.indicators.comptes.plan import TITRES
from maillage.indicators.comptes.postes import AIDE_AU_POSTE, BILAN, Etape, load_postes
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.analyses.comptes.annees import Annees
    from maillage.analyses.comptes.exercice import Exercice, Mois
    from maillage.indicators.comptes.bilan import Position
    from maillage.indicators.comptes.lignes import Ligne, Solde
    from maillage.indicators.comptes.plan import Plan
    from maillage.kernel.valeur import Valeur


def annees_to_dict(annees: Annees) -> dict[str, Any]:
    """Keys: siren, notes, exercices."""
    return {
        "siren": annees.siren,
        "notes": list(annees.notes),
        "exercices": [exercice_to_dict(exercice) for exercice in annees.exercices],
    }


def exercice_to_dict(exercice: Exercice) -> dict[str, Any]:
    """Everything that one file says, every line with its accounts and their source."""
    plan, mouvements = exercice.plan, exercice.mouvements
    aide = exercice.aide_au_poste
    return {
        "fichier": mouvements.fichier,
        "sha256": mouvements.sha256,
        "premier_jour": mouvements.premier_jour.isoformat(),
        "dernier_jour": mouvements.dernier_jour.isoformat(),
        "nombre_mois": len(mouvements.mois),
        "plan": {
            "nom": plan.nom,
            "titre": TITRES[plan.nom],
            "choix_depuis": exercice.version.depuis.isoformat() if exercice.version else None,
        },
        "notes": list(list_notes(exercice)),
        "sig": [
            {
                "code": solde.etape.value,
                "libelle": solde.libelle,
                "montant_centimes": solde.centimes,
                "reportes": [etape.value for etape in solde.reportes],
                "lignes": _lignes(solde.lignes, plan),
            }
            for solde in exercice.sig
        ],
        "caf": _caf(exercice),
        "aide_au_poste": {
            "montant_centimes": None if isinstance(aide.montant, Absence) else aide.montant,
            "etat": aide.montant.code if isinstance(aide.montant, Absence) else CONNUE,
            "declares": list(aide.declares),
            "candidats": _soldes(aide.candidats, plan),
        },
        "charges_decaissables": {
            "montant_centimes": exercice.cloture.charges,
            "lignes": _lignes(exercice.charges_decaissables, plan),
        },
        "ouverture": _position(exercice.ouverture, plan),
        "mois": [_mois(mois, plan) for mois in exercice.mois],
        "hors_resultat": _lignes(exercice.hors_resultat, plan),
        "non_rattaches": _soldes(exercice.non_rattaches, plan),
    }


def annees_rows(annees: Annees, *, detail: bool = False) -> list[dict[str, Any]]:
    """One row per balance and per line; per account too when the detail is asked for."""
    return [
        {
            "premier_jour": exercice.mouvements.premier_jour.isoformat(),
            "dernier_jour": exercice.mouvements.dernier_jour.isoformat(),
            "plan": exercice.plan.nom,
            **rangee,
        }
        for exercice in annees.exercices
        for rangee in _exercice_rows(exercice)
        if detail or rangee["niveau"] != "compte"
    ]


def _exercice_rows(exercice: Exercice) -> Iterator[dict[str, Any]]:
    fin = exercice.cloture.fin.isoformat()
    aide = exercice.aide_au_poste.montant
    for solde in exercice.sig:
        yield from _ligne_rows("sig", fin, solde.lignes)
        if solde.etape is Etape.EBE and isinstance(aide, Absence):
            identite = (AIDE_AU_POSTE, load_postes()[AIDE_AU_POSTE].libelle)
            yield _row("sig", fin, identite, aide) | {"niveau": "ligne"}
        yield _row("sig", fin, (solde.etape.value, solde.libelle), _euros(solde.centimes))
    caf = exercice.caf
    for code, libelle, centimes in (
        ("depuis_ebe", "Capacité d’autofinancement, depuis l’EBE", caf.depuis_ebe),
        ("depuis_resultat", "Capacité d’autofinancement, depuis le résultat", caf.depuis_resultat),
        (
            "apres_fonds_dedies",
            "Capacité d’autofinancement après fonds dédiés",
            caf.apres_fonds_dedies,
        ),
    ):
        yield _row("caf", fin, (code, libelle), _euros(centimes))
    for mois in exercice.mois:
        yield from _mois_rows(mois)
    yield from _ligne_rows("hors_resultat", fin, exercice.hors_resultat)
    for non in exercice.non_rattaches:
        identite = ("non_rattaches", "Compte non rattaché (débit moins crédit)")
        yield _row("non_rattaches", fin, identite, _euros(non.centimes)) | {
            "niveau": "ligne",
            "compte": non.compte,
        }


def _mois_rows(mois: Mois) -> Iterator[dict[str, Any]]:
    fin, position = mois.fin.isoformat(), mois.position
    for etape in BILAN:
        identite = (etape.value, LIBELLES[etape])
        if isinstance(position, Absence):
            yield _row("bilan", fin, identite, position)
        else:
            yield from _ligne_rows("bilan", fin, position.list_lignes(etape))
            yield _row("bilan", fin, identite, _euros(position.get(etape)))
    if not isinstance(position, Absence):
        identite = ("ecart", "Écart : comptes hors bilan ou non rattachés")
        yield _row("bilan", fin, identite, _euros(position.ecart))
    identite = ("charges_decaissables", "Charges d’exploitation décaissables depuis l’ouverture")
    yield _row("tresorerie", fin, identite, _euros(mois.charges))
    for code, libelle, valeur in (
        (
            "sur_exercice",
            "Mois de trésorerie, au rythme moyen de l’exercice",
            mois.mois_sur_exercice,
        ),
        (
            "sur_mois_ecoules",
            "Mois de trésorerie, au rythme moyen des mois écoulés",
            mois.mois_sur_ecoules,
        ),
    ):
        yield _row("tresorerie", fin, (code, libelle), valeur, "mois")


def _ligne_rows(partie: str, fin: str, lignes: Iterable[Ligne]) -> Iterator[dict[str, Any]]:
    for ligne in lignes:
        identite = (ligne.poste.code, ligne.poste.libelle)
        yield _row(partie, fin, identite, _euros(ligne.centimes)) | {"niveau": "ligne"}
        for solde in ligne.soldes:
            yield _row(partie, fin, identite, _euros(solde.centimes)) | {
                "niveau": "compte",
                "compte": solde.compte,
            }


def _row(
    partie: str, fin: str, identite: tuple[str, str], valeur: Valeur, unite: str = "€"
) -> dict[str, Any]:
    return {
        "partie": partie,
        "date": fin,
        "niveau": "solde",
        "code": identite[0],
        "libelle": identite[1],
        "compte": "",
        "valeur": nombre_or_none(valeur),
        "unite": unite,
        "etat": etat_of(valeur),
    }


def _euros(centimes: int) -> float:
    return centimes / 100


def _caf(exercice: Exercice) -> dict[str, Any]:
    caf, plan = exercice.caf, exercice.plan
    return {
        "montant_centimes": caf.depuis_ebe,
        "depuis_ebe": {
            "depart_centimes": caf.ebe,
            "montant_centimes": caf.depuis_ebe,
            "lignes_ajoutees": _lignes(caf.lignes_depuis_ebe, plan),
        },
        "depuis_resultat": {
            "depart_centimes": caf.resultat,
            "montant_centimes": caf.depuis_resultat,
            "lignes_retirees": _lignes(caf.lignes_depuis_resultat, plan),
        },
        "apres_fonds_dedies_centimes": caf.apres_fonds_dedies,
    }


def _mois(mois: Mois, plan: Plan) -> dict[str, Any]:
    return {
        "mois": mois.debut.isoformat()[:7],
        "fin": mois.fin.isoformat(),
        **_position(mois.position, plan),
        "charges_decaissables_centimes": mois.charges,
        "mois_de_tresorerie": {
            "sur_exercice": _valeur(mois.mois_sur_exercice),
            "sur_mois_ecoules": _valeur(mois.mois_sur_ecoules),
        },
    }


def _valeur(valeur: Valeur) -> dict[str, Any]:
    return {"valeur": nombre_or_none(valeur), "etat": etat_of(valeur)}


def _position(position: Position | Absence, plan: Plan) -> dict[str, Any]:
    if isinstance(position, Absence):
        return {"etat": position.code, "motif": SANS_OUVERTURE, "bilan": None}
    parties = {
        etape.value: {
            "montant_centimes": position.get(etape),
            "lignes": _lignes(position.list_lignes(etape), plan),
        }
        for etape in BILAN
    }
    return {
        "etat": CONNUE,
        "motif": "",
        "bilan": {
            **parties,
            "fonds_de_roulement_sans_fonds_dedies_centimes": (
                position.fonds_de_roulement_sans_fonds_dedies
            ),
            "ecart": {
                "montant_centimes": position.ecart,
                "comptes": _soldes(position.hors_bilan, plan),
            },
        },
    }


def _lignes(lignes: Iterable[Ligne], plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "code": ligne.poste.code,
            "libelle": ligne.poste.libelle,
            "montant_centimes": ligne.centimes,
            "comptes": _soldes(ligne.soldes, plan),
        }
        for ligne in lignes
    ]


def _soldes(soldes: Iterable[Solde], plan: Plan) -> list[dict[str, Any]]:
    trouvees = ((solde, plan.find(solde.compte)) for solde in soldes)
    return [
        {
            "compte": solde.compte,
            "montant_centimes": solde.centimes,
            "source": trouvee.source if trouvee else "",
        }
        for solde, trouvee in trouvees
    ]
