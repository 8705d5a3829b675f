"""Installs the bodies of the texts: one space per territoire of their level, with their descent.

Running it twice changes nothing the second time; what somebody has written meanwhile stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from maillage.kernel.niveau import Niveau
from maillage.web.dialogue.espaces.instances import load_catalogue
from maillage.web.dialogue.lieux import Lieu, locate
from maillage.web.dialogue.models import Espace, Filiation, Visibilite
from maillage.web.journal.actions import record
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Territoire
    from maillage.web.dialogue.espaces.instances import Instance
    from maillage.web.droits.acteur import Perimetre

_JOUR = timedelta(days=1)
_LOT = 500


@dataclass(frozen=True, slots=True)
class LignePlan:
    """What one body of the texts would bring.

    Attributes:
        instance: The body.
        nouveaux: Spaces to create.
        connus: Spaces that are there already, whatever they have become.
        suites: Pairs of spaces whose descent is to be written, (before, after) by territoire.
    """

    instance: Instance
    nouveaux: tuple[Lieu, ...]
    connus: int
    suites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an installation would write."""

    lignes: tuple[LignePlan, ...]
    noms: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def nombre_espaces(self) -> int:
        """Spaces to create."""
        return sum(len(ligne.nouveaux) for ligne in self.lignes)

    @property
    def nombre_suites(self) -> int:
        """Descents to write."""
        return sum(len(ligne.suites) for ligne in self.lignes)

    def __bool__(self) -> bool:
        return bool(self.nombre_espaces or self.nombre_suites)


def plan_installation(jusqu_ou: Perimetre) -> Plan:
    """What is missing of the bodies of the texts, within reach of whoever asks.

    Args:
        jusqu_ou: Regions of a delegate, or the whole network.
    """
    cles = {
        (instance, niveau, territoire)
        for instance, niveau, territoire in Espace.objects.exclude(instance="").values_list(
            "instance", "niveau", "territoire"
        )
    }
    liees = set(
        Filiation.objects.filter(avant__instance__gt="", apres__instance__gt="").values_list(
            "avant__instance", "avant__territoire", "apres__instance"
        )
    )
    lignes, noms = [], {}
    for instance in load_catalogue().values():
        if instance.niveau is None:
            continue
        lieux = []
        for territoire in _territoires(instance):
            lieu = locate(territoire)
            if jusqu_ou.tout or lieu.region in jusqu_ou.regions:
                lieux.append(lieu)
                noms[lieu.niveau, lieu.territoire] = territoire.nom
        nouveaux = tuple(
            lieu for lieu in lieux if (instance.code, lieu.niveau, lieu.territoire) not in cles
        )
        suites = tuple(
            lieu.territoire
            for lieu in lieux
            if (suite := instance.suite) is not None
            and load_catalogue()[suite.vers].covers(lieu.territoire)
            and (instance.code, lieu.territoire, suite.vers) not in liees
        )
        lignes.append(LignePlan(instance, nouveaux, len(lieux) - len(nouveaux), suites))
    return Plan(tuple(lignes), noms)


def _territoires(instance: Instance) -> list[Territoire]:
    assert instance.niveau is not None  # noqa: S101 — the caller leaves missions out
    tous = donnees.atlas().territoires(instance.niveau)
    return [territoire for territoire in tous if instance.covers(territoire.code)]


@transaction.atomic
def install_instances(jusqu_ou: Perimetre, *, by: int | None) -> Plan:
    """Create what is missing of the bodies of the texts; answers what was written.

    Args:
        jusqu_ou: Regions of a delegate, or the whole network.
        by: Number of the account that acts; None for the program itself.
    """
    plan = plan_installation(jusqu_ou)
    if not plan:
        return plan
    Espace.objects.bulk_create(
        [
            _make_espace(ligne.instance, lieu, plan.noms[lieu.niveau, lieu.territoire])
            for ligne in plan.lignes
            for lieu in ligne.nouveaux
        ],
        batch_size=_LOT,
        ignore_conflicts=True,  # somebody installs at the same time
    )
    for ligne in plan.lignes:
        _write_suites(ligne)
    record(
        "dialogue.installer",
        by=by,
        details={"espaces": plan.nombre_espaces, "filiations": plan.nombre_suites},
    )
    return plan


def _make_espace(instance: Instance, lieu: Lieu, nom: str) -> Espace:
    suite = instance.suite
    remplace = suite is not None and load_catalogue()[suite.vers].covers(lieu.territoire)
    base, competence = instance.find("base_legale"), instance.find("competence")
    # what became of it elsewhere than where the text applies was not found
    etats = Espace.Etat
    etat = etats.DISPARU if remplace else etats.INCONNU if suite else etats.ACTIF
    return Espace(
        instance=instance.code,
        nom=instance.nom if lieu.niveau == Niveau.FRANCE.value else f"{instance.nom} — {nom}",
        sigle=instance.sigle,
        nature=instance.nature,
        base_legale=base.texte if base else "",
        base_legale_url=base.url if base else "",
        competence=competence.texte if competence else "",
        etat=etat,
        date_debut=instance.date_debut,
        date_fin=suite.date - _JOUR if suite is not None and remplace else None,
        visibilite=Visibilite.PUBLIC,
        niveau=lieu.niveau,
        territoire=lieu.territoire,
        departement=lieu.departement,
        region=lieu.region,
    )


def _write_suites(ligne: LignePlan) -> None:
    suite = ligne.instance.suite
    if suite is None or not ligne.suites:
        return
    pks = {
        (instance, territoire): pk
        for instance, territoire, pk in Espace.objects.filter(
            instance__in=(ligne.instance.code, suite.vers)
        ).values_list("instance", "territoire", "pk")
    }
    Filiation.objects.bulk_create(
        [
            Filiation(
                avant_id=pks[ligne.instance.code, territoire],
                apres_id=pks[suite.vers, territoire],
                nature=suite.nature,
                date=suite.date,
                texte=suite.texte,
                source_url=suite.url,
            )
            for territoire in ligne.suites
        ],
        batch_size=_LOT,
        ignore_conflicts=True,  # somebody installs at the same time
    )
