"""What importing a file would do, line by line, before anything is written."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from maillage.analyses.diagnosis.names import normalize
from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.network.echange.fiche import CHAMPS, Fiche, format_champ, parse_rangee
from maillage.web.network.echange.lecture import raise_all
from maillage.web.network.echange.rapprochement import RESEAU, build_repertoire
from maillage.web.network.lignes import check_adhesions, check_conventions, check_cotisations
from maillage.web.network.models import Organisation
from maillage.web.network.places import situate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maillage.web.network.echange.fiche import Lue
    from maillage.web.network.echange.lecture import Rangee, Tableau
    from maillage.web.network.echange.rapprochement import Connue, Proposition, Repertoire

_ASSOCIATION = Organisation.Nature.ASSOCIATION_REGIONALE.value
_STRUCTURE = Organisation.Nature.STRUCTURE.value
CREER, IGNORER = "creer", "ignorer"
"""Choices for a doubtful line; the identifiant of an organisation merges the line into it."""


class Sort(Enum):
    """What becomes of a line. The value is shown."""

    CREEE = "créée"
    MODIFIEE = "modifiée"
    INCHANGEE = "inchangée"
    DOUTEUSE = "douteuse"
    IGNOREE = "laissée de côté"


@dataclass(frozen=True, slots=True)
class Changement:
    """One field that a line changes, as its cells say it."""

    champ: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class LignePlan:
    """One line of the file and what becomes of it.

    Attributes:
        ligne: Where it starts.
        cle: Identifiant of the organisation; « ligne 12 » for one to be created.
        identifiant: That the file gives to an organisation to be created; empty for a new one.
        sort: What becomes of it.
        fiche: What the organisation will be; for a doubtful line, what it would be.
        cible: Organisation that it changes; None for a creation.
        raison: By what the organisation is recognised.
        changements: What differs.
        propositions: Organisations that it may be about.
    """

    ligne: int
    cle: str
    identifiant: str
    sort: Sort
    fiche: Fiche
    cible: Connue | None = None
    raison: str = ""
    changements: tuple[Changement, ...] = ()
    propositions: tuple[Proposition, ...] = ()

    @property
    def numero(self) -> int:
        """Line of the file, as every plan says it."""
        return self.ligne

    @property
    def qui(self) -> str:
        """Whom it is about, as every plan says it."""
        return self.fiche.nom


class _Triee(Protocol):
    """A line, with what becomes of it."""

    @property
    def sort(self) -> Sort:
        """Which."""


L = TypeVar("L", bound=_Triee)


class LignesTriees(Generic[L]):
    """Lines of a plan, in the order of the files, by what becomes of each."""

    __slots__ = ()
    lignes: Sequence[L]

    def of(self, sort: Sort) -> tuple[L, ...]:
        """Lines that become that."""
        return tuple(ligne for ligne in self.lignes if ligne.sort is sort)

    @property
    def is_applicable(self) -> bool:
        """Whether a choice has been made for each doubtful line."""
        return not self.of(Sort.DOUTEUSE)

    @property
    @abstractmethod
    def empreinte(self) -> str:
        """Short hash of what would be written: what was shown is what is applied."""


@dataclass(frozen=True, slots=True)
class Plan(LignesTriees[LignePlan]):
    """All that an import would do.

    Attributes:
        lignes: In the order of the file.
        absentes: Known columns that the file does not have.
    """

    lignes: tuple[LignePlan, ...]
    absentes: tuple[str, ...]

    @property
    def empreinte(self) -> str:
        """Short hash of what would be written: what was shown is what is applied."""
        contenu = [
            (x.ligne, x.cle, x.sort.value, x.fiche, x.changements, x.cible and x.cible.pk)
            for x in self.lignes
        ]
        return hashlib.sha256(repr(contenu).encode()).hexdigest()[:16]


def build_plan(
    tableau: Tableau, connues: Sequence[Connue], choix: Mapping[str, str] | None = None
) -> Plan:
    """What importing a file would do.

    Args:
        tableau: The file.
        connues: Every organisation of the base.
        choix: Line number, as text, to what was chosen for a doubtful line.

    Raises:
        FichierInvalide: everything that is wrong in the file, with lines and columns.
    """
    lues, anomalies = _parse_all(tableau.rangees)
    raise_all(anomalies)
    repertoire = build_repertoire(connues)
    lignes = [_place(lue, repertoire, (choix or {}).get(str(lue.rangee.ligne), "")) for lue in lues]
    lignes = _resolve_associations(lignes, lues, connues, anomalies)
    anomalies += _check_natures(lignes, lues)
    anomalies += _check_doubles(lignes)
    anomalies += [a for ligne in lignes if ligne.sort is not Sort.IGNOREE for a in _check(ligne)]
    anomalies += _check_uniques(lignes, connues)
    raise_all(sorted(anomalies, key=_rank))
    return Plan(tuple(_compare(ligne) for ligne in lignes), tableau.absentes)


def _parse_all(rangees: Iterable[Rangee]) -> tuple[list[Lue], list[Anomalie]]:
    lues, anomalies = [], []
    for rangee in rangees:
        lue, fautes = parse_rangee(rangee)
        lues.append(lue)
        anomalies += fautes
    return lues, anomalies


def _rank(anomalie: Anomalie) -> int:
    """Line of an anomaly, to tell them in the order of the file."""
    chiffres = "".join(c for c in anomalie.ou.partition(",")[0] if c.isdigit())
    return int(chiffres or 0)


def _place(lue: Lue, repertoire: Repertoire, choix: str) -> LignePlan:
    """Whom a line is about, and what its organisation would be."""
    ligne = lue.rangee.ligne
    cible, raison = repertoire.find(lue)
    propositions = () if cible else repertoire.propose(lue.champs)
    if propositions and choix in {p.connue.cle for p in propositions}:
        cible, raison = repertoire.par_cle[choix], "votre choix"
    if cible is not None:
        fiche = replace(cible.fiche, **_said(lue, is_own_export=raison == "identifiant"))
        return LignePlan(ligne, cible.cle, "", Sort.INCHANGEE, fiche, cible, raison)
    sort = Sort.CREEE
    if choix == IGNORER and propositions:
        sort = Sort.IGNOREE
    elif propositions and choix != CREER:
        sort = Sort.DOUTEUSE
    nouvelle = Fiche(**lue.champs)
    return LignePlan(
        ligne, f"ligne {ligne}", lue.identifiant, sort, nouvelle, propositions=propositions
    )


def _said(lue: Lue, *, is_own_export: bool) -> Mapping[str, Any]:
    """What a line changes: an empty cell empties a field only in a line that bears an identifiant."""
    if is_own_export:
        return lue.champs
    cellules = lue.rangee.cellules
    return {c: valeur for c, valeur in lue.champs.items() if valeur or cellules.get(c)}


def _resolve_associations(
    lignes: list[LignePlan],
    lues: list[Lue],
    connues: Sequence[Connue],
    anomalies: list[Anomalie],
) -> list[LignePlan]:
    """The same lines, each regional association by its key instead of as it was written."""
    toutes = [
        *((c.cle, c.cle, c.fiche) for c in connues),
        *((x.cle, x.identifiant, x.fiche) for x in lignes if x.sort is not Sort.IGNOREE),
    ]
    annuaire = build_annuaire(x for x in toutes if x[2].nature == _ASSOCIATION)
    resolved = []
    for ligne, lue in zip(lignes, lues, strict=True):
        ecrite = lue.champs.get("association_regionale")
        if not ecrite:
            resolved.append(ligne)
            continue
        cles = annuaire.get(cle_annuaire(ecrite), set())
        if len(cles) != 1:
            anomalies.append(_no_association(ecrite, len(cles), lue.rangee))
        cle = next(iter(cles), "")
        resolved.append(replace(ligne, fiche=replace(ligne.fiche, association_regionale=cle)))
    return resolved


def build_annuaire(
    organisations: Iterable[tuple[str, str, Fiche]],
) -> Mapping[str, set[str]]:
    """What may designate an organisation (identifiant, SIREN, name) to the keys that it stands for.

    Args:
        organisations: Key, identifiant, and what is known of each.
    """
    annuaire: dict[str, set[str]] = defaultdict(set)
    for cle, identifiant, fiche in organisations:
        for nom in {identifiant, fiche.siren, fiche.nom} - {""}:
            annuaire[cle_annuaire(nom)].add(cle)
    return annuaire


def designate(cle: str, nom: str, annuaire: Mapping[str, set[str]]) -> str:
    """How a file names an organisation: by its name when it has it alone, else by its identifiant."""
    return nom if annuaire.get(cle_annuaire(nom)) == {cle} else cle


def cle_annuaire(nom: str) -> str:
    """What two ways of writing one designation have in common."""
    return normalize(nom) or nom.casefold()


def _no_association(ecrite: str, nombre: int, rangee: Rangee) -> Anomalie:
    quoi = "Aucune association régionale" if not nombre else "Plusieurs associations régionales"
    verbe = "ne s’appelle" if not nombre else "s’appellent"
    return Anomalie(
        "MLG-ORG-070",
        f"{quoi} {verbe} {guillemets(ecrite)}.",
        "Écrivez son nom exact, son SIREN ou son identifiant\u00a0; elle peut être créée par une "
        "autre ligne du même fichier.",
        rangee.where("association_regionale"),
    )


def _check_natures(lignes: list[LignePlan], lues: list[Lue]) -> Iterator[Anomalie]:
    for ligne, lue in zip(lignes, lues, strict=True):
        ou = lue.rangee.where("nature")
        if ligne.cible is not None and ligne.fiche.nature != ligne.cible.fiche.nature:
            yield Anomalie(
                "MLG-ORG-066",
                f"{guillemets(ligne.cible.fiche.nom)} changerait de nature.",
                "La nature ne se change pas\u00a0: archivez cette organisation et créez l’autre.",
                ou,
            )
        elif ligne.cible is None and ligne.fiche.nature == RESEAU:
            yield Anomalie(
                "MLG-ORG-067",
                "Le réseau lui-même ne se crée pas par un fichier.",
                "Retirez cette ligne\u00a0: il se crée au premier démarrage du site.",
                ou,
            )
        if ligne.fiche.nature == RESEAU and ligne.fiche.archivee:
            yield Anomalie(
                "MLG-ORG-068",
                "Le réseau ne s’archive pas.",
                "Écrivez non.",
                lue.rangee.where("archivee"),
            )


def _check_doubles(lignes: Sequence[LignePlan]) -> Iterator[Anomalie]:
    """Two lines that speak of the same organisation."""
    groupes: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for ligne in lignes:
        fiche = ligne.fiche
        if ligne.sort is Sort.IGNOREE:
            continue
        if ligne.cible is not None:
            groupes["connue", ligne.cle].append(ligne.ligne)
        elif ligne.identifiant:
            groupes["identifiant", ligne.identifiant].append(ligne.ligne)
        elif not fiche.siren:
            lieu = (fiche.commune, fiche.departement, fiche.region)
            groupes["nom", fiche.nature, normalize(fiche.nom), *lieu].append(ligne.ligne)
    for numeros in groupes.values():
        if len(numeros) > 1:
            yield Anomalie(
                "MLG-ORG-071",
                f"Les lignes {join_fr(map(str, numeros))} parlent de la même organisation.",
                "Gardez-en une seule\u00a0: plusieurs conventions se mettent dans une cellule, "
                "séparées par une barre |.",
                f"ligne {numeros[-1]}",
            )


def _check(ligne: LignePlan) -> Iterator[Anomalie]:
    """What is wrong with the organisation that a line would make."""
    fiche = ligne.fiche
    is_structure = fiche.nature == _STRUCTURE
    par_colonne: dict[str, Sequence[Anomalie]] = {
        "conventions": check_conventions(fiche.conventions, fiche.siren, is_structure=is_structure),
        "adhesions": check_adhesions(fiche.adhesions, is_structure=is_structure),
        "cotisations": check_cotisations(fiche.cotisations, is_structure=is_structure),
        "commune": _check_situation(ligne),
        "association_regionale": _check_association(ligne),
    }
    for colonne, anomalies in par_colonne.items():
        for a in anomalies:
            ou = f"ligne {ligne.ligne}, colonne {colonne}"
            yield Anomalie(a.code, a.quoi, a.que_faire, ou)


def _check_situation(ligne: LignePlan) -> Sequence[Anomalie]:
    """A part of the situation that the file gives may contradict the part that is known."""
    fiche = ligne.fiche
    lieu = (fiche.commune, fiche.departement, fiche.region)
    connue = ligne.cible.fiche if ligne.cible else None
    if connue is None or lieu == (connue.commune, connue.departement, connue.region):
        return ()
    try:
        situate(*lieu)
    except UserError as error:
        return error.anomalies
    return ()


def _check_association(ligne: LignePlan) -> Sequence[Anomalie]:
    fiche = ligne.fiche
    if not fiche.association_regionale or fiche.nature == _STRUCTURE:
        return ()
    return (
        Anomalie(
            "MLG-ORG-010",
            "Seule une structure dépend d’une association régionale.",
            "Videz cette cellule.",
        ),
    )


def _check_uniques(lignes: Sequence[LignePlan], connues: Sequence[Connue]) -> Iterator[Anomalie]:
    """A SIREN, a convention or an identifiant that two organisations would hold after the import."""
    apres = {connue.cle: connue.fiche for connue in connues}
    apres |= {ligne.cle: ligne.fiche for ligne in lignes if ligne.sort is not Sort.IGNOREE}
    numeros = {ligne.cle: ligne.ligne for ligne in lignes}
    tenus: dict[str, list[str]] = defaultdict(list)
    for cle, fiche in apres.items():
        if fiche.siren:
            tenus[f"Le SIREN {fiche.siren}"].append(f"{cle}\n{fiche.nature}")
        for convention in fiche.conventions:
            nom = f"La convention {convention.type_siae} {convention.siret}"
            tenus[nom].append(f"{cle}\n")
    for quoi, porteurs in tenus.items():
        natures = [porteur.partition("\n")[2] for porteur in porteurs]
        cles = [porteur.partition("\n")[0] for porteur in porteurs]
        communs = [c for c, n in zip(cles, natures, strict=True) if natures.count(n) > 1]
        ici = [numeros[cle] for cle in communs if cle in numeros]
        if ici and len(set(communs)) > 1:
            noms = join_fr(guillemets(apres[cle].nom) for cle in dict.fromkeys(communs))
            yield Anomalie(
                "MLG-ORG-072",
                f"{quoi} serait à la fois à {noms}.",
                "Un numéro désigne une seule organisation\u00a0: corrigez-le, ou réunissez les lignes.",
                f"ligne {ici[-1]}",
            )


def _compare(ligne: LignePlan) -> LignePlan:
    """The line with what it changes."""
    avant = ligne.cible.fiche if ligne.cible else None
    if avant is None or avant == ligne.fiche:
        return ligne
    changements = tuple(
        Changement(champ, format_champ(champ, a), format_champ(champ, b))
        for champ in CHAMPS
        for a, b in [(getattr(avant, champ), getattr(ligne.fiche, champ))]
        if a != b
    )
    return replace(ligne, sort=Sort.MODIFIEE, changements=changements)


def summarise(plan: Plan) -> dict[str, int]:
    """How many lines become what, by the word shown."""
    return {sort.value: len(plan.of(sort)) for sort in Sort}
