"""The calculator of one annexe: everything is in the address, which can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.francais import (
    accorder,
    format_date,
    format_nombre,
    format_ordinal,
    typeset,
)
from maillage.kernel.money import Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.web.regles.calcul import (
    Montants,
    Refus,
    compute_annexe,
    compute_paiement,
    compute_reforme,
)
from maillage.web.regles.droit import render_references
from maillage.web.regles.formulaire import (
    CHAMPS_FACULTATIFS,
    LIBELLES,
    describe_hypotheses,
    describe_parties,
    field_of,
)
from maillage.web.regles.montants import NOMS_TERRITOIRES, NOMS_TYPES
from maillage.web.regles.reformes.hypotheses import list_champs
from maillage.web.regles.saisie import CHAMPS, MOIS, PROJETER, read_annexe
from maillage.web.regles.suite import describe_paiement, montant_cellule, phrases
from maillage.web.regles.views.aide_au_poste import EXEMPLE, describe_legale
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.kernel.errors import Anomalie
    from maillage.web.regles.saisie import SaisieAnnexe

_ORDRE = (
    *("type", "territoire", "etp", "debut", "fin", *MOIS),
    *CHAMPS_FACULTATIFS,
    *("montant", "connu_au", "reforme"),
)
"""Fields in the order of the page."""


def page(request: HttpRequest) -> HttpResponse:
    """The form, and the result when what was typed can be computed."""
    saisie = read_annexe(request.GET.dict())
    resultat, refus = _result(saisie) if saisie.colonnes else ({}, ())
    statut = 400 if saisie.erreurs else 200
    for anomalie in refus:
        saisie.erreurs.add(field_of(anomalie), anomalie)
    erreurs = saisie.erreurs.par_champ
    contexte = {
        "fil": [("/regles/", "Règles"), ("", "Calculateur")],
        "textes": saisie.textes,
        "erreurs": erreurs,
        "champs": [
            {"nom": nom, "libelle": _libelle(nom), "anomalies": anomalies}
            for nom, anomalies in saisie.erreurs.in_order(_ORDRE)
        ],
        "mois": [_mois(saisie, nom) for nom in MOIS],
        "noms": CHAMPS,
        "types": NOMS_TYPES,
        "territoires": NOMS_TERRITOIRES,
        "projeter": PROJETER,
        "parties": describe_parties(saisie.textes, erreurs),
        "points": describe_hypotheses(saisie.textes, erreurs),
        "reformes": [(code, typeset(load_reforme(code).titre)) for code in list_reformes()],
        "exemple": f"?{'&'.join(f'{n}={v}' for n, v in EXEMPLE.items())}",
        **resultat,
    }
    return render(request, "regles/calculateur.html", contexte, status=statut)


def _libelle(nom: str) -> str:
    return (
        CHAMPS.get(nom)
        or LIBELLES.get(nom)
        or f"ETP réalisés, {format_ordinal(MOIS.index(nom) + 1)} mois"
    )


def _mois(saisie: SaisieAnnexe, nom: str) -> dict[str, object]:
    return {
        "nom": nom,
        "libelle": f"{format_ordinal(MOIS.index(nom) + 1)} mois",
        "texte": saisie.textes[nom],
        "anomalies": saisie.erreurs.par_champ.get(nom, []),
    }


def _result(saisie: SaisieAnnexe) -> tuple[dict[str, object], tuple[Anomalie, ...]]:
    """What the template shows of a computation, and the refusals to say beside their fields."""
    montants = compute_annexe(saisie)
    contexte: dict[str, object] = {"annexe": _annexe(saisie)}
    refus: tuple[Anomalie, ...] = ()
    if isinstance(montants, Refus):
        contexte["refus"] = montants.anomalies
    else:
        contexte["montants"] = _montants(montants)
        paiement = compute_paiement(saisie, montants)
        if isinstance(paiement, Refus):
            contexte["refus_versement"] = paiement.anomalies
        else:
            contexte |= describe_paiement(paiement)
            refus = paiement.refus
    if saisie.reforme is not None:
        contexte["comparaison"] = _comparaison(saisie, montants)
    return contexte, refus


def _annexe(saisie: SaisieAnnexe) -> dict[str, str]:
    colonnes = saisie.colonnes
    type_siae, territoire = str(colonnes["type_siae"][0]), str(colonnes["territoire"][0])
    return {
        "type": NOMS_TYPES[type_siae],
        "territoire": NOMS_TERRITOIRES[territoire],
        "etp": _etp(int(colonnes["etp_centiemes"][0]) / 100),
        "debut": format_date(colonnes["date_debut_effet"][0].item()),
        "fin": format_date(colonnes["date_fin_effet"][0].item()),
    }


def _montants(montants: Montants) -> dict[str, object]:
    return {
        "unitaire": format_euros(montants.unitaire),
        "mensuel": format_euros(montants.mensuel),
        "total": format_euros(montants.total),
        "duree": accorder(montants.duree_mois, "mois", "mois"),
        "annee_entiere": montants.duree_mois == len(MOIS),
        "legale": describe_legale(montants.legale) if montants.legale else None,
        "avertissements": phrases(montants.avertissements),
        "calcul": montants.calcul,
    }


def _etp(etp: float) -> str:
    return format_nombre(etp, 2)


def _comparaison(saisie: SaisieAnnexe, droit: Montants | Refus) -> dict[str, object]:
    """The law and the reform side by side; a side that is not known says why."""
    reforme, apres = saisie.reforme, compute_reforme(saisie)
    assert reforme is not None  # noqa: S101 — the caller checked it
    return {
        "titre": typeset(reforme.titre),
        "code": reforme.code,
        "sources": render_references(reforme.source),
        "indetermine": phrases(reforme.indetermine),
        "hypotheses": list_champs(reforme),
        "table": _table_comparaison(droit, apres),
        "avertissements": phrases(apres.avertissements) if isinstance(apres, Montants) else [],
        "refus": [
            (nom, cote.anomalies)
            for nom, cote in (("Droit", droit), ("Réforme", apres))
            if isinstance(cote, Refus)
        ],
        "sans_effet": droit == apres
        or (
            isinstance(droit, Montants)
            and isinstance(apres, Montants)
            and droit.total == apres.total
        ),
    }


def _table_comparaison(droit: Montants | Refus, apres: Montants | Refus) -> SafeString:
    colonnes = (
        Colonne("quoi", "Montant", droite=False),
        Colonne("droit", "Droit"),
        Colonne("reforme", "Réforme"),
        Colonne("ecart", "Écart"),
    )
    lectures = (
        ("Par ETP et par an", "unitaire"),
        ("Par mois", "mensuel"),
        ("De l’annexe", "total"),
    )
    lignes = []
    for nom, champ in lectures:
        cotes = [_read(cote, champ) for cote in (droit, apres)]
        lignes.append(
            Ligne((texte(nom), *map(montant_cellule, cotes), montant_cellule(_ecart(*cotes))))
        )
    return render_table("Le droit et la réforme", colonnes, lignes, entier=True)


def _read(cote: Montants | Refus, champ: str) -> Centimes | Absence:
    if isinstance(cote, Refus):
        return Absence.INCONNUE
    montant: Centimes = getattr(cote, champ)
    return montant


def _ecart(avant: Centimes | Absence, apres: Centimes | Absence) -> Centimes | Absence:
    if isinstance(avant, Absence) or isinstance(apres, Absence):
        return Absence.INCONNUE
    return apres - avant
