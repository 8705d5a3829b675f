"""What the page of a structure tells: its territory, its amounts, its place in the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from maillage.analyses.annexes.bareme import socle_path
from maillage.analyses.diagnosis.phrase import join_phrases
from maillage.kernel.errors import Introuvable
from maillage.kernel.francais import format_date
from maillage.kernel.niveau import Niveau
from maillage.regles.aide_au_poste.lignes import MAYOTTE, METROPOLE_DROM
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.web.droits.permissions import Permission
from maillage.web.espace.a_faire import AFaire
from maillage.web.network.models import Consentement, CotisationAnnuelle
from maillage.web.questionnaire.rappels import list_for_each
from maillage.web.regles.droit import lien_datee, lien_valeur
from maillage.web.territoires import donnees
from maillage.web.territoires.blocks import bloc_cles, bloc_phrase
from maillage.web.territoires.figures import nom_niveau, url_territoire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import Convention, Organisation
    from maillage.web.questionnaire.rappels import Rappel

_DEPARTEMENT_MAYOTTE = "976"
_NIVEAUX = (Niveau.EPCI, Niveau.DEPARTEMENT, Niveau.REGION)
_CLES = 4


@dataclass(frozen=True, slots=True)
class MontantConnu:
    """The amount per ETP of one kind, as the law is known today.

    Attributes:
        type_siae: Kind of structure.
        lien: The figure, that opens its text.
        depuis: Since when it applies.
        refus: Why today's amount is not known; the figure is then the last one known.
    """

    type_siae: str
    lien: SafeString
    depuis: str
    refus: str = ""


def list_territoires(organisation: Organisation) -> list[dict[str, Any]]:
    """The diagnosis of the EPCI and département of an organisation, or of its region.

    A code that the reference pack does not know gives nothing: the page says so.
    """
    return [
        _describe(niveau, code)
        for niveau, code in _places(organisation)
        if donnees.atlas().find_territoire(niveau, code) is not None
    ]


def _places(organisation: Organisation) -> list[tuple[Niveau, str]]:
    places: list[tuple[Niveau, str]] = []
    if organisation.commune:
        try:
            commune = donnees.atlas().territoire(Niveau.COMMUNE, organisation.commune)
        except Introuvable:
            commune = None
        if commune is not None:
            places += [
                (parent.niveau, parent.code)
                for parent in donnees.atlas().appartenances(commune)
                if parent.niveau in _NIVEAUX
            ]
    elif organisation.departement:
        places.append((Niveau.DEPARTEMENT, organisation.departement))
    elif organisation.region:
        places.append((Niveau.REGION, organisation.region))
    return sorted(places, key=lambda place: _NIVEAUX.index(place[0]))


def _describe(niveau: Niveau, code: str) -> dict[str, Any]:
    with donnees.VERROU:
        diagnostic = donnees.diagnostic(niveau, code)
        territoire = diagnostic.territoire
        return {
            "nom": territoire.nom,
            "niveau": nom_niveau(territoire),
            "adresse": url_territoire(niveau, territoire.code),
            "constat": bloc_phrase(join_phrases(diagnostic.phrases)),
            "cles": bloc_cles(diagnostic.cles[:_CLES], territoire),
        }


def list_montants(
    conventions: Iterable[Convention], departement: str, le: date
) -> list[MontantConnu]:
    """Amount per ETP of each kind that the structure holds.

    Args:
        conventions: Of the structure.
        departement: Where it is: Mayotte has its own amounts.
        le: Today.
    """
    types = sorted({convention.type_siae for convention in conventions})
    territoire = MAYOTTE if departement == _DEPARTEMENT_MAYOTTE else METROPOLE_DROM
    return [_read_montant(type_siae, territoire, le) for type_siae in types]


def _read_montant(type_siae: str, territoire: str, le: date) -> MontantConnu:
    loi = load_legislation()
    chemin = socle_path(type_siae, territoire)
    try:
        legale = loi.resolve(chemin, le)
    except PeriodeNonModelisee as inconnu:
        feuille = loi.leaf(chemin)
        derniere = feuille.valeurs[-1]
        return MontantConnu(
            type_siae,
            lien_datee(loi, feuille, derniere),
            format_date(derniere.date_effet),
            inconnu.anomalies[0].quoi,
        )
    return MontantConnu(type_siae, lien_valeur(legale), format_date(legale.date_effet))


def last_consentements(organisation: Organisation) -> dict[str, Consentement]:
    """The decision in force on each use, by use; a use that is absent was never decided."""
    en_vigueur: dict[str, Consentement] = {}
    for decision in sorted(organisation.consentements.all(), key=lambda c: (c.at, c.pk)):
        en_vigueur[decision.usage] = decision
    return en_vigueur


def list_a_faire(
    structures: Sequence[Organisation], acteur: Acteur, le: date
) -> list[tuple[Organisation, list[AFaire]]]:
    """What waits for somebody in each structure: questionnaire, dues, consents, what lacks.

    Args:
        structures: Of which the page speaks.
        acteur: Who reads; a link that they may not follow is left out.
        le: Today.
    """
    prefetch_related_objects(structures, "cotisations", "consentements", "adhesions")
    rappels = list_for_each(structures, le)
    return [(o, _list_of_one(o, rappels[o.pk], acteur, le)) for o in structures]


def _list_of_one(
    organisation: Organisation, rappels: Iterable[Rappel], acteur: Acteur, le: date
) -> list[AFaire]:
    repond = acteur.may(Permission.QUESTIONNAIRE_REPONDRE, organisation)
    a_faire = [
        AFaire(rappel.phrase, rappel.adresse, rappel.geste) if repond else AFaire(rappel.phrase)
        for rappel in rappels
    ]
    a_faire += [
        AFaire(
            f"La cotisation {cotisation.annee} est appelée depuis le "
            f"{format_date(cotisation.date_statut)}."
        )
        for cotisation in organisation.cotisations.all()
        if cotisation.statut == CotisationAnnuelle.Statut.APPELEE
    ]
    a_faire += _list_lacks(organisation, acteur)
    if not any(adhesion.date_debut <= le for adhesion in organisation.adhesions.all()):
        a_faire.append(AFaire("Aucune période d’adhésion n’est enregistrée."))
    return a_faire


def _list_lacks(organisation: Organisation, acteur: Acteur) -> Iterator[AFaire]:
    """Consents never decided, a place that nobody gave."""
    decides = last_consentements(organisation)
    muets = [usage.label for usage in Consentement.Usage if usage.value not in decides]
    if muets:
        decide = acteur.may(Permission.CONSENTEMENTS_DONNER, organisation)
        yield AFaire(
            f"La structure n’a pas encore dit si ses chiffres peuvent servir à\u00a0: "
            f"{', '.join(muets)}.",
            _address("organisation-consentements", organisation) if decide else "",
            "Décider" if decide else "",
        )
    if not organisation.commune:
        modifie = acteur.may(Permission.ORGANISATION_MODIFIER, organisation)
        yield AFaire(
            "La commune de la structure manque\u00a0: son territoire est inconnu.",
            _address("organisation-modifier", organisation) if modifie else "",
            "La donner" if modifie else "",
        )


def _address(nom: str, organisation: Organisation) -> str:
    return reverse(nom, kwargs={"pk": organisation.pk})
