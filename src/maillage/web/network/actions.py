"""What is done to organisations: each in one transaction, with its line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.accounts.actions import LienDejaUtilise, consume, verify_address
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import Permission, Role
from maillage.web.journal.actions import record
from maillage.web.network.lignes import (
    LigneAdhesion,
    LigneConvention,
    LigneCotisation,
    check_adhesions,
    check_conventions,
    check_cotisations,
)
from maillage.web.network.models import (
    Adhesion,
    Consentement,
    Convention,
    CotisationAnnuelle,
    LienRegistre,
    Organisation,
)
from maillage.web.network.roles import attach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from maillage.web.accounts.models import Invitation
    from maillage.web.droits.acteur import Acteur

__all__ = [
    "archive_organisation",
    "attach",
    "create_organisation",
    "decide_consent",
    "decide_register_link",
    "known_conventions",
    "modify_organisation",
    "restore_organisation",
    "set_adhesions",
    "set_conventions",
    "set_cotisations",
    "start_network",
]


@transaction.atomic
def start_network(
    invitation: Invitation,
    *,
    reseau: str,
    administrateur: Utilisateur,
    mot_de_passe: str,
    le: date,
) -> Utilisateur:
    """Create the network and its first administrator, and use up the link.

    Args:
        invitation: The link of the first start.
        reseau: Name of the network.
        administrateur: Not saved yet.
        mot_de_passe: Already checked.
        le: Today.

    Raises:
        LienDejaUtilise: the link was used meanwhile, or the network already exists.
    """
    consume(invitation)
    if Organisation.objects.filter(nature=Organisation.Nature.RESEAU).exists():
        msg = "the network exists"
        raise LienDejaUtilise(msg)
    organisation = Organisation.objects.create(nature=Organisation.Nature.RESEAU, nom=reseau)
    utilisateur = Utilisateur.objects.create_user(
        administrateur.email,
        mot_de_passe,
        prenom=administrateur.prenom,
        nom=administrateur.nom,
    )
    verify_address(utilisateur)
    attach(utilisateur, organisation, Role.ADMINISTRATION, depuis=le, by=utilisateur.pk)
    record("reseau.creer", by=utilisateur.pk, objet=organisation, nom=reseau)
    return utilisateur


@transaction.atomic
def create_organisation(champs: Mapping[str, Any], *, by: int | None) -> Organisation:
    """A new organisation.

    Args:
        champs: Fields of the model, already checked.
        by: Number of the account that acts.

    Raises:
        SaisieInvalide: MLG-ORG-001, its SIREN is already that of another of the same nature.
    """
    organisation = Organisation(**champs)
    _check_siren(organisation)
    organisation.save()
    record("organisation.creer", by=by, objet=organisation, nom=organisation.nom)
    return organisation


@transaction.atomic
def modify_organisation(
    organisation: Organisation, champs: Mapping[str, Any], *, by: int | None
) -> tuple[str, ...]:
    """Change fields of an organisation; answers the names of those that were different.

    Raises:
        SaisieInvalide: MLG-ORG-001, its SIREN is already that of another of the same nature;
            MLG-ORG-013, it is not that of its conventions.
    """
    changes = tuple(nom for nom, valeur in champs.items() if getattr(organisation, nom) != valeur)
    if not changes:
        return ()
    for nom in changes:
        setattr(organisation, nom, champs[nom])
    _check_siren(organisation)
    if "siren" in changes and organisation.siren:
        lignes = [LigneConvention(c.type_siae, c.siret) for c in organisation.conventions.all()]
        _refuse(check_conventions(lignes, organisation.siren, is_structure=True))
    organisation.save()
    record(
        "organisation.modifier",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={"champs": list(changes)},
    )
    return changes


def _check_siren(organisation: Organisation) -> None:
    if not organisation.siren:
        return
    autre = (
        Organisation.objects.filter(siren=organisation.siren, nature=organisation.nature)
        .exclude(pk=organisation.pk)
        .first()
    )
    if autre is not None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-001",
                f"Le SIREN {organisation.siren} est déjà celui de {guillemets(autre.nom)}.",
                "Complétez cette organisation plutôt que d’en créer une seconde, ou corrigez le "
                "numéro.",
            )
        )


@transaction.atomic
def archive_organisation(organisation: Organisation, *, by: int | None) -> None:
    """Put an organisation aside: its people lose the rights they held through it; nothing is lost.

    Raises:
        SaisieInvalide: MLG-ORG-068, it is the network itself.
    """
    if organisation.nature == Organisation.Nature.RESEAU:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-068",
                "Le réseau ne s’archive pas.",
                "Seules les autres organisations s’archivent.",
            )
        )
    _set_archived(organisation, "organisation.archiver", by=by, is_archived=True)


@transaction.atomic
def restore_organisation(organisation: Organisation, *, by: int | None) -> None:
    """Bring an archived organisation back, with its people and their roles.

    Raises:
        SaisieInvalide: MLG-ORG-095, it was joined to another.
    """
    if organisation.reunie_a_id is not None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-095",
                f"{guillemets(organisation.nom)} est réunie à {guillemets(str(organisation.reunie_a))}.",
                "Ouvrez celle-ci\u00a0: elle porte tout ce qu’elle avait.",
            )
        )
    _set_archived(organisation, "organisation.retablir", by=by, is_archived=False)


def _set_archived(
    organisation: Organisation, action: str, *, by: int | None, is_archived: bool
) -> None:
    if organisation.is_archived == is_archived:
        return
    organisation.is_archived = is_archived
    organisation.save(update_fields=["is_archived", "updated_at"])
    record(action, by=by, objet=organisation, nom=organisation.nom)


@transaction.atomic
def set_conventions(
    organisation: Organisation, lignes: Sequence[LigneConvention], *, by: int | None
) -> None:
    """Replace the conventions of a structure by these; an unknown SIREN is that of their SIRET.

    Raises:
        SaisieInvalide: every convention that is wrong (MLG-ORG-010 to 013) or held by another
            organisation (MLG-ORG-002).
    """
    _refuse(
        check_conventions(lignes, organisation.siren, is_structure=organisation.is_structure)
        or _check_one_siren(lignes)
        or _check_taken(organisation, lignes)
    )
    if not organisation.siren and lignes:
        modify_organisation(organisation, {"siren": lignes[0].siret[:9]}, by=by)
    avant = {c.cle: c for c in known_conventions(organisation)}
    apres = {ligne.cle: ligne for ligne in lignes}
    if avant == apres:
        return
    for siret, type_siae in avant.keys() - apres.keys():
        organisation.conventions.filter(siret=siret, type_siae=type_siae).delete()
    for (siret, type_siae), ligne in apres.items():
        Convention.objects.update_or_create(
            siret=siret,
            type_siae=type_siae,
            defaults={"organisation": organisation, "commune": ligne.commune},
        )
    record(
        "organisation.conventions",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={
            "ajoutees": sorted(f"{t} {s}" for s, t in apres.keys() - avant.keys()),
            "retirees": sorted(f"{t} {s}" for s, t in avant.keys() - apres.keys()),
        },
    )


def known_conventions(organisation: Organisation) -> tuple[LigneConvention, ...]:
    """Its conventions, as plain values."""
    return tuple(
        LigneConvention(c.type_siae, c.siret, c.commune) for c in organisation.conventions.all()
    )


def _check_one_siren(lignes: Sequence[LigneConvention]) -> list[Anomalie]:
    """Conventions of an organisation without SIREN must agree on one."""
    return check_conventions(lignes, lignes[0].siret[:9], is_structure=True) if lignes else []


def _check_taken(organisation: Organisation, lignes: Sequence[LigneConvention]) -> list[Anomalie]:
    prises = Convention.objects.filter(siret__in={ligne.siret for ligne in lignes})
    autres = {
        (c.siret, c.type_siae): c.organisation.nom
        for c in prises.exclude(organisation=organisation).select_related("organisation")
    }
    return [
        Anomalie(
            "MLG-ORG-002",
            f"La convention {ligne.type_siae} {ligne.siret} est déjà celle de "
            f"{guillemets(autres[ligne.cle])}.",
            "Corrigez le SIRET ou le type, ou retirez-la d’abord de l’autre organisation.",
        )
        for ligne in lignes
        if ligne.cle in autres
    ]


@transaction.atomic
def set_adhesions(
    organisation: Organisation, lignes: Sequence[LigneAdhesion], *, by: int | None
) -> None:
    """Replace the membership periods of a structure by these.

    Raises:
        SaisieInvalide: every period that is wrong (MLG-ORG-010, 014, 015).
    """
    _refuse(check_adhesions(lignes, is_structure=organisation.is_structure))
    avant = {LigneAdhesion(a.date_debut, a.date_fin) for a in organisation.adhesions.all()}
    if avant == set(lignes):
        return
    organisation.adhesions.all().delete()
    Adhesion.objects.bulk_create(
        Adhesion(organisation=organisation, date_debut=x.date_debut, date_fin=x.date_fin)
        for x in lignes
    )
    periodes = sorted(
        [x.date_debut.isoformat(), x.date_fin and x.date_fin.isoformat()] for x in lignes
    )
    record(
        "organisation.adhesions",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={"periodes": periodes},
    )


@transaction.atomic
def set_cotisations(
    organisation: Organisation, lignes: Sequence[LigneCotisation], *, by: int | None
) -> None:
    """Replace the dues of a structure by these.

    Raises:
        SaisieInvalide: every line that is wrong (MLG-ORG-010, 016 to 019).
    """
    _refuse(check_cotisations(lignes, is_structure=organisation.is_structure))
    avant = {
        c.annee: LigneCotisation(
            c.annee, c.statut, c.date_statut, c.montant_centimes, c.date_echeance
        )
        for c in organisation.cotisations.all()
    }
    apres = {ligne.annee: ligne for ligne in lignes}
    if avant == apres:
        return
    organisation.cotisations.exclude(annee__in=apres).delete()
    for annee, ligne in apres.items():
        if avant.get(annee) != ligne:
            CotisationAnnuelle.objects.update_or_create(
                organisation=organisation,
                annee=annee,
                defaults={
                    "statut": ligne.statut,
                    "date_statut": ligne.date_statut,
                    "montant_centimes": ligne.montant_centimes,
                    "date_echeance": ligne.date_echeance,
                },
            )
    record(
        "organisation.cotisations",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={"annees": {str(x.annee): x.statut for x in lignes if avant.get(x.annee) != x}},
    )


@transaction.atomic
def decide_consent(
    organisation: Organisation, usage: str, *, accorde: bool, acteur: Acteur
) -> Consentement | None:
    """Note that the structure gives or takes back its consent; None when nothing changes.

    Raises:
        SaisieInvalide: MLG-ORG-003, the person does not direct that structure; MLG-ORG-004, no
            such use.
    """
    if not acteur.may(Permission.CONSENTEMENTS_DONNER, organisation):
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-003",
                f"Seule la direction de {guillemets(organisation.nom)} donne ou retire ce "
                "consentement.",
                "Demandez-le-lui\u00a0: personne ne consent à la place d’une structure.",
            )
        )
    if usage not in Consentement.Usage.values:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-004",
                f"L’usage {guillemets(usage)} n’existe pas.",
                "Repartez de la page des consentements.",
            )
        )
    dernier = organisation.consentements.filter(usage=usage).first()
    if (dernier.accorde if dernier else None) is accorde:
        return None
    decision = Consentement.objects.create(
        organisation=organisation, usage=usage, accorde=accorde, by_id=acteur.utilisateur_id
    )
    record(
        "consentement.donner" if accorde else "consentement.retirer",
        by=acteur.utilisateur_id,
        objet=organisation,
        nom=organisation.nom,
        details={"usage": usage},
    )
    return decision


@transaction.atomic
def decide_register_link(
    organisation: Organisation,
    cle: tuple[str, str],
    *,
    is_confirme: bool | None,
    raison: str,
    by: int | None,
) -> None:
    """Say that a line of the register is that organisation, is not, or (None) that it is not known.

    Raises:
        SaisieInvalide: MLG-ORG-005, that line is already linked to another organisation.
    """
    siret, kind = cle
    if is_confirme:
        autre = (
            LienRegistre.objects.filter(siret=siret, kind=kind, is_confirme=True)
            .exclude(organisation=organisation)
            .select_related("organisation")
            .first()
        )
        if autre is not None:
            raise SaisieInvalide(
                Anomalie(
                    "MLG-ORG-005",
                    f"La ligne {kind} {siret} du registre est déjà rapprochée de "
                    f"{guillemets(autre.organisation.nom)}.",
                    "Défaites d’abord l’autre rapprochement s’il est faux.",
                )
            )
    if is_confirme is None:
        organisation.liens_registre.filter(siret=siret, kind=kind).delete()
    else:
        LienRegistre.objects.update_or_create(
            organisation=organisation,
            siret=siret,
            kind=kind,
            defaults={"is_confirme": is_confirme, "raison": raison, "by_id": by},
        )
    record(
        "registre.rapprocher",
        by=by,
        objet=organisation,
        nom=organisation.nom,
        details={"siret": siret, "kind": kind, "confirme": is_confirme},
    )


def _refuse(anomalies: Sequence[Anomalie]) -> None:
    if anomalies:
        raise SaisieInvalide(*anomalies)
