"""The editor of a reform, and the page of each ready one: read, changed, seen beside the law."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from maillage.kernel.errors import UserError
from maillage.kernel.francais import typeset
from maillage.regles.cas.execution import verify_mecanisme
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.web.regles.cas import describe_verification
from maillage.web.regles.montants import NOMS_TERRITOIRES, NOMS_TYPES
from maillage.web.regles.reformes.depot import (
    MEGAOCTET,
    TAILLE_MAX,
    check_taille,
    describe_fichier,
    read_depot,
)
from maillage.web.regles.reformes.editeur import (
    CHAMPS_ANNEXE,
    CHAMPS_JOURS,
    NOM,
    get_modele,
    libelles_annexe,
    read_annexe_comparee,
    read_jours,
    read_reforme,
)
from maillage.web.regles.reformes.effets import describe_annexe, describe_effets
from maillage.web.regles.reformes.hypotheses import label_hypotheses, list_champs, read_hypotheses
from maillage.web.regles.reformes.montant import read_montant
from maillage.web.regles.saisie import PROJETER, Erreurs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from maillage.kernel.errors import Anomalie
    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.reforme import Reforme
    from maillage.web.regles.reformes.editeur import SaisieJours, SaisieReforme
    from maillage.web.regles.saisie import SaisieAnnexe

ECRIRE = "ecrire"
TELECHARGER = "telecharger"
_MARGE = MEGAOCTET
"""What the other fields of the form may weigh beside the file."""
_FICHIER = "fichier"


@csrf_exempt  # nothing is written: what is posted is computed and given back, without any cookie
def editeur(request: HttpRequest) -> HttpResponse:
    """The editor: a text to start from, or what was typed and its effects.

    Nothing is kept: neither the text, nor the file, nor the answer.
    """
    if request.method == "POST":
        response = _post(request)
    else:
        texte = get_modele(request.GET.get("modele", ""))
        saisie = read_reforme(texte, {})
        response = _render(request, saisie, {}, {})
    response["Cache-Control"] = "no-store"
    return response


def _post(request: HttpRequest) -> HttpResponse:
    annonce = request.META.get("CONTENT_LENGTH") or "0"
    trop = check_taille(int(annonce) - _MARGE) if annonce.isdigit() else None
    if trop is not None:
        # The body is not read at all: what was typed beside the file is lost, and the page says so.
        aide = f"{trop.que_faire} Le reste du formulaire n’a pas été lu\u202f: il est à refaire."
        contexte = _errors({_FICHIER: [replace(trop, que_faire=aide)]})
        return _render(request, read_reforme(get_modele(""), {}), {}, contexte, statut=413)
    query = request.POST.dict()
    if query.get("action") == ECRIRE:
        return _write(request, query)
    saisie = read_reforme(query.get("texte", ""), query)
    if saisie.reforme is not None and query.get("action") == TELECHARGER:
        return _download(saisie, saisie.reforme)
    return _compare(request, saisie, query)


def _write(request: HttpRequest, query: Mapping[str, str]) -> HttpResponse:
    """The simple form, turned into the text of a reform, whose effects are shown at once."""
    formulaire, texte = read_montant(query)
    if not texte:
        saisie = read_reforme(query.get("texte", "") or get_modele(""), {})
        contexte = formulaire.to_context()
        return _render(request, saisie, query, contexte, statut=400)
    return _compare(request, read_reforme(texte, {}), query)


def _download(saisie: SaisieReforme, reforme: Reforme) -> HttpResponse:
    nom = "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "_" for c in reforme.code)
    response = HttpResponse(saisie.texte, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{nom[:80]}.yaml"'
    return response


def _compare(request: HttpRequest, saisie: SaisieReforme, query: Mapping[str, str]) -> HttpResponse:
    """Effects of the reform, on the law, on the annexe and on the file that were given."""
    annexe, jours = read_annexe_comparee(query), read_jours(query)
    erreurs: dict[str, list[Anomalie]] = {**annexe.erreurs.par_champ, **jours.erreurs.par_champ}
    if saisie.hypotheses is not None:
        erreurs |= {f"h_{cle}": [a] for cle, a in saisie.hypotheses.anomalies.items()}
    contexte: dict[str, object] = {}
    if saisie.reforme is not None and not erreurs:
        contexte = _effects(saisie.reforme, annexe, query)
        depot = request.FILES.get(_FICHIER)
        if depot is not None:
            contexte |= _compare_file(depot, saisie.reforme, jours, _legislation(query), erreurs)
    if saisie.anomalies:
        erreurs["texte"] = list(saisie.anomalies)
    return _render(
        request,
        saisie,
        query,
        {**contexte, **_errors(erreurs, saisie.reforme)},
        statut=400 if erreurs else 200,
    )


def _effects(reforme: Reforme, annexe: SaisieAnnexe, query: Mapping[str, str]) -> dict[str, object]:
    contexte: dict[str, object] = {"effets": describe_effets(_legislation(query), reforme)}
    if annexe.colonnes:
        contexte["annexe"] = describe_annexe(annexe, reforme)
    return contexte


def _compare_file(
    depot: object,
    reforme: Reforme,
    jours: SaisieJours,
    legislation: Legislation,
    erreurs: dict[str, list[Anomalie]],
) -> dict[str, object]:
    """Totals of the file; its problems are put with the others."""
    try:
        releve = read_depot(depot, legislation)  # type: ignore[arg-type]  # Django's own union
        return {"fichier": describe_fichier(releve, reforme, legislation, (jours.le, jours.avant))}
    except UserError as faux:
        erreurs[_FICHIER] = list(faux.anomalies)
        return {}


def _legislation(query: Mapping[str, str]) -> Legislation:
    legislation = load_legislation()
    projette = query.get("inconnu") == PROJETER
    return legislation.with_choix(Choix.projection_smic()) if projette else legislation


def _errors(
    erreurs: Mapping[str, list[Anomalie]], reforme: Reforme | None = None
) -> dict[str, object]:
    """Problems for the summary and beside the fields, in the order of the page."""
    ordre = Erreurs({champ: list(anomalies) for champ, anomalies in erreurs.items()})
    noms = {
        "texte": "Texte de la réforme",
        **({} if reforme is None else label_hypotheses(reforme)),
        **libelles_annexe(),
        **CHAMPS_JOURS,
        _FICHIER: "Fichier d’annexes",
    }
    return {
        "erreurs": erreurs,
        "champs": [
            {"nom": champ, "libelle": noms[champ], "anomalies": [_locate(a) for a in anomalies]}
            for champ, anomalies in ordre.in_order(tuple(noms))
        ],
    }


def _locate(anomalie: Anomalie) -> Anomalie:
    """Same problem, its line before it: the summary shows no other place."""
    place = anomalie.ou.removeprefix(f"{NOM}, ")
    return replace(anomalie, quoi=f"{place}\u202f: {anomalie.quoi}") if place else anomalie


def _render(
    request: HttpRequest,
    saisie: SaisieReforme,
    query: Mapping[str, str],
    contexte: Mapping[str, object],
    statut: int = 200,
) -> HttpResponse:
    fautives = saisie.lignes_fautives
    lignes = saisie.texte.split("\n") if fautives else []
    return render(
        request,
        "regles/reforme.html",
        {
            "fil": [("/regles/", "Règles"), ("", "Simuler une réforme")],
            "texte": saisie.texte,
            "texte_ouvert": request.method == "POST" or "modele" in request.GET,
            "lignes": [(n, ligne, n in fautives) for n, ligne in enumerate(lignes, start=1)],
            "hypotheses": list_champs(saisie.reforme, saisie.hypotheses) if saisie.reforme else [],
            "reformes": [(code, typeset(load_reforme(code).titre)) for code in list_reformes()],
            "annexe_champs": _annexe_champs(query),
            "jours": [
                {"nom": nom, "libelle": libelle, "valeur": query.get(nom, "")}
                for nom, libelle in CHAMPS_JOURS.items()
            ],
            "taille_max": TAILLE_MAX // MEGAOCTET,
            "ecrire": ECRIRE,
            "telecharger": TELECHARGER,
            **({} if "formulaire" in contexte else read_montant({})[0].to_context()),
            **_errors({}),
            **contexte,
        },
        status=statut,
    )


def _annexe_champs(query: Mapping[str, str]) -> dict[str, object]:
    """What the fields of the annexe need."""
    return {
        "noms": libelles_annexe(),
        "types": NOMS_TYPES,
        "territoires": NOMS_TERRITOIRES,
        "projeter": PROJETER,
        "textes": {champ: query.get(champ, "") for champ in (*CHAMPS_ANNEXE, "inconnu")},
    }


def prete(request: HttpRequest, code: str) -> HttpResponse:
    """A ready reform: its source, its hypotheses as the address gives them, its effects.

    Raises:
        Introuvable: MLG-REG-013, no reform has this code.
    """
    query = request.GET.dict()
    reforme = load_reforme(code)
    lues = read_hypotheses(reforme, query)
    for cle, valeur in lues.valeurs.items():
        reforme = reforme.with_hypothese(cle, valeur)
    annexe = read_annexe_comparee(query)
    erreurs: dict[str, list[Anomalie]] = {
        **{f"h_{cle}": [anomalie] for cle, anomalie in lues.anomalies.items()},
        **annexe.erreurs.par_champ,
    }
    effets = {} if erreurs else _effects(reforme, annexe, query)
    contexte = {
        "fil": [
            ("/regles/", "Règles"),
            ("/regles/#reformes", "Réformes"),
            ("", typeset(reforme.titre)),
        ],
        "reforme": describe_effets(_legislation(query), reforme),
        "hypotheses": list_champs(reforme, lues),
        "changees": lues.valeurs,
        "annexe_champs": _annexe_champs(query),
        "cas": [
            describe_verification(verification)
            for verification in verify_mecanisme("reformes")
            if verification.cas.regle == code
        ],
        **effets,
        **_errors(erreurs, reforme),
    }
    statut = 400 if erreurs else 200
    return render(request, "regles/reforme_prete.html", contexte, status=statut)
