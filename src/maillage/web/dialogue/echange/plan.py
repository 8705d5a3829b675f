"""What importing a deposit would do, line by line, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.kernel.francais import join_fr
from maillage.web.dialogue.echange import controles, deductions, lieu
from maillage.web.dialogue.echange.cellules import Lues, read_cells
from maillage.web.dialogue.echange.designations import annuaire_of
from maillage.web.dialogue.echange.fautes import Releve
from maillage.web.dialogue.echange.figes import match_frozen
from maillage.web.dialogue.echange.genres import GENRES
from maillage.web.dialogue.echange.lecture import read_all
from maillage.web.dialogue.echange.mesures import DateDite, day_of
from maillage.web.dialogue.echange.model import Ligne
from maillage.web.network.echange.plan import (
    CREER,
    IGNORER,
    Changement,
    LignesTriees,
    Sort,
    cle_annuaire,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.web.dialogue.echange.base import Base
    from maillage.web.dialogue.echange.designations import Annuaire
    from maillage.web.dialogue.echange.lecture import Fichier
    from maillage.web.dialogue.echange.model import Connue, Genre, Rang

_RAISONS = {
    ("titre", "date"): "même titre et même date",
    ("phrase", "date"): "même phrase et même date",
    ("titre",): "même titre",
}


@dataclass(slots=True)
class Plan(LignesTriees[Ligne]):
    """All that an import would do.

    Attributes:
        lignes: In the order in which they would be written.
        remarques: What is left out, and what the reader should know, in sentences.
    """

    lignes: list[Ligne] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    @property
    def empreinte(self) -> str:
        """Short hash of what would be written: what was shown is what is applied."""
        contenu = [
            (x.genre.nom, x.numero, x.sort.value, sorted(x.cellules.items()), x.changements)
            for x in self.lignes
        ]
        return hashlib.sha256(repr(contenu).encode()).hexdigest()[:16]


def build_plan(
    fichiers: Iterable[Fichier], base: Base, choix: Mapping[str, str] | None = None
) -> Plan:
    """What importing files would do.

    Args:
        fichiers: As they were deposited.
        base: What is known.
        choix: Name of a doubtful line to what was chosen for it.

    Raises:
        FichierInvalide: everything that is wrong in all of them.
    """
    releve = Releve()
    lecture = read_all(fichiers, releve)
    batisseur = _Batisseur(base, releve, dict(choix or {}), lecture.illisibles)
    par_genre: defaultdict[str, list[Rang]] = defaultdict(list)
    for rang in lecture.rangs:
        par_genre[rang.genre.nom].append(rang)
    for genre in GENRES:
        batisseur.add(genre, par_genre[genre.nom])
    deductions.imply(batisseur.lignes, base, releve)
    controles.check(batisseur.lignes, base, releve)
    lignes = [ligne for genre in GENRES for ligne in batisseur.lignes[genre.nom]]
    releve.raise_all()
    return Plan(lignes, [*lecture.remarques, *batisseur.remarques])


class _Batisseur:
    """Places the lines of one kind after another: each may lead to those before."""

    def __init__(
        self, base: Base, releve: Releve, choix: dict[str, str], illisibles: set[str]
    ) -> None:
        self.base = base
        self.releve = releve
        self.choix = choix
        self.annuaire: Annuaire = annuaire_of(base)
        self.annuaire.illisibles = illisibles
        self.lignes: defaultdict[str, list[Ligne]] = defaultdict(list)
        self.remarques: list[str] = []
        self.laissees: set[str] = set()

    def add(self, genre: Genre, rangs: Sequence[Rang]) -> None:
        """Place the lines of one kind, then what other lines of it imply."""
        lues = [read_cells(rang, self.annuaire, self.releve) for rang in rangs]
        connues = {c.cle: c for c in self.base.connues[genre.nom]}
        if genre.is_identifie:
            lignes = self._place_all(genre, lues, connues)
        elif genre.is_fige:
            lignes = match_frozen(genre, lues, self.base.connues[genre.nom], self.releve)
        else:
            lignes = self._match_keyed(genre, lues)
        for ligne, lue in zip(lignes, lues, strict=True):
            self.annuaire.add(
                genre.nom, ligne.cle, genre.noms(lue.cellules), ligne.identifiant, ligne.rang.marque
            )
        for ligne, lue in zip(lignes, lues, strict=True):
            lue.read_deferred(self.annuaire, self.releve)
            self._settle(ligne, lue)
        self.laissees |= {ligne.cle for ligne in lignes if ligne.sort is Sort.IGNOREE}
        self.lignes[genre.nom] = lignes
        self._remark(genre)

    def _place_all(
        self, genre: Genre, lues: Sequence[Lues], connues: Mapping[str, Connue]
    ) -> list[Ligne]:
        """Lines that have an identifiant, or resemble what has one."""
        surs = {lue.identifiant for lue in lues} & connues.keys()
        index: defaultdict[tuple[str, ...], list[Connue]] = defaultdict(list)
        instances: dict[tuple[str, ...], Connue] = {}
        for connue in connues.values():
            if connue.cle not in surs:
                index[_resemblance(genre, connue.cellules)].append(connue)
                if connue.cellules.get("instance"):
                    instances[_instance(connue.cellules)] = connue
        lignes = []
        for lue in lues:
            rang = lue.rang
            ligne = Ligne(rang, lue.identifiant or f"#{rang.fichier}:{rang.place}", lue.identifiant)
            ligne.dites = lue.cellules
            if (sure := connues.get(lue.identifiant)) is not None:
                ligne.cible, ligne.raison = sure, "identifiant"
            elif (prevue := instances.get(_instance(lue.cellules))) is not None:
                ligne.cible, ligne.raison = prevue, "instance"
            else:
                self._recognise(ligne, index[_resemblance(genre, lue.cellules)])
            if ligne.cible is not None:
                ligne.cle = ligne.cible.cle
            lignes.append(ligne)
        self._refuse_doubles(genre, lignes)
        return lignes

    def _recognise(self, ligne: Ligne, semblables: Sequence[Connue]) -> None:
        """A line without known identifiant that says the same as known things."""
        choix = self.choix.get(ligne.choix, "")
        if not semblables:
            return
        ligne.propositions = tuple(semblables[:3])
        if choix == CREER:
            return
        choisie = next((c for c in semblables if c.cle == choix), None)
        if choisie is not None:
            ligne.cible, ligne.raison = choisie, "votre choix"
        elif len(semblables) == 1 or choix == IGNORER:
            ligne.cible = semblables[0]
            ligne.raison = _RAISONS.get(ligne.genre.reconnu, "mêmes mots")
        if choisie is None:
            ligne.sort = Sort.IGNOREE if choix == IGNORER else Sort.DOUTEUSE

    def _refuse_doubles(self, genre: Genre, lignes: Sequence[Ligne]) -> None:
        """Two lines that speak of the same thing."""
        vues: dict[object, Ligne] = {}
        for ligne in lignes:
            ecrite = ligne.identifiant or ligne.cible
            cle: object = ligne.cle if ecrite else _resemblance(genre, ligne.dites)
            premiere = vues.setdefault(cle, ligne)
            if premiere is not ligne:
                self.releve.add(
                    ligne.rang,
                    "",
                    "MLG-DIA-119",
                    f"C’est la même chose que {premiere.rang.where()}.",
                    "Gardez une seule des deux lignes, ou dites ce qui les distingue.",
                )

    def _match_keyed(self, genre: Genre, lues: Sequence[Lues]) -> list[Ligne]:
        """Lines without identifiant: the same words of the same thing are the same line.

        Two seats that nothing distinguishes are two: the second line meets the second seat.
        """
        connues: defaultdict[tuple[str, ...], list[Connue]] = defaultdict(list)
        for connue in self.base.connues[genre.nom]:
            connues[_key(connue.cellules, genre.cle)].append(connue)
        lignes = []
        vues: Counter[tuple[str, ...]] = Counter()
        for lue in lues:
            cle = _key(lue.cellules, genre.cle)
            rang = lue.rang
            ligne = Ligne(rang, f"#{rang.fichier}:{rang.place}")
            ligne.dites = lue.cellules
            memes = connues[cle]
            if vues[cle] < len(memes):
                ligne.cible, ligne.raison = memes[vues[cle]], "mêmes mots"
                ligne.cle = ligne.cible.cle
            vues[cle] += 1
            lignes.append(ligne)
        return lignes

    def _settle(self, ligne: Ligne, lue: Lues) -> None:
        """What the thing will be, and what that changes."""
        genre, cible = ligne.genre, ligne.cible
        avant = cible.cellules if cible else {}
        is_export = ligne.raison == "identifiant"
        dites = {
            c.nom: texte
            for c in genre.colonnes
            if (texte := lue.cellules.get(c.nom)) is not None
            and (texte or (is_export and c.is_videe))
        }
        dites.pop("identifiant", None)
        if ligne.rang.is_au_jour:
            dites |= _as_known(genre, dites, avant)
        ligne.dites = dites
        ligne.cellules = {**dict.fromkeys((c.nom for c in genre.colonnes), ""), **avant, **dites}
        if ligne.cellules.get(genre.parent) in self.laissees:
            ligne.sort = Sort.IGNOREE  # it belongs to what is left aside
        if cible is None:
            return
        ligne.changements = tuple(
            Changement(c.nom, avant.get(c.nom, ""), ligne.cellules[c.nom])
            for c in genre.colonnes
            if c.is_comparee and c.nom in dites and avant.get(c.nom, "") != dites[c.nom]
        )
        if not ligne.changements:
            ligne.sort = Sort.INCHANGEE
        elif ligne.sort is Sort.CREEE:
            ligne.sort = Sort.MODIFIEE

    def _remark(self, genre: Genre) -> None:
        """Lines that nothing distinguishes."""
        if genre.is_identifie:
            return
        groupes: defaultdict[object, list[str]] = defaultdict(list)
        for ligne in self.lignes[genre.nom]:
            groupes[tuple(sorted(ligne.cellules.items()))].append(ligne.rang.place)
        self.remarques += [
            f"{genre.fichier}\u00a0: rien ne distingue {join_fr(places)}, chacune compte."
            for places in groupes.values()
            if len(places) > 1
        ]


def _resemblance(genre: Genre, cellules: Mapping[str, str]) -> tuple[str, ...]:
    """What two lines about one thing have in common."""
    communs = dict(cellules)
    communs["niveau"] = communs.get("niveau") or lieu.FRANCE
    # « juin 2024 » and the first of June may be the same thing: somebody decides
    communs["date"] = str(day_of(communs.get("date", "")) or "")
    return tuple(cle_annuaire(communs.get(c, "")) for c in genre.reconnu)


def _as_known(genre: Genre, dites: Mapping[str, str], avant: Mapping[str, str]) -> dict[str, str]:
    """Dates of a file that only knows days, no more precise than what is known of the same day."""
    return {
        c.nom: avant[c.nom]
        for c in genre.colonnes
        if isinstance(c, DateDite)
        and avant.get(c.nom)
        and day_of(avant[c.nom], is_fin=c.is_fin) == day_of(dites.get(c.nom, ""), is_fin=c.is_fin)
    }


def _instance(cellules: Mapping[str, str]) -> tuple[str, ...]:
    """A body that the texts give to each territoire; nothing for another place."""
    if not cellules.get("instance"):
        return ()
    return (
        cellules["instance"],
        cellules.get("niveau") or lieu.FRANCE,
        cellules.get("territoire", ""),
    )


def _key(cellules: Mapping[str, str], colonnes: Sequence[str]) -> tuple[str, ...]:
    return tuple(cellules.get(c, "") for c in colonnes)
