"""Tables as CSV, XLSX and JSON: the rows of the page, in full, by the same exports as the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from maillage.analyses import exports
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.valeur import Absence, Valeur
from maillage.web.territoires import donnees
from maillage.web.territoires.spreadsheet import write_xlsx
from maillage.web.territoires.views.accueil import read_choice
from maillage.web.territoires.views.adresse import parse_niveau
from maillage.web.territoires.views.chiffre import get_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from maillage.analyses.diagnosis.model import Diagnostic
    from maillage.analyses.exports import Rangee

EXTENSIONS = ("csv", "xlsx", "json")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def territoire(
    request: HttpRequest,  # noqa: ARG001 — Django's signature
    niveau: str,
    code: str,
    tableau: str,
    extension: str,
) -> HttpResponse:
    """A table of a territory page: diagnostic, communes or structures.

    Raises:
        Introuvable: no such territory, table (MLG-WEB-010) or format (MLG-WEB-011).
    """
    rang = parse_niveau(niveau)
    fiche = donnees.atlas().territoire(rang, code)
    diagnostic = donnees.diagnostic(rang, fiche.code)
    nom = f"maillage-{rang.value}-{fiche.code}-{tableau}"
    if tableau == "diagnostic":
        document = exports.diagnostic_to_dict(diagnostic) if extension == "json" else None
        return answer_rows(nom, extension, exports.diagnostic_rows(diagnostic), document)
    if tableau == "communes":
        return answer_rows(nom, extension, commune_rows(diagnostic))
    if tableau == "structures":
        return answer_rows(nom, extension, structure_rows(diagnostic))
    raise Introuvable(
        Anomalie(
            "MLG-WEB-010",
            f"Le tableau {guillemets(tableau)} n’existe pas.",
            "Tableaux d’un territoire\u00a0: diagnostic, communes, structures.",
            "adresse du fichier",
        )
    )


def indicateur(request: HttpRequest, extension: str) -> HttpResponse:
    """The figures shown on the map of the home page, for the same address."""
    choix = read_choice(request.GET)
    chiffres = donnees.atlas().tableau(choix.carte.code, choix.niveau, choix.periode)
    nom = f"maillage-{choix.carte.code}-{choix.niveau.value}-{choix.periode}"
    document = [exports.chiffre_to_dict(c) for c in chiffres] if extension == "json" else None
    return answer_rows(nom, extension, exports.tableau_rows(chiffres), document)


def cibles(request: HttpRequest, extension: str) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """The département table of the 2022 targets; the whole analysis in JSON."""
    analyse = donnees.cibles()
    document = exports.cibles_to_dict(analyse) if extension == "json" else None
    return answer_rows("maillage-cibles-2022", extension, exports.cibles_rows(analyse), document)


def periodes(
    request: HttpRequest,  # noqa: ARG001 — Django's signature
    niveau: str,
    code: str,
    indicateur: str,
    periode: str,
    extension: str,
) -> HttpResponse:
    """All the periods of one indicator in one territory."""
    chiffre, fiche = get_figure(niveau, code, indicateur, periode)
    atlas = donnees.atlas()
    connues = atlas.periodes_de(indicateur, fiche.niveau)
    chiffres = [atlas.chiffre(indicateur, fiche.niveau, fiche.code, p) for p in connues]
    nom = f"maillage-{fiche.niveau.value}-{fiche.code}-{chiffre.carte.code}"
    document = [exports.chiffre_to_dict(c) for c in chiffres] if extension == "json" else None
    return answer_rows(nom, extension, exports.tableau_rows(chiffres), document)


def commune_rows(diagnostic: Diagnostic) -> list[Rangee]:
    """One row per commune of the territory; an absence is its word, in a column of its own."""
    return [
        {
            "code": c.code,
            "nom": c.nom,
            "demandeurs_emploi": _nombre(c.demandeurs),
            "demandeurs_emploi_etat": _etat(c.demandeurs),
            "structures_30min_tous": _nombre(c.atteignables),
            "structures_30min_tous_etat": _etat(c.atteignables),
            "types_absents_30min": " ".join(sorted(c.sans)),
            "zone_blanche": "oui" if c.blanche else "non",
        }
        for c in diagnostic.communes
    ]


def structure_rows(diagnostic: Diagnostic) -> list[Rangee]:
    """One row per structure of the register, key (siret, kind)."""
    return [
        {
            "siret": s.siret,
            "kind": s.kind,
            "nom": s.nom,
            "code_commune": s.commune,
            "localisation": s.localisation,
        }
        for s in diagnostic.structures
    ]


def _nombre(valeur: Valeur) -> float | None:
    return None if isinstance(valeur, Absence) else valeur


def _etat(valeur: Valeur) -> str:
    return valeur.value if isinstance(valeur, Absence) else "connue"


def answer_rows(
    nom: str, extension: str, rows: Sequence[Rangee], document: Any = None
) -> HttpResponse:  # any JSON document
    """File of a table, named by us, in the format asked for.

    Raises:
        Introuvable: MLG-WEB-011, no such format.
    """
    if extension not in EXTENSIONS:
        raise Introuvable(
            Anomalie(
                "MLG-WEB-011",
                f"Le format {guillemets(extension)} n’existe pas.",
                f"Formats\u00a0: {join_fr(EXTENSIONS, 'ou')}.",
                "adresse du fichier",
            )
        )
    if extension == "json":
        contenu = json.dumps(rows if document is None else document, ensure_ascii=False, indent=1)
        response = HttpResponse(contenu, content_type="application/json; charset=utf-8")
    elif extension == "csv":
        texte = exports.rows_to_csv(rows, bom=True)
        response = HttpResponse(texte, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(write_xlsx(rows, "Maillage"), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{nom}.{extension}"'
    return response
