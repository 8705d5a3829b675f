"""The calculator of one annexe: everything is in the address, which can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.francais import accorder, format_date, format_nombre, format_ordinal, typeset
from maillage.kernel.money import Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.web.regles.calcul import (
    Montants,
    Refus,
    compute_annexe,
    compute_reforme,
    compute_versements,
)
from maillage.web.regles.droit import (
    render_references,
    url_valeur,
)
from maillage.web.regles.montants import NOMS_TERRITOIRES, NOMS_TYPES
from maillage.web.regles.saisie import CHAMPS, MOIS, PROJETER, read_annexe
from maillage.web.regles.views.aide_au_poste import EXEMPLE, describe_legale
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.regles.versement.calendrier import LigneVersement
    from maillage.web.regles.calcul import Versements
    from maillage.web.regles.saisie import SaisieAnnexe

_ORDRE = ("type", "territoire", "etp", "debut", "fin", *MOIS, "montant", "connu_au", "reforme")
"""Fields in the order of the page."""
_COLONNES = (
    Colonne("mois", "Mois", droite=False),
    Colonne("avance", "Avance"),
    Colonne("etp", "ETP réalisés"),
    Colonne("droit", "Droit acquis", "depuis le début"),
    Colonne("regularisation", "Régularisation"),
    Colonne("verse", "Versé"),
    Colonne("cumul", "Versé", "depuis le début"),
    Colonne("explication", "Explication", droite=False),
)


def page(request: HttpRequest) -> HttpResponse:
    """The form, and the result when what was typed can be computed."""
    saisie = read_annexe(request.GET.dict())
    contexte = {
        "fil": [("/regles/", "Règles"), ("", "Calculateur")],
        "textes": saisie.textes,
        "erreurs": saisie.erreurs.par_champ,
        "champs": [
            {"nom": nom, "libelle": _libelle(nom), "anomalies": anomalies}
            for nom, anomalies in saisie.erreurs.in_order(_ORDRE)
        ],
        "mois": [_mois(saisie, nom) for nom in MOIS],
        "noms": CHAMPS,
        "types": NOMS_TYPES,
        "territoires": NOMS_TERRITOIRES,
        "projeter": PROJETER,
        "reformes": [(code, load_reforme(code).titre) for code in list_reformes()],
        "exemple": f"?{'&'.join(f'{n}={v}' for n, v in EXEMPLE.items())}",
        **(_result(saisie) if saisie.colonnes else {}),
    }
    statut = 400 if saisie.erreurs else 200
    return render(request, "regles/calculateur.html", contexte, status=statut)


def _phrases(phrases: Iterable[str]) -> list[str]:
    return [typeset(phrase) for phrase in phrases]


def _libelle(nom: str) -> str:
    return CHAMPS.get(nom) or f"ETP réalisés, {format_ordinal(MOIS.index(nom) + 1)} mois"


def _mois(saisie: SaisieAnnexe, nom: str) -> dict[str, object]:
    return {
        "nom": nom,
        "libelle": f"{format_ordinal(MOIS.index(nom) + 1)} mois",
        "texte": saisie.textes[nom],
        "anomalies": saisie.erreurs.par_champ.get(nom, []),
    }


def _result(saisie: SaisieAnnexe) -> dict[str, object]:
    """What the template shows of a computation."""
    montants = compute_annexe(saisie)
    contexte: dict[str, object] = {"annexe": _annexe(saisie)}
    if isinstance(montants, Refus):
        contexte["refus"] = montants.anomalies
    else:
        contexte |= {"montants": _montants(montants), **_versements(saisie, montants)}
    if saisie.reforme is not None:
        contexte["comparaison"] = _comparaison(saisie, montants)
    return contexte


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
        "avertissements": _phrases(montants.avertissements),
        "calcul": montants.calcul,
    }


def _versements(saisie: SaisieAnnexe, montants: Montants) -> dict[str, object]:
    versements = compute_versements(saisie, montants)
    if isinstance(versements, Refus):
        return {"refus_versement": versements.anomalies}
    return {
        "versements": _table(versements),
        "dernier": _dernier(versements),
        "regime": typeset(versements.regime),
        "hypotheses": _phrases(versements.hypotheses),
        "lien_regime": url_valeur("versement.mois_regularisation"),
    }


def _dernier(versements: Versements) -> str:
    """Total paid once the annexe is settled; empty while the occupation is not all known."""
    cumul = versements.lignes[-1].cumul
    return "" if isinstance(cumul, Absence) else format_euros(cumul)


def _table(versements: Versements) -> SafeString:
    lignes = [_ligne(ligne) for ligne in versements.lignes]
    return render_table("Versement mois par mois", _COLONNES, lignes, entier=True)


def _ligne(ligne: LigneVersement) -> Ligne:
    return Ligne(
        (
            texte(ligne.mois.libelle),
            _montant(ligne.avance),
            _occupation(ligne),
            _montant(ligne.droit_a_date),
            _montant(ligne.regularisation),
            _montant(ligne.verse),
            _montant(ligne.cumul),
            texte(ligne.explication),
        ),
        classe="regularise" if _is_regularised(ligne) else "",
    )


def _is_regularised(ligne: LigneVersement) -> bool:
    return not isinstance(ligne.regularisation, Absence) and ligne.regularisation.nombre != 0


def _montant(montant: Centimes | Absence) -> Cellule:
    if isinstance(montant, Absence):
        return Cellule(f'<em class="absence">{montant.value}</em>')
    return texte(format_euros(montant))


def _occupation(ligne: LigneVersement) -> Cellule:
    if isinstance(ligne.etp_realises, Absence):
        return Cellule(f'<em class="absence">{ligne.etp_realises.value}</em>')
    return texte(_etp(float(ligne.etp_realises)))


def _etp(etp: float) -> str:
    return format_nombre(etp, 2)


def _comparaison(saisie: SaisieAnnexe, droit: Montants | Refus) -> dict[str, object]:
    """The law and the reform side by side; a side that is not known says why."""
    reforme, apres = saisie.reforme, compute_reforme(saisie)
    assert reforme is not None  # noqa: S101 — the caller checked it
    return {
        "titre": reforme.titre,
        "sources": render_references(reforme.source),
        "indetermine": _phrases(reforme.indetermine),
        "hypotheses": reforme.hypotheses.values(),
        "table": _table_comparaison(droit, apres),
        "avertissements": _phrases(apres.avertissements) if isinstance(apres, Montants) else [],
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
        lignes.append(Ligne((texte(nom), *map(_montant, cotes), _montant(_ecart(*cotes)))))
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
