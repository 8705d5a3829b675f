"""Records that may be about the same organisation or the same person: proposed, closest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from rapidfuzz import fuzz, process

from maillage.analyses.diagnosis.names import normalize
from maillage.web.accounts.models import Utilisateur
from maillage.web.network.echange.homonymes import cle_nom
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESSEMBLE = 75.0
MONTREES = 12


def list_organisations(garde: Organisation, texte: str) -> list[Organisation]:
    """Organisations of the same nature that resemble one, or that a search finds."""
    autres = Organisation.objects.filter(nature=garde.nature, reunie_a=None).exclude(pk=garde.pk)
    noms = {o.pk: normalize(o.nom) for o in autres.only("pk", "nom")}
    trouvees = _closest(normalize(texte or garde.nom), noms)
    par_pk = autres.in_bulk(trouvees)
    return [par_pk[pk] for pk in trouvees]


def list_people(garde: Utilisateur, texte: str) -> list[Utilisateur]:
    """People whose name resembles one, or that a search finds by name or address."""
    autres = Utilisateur.objects.filter(reuni_a=None).exclude(pk=garde.pk)
    if "@" in texte:
        return list(autres.filter(Q(email__icontains=texte.strip()))[:MONTREES])
    noms = {u.pk: cle_nom(u.prenom, u.nom) for u in autres.only("pk", "prenom", "nom")}
    trouvees = _closest(cle_nom(texte, "") or cle_nom(garde.prenom, garde.nom), noms)
    par_pk = autres.in_bulk(trouvees)
    return [par_pk[pk] for pk in trouvees]


def _closest(cherche: str, noms: Mapping[int, str]) -> list[int]:
    if not cherche:
        return []
    proches = process.extract(
        cherche, noms, scorer=fuzz.token_set_ratio, limit=MONTREES, score_cutoff=_RESSEMBLE
    )
    return [pk for _, _, pk in proches]
