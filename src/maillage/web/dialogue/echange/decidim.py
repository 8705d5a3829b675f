"""The ledger in the columns of the accountability component of Decidim, out and in, as far as they go.

Columns as its `ResultSerializer` writes them and its `ResultsCsvImporter` reads them (release 0.28, where
results have a category and a scope; later releases have taxonomies instead): semicolons, texts by
language, ISO dates. What belongs to one platform alone is left empty: its importer would take our number
for one of its results, and the last digit of an address of ours for one of its proposals.
"""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING, Final

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import accorder, guillemets, join_fr
from maillage.web.dialogue.echange import base
from maillage.web.dialogue.echange.genres import ENGAGEMENTS
from maillage.web.dialogue.echange.mesures import day_of
from maillage.web.dialogue.models import Engagement
from maillage.web.network.echange.cellules import clean_lines, clean_text, protect, unprotect
from maillage.web.network.echange.lecture import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.web.dialogue.echange.model import Connue

COLONNES: Final = (
    "id",
    "category/id",
    "category/name/fr",
    "scope/id",
    "scope/name/fr",
    "parent/id",
    "title/fr",
    "description/fr",
    "start_date",
    "end_date",
    "status/id",
    "status/key",
    "status/name/fr",
    "progress",
    "created_at",
    "url",
    "component/id",
    "proposal_urls",
)
"""In the order of its export."""
_LUES: Final = frozenset(
    {
        "category/name",
        "category/name/fr",
        "title",
        "title/fr",
        "description",
        "description/fr",
        "start_date",
        "end_date",
        "status/key",
        "status/name",
        "status/name/fr",
        "created_at",
        "updated_at",
    }
)
_TITRE_MAX: Final = 150
_SENS: Final = {normalize(str(nom)): valeur for valeur, nom in Engagement.Sens.choices}
_STATUTS: Final = {
    normalize(texte): valeur
    for valeur, nom in Engagement.Statut.choices
    for texte in (valeur, str(nom))
}
_BALISE: Final = re.compile(r"<[^<>]{0,300}>")
_FIN_DE_BLOC: Final = re.compile(r"</(?:p|li|div|h\d)>|<br\s*/?>", re.IGNORECASE)


def write() -> str:
    """Text of the file."""
    cible = io.StringIO()
    lignes = csv.writer(cible, delimiter=";", lineterminator="\n")
    lignes.writerow(COLONNES)
    for connue in base.load().connues[ENGAGEMENTS.nom]:
        connus = _row(connue)
        lignes.writerow([protect(connus.get(colonne, "")) for colonne in COLONNES])
    return cible.getvalue()


def _row(connue: Connue) -> dict[str, str]:
    cellules = connue.cellules
    phrase = " ".join(cellules["phrase"].split())
    titre = phrase if len(phrase) <= _TITRE_MAX else f"{phrase[: _TITRE_MAX - 1].rstrip()}…"
    dite, echeance = day_of(cellules["date"]), day_of(cellules["echeance"], is_fin=True)
    statut = Engagement.Statut(cellules["statut"])
    return {
        "category/name/fr": str(Engagement.Sens(cellules["sens"]).label),
        "title/fr": titre,
        "description/fr": cellules["phrase"],
        "start_date": dite.isoformat() if dite else "",
        "end_date": echeance.isoformat() if echeance else "",
        "status/key": statut.value,
        "status/name/fr": str(statut.label),
        # only a kept promise has a progress that nobody guesses
        "progress": "100" if statut is Engagement.Statut.TENU else "",
    }


def read(octets: bytes) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Line and cells of each commitment, in our columns, and what was not taken, in sentences.

    Raises:
        FichierInvalide: MLG-DIA-108, no title and no description; or the file cannot be read.
    """
    entetes, rangees = read_rows(octets, COLONNES)
    if not {"title", "description"} & {e.partition("/")[0] for e in entetes}:
        raise FichierInvalide(
            Anomalie(
                "MLG-DIA-108",
                "Le fichier n’a ni colonne title/fr ni colonne description/fr.",
                "Exportez les résultats de Decidim en CSV, avec leurs textes en français.",
                "ligne 1",
            )
        )
    remarques = _tell_ignored(entetes)
    lues, inconnus = [], dict[str, int]()
    for ligne, cellules in rangees:
        source = {e: unprotect(c.strip()) for e, c in zip(entetes, cellules, strict=False)}
        statut, inconnu = _statut(source)
        if inconnu:
            inconnus[inconnu] = inconnus.get(inconnu, 0) + 1
        lues.append((ligne, _cells(source, statut)))
    remarques += [
        f"Le statut {guillemets(nom)} de Decidim n’est pas un statut de Maillage : "
        f"{accorder(nombre, 'ligne reprise', 'lignes reprises')} comme « annoncé »."
        for nom, nombre in inconnus.items()
    ]
    return lues, remarques


def _tell_ignored(entetes: list[str]) -> list[str]:
    ignorees = [e for e in entetes if e and e not in _LUES]
    if not ignorees:
        return []
    return [f"Colonnes de Decidim laissées de côté : {join_fr(ignorees)}."]


def _cells(source: Mapping[str, str], statut: str) -> dict[str, str]:
    cellules = {
        "sens": _SENS.get(normalize(_first(source, "category/name")), Engagement.Sens.PUBLIC.value),
        "phrase": _sentence(source),
        "date": source.get("start_date", "")[:10],
        "echeance": source.get("end_date", "")[:10],
    }
    if statut:
        vu = source.get("updated_at") or source.get("created_at", "")
        cellules |= {"statut": statut, "constate_le": vu[:10]}
    return cellules


def _first(source: Mapping[str, str], nom: str) -> str:
    """A text in French, or in the only language of the platform."""
    return source.get(f"{nom}/fr") or source.get(nom, "")


def _sentence(source: Mapping[str, str]) -> str:
    """Title and description as one sentence, said once when one repeats the other."""
    titre = clean_text(_plain(_first(source, "title")))
    texte = clean_lines(_plain(_first(source, "description")))
    debut = normalize(titre.removesuffix("…"))
    if not texte or normalize(texte) == debut:
        return texte or titre
    return texte if normalize(texte).startswith(debut) else f"{titre}\n{texte}"


def _plain(texte: str) -> str:
    """Text of what Decidim keeps as HTML."""
    if "<" not in texte:
        return texte
    return html.unescape(_BALISE.sub("", _FIN_DE_BLOC.sub("\n", texte)))


def _statut(source: Mapping[str, str]) -> tuple[str, str]:
    """Our status, when it is one of ours; else the name that is not understood."""
    cle, nom = source.get("status/key", ""), _first(source, "status/name")
    for texte in (cle, nom):
        if (statut := _STATUTS.get(normalize(texte))) is not None:
            return statut, ""
    return "", nom or cle
