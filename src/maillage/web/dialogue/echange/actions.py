"""Writing a plan, whole or not at all, with its lines in the trail."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from maillage.web.dialogue.echange import base, lieu
from maillage.web.dialogue.echange.colonnes import Etiquette, Identifiant, Lien, Retrait
from maillage.web.dialogue.echange.deductions import last_states
from maillage.web.dialogue.echange.genres import CONTRADICTIONS, DOCUMENTS, ETATS, GENRES, POINTS
from maillage.web.dialogue.engagements import succession
from maillage.web.dialogue.models import Engagement, Participant, Titulaire, VersionPoint
from maillage.web.dialogue.rencontres.contenu import freeze_contenu
from maillage.web.journal.actions import record
from maillage.web.network.echange.cellules import split_list
from maillage.web.network.echange.plan import Sort, cle_annuaire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from maillage.web.dialogue.echange.base import Base
    from maillage.web.dialogue.echange.model import Genre, Ligne
    from maillage.web.dialogue.echange.plan import Plan

_LOT = 500
_DATES_ET_AUTEUR = frozenset({ETATS.nom, CONTRADICTIONS.nom, DOCUMENTS.nom})
"""Kinds whose lines keep when and by whom they were noted."""


@transaction.atomic
def apply_plan(plan: Plan, connue: Base, *, by: int | None) -> None:
    """Write a plan; the same files imported again then change nothing.

    Args:
        plan: What was shown.
        connue: The base from which it was made.
        by: Number of the account that acts; None for whoever keeps the machine.

    Raises:
        ValueError: a doubtful line has no choice.
    """
    if not plan.is_applicable:
        msg = "a doubtful line has no choice"
        raise ValueError(msg)
    par_genre: defaultdict[str, list[Ligne]] = defaultdict(list)
    for ligne in plan.lignes:
        par_genre[ligne.genre.nom].append(ligne)
    ecriture = _Ecriture(connue, timezone.now(), by)
    for genre in GENRES:
        # who leaves an office leaves before another comes
        ecriture.modify(genre, [x for x in par_genre[genre.nom] if x.sort is Sort.MODIFIEE])
        ecriture.create(genre, [x for x in par_genre[genre.nom] if x.sort is Sort.CREEE])
    ecriture.tie([x for x in plan.lignes if x.sort in {Sort.CREEE, Sort.MODIFIEE}])
    ecriture.copy_states(par_genre)
    ecriture.freeze_points()
    ecriture.hand_over(par_genre)
    _record(plan, by)


def _record(plan: Plan, by: int | None) -> None:
    """One line for the import, and none when it changed nothing."""
    details = {
        sort.name.lower(): dict(Counter(x.genre.nom for x in plan.of(sort)))
        for sort in (Sort.CREEE, Sort.MODIFIEE)
    }
    if any(details.values()):
        record("dialogue.importer", by=by, details=details)


class _Ecriture:
    """What is being written: numbers of the things by key, known and new."""

    def __init__(self, connue: Base, now: datetime, by: int | None) -> None:
        self.base = connue
        self.now = now
        self.by = by
        self.pks: dict[str, dict[str, int]] = {nom: dict(pks) for nom, pks in connue.pks.items()}
        self.mots: dict[str, dict[tuple[int, str], int]] = {}
        self.points: list[Any] = []

    def create(self, genre: Genre, lignes: Sequence[Ligne]) -> None:
        """Things that are new, in the order of the file."""
        objets = []
        for ligne in lignes:
            dites = (c.nom for c in genre.colonnes if c.is_videe or ligne.cellules[c.nom])
            champs = self._fields(ligne, dites)
            if genre.is_situe:
                champs |= lieu.to_model(ligne.cellules)
            if genre.is_identifie:
                champs["identifiant"] = uuid.UUID(ligne.identifiant or str(uuid.uuid4()))
            objets.append(genre.modele(**champs, **self._stamp(genre)))
        genre.modele._default_manager.bulk_create(objets, batch_size=_LOT)  # noqa: SLF001 — Django's public way to it
        for ligne, objet in zip(lignes, objets, strict=True):
            self.pks[genre.nom][ligne.cle] = objet.pk
        if genre is POINTS:
            self.points += objets

    def modify(self, genre: Genre, lignes: Sequence[Ligne]) -> None:
        """Things that are known, only the fields that differ."""
        pks = [x.cible.pk for x in lignes if x.cible]
        objets = genre.modele._default_manager.in_bulk(pks)  # noqa: SLF001 — Django's public way to it
        for ligne in lignes:
            assert ligne.cible is not None  # noqa: S101 — declared so
            objet = objets[ligne.cible.pk]
            noms = [c.champ for c in ligne.changements]
            champs = self._fields(ligne, noms)
            if {"niveau", "territoire"} & set(noms):
                champs |= lieu.to_model(ligne.cellules)
            self._save(genre, objet, champs)
            record("dialogue.importer-modifier", by=self.by, objet=objet, details={"champs": noms})

    def _save(self, genre: Genre, objet: Any, champs: dict[str, Any]) -> None:
        if hasattr(objet, "revision"):
            champs["revision"] = objet.revision + 1
        if hasattr(objet, "updated_by_id"):
            champs["updated_by_id"] = self.by
        if hasattr(objet, "updated_at"):
            champs["updated_at"] = self.now
        for champ, valeur in champs.items():
            setattr(objet, champ, valeur)
        if champs:
            objet.save(update_fields=list(champs))
        if genre is POINTS:
            self.points.append(objet)

    def _stamp(self, genre: Genre) -> dict[str, Any]:
        """When and by whom it is noted, for the kinds that keep it."""
        if genre.nom in _DATES_ET_AUTEUR:
            return {"at": self.now, "by_id": self.by}
        if genre.nom == "textes":
            return {"by_id": self.by}
        return {"updated_by_id": self.by} if genre is POINTS else {}

    def _fields(self, ligne: Ligne, noms: Iterable[str]) -> dict[str, Any]:
        """Fields of the model that some cells give."""
        champs: dict[str, Any] = {}
        voulus = set(noms)
        for colonne in ligne.genre.colonnes:
            if colonne.nom == "date" and ligne.genre.nom == "textes":
                voulus.add("date")  # now, when the line gives no day
            if colonne.nom not in voulus or not colonne.is_ecrite:
                continue
            texte = ligne.cellules[colonne.nom]
            if isinstance(colonne, Lien):
                if not (colonne.is_differe or colonne.has_plusieurs):
                    champs[f"{colonne.attribut}_id"] = (
                        self.pks[colonne.vers][texte] if texte else None
                    )
            elif isinstance(colonne, Etiquette):
                champs[f"{colonne.attribut}_id"] = self._find_label(colonne, ligne)
            elif isinstance(colonne, Retrait):
                champs[colonne.attribut] = self.now if texte == "oui" else None
            elif not isinstance(colonne, Identifiant):
                champs |= colonne.to_model(texte)
        return champs

    def _find_label(self, colonne: Etiquette, ligne: Ligne) -> int | None:
        """Number of the participant or of the holder that a cell names."""
        if not ligne.cellules[colonne.nom]:
            return None
        if colonne.vers not in self.mots:
            self.mots[colonne.vers] = _load_labels(colonne.vers)
        genre = next(c for c in ligne.genre.colonnes if c.nom == colonne.par)
        assert isinstance(genre, Lien)  # noqa: S101 — declared so
        parent = self.pks[genre.vers][ligne.cellules[colonne.par]]
        return self.mots[colonne.vers][parent, cle_annuaire(ligne.cellules[colonne.nom])]

    def tie(self, lignes: Sequence[Ligne]) -> None:
        """Links that wait until both ends are written."""
        for ligne in lignes:
            change = {c.champ for c in ligne.changements}
            for colonne in ligne.genre.colonnes:
                if not isinstance(colonne, Lien) or not (
                    colonne.is_differe or colonne.has_plusieurs
                ):
                    continue
                texte = ligne.cellules[colonne.nom]
                if colonne.nom in change if ligne.cible else texte:
                    self._tie_one(ligne, colonne, texte)

    def _tie_one(self, ligne: Ligne, colonne: Lien, texte: str) -> None:
        gestionnaire = ligne.genre.modele._default_manager  # noqa: SLF001 — Django's public way to it
        pk = self.pks[ligne.genre.nom][ligne.cle]
        if colonne.has_plusieurs:
            vers = [self.pks[colonne.vers][c] for c in split_list(texte)]
            getattr(gestionnaire.get(pk=pk), colonne.attribut).set(vers)
            return
        valeur = self.pks[colonne.vers][texte] if texte else None
        gestionnaire.filter(pk=pk).update(**{f"{colonne.attribut}_id": valeur})
        for point in self.points:
            if point.pk == pk and ligne.genre is POINTS:
                setattr(point, f"{colonne.attribut}_id", valeur)

    def copy_states(self, par_genre: Mapping[str, list[Ligne]]) -> None:
        """The current state of each commitment that gained one."""
        touches = {x.cellules["engagement"] for x in par_genre[ETATS.nom] if x.sort is Sort.CREEE}
        for cle, etat in last_states(par_genre, self.base).items():
            if cle in touches:
                Engagement.objects.filter(pk=self.pks["engagements"][cle]).update(
                    statut=etat["statut"], updated_at=self.now
                )

    def hand_over(self, par_genre: Mapping[str, list[Ligne]]) -> None:
        """Who spoke, and who took over since, for commitments noted by hand, as on the screen."""
        dites = {x.cellules["engagement"] for x in par_genre["reprises"]}
        nouvelles = [
            ligne
            for ligne in par_genre["engagements"]
            if ligne.sort is Sort.CREEE
            and not ligne.identifiant
            and ligne.cellules["charge"]
            and not ligne.cellules["porteur"]
        ]
        pks = {ligne.cle: self.pks["engagements"][ligne.cle] for ligne in nouvelles}
        engagements = Engagement.objects.select_related("charge").in_bulk(pks.values())
        for ligne in nouvelles:
            engagement = engagements[pks[ligne.cle]]
            succession.identify_author(engagement)
            engagement.save(update_fields=["porteur", "auteur_nom", "auteur_fonction"])
            if engagement.is_ouvert and ligne.cle not in dites:
                succession.propose_since(engagement)

    def freeze_points(self) -> None:
        """Each item as it was written: a later change keeps this one."""
        presents = Participant.objects.in_bulk(
            [p.locuteur_id for p in self.points if p.locuteur_id]
        )
        VersionPoint.objects.bulk_create(
            [
                VersionPoint(
                    point=point,
                    revision=point.revision,
                    contenu=freeze_contenu(point, presents.get(point.locuteur_id)),
                    by_id=self.by,
                    at=self.now,
                )
                for point in self.points
            ],
            batch_size=_LOT,
        )


def _load_labels(genre: str) -> dict[tuple[int, str], int]:
    """Numbers of participants or of holders, by what they belong to and by their words; the first of each."""
    modele, parent = (
        (Participant, "rencontre_id") if genre == "participants" else (Titulaire, "charge_id")
    )
    trouves: dict[tuple[int, str], int] = {}
    for objet in modele._default_manager.order_by("pk"):  # noqa: SLF001 — Django's public way to it
        cle = getattr(objet, parent), cle_annuaire(base.label_of(objet))
        trouves.setdefault(cle, objet.pk)
    return trouves
