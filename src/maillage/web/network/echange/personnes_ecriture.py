"""Writes what the import of a file of people was shown to do, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.web.accounts.models import Utilisateur
from maillage.web.journal.actions import record
from maillage.web.network.echange.personnes import CHAMPS_ROLE, load_annuaire
from maillage.web.network.models import Rattachement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.network.echange.personnes import Annuaire, LigneRole, PlanPersonnes


@transaction.atomic
def apply_plan(plan: PlanPersonnes, *, by: int | None) -> None:
    """Write a plan of people; nobody is sent anything: invitations leave one by one, on purpose."""
    annuaire = load_annuaire()
    personnes = dict(annuaire.personnes)
    a_ecrire = [ligne for ligne in plan.lignes if ligne.changements]
    # roles that end are ended before others start
    for ligne in sorted(a_ecrire, key=lambda x: x.lue.date_fin is None):
        lue = ligne.lue
        changes = {c.champ for c in ligne.changements}
        personne = personnes.get(lue.email)
        if personne is None:
            personne = Utilisateur.objects.create_user(lue.email, prenom=lue.prenom, nom=lue.nom)
            personnes[lue.email] = personne
            record("personne.creer", by=by, objet=personne)
        elif changes & {"prenom", "nom"}:
            personne.prenom = lue.prenom or personne.prenom
            personne.nom = lue.nom or personne.nom
            personne.save(update_fields=["prenom", "nom"])
            record("personne.renommer", by=by, objet=personne)
        if changes & CHAMPS_ROLE:
            _write_role(lue, personne, annuaire, plan.absentes, by=by)
    if a_ecrire:
        record("personnes.importer", by=by, details={"lignes": len(a_ecrire)})


def _write_role(
    lue: LigneRole,
    personne: Utilisateur,
    annuaire: Annuaire,
    absentes: Sequence[str],
    *,
    by: int | None,
) -> None:
    if lue.organisation is None or lue.role is None or lue.date_debut is None:
        return  # a person without role
    champs = {"fonction": lue.fonction, "date_fin": lue.date_fin}
    champs = {nom: valeur for nom, valeur in champs.items() if nom not in absentes}
    rattachement, created = Rattachement.objects.update_or_create(
        utilisateur=personne,
        organisation_id=lue.organisation,
        role=lue.role.value,
        date_debut=lue.date_debut,
        defaults=champs,
    )
    organisation = annuaire.organisations[rattachement.organisation_id]
    record(
        "role.donner" if created else "role.modifier",
        by=by,
        objet=organisation,
        nom=str(organisation),
        details={"utilisateur": personne.pk, "role": rattachement.role},
    )
