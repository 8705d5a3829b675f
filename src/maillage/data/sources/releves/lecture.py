"""Downloads of structures, read together: every fault of every file at once, nothing unless all is right."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from maillage.data.sources.flux_iae.rapport import Releve as Rapport
from maillage.data.sources.releves.colonnes import CHIFFRES, MENSUELS, dispose, list_names
from maillage.data.sources.releves.feuilles import read_feuilles
from maillage.data.sources.releves.modele import Dit, FichierReleve, Releves
from maillage.data.sources.releves.personnes import check_persons
from maillage.data.sources.releves.rangees import COMPTENT, Lecture, Rangee
from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.kernel.francais import accorder, guillemets, join_fr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from maillage.data.sources.releves.colonnes import Disposition
    from maillage.data.sources.releves.feuilles import Feuille
    from maillage.data.sources.releves.modele import Cle, CleAnnexe

OCTETS_MAX = 100 * 2**20
_CITEES = 5


def read_releves(chemins: Sequence[Path]) -> Releves:
    """Read files that structures downloaded; nothing of them is kept.

    Args:
        chemins: CSV files or workbooks, of any structures and months.

    Raises:
        FichierInvalide: every fault of every file: MLG-RLV-001 to 012, see the documentation of errors;
            MLG-AFI-009 and 010, quotes and columns.
    """
    rapport, autres = Rapport(), list[Anomalie]()
    lus: list[FichierReleve] = []
    a_savoir: list[str] = []
    connus: dict[str, str] = {}
    for chemin in chemins:
        try:
            octets = _read_bytes(chemin)
            empreinte = hashlib.sha256(octets).hexdigest()
            if empreinte in connus:
                a_savoir.append(
                    f"{chemin.name} est le même fichier que {connus[empreinte]} : lu une fois."
                )
                continue
            connus[empreinte] = chemin.name
            lus += _read_file(octets, chemin.name, empreinte, rapport, autres)
        except FichierInvalide as refus:
            autres += refus.anomalies
    releves = _join(lus, a_savoir, rapport)
    fautes = [*autres, *rapport.anomalies]
    if fautes:
        raise FichierInvalide(*fautes)
    return releves


def _read_bytes(chemin: Path) -> bytes:
    try:
        if chemin.stat().st_size > OCTETS_MAX:
            raise FichierInvalide(
                Anomalie(
                    "MLG-RLV-002",
                    f"Le fichier dépasse {OCTETS_MAX // 2**20} Mio : ce n’est pas le relevé d’une structure.",
                    "Vérifiez le fichier choisi ; un extrait fluxIAE s’importe par maillage flux importer.",
                    chemin.name,
                )
            )
        return chemin.read_bytes()
    except OSError as error:
        raise FichierInvalide(
            Anomalie(
                "MLG-RLV-001",
                "Le fichier ne peut pas être lu.",
                "Vérifiez son nom et vos droits.",
                str(chemin),
            )
        ) from error


def _read_file(
    octets: bytes, nom: str, empreinte: str, rapport: Rapport, autres: list[Anomalie]
) -> list[FichierReleve]:
    lus = []
    feuilles = read_feuilles(octets, nom)
    passees = tuple(
        f"{feuille.nom} : aucune colonne connue, la feuille n’est pas lue."
        for feuille in feuilles
        if not feuille.is_known
    )
    for feuille in feuilles:
        disposition = dispose(feuille.entetes)
        personnes = check_persons(feuille, disposition)
        autres += [*feuille.anomalies, *personnes.values()]
        if not feuille.is_known:
            continue
        autres += _check_columns(feuille, disposition)
        places = {  # what a column of persons holds is not read: its faults would tell it
            champ: tuple(rang for rang in rangs if rang not in personnes)
            for champ, rangs in disposition.places.items()
        }
        lecture = Lecture(feuille, {c: rangs for c, rangs in places.items() if rangs}, rapport)
        if _list_missing(lecture.places):
            continue  # told above, or with the persons
        lus.append(_gather(lecture, lecture.read(), disposition, empreinte, passees))
    return lus


def _check_columns(feuille: Feuille, disposition: Disposition) -> list[Anomalie]:
    """What a table cannot do without, and columns that bear one name."""
    places = disposition.places
    manquent = _list_missing(places)
    fautes = []
    if manquent:
        fautes.append(
            Anomalie(
                "MLG-RLV-004",
                f"Il manque {join_fr(manquent)}.",
                "Téléchargez le détail par annexe et par mois, ou ajoutez la colonne sous ce nom.",
                f"{feuille.nom}, en-tête",
            )
        )
    comptes = Counter(entete for entete in feuille.entetes if entete)
    lues = {feuille.entetes[rang] for rangs in places.values() for rang in rangs}
    doubles = sorted(nom for nom in lues if comptes[nom] > 1)
    if doubles:
        fautes.append(
            Anomalie(
                "MLG-RLV-005",
                f"Des colonnes portent le même nom : {join_fr(map(guillemets, doubles))}.",
                "Gardez-en une seule.",
                f"{feuille.nom}, en-tête",
            )
        )
    return fautes


def _list_missing(places: Mapping[str, tuple[int, ...]]) -> list[str]:
    manquent = []
    if not {"annexe_id", "numero"} & places.keys():
        noms = [*list_names("numero"), *list_names("annexe_id")]
        manquent.append(f"l’annexe ({join_fr(noms, 'ou')})")
    if not set(CHIFFRES) & places.keys():
        noms = [nom for champ in CHIFFRES for nom in list_names(champ)]
        manquent.append(f"un chiffre ({join_fr(noms, 'ou')})")
    a_un_mois = "mois_saisi" in places or {"annee", "mois"} <= places.keys()
    if set(MENSUELS) & places.keys() and not a_un_mois:
        manquent.append("le mois (date_saisie, ou emi_sme_annee et emi_sme_mois)")
    return manquent


def _gather(
    lecture: Lecture,
    rangees: Sequence[Rangee],
    disposition: Disposition,
    empreinte: str,
    a_savoir: tuple[str, ...],
) -> FichierReleve:
    """Sum the rows by annexe and month."""
    feuille = lecture.feuille
    _check_repeated(lecture)
    groupes: dict[Cle, list[Rangee]] = defaultdict(list)
    for rangee in rangees:
        if rangee.mois and set(MENSUELS) & lecture.places.keys():
            groupes[rangee.annexe, *rangee.mois].append(rangee)
        if "etp_conventionnes" in rangee.chiffres:
            groupes[rangee.annexe, 0, 0].append(rangee)
    dits = {
        cle: _agree(cle, siennes, lecture) if cle[1] == 0 else _sum(siennes)
        for cle, siennes in groupes.items()
    }

    def name(rangs: Sequence[int]) -> tuple[str, ...]:
        return tuple(feuille.entetes[rang] for rang in rangs)

    return FichierReleve(
        nom=feuille.nom,
        sha256=empreinte,
        encodage=feuille.encodage,
        lignes=len(feuille.rangees),
        dits=dits,
        structures={r.annexe: r.denomination for r in rangees if r.denomination},
        ecartees=name(disposition.ecartees),
        inutiles=name(disposition.inutiles),
        inconnues=name(disposition.inconnues),
        absentes=tuple(nom for nom in CHIFFRES if nom not in disposition.places),
        a_savoir=(*a_savoir, *_tell_rows(lecture, rangees)),
    )


def _sum(rangees: Sequence[Rangee]) -> Dit:
    """Figures of a month: drafts are left out, as in the extracts."""
    comptees = [rangee for rangee in rangees if not rangee.brouillon]
    brouillons = [r.chiffres["heures"] for r in rangees if r.brouillon and "heures" in r.chiffres]
    chiffres: dict[str, int] = {}
    for nom in MENSUELS:
        dites = [rangee.chiffres[nom] for rangee in comptees if nom in rangee.chiffres]
        if dites:
            chiffres[nom] = sum(dites)
    jours = [rangee.touche_le for rangee in rangees if rangee.touche_le]
    return Dit(
        chiffres, sum(brouillons) if brouillons else None, len(comptees), max(jours, default=None)
    )


def _agree(cle: Cle, rangees: Sequence[Rangee], lecture: Lecture) -> Dit:
    """Posts agreed by an annexe: every row repeats them, none adds to another."""
    dites = {rangee.chiffres["etp_conventionnes"] for rangee in rangees}
    if len(dites) > 1:
        lecture.rapport.refuse(
            Anomalie(
                "MLG-RLV-010",
                f"L’annexe {cle[0].numero or cle[0].identifiant} a {len(dites)} nombres d’ETP conventionnés.",
                "Donnez un fichier par avenant, ou gardez les lignes de l’avenant en cours.",
                lecture.feuille.nom,
            ),
            [rangee.ligne for rangee in rangees[:_CITEES]],
        )
    return Dit({"etp_conventionnes": max(dites)}, None, len(rangees), None)


def _check_repeated(lecture: Lecture) -> None:
    """Rows whose own identifier comes back: they would count twice."""
    feuille = lecture.feuille
    places = lecture.places.get("ligne_id", ())
    vues: set[str] = set()
    for ligne, cellules in zip(feuille.lignes, feuille.rangees, strict=True):
        identifiant = cellules[places[0]].strip() if places else ""
        if identifiant and identifiant in vues:
            lecture.rapport.refuse(
                Anomalie(
                    "MLG-RLV-009",
                    f"Des lignes répètent {guillemets(feuille.entetes[places[0]])} d’une autre : leurs heures "
                    "compteraient deux fois.",
                    "Téléchargez de nouveau le fichier, ou retirez les lignes répétées.",
                    feuille.nom,
                ),
                [ligne],
            )
        vues.add(identifiant)


def _tell_rows(lecture: Lecture, rangees: Sequence[Rangee]) -> list[str]:
    nom, phrases = lecture.feuille.nom, []
    if lecture.sans_mois:
        phrases.append(
            f"{nom} : {accorder(lecture.sans_mois, 'ligne', 'lignes')} sans mois, où rien n’est saisi ; un mois "
            "vide n’est pas un mois à zéro heure."
        )
    if lecture.autres_etats:
        phrases.append(
            f"{nom} : ETP conventionnés pas lus sur {accorder(lecture.autres_etats, 'ligne', 'lignes')}, dont "
            f"l’annexe n’est ni {join_fr([e for e in COMPTENT if e], 'ni')} : version remplacée, ou pas encore "
            "conclue."
        )
    if lecture.autres_mesures:
        phrases.append(
            f"{nom} : {accorder(lecture.autres_mesures, 'ligne', 'lignes')} d’une autre mesure que ACI, AI, EI, "
            "ETTI et EITI, pas lues."
        )
    if "ligne_id" not in lecture.places:
        pareilles = len(lecture.feuille.rangees) - len(set(map(tuple, lecture.feuille.rangees)))
        if pareilles > 0 and any(r.chiffres.keys() & set(MENSUELS) for r in rangees):
            phrases.append(
                f"{nom} : {accorder(pareilles, 'ligne est', 'lignes sont')} en tout point pareilles à une autre. Sans "
                "emi_dsm_id, rien ne dit si ce sont deux salariés ou une répétition : elles sont comptées."
            )
    return phrases


def _join(lus: Sequence[FichierReleve], a_savoir: list[str], rapport: Rapport) -> Releves:
    """What the files say together; what two of them say otherwise is a fault."""
    dits: dict[Cle, Dit] = {}
    sources: dict[Cle, list[str]] = defaultdict(list)
    communs: Counter[tuple[str, str]] = Counter()
    for fichier in lus:
        for cle, dit in fichier.dits.items():
            connu = dits.get(cle)
            reuni = _unite(connu, dit) if connu else dit
            if reuni is None:
                _refuse_pair(cle, sources[cle][0], fichier.nom, rapport)
            elif connu and connu.chiffres.keys() & dit.chiffres.keys():
                communs[sources[cle][0], fichier.nom] += 1
            dits[cle] = reuni or dit
            sources[cle].append(fichier.nom)
    structures: dict[CleAnnexe, Any] = {}
    for fichier in lus:
        structures.update(fichier.structures)
    phrases = [
        f"{un} et {deux} disent la même chose {accorder(fois, 'fois', 'fois')} : compté une fois."
        for (un, deux), fois in communs.items()
    ]
    return Releves(
        tuple(lus),
        dits,
        {cle: tuple(noms) for cle, noms in sources.items()},
        structures,
        (*a_savoir, *phrases),
    )


def _unite(un: Dit, deux: Dit) -> Dit | None:
    """What two files say of one month; None when they contradict each other, which silence does not."""
    if any(deux.chiffres.get(nom, valeur) != valeur for nom, valeur in un.chiffres.items()):
        return None
    if None not in (un.brouillon, deux.brouillon) and un.brouillon != deux.brouillon:
        return None
    jours = [dit.touche_le for dit in (un, deux) if dit.touche_le]
    return Dit(
        {**un.chiffres, **deux.chiffres},
        deux.brouillon if un.brouillon is None else un.brouillon,
        max(un.lignes, deux.lignes),
        max(jours, default=None),
    )


def _refuse_pair(cle: Cle, un: str, deux: str, rapport: Rapport) -> None:
    annexe, annee, mois = cle
    quand = f" en {annee:04d}-{mois:02d}" if annee else ""
    rapport.refuse(
        Anomalie(
            "MLG-RLV-011",
            f"Les deux fichiers ne disent pas la même chose de l’annexe {annexe.numero or annexe.identifiant}{quand}.",
            "Donnez seulement le plus récent des deux, ou deux fichiers qui ne se recouvrent pas.",
            f"{un} et {deux}",
        )
    )
