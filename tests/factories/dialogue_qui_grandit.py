"""Makes the dialogue of the small network larger, in bulk. All of it is invented.

One space, one meeting, one proposal, one commitment, one office and one subject receive everything
that can hang on them; as many others of each kind are added to the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from factories.engagements import make_charge, make_engagement, make_proposition, make_sujet
from factories.espaces import make_espace
from factories.membres import DEBUT
from factories.rencontres import make_rencontre

from maillage.web.dialogue.models import (
    Chiffrage,
    Contradiction,
    Debouche,
    DeclarationPublique,
    Document,
    Engagement,
    Espace,
    EtatEngagement,
    Exercice,
    Fait,
    Filiation,
    Participant,
    Point,
    Portage,
    Proposition,
    Rencontre,
    Siege,
    TempsPasse,
    Titulaire,
    VersionProposition,
)

if TYPE_CHECKING:
    from factories.membres import PetitReseau

    from maillage.web.dialogue.models import Charge, Sujet


@dataclass
class Dialogue:
    """The things of the dialogue that pages are about, and that grow."""

    espace: Espace
    rencontre: Rencontre
    proposition: Proposition
    engagement: Engagement
    charge: Charge
    sujet: Sujet

    def arguments(self, route: str, objet: str) -> dict[str, Any]:
        """What an address names, when it is one of these; nothing otherwise."""
        par_objet = {
            "espace-dialogue": self.espace,
            "rencontre": self.rencontre,
            "proposition": self.proposition,
            "engagement": self.engagement,
            "charge": self.charge,
        }
        if route == "sujet":
            return {"slug": self.sujet.slug}
        chose = par_objet.get(objet) or par_objet.get(route)
        return {} if chose is None else {"pk": chose.pk}

    def grow(self, petit: PetitReseau, rangs: range) -> None:
        """Add as many of everything as there are numbers."""
        self._add_others(petit, rangs)
        self._add_to_espace(petit, rangs)
        self._add_to_rencontre(rangs)
        self._add_to_proposition(rangs)
        self._add_to_engagement(petit, rangs)

    def _add_others(self, petit: PetitReseau, rangs: range) -> None:
        ici = {"region": petit.structure.region, "visibilite": "public", "niveau": "departement"}
        ici |= {"departement": "35", "territoire": "35"}
        espaces = Espace.objects.bulk_create(
            [Espace(nom=f"Espace {r}", nature="administratif", **ici) for r in rangs]
        )
        Siege.objects.bulk_create(
            [Siege(espace=e, occupant="Structure", cote="reseau") for e in espaces]
        )
        demain = timezone.localdate() + timedelta(days=3)
        for statut, jour in (("tenue", DEBUT), ("prevue", demain)):
            rencontres = Rencontre.objects.bulk_create(
                [
                    Rencontre(
                        titre=f"Rencontre {r}",
                        date=jour,
                        statut=statut,
                        espace=e,
                        initiative="reseau",
                        **ici,
                    )
                    for r, e in zip(rangs, espaces, strict=True)
                ]
            )
            Participant.objects.bulk_create(
                [
                    Participant(rencontre=m, cote=cote, fonction="fonction", charge=charge)
                    for m in rencontres
                    for cote, charge in (("reseau", None), ("interlocuteur", self.charge))
                ]
            )
        Proposition.objects.bulk_create(
            [Proposition(titre=f"Proposition {r}", sujet=self.sujet, **ici) for r in rangs]
        )
        Engagement.objects.bulk_create(
            [
                Engagement(
                    sens="public",
                    phrase=f"Promesse {r}",
                    charge=self.charge,
                    porteur=self.charge,
                    sujet=self.sujet,
                    date=DEBUT,
                    echeance=demain,
                    echeance_precision="jour",
                    espace=e,
                    **ici,
                )
                for r, e in zip(rangs, espaces, strict=True)
            ]
        )
        Fait.objects.bulk_create(
            [
                Fait(titre=f"Fait {r}", date=DEBUT, sujet=self.sujet, visibilite="public")
                for r in rangs
            ]
        )
        for r in rangs:
            make_charge(f"Titulaire {r}")
        _add_to_register(rangs)

    def _add_to_espace(self, petit: PetitReseau, rangs: range) -> None:
        Siege.objects.bulk_create(
            [
                Siege(espace=self.espace, organisation=petit.structure, cote="reseau", nombre=r + 1)
                for r in rangs
            ]
        )
        autres = Espace.objects.filter(nom__in=[f"Espace {r}" for r in rangs])
        Filiation.objects.bulk_create(
            [
                Filiation(avant=autre, apres=self.espace, nature="fusion", date=DEBUT)
                for autre in autres
            ]
        )
        Rencontre.objects.filter(titre__in=[f"Rencontre {r}" for r in rangs]).update(
            espace=self.espace
        )
        Engagement.objects.filter(phrase__in=[f"Promesse {r}" for r in rangs]).update(
            espace=self.espace, rencontre=self.rencontre
        )
        Document.objects.bulk_create(
            [
                Document(
                    titre=f"Document {r}", url="https://exemple.org/", at=timezone.now(), **sur
                )
                for r in rangs
                for sur in (
                    {"espace": self.espace},
                    {"rencontre": self.rencontre},
                    {"proposition": self.proposition},
                )
            ]
        )

    def _add_to_rencontre(self, rangs: range) -> None:
        voix = Participant.objects.bulk_create(
            [
                Participant(rencontre=self.rencontre, cote="interlocuteur", nom=f"Voix {r}")
                for r in rangs
            ]
        )
        for nature in Point.Nature:
            Point.objects.bulk_create(
                [
                    Point(
                        rencontre=self.rencontre,
                        nature=nature,
                        texte=f"Point {r}",
                        ordre=r,
                        locuteur=v,
                        proposition=self.proposition,
                        engagement=self.engagement,
                        visibilite="public",
                    )
                    for r, v in zip(rangs, voix, strict=True)
                ]
            )

    def _add_to_proposition(self, rangs: range) -> None:
        now = timezone.now()
        dernier = self.proposition.versions.count()
        VersionProposition.objects.bulk_create(
            [
                VersionProposition(
                    proposition=self.proposition, numero=dernier + n, texte=f"Texte {n}", at=now
                )
                for n in range(1, len(rangs) + 1)
            ]
        )
        Portage.objects.bulk_create(
            [
                Portage(
                    proposition=self.proposition,
                    forme="rencontre",
                    rencontre=self.rencontre,
                    charge=self.charge,
                    date=DEBUT,
                )
                for _ in rangs
            ]
        )
        Debouche.objects.bulk_create(
            [
                Debouche(proposition=self.proposition, nature="loi", reference=f"Loi {r}")
                for r in rangs
            ]
        )
        connu = self.proposition.chiffrages.first()
        if connu is not None:
            champs = ("calcul", "parametres", "resultat", "version_regles", "empreinte", "at")
            Chiffrage.objects.bulk_create(
                [
                    Chiffrage(
                        proposition=self.proposition, **{c: getattr(connu, c) for c in champs}
                    )
                    for _ in rangs
                ]
            )

    def _add_to_engagement(self, petit: PetitReseau, rangs: range) -> None:
        by = petit.personnes["delegation"].pk
        now = timezone.now()
        EtatEngagement.objects.bulk_create(
            [
                EtatEngagement(
                    engagement=self.engagement, statut="en_cours", date=DEBUT, by_id=by, at=now
                )
                for _ in rangs
            ]
        )
        Contradiction.objects.bulk_create(
            [
                Contradiction(engagement=self.engagement, date=DEBUT, phrase=f"Non {r}", at=now)
                for r in rangs
            ]
        )
        premier = DEBUT - timedelta(days=40 * (rangs.stop + 1))
        Titulaire.objects.bulk_create(
            [
                Titulaire(
                    charge=self.charge,
                    nom=f"Ancien {r}",
                    date_debut=premier + timedelta(days=r),
                    date_fin=premier + timedelta(days=r),
                )
                for r in rangs
            ]
        )


def _add_to_register(rangs: range) -> None:
    """Accounting years, hours and public declarations."""
    for r in rangs:
        annee = 1950 + r
        Exercice.objects.create(
            debut=DEBUT.replace(year=annee), fin=DEBUT.replace(year=annee, month=12, day=31)
        )
        TempsPasse.objects.create(
            fonction=f"fonction {r} grandie",
            debut=DEBUT,
            fin=DEBUT,
            heures=1,
            heures_travaillees=2,
        )
    DeclarationPublique.objects.bulk_create(
        [
            DeclarationPublique(
                identifiant=str(r),
                denomination=f"Déclarant {r}",
                debut=DEBUT,
                fin=DEBUT.replace(month=12),
                nombre_activites=1,
                domaines=["Formation professionnelle"],
                source="essai.json",
                sha256="0" * 64,
                lu_le=DEBUT,
            )
            for r in rangs
        ]
    )


def make_dialogue(petit: PetitReseau) -> Dialogue:
    """One of each, that everybody may read and that the delegate of the region may change."""
    charge = make_charge()
    sujet = make_sujet()
    espace = make_espace("L’espace qui grandit", petit.structure, visibilite="public")
    proposition = make_proposition(region=petit.structure.region, sujet=sujet)
    engagement = make_engagement(
        charge=charge, sujet=sujet, espace=espace, region=petit.structure.region
    )
    rencontre = make_rencontre(
        espace=espace, region=petit.structure.region, visibilite="public", departement="35"
    )
    return Dialogue(espace, rencontre, proposition, engagement, charge, sujet)
