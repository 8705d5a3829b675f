"""The ledger as its address asks for it: filters, order, and the finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.db.models import Count, F, Q

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, guillemets, join_fr
from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.models import Charge, Engagement, Espace, Sujet
from maillage.web.dialogue.querysets import echue_q
from maillage.web.network.places import name_of
from maillage.web.publications.texte.folding import fold_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict

    from maillage.web.dialogue.querysets import EngagementQuerySet
    from maillage.web.droits.acteur import Acteur

OUVERTS: Final = "ouverts"
STATUTS: Final[Mapping[str, str]] = {
    OUVERTS: "encore ouverts",
    **dict(Engagement.Statut.choices),
}
RETARDS: Final[Mapping[str, str]] = {"oui": "en retard", "sans": "sans échéance"}
TRIS: Final[Mapping[str, str]] = {
    "phrase": "phrase",
    "sens": "sens",
    "date": "date",
    "auteur": "auteur_fonction",
    "echeance": "echeance",
    "statut": "statut",
    "territoire": "territoire",
}
_TEXTE_MAX = 100
_NUMEROS = ("espace", "charge")


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the address asks for; an empty text filters nothing."""

    q: str = ""
    sens: str = ""
    statut: str = ""
    retard: str = ""
    espace: str = ""
    charge: str = ""
    territoire: str = ""
    sujet: str = ""

    def __bool__(self) -> bool:
        return self != Filtres()

    @property
    def parametres(self) -> str:
        """The filters, as the links of the page keep them."""
        valeurs = {nom: v for nom in self.__slots__ if (v := getattr(self, nom))}
        return f"{urlencode(valeurs)}&" if valeurs else ""


def parse_filtres(query: QueryDict) -> Filtres:
    """Filters of an address.

    Raises:
        SaisieInvalide: MLG-ENG-020, a filter has a value that does not exist.
    """
    valeurs = {nom: query.get(nom, "").strip() for nom in Filtres.__slots__}
    possibles: dict[str, Mapping[str, str]] = {
        "sens": dict(Engagement.Sens.choices),
        "statut": STATUTS,
        "retard": RETARDS,
    }
    fautes = [
        _wrong(nom, valeurs[nom], f"Valeurs possibles\u00a0: {join_fr(connues, 'ou')}.")
        for nom, connues in possibles.items()
        if valeurs[nom] and valeurs[nom] not in connues
    ]
    fautes += [
        _wrong(nom, valeurs[nom], "Donnez un numéro, celui de son adresse.")
        for nom in _NUMEROS
        if valeurs[nom] and not (valeurs[nom].isascii() and valeurs[nom].isdigit())
    ]
    niveau = valeurs["territoire"].partition(":")[0]
    if niveau and niveau not in {n.value for n in Niveau}:
        fautes.append(_wrong("territoire", valeurs["territoire"], "Forme\u00a0: departement:35."))
    if fautes:
        raise SaisieInvalide(*fautes)
    return Filtres(**valeurs | {"q": " ".join(valeurs["q"].split())[:_TEXTE_MAX]})


def _wrong(nom: str, valeur: str, que_faire: str) -> Anomalie:
    quoi = f"Le filtre {guillemets(nom)} n’a pas de valeur {guillemets(valeur)}."
    return Anomalie("MLG-ENG-020", quoi, que_faire, "adresse de la page")


def apply_filtres(
    engagements: EngagementQuerySet, filtres: Filtres, le: date
) -> EngagementQuerySet:
    """Commitments that the filters let through."""
    found = engagements
    if filtres.sens:
        found = found.filter(sens=filtres.sens)
    if filtres.statut:
        ouverts = filtres.statut == OUVERTS
        found = found.ouverts() if ouverts else found.filter(statut=filtres.statut)
    if filtres.retard:
        oui = filtres.retard == "oui"
        found = found.en_retard(le) if oui else found.filter(echeance__isnull=True)
    if filtres.espace:
        found = found.filter(espace=int(filtres.espace[:18]))
    if filtres.charge:
        charge = int(filtres.charge[:18])
        found = found.filter(Q(charge=charge) | Q(porteur=charge))
    if filtres.sujet:
        found = found.filter(sujet__slug=filtres.sujet)
    if filtres.territoire:
        niveau, _, code = filtres.territoire.partition(":")
        found = found.filter(niveau=niveau, territoire=code)
    return found.filter(pk__in=search(found, filtres.q)) if filtres.q else found


def search(engagements: EngagementQuerySet, texte: str) -> list[int]:
    """Numbers of those whose sentence, author, function or recipient hold each word, accents apart."""
    mots = fold_text(texte).split()
    champs = ("phrase", "auteur_nom", "auteur_fonction", "destinataire")
    return [
        pk
        for pk, *textes in engagements.order_by().values_list("pk", *champs)
        if all(mot in foin for foin in [fold_text(" ".join(textes))] for mot in mots)
    ]


def order(found: EngagementQuerySet, cle: str, *, descendant: bool) -> list[int]:
    """Numbers in the order asked for; what is not known comes last in both directions."""
    champ = F(TRIS[cle])
    sens = champ.desc(nulls_last=True) if descendant else champ.asc(nulls_last=True)
    return list(found.order_by(sens, "-date", "-pk").values_list("pk", flat=True))


def load_page(engagements: EngagementQuerySet, pks: list[int]) -> list[Engagement]:
    """Commitments of a page in its order: one query."""
    rang = {pk: place for place, pk in enumerate(pks)}
    avec = ("charge", "porteur", "espace", "rencontre", "proposition", "sujet")
    found = engagements.filter(pk__in=pks).select_related(*avec)
    return sorted(found, key=lambda engagement: rang[engagement.pk])


def summarise(engagements: EngagementQuerySet, le: date) -> str:
    """The finding: what is promised to us, asked by us and owed by us, and what is late. One query."""
    ouvert, echu = Q(statut__in=Engagement.OUVERTS), echue_q(le)
    comptes: dict[str, int] = engagements.aggregate(
        tout=Count("pk"),
        **{sens: Count("pk", filter=ouvert & Q(sens=sens)) for sens in Engagement.Sens.values},
        **{
            f"retard_{sens}": Count("pk", filter=ouvert & echu & Q(sens=sens))
            for sens in Engagement.Sens.values
        },
    )
    if not comptes["tout"]:
        return "Le registre n’a encore aucun engagement que vous puissiez lire."
    noms = {
        "public": ("promesse ouverte", "promesses ouvertes"),
        "demande": (
            "demande du réseau en attente",
            "demandes du réseau en attente",
        ),
        "reseau": ("engagement du réseau à tenir", "engagements du réseau à tenir"),
    }
    morceaux = [
        f"{accorder(comptes[sens], *formes)}{_late(comptes[f'retard_{sens}'])}"
        for sens, formes in noms.items()
    ]
    return f"{' ; '.join(morceaux)}.".replace(" ; ", "\u202f; ")


def _late(nombre: int) -> str:
    return f", dont {nombre} en retard" if nombre else ""


def choices(acteur: Acteur, engagements: EngagementQuerySet) -> dict[str, Any]:
    """What each filter offers: only what leads somewhere that the person reads."""
    tous = engagements.order_by()
    porteurs = tous.exclude(porteur=None).values("porteur")
    charges = Charge.objects.filter(
        Q(pk__in=tous.exclude(charge=None).values("charge")) | Q(pk__in=porteurs)
    )
    espaces = Espace.objects.visible(acteur).filter(pk__in=tous.values("espace"))
    sujets = Sujet.objects.visible(acteur).filter(pk__in=tous.values("sujet"))
    lieux = tous.values_list("niveau", "territoire").distinct()
    return {
        "sens": Engagement.Sens.choices,
        "statuts": STATUTS.items(),
        "retards": RETARDS.items(),
        "charges": [(str(pk), nom) for pk, nom in charges.values_list("pk", "intitule")],
        "espaces": [(str(pk), nom) for pk, nom in espaces.values_list("pk", "nom")],
        "sujets": list(sujets.values_list("slug", "titre")),
        "territoires": sorted(
            ((f"{niveau}:{code}", name_lieu(niveau, code)) for niveau, code in lieux),
            key=lambda paire: (paire[0] != "france:", paire[1]),
        ),
    }


def name_lieu(niveau: str, code: str) -> str:
    """Name of the territoire of a commitment: « national », « Redon (zone d’emploi) »."""
    if niveau == Niveau.FRANCE.value:
        return "national"
    trouve = Niveau(niveau)
    nom = name_of(trouve, code)
    return nom if trouve in {Niveau.REGION, Niveau.DEPARTEMENT} else f"{nom} ({trouve.libelle})"
