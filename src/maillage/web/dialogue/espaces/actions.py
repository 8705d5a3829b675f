"""What is done to spaces: each in one transaction, with its line in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, guillemets
from maillage.web.dialogue.espaces.sieges import carry_mandates, close_mandates
from maillage.web.dialogue.models import Document, Espace, Filiation
from maillage.web.droits.permissions import Permission
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from maillage.web.droits.acteur import Acteur

_JOUR = timedelta(days=1)
_REPRIS = (
    "nature",
    "sigle",
    "competence",
    "base_legale",
    "base_legale_url",
    "visibilite",
    "niveau",
    "territoire",
    "departement",
    "region",
    "is_synthetic",
)
"""What a space that takes over keeps of the former one."""


@transaction.atomic
def create_espace(champs: Mapping[str, Any], *, acteur: Acteur) -> Espace:
    """A new space, that exists or is asked for.

    Args:
        champs: Fields of the model, already checked.
        acteur: Who acts.

    Raises:
        SaisieInvalide: MLG-ESP-010, it lies out of their reach.
    """
    espace = Espace(**champs)
    _check_reach(espace, acteur)
    espace.save()
    demande = espace.etat == Espace.Etat.DEMANDE
    action = "espace-dialogue.demander" if demande else "espace-dialogue.creer"
    record(action, by=acteur.utilisateur_id, objet=espace, nom=espace.nom)
    return espace


@transaction.atomic
def modify_espace(espace: Espace, champs: Mapping[str, Any], *, acteur: Acteur) -> tuple[str, ...]:
    """Change fields of a space; answers the names of those that were different.

    Raises:
        SaisieInvalide: MLG-ESP-010, it would lie out of their reach; MLG-ESP-013, it would be one
            that the texts give to another territoire.
    """
    changes = tuple(nom for nom, valeur in champs.items() if getattr(espace, nom) != valeur)
    if not changes:
        return ()
    if espace.instance and {"niveau", "territoire"} & set(changes):
        raise SaisieInvalide(
            Anomalie(
                "MLG-ESP-013",
                f"{guillemets(espace.nom)} est une instance prévue par les textes\u00a0: son "
                "territoire ne change pas.",
                "Créez un autre espace pour l’autre territoire.",
            )
        )
    for nom in changes:
        setattr(espace, nom, champs[nom])
    _check_reach(espace, acteur)
    espace.save()
    record(
        "espace-dialogue.modifier",
        by=acteur.utilisateur_id,
        objet=espace,
        nom=espace.nom,
        details={"champs": list(changes)},
    )
    return changes


def _check_reach(espace: Espace, acteur: Acteur) -> None:
    """A delegate keeps the spaces of their region, and no national one.

    Raises:
        SaisieInvalide: MLG-ESP-010.
    """
    if acteur.may(Permission.DIALOGUE_TENIR, espace):
        return
    raise SaisieInvalide(
        Anomalie(
            "MLG-ESP-010",
            "Vous tenez les espaces de votre région\u00a0: celui-ci serait ailleurs, ou national.",
            "Choisissez un territoire de votre région, ou demandez à la délégation nationale.",
        )
    )


@transaction.atomic
def ask_again(espace: Espace, par: str, depuis: date | None, *, acteur: Acteur) -> None:
    """A space that no longer meets is asked for again; what is known of the past stays.

    Raises:
        SaisieInvalide: MLG-ESP-011, it exists.
    """
    if espace.etat not in {Espace.Etat.DISPARU, Espace.Etat.EN_SOMMEIL, Espace.Etat.INCONNU}:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ESP-011",
                f"{guillemets(espace.nom)} est {espace.get_etat_display()}\u00a0: on ne peut pas le "
                "redemander.",
                "On redemande un espace disparu, en sommeil, ou dont l’état n’est pas connu.",
            )
        )
    espace.etat = Espace.Etat.DEMANDE
    espace.demande_par, espace.demande_depuis = par, depuis
    espace.save()
    record("espace-dialogue.redemander", by=acteur.utilisateur_id, objet=espace, nom=espace.nom)


@dataclass(frozen=True, slots=True)
class Devenir:
    """What becomes of one or several spaces.

    Attributes:
        nature: A value of `Filiation.Nature`.
        date: First day of the new state; the former one ends on the day before.
        apres: The space that follows; None for an abolition, or when it is to be created.
        nouveau_nom: Name of the space that is to be created.
        texte, source_url: The text that decides it.
        has_mandats: Whether the mandates that run go on in the space that follows.
    """

    nature: str
    date: date
    apres: Espace | None = None
    nouveau_nom: str = ""
    texte: str = ""
    source_url: str = ""
    has_mandats: bool = False


@transaction.atomic
def close_espaces(espaces: Sequence[Espace], devenir: Devenir, *, acteur: Acteur) -> Espace | None:
    """End spaces on a day, all together; each keeps its page. Answers the space that follows.

    Args:
        espaces: Those that end; several when they merge.
        devenir: What becomes of them.
        acteur: Who acts.

    Raises:
        SaisieInvalide: MLG-ESP-010, one is out of reach; MLG-ESP-012, one had not started, or has
            ended already.
    """
    pks = [espace.pk for espace in espaces]
    verrouilles = list(Espace.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    for espace in verrouilles:
        _check_reach(espace, acteur)
    _check_ends(verrouilles, devenir)
    apres = devenir.apres
    if devenir.nature == Filiation.Nature.SUPPRESSION:
        apres = None
    elif apres is None:
        apres = _make_successor(verrouilles[0], devenir)
    for espace in verrouilles:
        _close(espace, apres, devenir, acteur)
    return apres


def _check_ends(espaces: Sequence[Espace], devenir: Devenir) -> None:
    fautes = []
    for espace in espaces:
        if espace.etat == Espace.Etat.DISPARU:
            fautes.append(f"{guillemets(espace.nom)} n’existe déjà plus")
        elif espace.date_debut is not None and espace.date_debut >= devenir.date:
            fautes.append(
                f"{guillemets(espace.nom)} n’a commencé que le {format_date(espace.date_debut)}"
            )
        elif devenir.apres is not None and devenir.apres.pk == espace.pk:
            fautes.append(f"{guillemets(espace.nom)} ne peut pas être sa propre suite")
    if fautes:
        raise SaisieInvalide(
            *(
                Anomalie("MLG-ESP-012", f"{faute}.", "Corrigez la date, ou l’espace choisi.")
                for faute in fautes
            )
        )


def _make_successor(modele: Espace, devenir: Devenir) -> Espace:
    return Espace.objects.create(
        nom=devenir.nouveau_nom,
        etat=Espace.Etat.ACTIF,
        date_debut=devenir.date,
        **{champ: getattr(modele, champ) for champ in _REPRIS},
    )


def _close(espace: Espace, apres: Espace | None, devenir: Devenir, acteur: Acteur) -> None:
    dernier_jour = devenir.date - _JOUR
    nature = Filiation.Nature(devenir.nature)
    if devenir.has_mandats and apres is not None:
        carry_mandates(espace, apres, devenir.date)
    close_mandates(espace, dernier_jour, f"espace {nature.label}")
    Filiation.objects.create(
        avant=espace,
        apres=apres,
        nature=nature,
        date=devenir.date,
        texte=devenir.texte,
        source_url=devenir.source_url,
    )
    espace.etat, espace.date_fin = Espace.Etat.DISPARU, dernier_jour
    espace.save()
    record(
        "espace-dialogue.clore",
        by=acteur.utilisateur_id,
        objet=espace,
        nom=espace.nom,
        details={"nature": nature.value, "suite": apres.pk if apres else None},
    )


@transaction.atomic
def attach_document(
    espace: Espace, titre: str, url: str, visibilite: str, *, acteur: Acteur
) -> Document:
    """The address of a document of a space."""
    document = Document.objects.create(
        espace=espace,
        titre=titre,
        url=url,
        visibilite=visibilite,
        by_id=acteur.utilisateur_id,
        at=timezone.now(),
    )
    record("espace-dialogue.joindre", by=acteur.utilisateur_id, objet=espace, nom=espace.nom)
    return document


@transaction.atomic
def withdraw_document(document: Document, *, acteur: Acteur) -> None:
    """Take a document off the page of its space; its line stays."""
    document.retire_at = timezone.now()
    document.save(update_fields=["retire_at"])
    espace = document.espace
    record(
        "espace-dialogue.enlever",
        by=acteur.utilisateur_id,
        objet=espace,
        nom=espace.nom if espace else "",
        details={"document": document.pk},
    )
