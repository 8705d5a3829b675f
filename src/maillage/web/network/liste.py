"""The list of organisations as its address asks for it: filters, order, and what each row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, guillemets, join_fr
from maillage.kernel.niveau import Niveau
from maillage.web.network.models import TYPES_SIAE, CotisationAnnuelle, Organisation
from maillage.web.network.places import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict

    from maillage.web.network.querysets import OrganisationQuerySet

_Statut = CotisationAnnuelle.Statut
SANS_LIGNE: Final = "aucune"
COTISATIONS: Final[Mapping[str, str]] = {
    "reglee": "réglée ou exonérée",
    "appelee": "appelée",
    "a_appeler": "à appeler",
    "retard": "en retard",
    SANS_LIGNE: "pas de ligne cette année",
}
ADHESIONS: Final[Mapping[str, str]] = {
    "membre": "adhérente aujourd’hui",
    "ancienne": "ancienne adhérente",
    "jamais": "jamais adhérente",
}
ARCHIVES: Final[Mapping[str, str]] = {
    "toutes": "archivées comprises",
    "archivees": "archivées seules",
}
TRIS: Final[Mapping[str, str]] = {
    "nom": "nom",
    "nature": "nature",
    "types": "premier_type",
    "departement": "departement",
    "region": "region",
    "adhesion": "debut_adhesion",
    "cotisation": "statut_annee",
}
_TEXTE_MAX = 100


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the address asks for; an empty text filters nothing."""

    q: str = ""
    nature: str = ""
    type: str = ""
    region: str = ""
    departement: str = ""
    cotisation: str = ""
    adhesion: str = ""
    archive: str = ""

    def __bool__(self) -> bool:
        return self != Filtres()


def parse_filtres(query: QueryDict) -> Filtres:
    """Filters of an address.

    Raises:
        SaisieInvalide: MLG-ORG-006, a filter has a value that does not exist.
    """
    possibles: dict[str, Mapping[str, str] | tuple[str, ...]] = {
        "nature": dict(Organisation.Nature.choices),
        "type": TYPES_SIAE,
        "cotisation": COTISATIONS,
        "adhesion": ADHESIONS,
        "archive": ARCHIVES,
    }
    valeurs = {nom: query.get(nom, "").strip() for nom in Filtres.__slots__}
    fautes = [
        Anomalie(
            "MLG-ORG-006",
            f"Le filtre {guillemets(nom)} n’a pas de valeur {guillemets(valeurs[nom])}.",
            f"Valeurs possibles\u00a0: {join_fr(connues, 'ou')}.",
            "adresse de la page",
        )
        for nom, connues in possibles.items()
        if valeurs[nom] and valeurs[nom] not in connues
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    return Filtres(**valeurs | {"q": " ".join(valeurs["q"].split())[:_TEXTE_MAX]})


def find(
    organisations: OrganisationQuerySet,
    filtres: Filtres,
    le: date,
    *,
    tri: str,
    descendant: bool,
) -> list[int]:
    """Numbers of those that the filters and the words let through, in the order asked for."""
    pks = order(apply_filtres(organisations, filtres, le), tri, descendant=descendant)
    if not filtres.q:
        return pks
    # compared here: a question with hundreds of numbers in it makes PostgreSQL guess badly
    trouvees = search(organisations, filtres.q)
    return [pk for pk in pks if pk in trouvees]


def apply_filtres(
    organisations: OrganisationQuerySet, filtres: Filtres, le: date
) -> OrganisationQuerySet:
    """Organisations that the filters let through, words apart, with their state on a day."""
    found = organisations.with_state(le)
    simples = {nom: getattr(filtres, nom) for nom in ("nature", "region", "departement")}
    found = found.filter(**{nom: valeur for nom, valeur in simples.items() if valeur})
    if filtres.type:
        found = found.filter(conventions__type_siae=filtres.type).distinct()
    if filtres.archive != "toutes":
        found = found.filter(is_archived=filtres.archive == "archivees")
    return _by_adhesion(_by_cotisation(found, filtres.cotisation), filtres.adhesion)


def _by_cotisation(found: OrganisationQuerySet, cotisation: str) -> OrganisationQuerySet:
    match cotisation:
        case "":
            return found
        case "retard":
            return found.filter(is_en_retard=True)
        case "reglee":
            return found.filter(statut_annee__in=[_Statut.REGLEE, _Statut.EXONEREE])
        case "aucune":
            return found.filter(statut_annee__isnull=True, nature=Organisation.Nature.STRUCTURE)
        case statut:
            return found.filter(statut_annee=statut)


def _by_adhesion(found: OrganisationQuerySet, adhesion: str) -> OrganisationQuerySet:
    match adhesion:
        case "membre":
            return found.filter(is_membre=True)
        case "ancienne":
            return found.filter(is_membre=False, fut_membre=True)
        case "jamais":
            return found.filter(fut_membre=False, nature=Organisation.Nature.STRUCTURE)
        case _:
            return found


def search(organisations: OrganisationQuerySet, texte: str) -> set[int]:
    """Numbers of those whose name, sigle or commune holds each word, or whose SIREN or SIRET starts so."""
    mots = normalize(texte).split()
    chiffres = "".join(texte.split())
    found = set()
    for pk, nom, sigle, commune, siren in organisations.order_by().values_list(
        "pk", "nom", "sigle", "commune", "siren"
    ):
        foin = " ".join(map(normalize, (nom, sigle, name_of(Niveau.COMMUNE, commune))))
        if (mots and all(mot in foin for mot in mots)) or (
            chiffres.isdigit() and siren.startswith(chiffres)
        ):
            found.add(pk)
    if chiffres.isdigit():
        sirets = organisations.order_by().filter(conventions__siret__startswith=chiffres)
        found |= set(sirets.values_list("pk", flat=True))
    return found


def order(found: OrganisationQuerySet, cle: str, *, descendant: bool) -> list[int]:
    """Numbers in the order asked for; what is not known comes last in both directions."""
    champ = F(TRIS[cle])
    sens = champ.desc(nulls_last=True) if descendant else champ.asc(nulls_last=True)
    return list(found.order_by(sens, "nom", "pk").values_list("pk", flat=True))


def load_page(organisations: OrganisationQuerySet, pks: list[int], le: date) -> list[Organisation]:
    """Organisations of a page in its order, with their state and their conventions: two queries."""
    rang = {pk: place for place, pk in enumerate(pks)}
    found = organisations.with_state(le).filter(pk__in=pks).prefetch_related("conventions")
    return sorted(found, key=lambda organisation: rang[organisation.pk])


def summarise(organisations: OrganisationQuerySet, le: date) -> str:
    """The finding: members today, where, and what is owed."""
    actives = organisations.filter(is_archived=False)
    membres = actives.filter(nature=Organisation.Nature.STRUCTURE).members(le)
    regions = set(membres.values_list("region", flat=True))
    nombre = membres.count()
    if not nombre:
        return "Aucune structure n’adhère aujourd’hui."
    tardives, sans_jour = actives.count_late(le)
    ou = accorder(len(regions - {""}), "région", "régions")
    retard = accorder(tardives, "cotisation en retard", "cotisations en retard")
    phrase = f"{accorder(nombre, 'structure adhérente', 'structures adhérentes')} dans {ou}, "
    phrase += retard if tardives else "aucune cotisation en retard"
    if sans_jour:
        appelees = accorder(sans_jour, "cotisation appelée n’a", "cotisations appelées n’ont")
        phrase += f". {appelees} pas de date limite\u00a0: on ne sait pas si elles sont en retard"
    return f"{phrase}."


def tell_adhesion(organisation: Organisation) -> str:
    """Membership in words, for a row."""
    if not organisation.is_structure:
        return "sans objet"
    if organisation.is_membre:  # type: ignore[attr-defined]  # with_state
        return f"depuis le {organisation.debut_adhesion:%d/%m/%Y}"  # type: ignore[attr-defined]  # with_state
    return "ancienne adhérente" if organisation.fut_membre else "non"  # type: ignore[attr-defined]  # with_state


def tell_cotisation(organisation: Organisation) -> str:
    """Dues of the year in words, for a row."""
    if not organisation.is_structure:
        return "sans objet"
    statut = organisation.statut_annee  # type: ignore[attr-defined]  # with_state
    mot = str(_Statut(statut).label) if statut else "pas de ligne"
    return f"{mot}, en retard" if organisation.is_en_retard else mot  # type: ignore[attr-defined]  # with_state
