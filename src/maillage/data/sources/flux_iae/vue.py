"""One view of an extract: from the bytes of its file to typed blocks, with all that is found told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz

from maillage.data.sources.blocs import read_bloc
from maillage.data.sources.flux_iae.colonnes import COMPLETES, Nature, Type, load_dictionnaire
from maillage.data.sources.flux_iae.controles import check_block
from maillage.data.sources.flux_iae.lignes import Lignes, read_blocs
from maillage.data.sources.flux_iae.personnes import find_personal_content, is_named_personal
from maillage.data.sources.flux_iae.recollage import mend_rows
from maillage.data.sources.flux_iae.typage import ARROW, type_column
from maillage.data.sources.flux_iae.vues import REFERENTIELS, VUES, find_vue_of_name
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import accorder, join_fr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maillage.data.sources.blocs import Bloc
    from maillage.data.sources.flux_iae.cles import Hacheur
    from maillage.data.sources.flux_iae.colonnes import Colonne
    from maillage.data.sources.flux_iae.pieces import Piece
    from maillage.data.sources.flux_iae.rapport import Releve

_PROCHE = 85
"""Likeness, out of 100, from which a missing column and an unknown one are said to be the same."""


@dataclass(slots=True)
class VueLue:
    """What is known of a view while it is read, and once it is.

    Attributes:
        nom: AnnexeFinanciere, RefMesure…
        chemin: Where its file was found.
        lignes: Marks, header and announced number.
        rangees: Rows read so far.
        octets: Bytes read so far, unpacked.
        sha256: Of the unpacked file, once it is read.
        inconnues: Columns of the header that the dictionary does not know.
        manquantes: Columns of the dictionary that the header lacks.
        renommees: Missing column to the unknown one that looks like it.
    """

    nom: str
    chemin: str
    lignes: Lignes
    rangees: int = 0
    octets: int = 0
    sha256: str = ""
    inconnues: tuple[str, ...] = ()
    manquantes: tuple[str, ...] = ()
    renommees: dict[str, str] = field(default_factory=dict)


def open_vue(piece: Piece) -> VueLue:
    """The view that a file is by its name; its first line, read later, may say otherwise."""
    return VueLue(find_vue_of_name(piece.nom), piece.chemin, Lignes(piece.chemin))


def read_vue(
    piece: Piece,
    vue: VueLue,
    hacheur: Hacheur,
    releve: Releve,
    avance: Callable[[int, int], None] = lambda _rangees, _octets: None,
) -> Iterator[pa.Table]:
    """Typed blocks of a view, names as kept (`Colonne.nom_garde`), personal identifiers hashed.

    A view of which no column is public is counted and checked, and gives no block.

    Args:
        piece: The file.
        vue: Filled while reading.
        hacheur: Of the installation.
        releve: Where everything that is found is noted; nothing stops the reading but a file that
            is not one.
        avance: Told the rows and the bytes done, after each block.

    Raises:
        FichierInvalide: MLG-FLX-003, 007, 008.
    """
    condense = hashlib.sha256()

    def update(bloc: bytes) -> None:
        condense.update(bloc)
        vue.octets += len(bloc)

    attente: tuple[bytes, int] | None = None
    plan: Plan | None = None
    with piece.open() as flux:
        for octets, ligne in read_blocs(flux, vue.lignes, releve, update):
            if plan is None:
                _check_name(vue, releve)
                plan = make_plan(vue, releve)
            bloc, departs, attente = _read_whole_rows(octets, ligne, plan, attente, vue, releve)
            vue.rangees += bloc.table.num_rows
            _check_persons(bloc.table, plan, vue, releve, departs)
            if plan.gardees:
                table = _type_block(bloc.table, plan, departs, hacheur, releve, vue)
                check_block(vue.nom, table, departs, releve, vue.chemin)
                yield table
            avance(vue.rangees, vue.octets)
    if plan is None and vue.lignes.entete:
        _check_name(vue, releve)
        plan = make_plan(vue, releve)
    if attente is not None:
        _refuse_rows(releve, vue.chemin, [attente[1]], 1)
    vue.sha256 = condense.hexdigest()
    _check_count(vue, releve)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done of each column of a file.

    Attributes:
        noms: Distinct names of all the columns of the file, in order.
        gardees: Name in the file to what is known of it, for those that are kept.
        surveillees: Names in the file whose cells are only looked at, for persons.
    """

    noms: tuple[str, ...]
    gardees: dict[str, Colonne]
    surveillees: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """Schema of the typed blocks."""
        return pa.schema([(c.nom_garde, _arrow(c)) for c in self.gardees.values()])


def _arrow(colonne: Colonne) -> pa.DataType:
    return pa.int64() if colonne.nature is Nature.CLE_PERSONNE else ARROW[colonne.type]


def make_plan(vue: VueLue, releve: Releve) -> Plan:
    """What to do of each column, the header compared with the dictionary."""
    connues = {colonne.nom: colonne for colonne in load_dictionnaire().get(vue.nom, ())}
    entete = vue.lignes.entete
    if len(entete) > 1 and not entete[-1]:
        entete = [*entete[:-1], "#fin"]
    doubles = sorted({nom for nom in entete if entete.count(nom) > 1})
    if doubles:
        releve.refuse(
            Anomalie(
                "MLG-FLX-011",
                f"Une colonne est nommée deux fois : {join_fr(doubles)}.",
                "Demandez de nouveau l’extrait ; on ne peut pas savoir laquelle lire.",
                vue.chemin,
            ),
        )
        entete = [f"#{rang}" for rang in range(len(entete))]
    gardees = {
        nom: connues[nom]
        for nom in entete
        if nom in connues and connues[nom].nature is not Nature.PERSONNELLE
    }
    surveillees = tuple(nom for nom in entete if nom not in gardees and not nom.startswith("#"))
    if connues:
        _compare_header(vue, entete, connues, releve)
    return Plan(tuple(entete), gardees, surveillees)


def _compare_header(
    vue: VueLue, entete: list[str], connues: dict[str, Colonne], releve: Releve
) -> None:
    vue.manquantes = tuple(nom for nom in connues if nom not in entete)
    vue.inconnues = tuple(
        nom
        for nom in entete
        if nom not in connues and not nom.startswith("#") and not is_named_personal(nom)
    )
    for manquante in vue.manquantes:
        proches = [(fuzz.ratio(manquante, nom), nom) for nom in vue.inconnues]
        if proches and max(proches)[0] >= _PROCHE:
            vue.renommees[manquante] = max(proches)[1]
    indispensables = [
        nom for nom in vue.manquantes if connues[nom].nature in {Nature.CLE, Nature.CLE_PERSONNE}
    ]
    for nom in indispensables:
        proche = vue.renommees.get(nom)
        releve.refuse(
            Anomalie(
                "MLG-FLX-012",
                f"Il manque la colonne {nom}, sans laquelle rien ne se calcule."
                + (f" La colonne {proche} lui ressemble." if proche else ""),
                f"Renommez {proche} en {nom} si c’est elle."
                if proche
                else "Demandez l’extrait complet.",
                f"{vue.chemin}, en-tête",
            ),
        )
    absentes = [nom for nom in vue.manquantes if nom not in indispensables]
    if absentes and (vue.nom in COMPLETES or vue.renommees):
        releve.warn(
            f"{vue.chemin} : {accorder(len(absentes), 'colonne connue manque', 'colonnes connues manquent')}"
            f" ({join_fr(absentes[:5])}{'…' if len(absentes) > 5 else ''}) ; ce qui en dépend est inconnu."  # noqa: PLR2004
        )
    if vue.inconnues:
        releve.warn(
            f"{vue.chemin} : {accorder(len(vue.inconnues), 'colonne n’est pas au dictionnaire', 'colonnes ne sont pas au dictionnaire')}"
            f" ({join_fr(vue.inconnues[:5])}{'…' if len(vue.inconnues) > 5 else ''}) ; elles ne sont pas gardées."  # noqa: PLR2004
        )


def _check_name(vue: VueLue, releve: Releve) -> None:
    """The view that the first line names, else the one of the file's name; refused when unknown."""
    dite = vue.lignes.vue
    if dite and vue.nom and dite != vue.nom:
        releve.refuse(
            Anomalie(
                "MLG-FLX-013",
                f"Le nom du fichier dit {vue.nom}, sa première ligne dit {dite}.",
                "Vérifiez lequel des deux est juste, et renommez le fichier.",
                vue.chemin,
            ),
        )
    vue.nom = dite or vue.nom
    if vue.nom not in VUES and vue.nom not in REFERENTIELS:
        releve.refuse(
            Anomalie(
                "MLG-FLX-014",
                f"{vue.nom or 'Ce fichier'} n’est ni une vue ni un référentiel connu d’un extrait fluxIAE.",
                "Gardez le nom d’origine, fluxIAE_<Vue>_JJMMAAAA_HHMMSS.csv.gz, ou retirez ce fichier.",
                vue.chemin,
            ),
        )


def _read_whole_rows(
    octets: bytes,
    ligne: int,
    plan: Plan,
    attente: tuple[bytes, int] | None,
    vue: VueLue,
    releve: Releve,
) -> tuple[Bloc, Any, tuple[bytes, int] | None]:
    """Rows of a block, with the line of each; cut rows are put together."""
    gardees = [*plan.gardees, *plan.surveillees] or list(plan.noms)
    bloc = read_bloc(octets, plan.noms, gardees, "|")
    if not bloc.inegales and attente is None:
        return bloc, bloc.rangs + ligne, None
    recolle = mend_rows(octets, ligne, len(plan.noms), attente)
    if recolle.fautives:
        _refuse_rows(releve, vue.chemin, recolle.fautives[:5], len(recolle.fautives))
    if recolle.recollees:
        releve.repair(
            Anomalie(
                "MLG-FLX-103",
                "Des lignes coupées par un retour à la ligne au milieu d’une cellule sont recollées.",
                "Le retour à la ligne devient une espace.",
                vue.chemin,
            ),
            recolle.recollees[:5],
            len(recolle.recollees),
        )
    departs = np.array(recolle.departs, dtype=np.int32)
    texte = b"".join(rangee + b"\n" for rangee in recolle.rangees)
    bloc = read_bloc(texte, plan.noms, gardees, "|")
    return bloc, departs[bloc.rangs], recolle.attente


def _refuse_rows(releve: Releve, chemin: str, lignes: list[int], nombre: int) -> None:
    releve.refuse(
        Anomalie(
            "MLG-FLX-015",
            "Des lignes n’ont pas autant de cellules que l’en-tête a de colonnes, et ne se recollent pas.",
            "Demandez de nouveau l’extrait ; rien n’est gardé d’un fichier incomplet.",
            chemin,
        ),
        lignes,
        nombre,
    )


def _check_persons(table: pa.Table, plan: Plan, vue: VueLue, releve: Releve, departs: Any) -> None:
    """Refuse what is about persons, by name when it is filled, by content under any other name."""
    for nom in table.column_names:
        colonne = plan.gardees.get(nom)
        if not is_watched(colonne):
            continue
        cellules = table.column(nom)
        nomme = colonne is None and is_named_personal(nom)
        if nomme:
            remplies = np.flatnonzero(
                np.asarray(pc.not_equal(pc.utf8_trim_whitespace(cellules), ""))
            )
            if len(remplies):
                _refuse_person(
                    releve, vue, nom, "dit de qui il s’agit", departs[remplies[:5]], len(remplies)
                )
            continue
        quoi = find_personal_content(cellules)
        if quoi:
            _refuse_person(releve, vue, nom, f"contient {quoi}", (), 1)


def is_watched(colonne: Colonne | None) -> bool:
    """Whether the cells of a column could be about persons: text, known or not, that is no key."""
    return colonne is None or (
        colonne.type is Type.TEXTE and colonne.nature is not Nature.CLE_PERSONNE
    )


def _refuse_person(
    releve: Releve, vue: VueLue, nom: str, quoi: str, lignes: Any, nombre: int
) -> None:
    releve.refuse(
        Anomalie(
            "MLG-FLX-016",
            f"La colonne {nom} {quoi} : Maillage ne prend rien sur les personnes.",
            "Demandez l’extrait sans cette colonne, ou faites-en une copie sans elle : « maillage flux "
            "expurger FICHIER --vers DOSSIER », puis importez la copie.",
            f"{vue.chemin}, colonne {nom}",
        ),
        lignes,
        nombre,
    )


def _type_block(
    table: pa.Table, plan: Plan, departs: Any, hacheur: Hacheur, releve: Releve, vue: VueLue
) -> pa.Table:
    colonnes = []
    for nom, colonne in plan.gardees.items():
        cellules = table.column(nom)
        if colonne.nature is Nature.CLE_PERSONNE:
            colonnes.append(hacheur.hash_keys(cellules, nom))
        else:
            colonnes.append(type_column(cellules, colonne, departs, releve, vue.chemin))
    return pa.table(colonnes, schema=plan.schema)


def _check_count(vue: VueLue, releve: Releve) -> None:
    annonce = vue.lignes.annonce
    if annonce is None:
        releve.warn(
            f"{vue.chemin} : pas de ligne FIN, rien ne dit si le fichier est complet "
            f"({accorder(vue.rangees, 'ligne lue', 'lignes lues')})."
        )
    elif annonce != vue.rangees:
        releve.repair(
            Anomalie(
                "MLG-FLX-104",
                f"La dernière ligne annonce {accorder(annonce, 'ligne', 'lignes')}, {vue.rangees} ont été "
                "lues : le fichier est peut-être incomplet.",
                "Demandez de nouveau l’extrait ; ne continuez que si vous savez pourquoi.",
                vue.chemin,
            ),
        )
