"""The aide au poste: its amounts against the SMIC, every dated amount, its formula, « connu au »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import format_date, typeset
from maillage.kernel.money import format_euros
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.valeur_legale import CONFIANCES
from maillage.web.regles import courbe
from maillage.web.regles.calcul import Montants, compute_annexe
from maillage.web.regles.cas import count_discordants, list_verifies
from maillage.web.regles.connu import CHAMPS_CONNU, Reponse, read_question
from maillage.web.regles.droit import (
    format_contenu,
    group_manques,
    lien_base,
    lien_valeur,
    render_references,
    texte_confiance,
    texte_jour,
)
from maillage.web.regles.etapes import list_etapes
from maillage.web.regles.mecanismes import get_mecanisme
from maillage.web.regles.montants import (
    NOMS_TERRITOIRES,
    NOMS_TYPES,
    describe_derniers,
    list_parts,
    phrase_horizon,
    table_montants,
    table_parts,
    table_types,
)
from maillage.web.regles.saisie import read_annexe
from maillage.web.regles.valeurs import (
    feuilles_de,
    list_non_verifiees,
    phrase_verification,
    table_dernieres,
)
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.views.graphiques import parse_theme

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.regles.engine.valeur_legale import ValeurLegale
    from maillage.web.regles.saisie import Erreurs

_CODE = "aide_au_poste"
_SOCLES = f"{_CODE}.montant_socle"
"""What the paths of the amounts of the three territories start with."""
EXEMPLE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "7,43",
    "debut": "01/05/2019",
    "fin": "31/12/2019",
}
"""Annexe published as a sample: eight months, and a month that must be rounded."""


def page(request: HttpRequest) -> HttpResponse:
    """The page of the mechanism."""
    legislation = load_legislation()
    parts = list_parts(legislation, "AI")
    feuilles = feuilles_de(legislation, _CODE)
    autres = [feuille for feuille in feuilles if not feuille.chemin.startswith(_SOCLES)]
    cas = list_verifies(_CODE)
    question = read_question(request.GET.dict())
    contexte = {
        "fil": [("/regles/", "Règles"), ("", "Aide au poste")],
        "horizon": phrase_horizon(legislation),
        "cles": describe_derniers(legislation),
        "non_verifiees": list_non_verifiees(feuilles),
        "verification": phrase_verification(feuilles),
        "part_min": min(parts, key=lambda part: part.taux).texte,
        "part_max": max(parts, key=lambda part: part.taux).texte,
        "nombre_paliers": len(parts),
        "g": courbe.resume(legislation),
        "parts": table_parts(legislation),
        "parts_types": table_types(legislation),
        "tables": [
            (nom, table_montants(legislation, territoire))
            for territoire, nom in NOMS_TERRITOIRES.items()
        ],
        "autres_valeurs": table_dernieres(legislation, autres),
        "nombre_autres": len(autres),
        "confiances": [texte_confiance(lettre) for lettre in CONFIANCES],
        "mecanisme": get_mecanisme(_CODE),
        "groupes": group_manques(feuilles),
        "textes": question.textes,
        "champs": _champs(question.erreurs),
        "erreurs": question.erreurs.par_champ,
        "noms": CHAMPS_CONNU,
        "types": NOMS_TYPES,
        "territoires": NOMS_TERRITOIRES,
        "reponse": _answer(question.reponse) if question.reponse else None,
        "exemple": _example(),
        "etapes": list_etapes(_CODE),
        "cas": cas,
        "discordants": count_discordants(cas),
    }
    statut = 400 if question.erreurs else 200
    return render(request, "regles/aide_au_poste.html", contexte, status=statut)


def graphique(request: HttpRequest) -> HttpResponse:
    """The chart as an SVG file.

    Raises:
        SaisieInvalide: MLG-WEB-008, no such theme.
    """
    theme = parse_theme(request)
    etroit = request.GET.get("format") == "etroit"
    svg = draw_svg(courbe.draw(load_legislation(), theme, etroit=etroit), theme)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response


def _champs(erreurs: Erreurs) -> list[dict[str, object]]:
    """Problems for the summary: field, label, problems."""
    return [
        {"nom": nom, "libelle": CHAMPS_CONNU[nom], "anomalies": anomalies}
        for nom, anomalies in erreurs.in_order(tuple(CHAMPS_CONNU))
    ]


def _answer(reponse: Reponse) -> dict[str, object]:
    memes = reponse.alors == reponse.aujourd_hui
    return {
        "le": format_date(reponse.le),
        "type": NOMS_TYPES[reponse.type_siae],
        "territoire": NOMS_TERRITOIRES[reponse.territoire],
        "connu_au": format_date(reponse.connu_au) if reponse.connu_au else "",
        "differe": reponse.connu_au is not None and not memes,
        "aujourd_hui": _describe(reponse.aujourd_hui),
        "alors": _describe(reponse.alors),
    }


def _describe(trouvee: ValeurLegale | Anomalie) -> dict[str, object]:
    """A legal value, or a refusal, for the template."""
    if isinstance(trouvee, Anomalie):
        quoi = f"{trouvee.quoi[:1].upper()}{trouvee.quoi[1:]}"
        return {"refus": typeset(quoi), "code": trouvee.code}
    return describe_legale(trouvee)


def describe_legale(legale: ValeurLegale) -> dict[str, object]:
    """A legal value for the templates: figure, dates, texts, confidence, warning."""
    return {
        "lien": lien_valeur(legale),
        "base": lien_base(load_legislation(), legale) if legale.choix else "",
        "montant": format_contenu(legale.valeur, legale.unite),
        "effet": format_date(legale.date_effet),
        "publication": texte_jour(legale.date_publication),
        "publication_inconnue": legale.publication_inconnue,
        "references": render_references(legale.references),
        "confiance": texte_confiance(legale.confiance),
        "avertissement": typeset(legale.avertissement),
        "verification": format_date(legale.derniere_verification),
        "note": typeset(legale.note),
    }


def _example() -> dict[str, object]:
    """The worked example, computed by the rules.

    Raises:
        ValueError: the law no longer gives its amount.
    """
    saisie = read_annexe(EXEMPLE)
    montants = compute_annexe(saisie)
    if not isinstance(montants, Montants) or montants.legale is None:
        msg = f"the worked example cannot be computed: {montants}"
        raise ValueError(msg)
    return {
        "etp": EXEMPLE["etp"],
        "socle": lien_valeur(montants.legale),
        "mensuel": format_euros(montants.mensuel),
        "duree": montants.duree_mois,
        "total": format_euros(montants.total),
        "adresse": f"/regles/calculateur/?{'&'.join(f'{n}={v}' for n, v in EXEMPLE.items())}",
    }
