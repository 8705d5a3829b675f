"""Lines that others imply: the state that a new status adds, the text that a changed proposal adds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from maillage.kernel.francais import guillemets
from maillage.web.dialogue.echange.genres import ETATS, ORDRE, PORTAGES, TEXTES
from maillage.web.dialogue.echange.mesures import day_of
from maillage.web.dialogue.echange.model import Ligne
from maillage.web.dialogue.models import Engagement, Point, Portage, Rencontre
from maillage.web.network.echange.plan import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.web.dialogue.echange.base import Base
    from maillage.web.dialogue.echange.fautes import Releve
    from maillage.web.dialogue.echange.model import Genre

_ANNONCE = Engagement.Statut.ANNONCE.value
_CONTREDIT = Engagement.Statut.CONTREDIT.value
Lignes = "Mapping[str, list[Ligne]]"


def imply(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """Complete the lines of a deposit with those that they imply."""
    aujourd_hui = timezone.localdate().isoformat()
    for ligne in _live(lignes["rencontres"]):
        _guess_held(ligne, aujourd_hui, releve)
    _order_points(lignes["points"], base)
    lignes["portages"].extend(_carried(lignes, base))
    lignes["textes"].extend(_texts(lignes, base, releve))
    lignes["etats"].extend(_first_states(lignes, aujourd_hui))
    lignes["etats"].extend(_contradicted(lignes, base))
    lignes["etats"].extend(_wished(lignes, base, releve))


def _live(lignes: list[Ligne]) -> Iterator[Ligne]:
    return (ligne for ligne in lignes if ligne.sort is not Sort.IGNOREE)


def _guess_held(ligne: Ligne, aujourd_hui: str, releve: Releve) -> None:
    """A new meeting of the past was held, unless the line says otherwise."""
    if ligne.cible is not None or ligne.cellules["statut"]:
        return
    date = ligne.cellules["date"]
    if not date and not ligne.rang.cellules.get("date"):
        releve.add(
            ligne.rang,
            "statut",
            "MLG-DIA-125",
            "Sans date, on ne sait pas si la rencontre a eu lieu.",
            "Donnez sa date, même « 2019 », ou écrivez tenue, prevue ou annulee.",
        )
    passee = bool(date) and date < aujourd_hui[: len(date)]
    statut = Rencontre.Statut.TENUE if passee else Rencontre.Statut.PREVUE
    ligne.cellules["statut"] = ligne.dites["statut"] = statut.value


def _order_points(points: list[Ligne], base: Base) -> None:
    """Items without a place come after those of their meeting, in the order of the file."""
    derniers: defaultdict[str, int] = defaultdict(int)
    for cellules in (
        *(c.cellules for c in base.connues["points"]),
        *(ligne.cellules for ligne in _live(points)),
    ):
        rencontre, ordre = cellules["rencontre"], int(cellules["ordre"] or 0)
        derniers[rencontre] = max(derniers[rencontre], ordre)
    for ligne in _live(points):
        if ligne.cible is None and not ligne.cellules["ordre"]:
            rencontre = ligne.cellules["rencontre"]
            derniers[rencontre] += 1
            ligne.cellules["ordre"] = ligne.dites["ordre"] = str(derniers[rencontre])


def _implied(genre: Genre, source: Ligne, colonne: str, cellules: Mapping[str, str]) -> Ligne:
    """One line that a cell of another implies, which stands where that cell does."""
    place = f"{source.rang.place}, colonne {colonne}"
    rang = replace(
        source.rang, genre=genre, ordre=ORDRE[genre.nom], place=place, cellules={}, marque=""
    )
    toutes = {**dict.fromkeys((c.nom for c in genre.colonnes), ""), **cellules}
    return Ligne(rang, f"#{rang.fichier}:{place}", dites=dict(cellules), cellules=toutes)


def _carried(lignes: Mapping[str, list[Ligne]], base: Base) -> list[Ligne]:
    """A position that takes up a proposal carries it, as on the screen."""
    portees = {
        (c["proposition"], c["rencontre"])
        for c in (
            *(connue.cellules for connue in base.connues["portages"]),
            *(ligne.cellules for ligne in _live(lignes["portages"])),
        )
    }
    rencontres = {c.cle: c.cellules for c in base.connues["rencontres"]}
    rencontres |= {ligne.cle: ligne.cellules for ligne in _live(lignes["rencontres"])}
    nouveaux = []
    for ligne in _live(lignes["points"]):
        c = ligne.cellules
        cle = (c["proposition"], c["rencontre"])
        is_note = ligne.cible is None and not ligne.identifiant and c["retire"] != "oui"
        if not (is_note and c["nature"] == Point.Nature.POSITION and all(cle)) or cle in portees:
            continue
        portees.add(cle)
        rencontre = rencontres[cle[1]]
        cellules = {
            "proposition": cle[0],
            "rencontre": cle[1],
            "forme": Portage.Forme.RENCONTRE.value,
            "date": rencontre["date"],
        }
        nouveaux.append(_implied(PORTAGES, ligne, "proposition", cellules))
    return nouveaux


def _texts(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> list[Ligne]:
    """A text of a proposal that none of its known texts says; numbers for those that have none."""
    connus: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for connue in base.connues["textes"]:
        cellules = connue.cellules
        connus[cellules["proposition"]][int(cellules["numero"])] = cellules["texte"]
    for ligne in _live(lignes["textes"]):
        if ligne.cible is None:
            _number(ligne, connus[ligne.cellules["proposition"]], releve)
    nouveaux = []
    for ligne in _live(lignes["propositions"]):
        texte, siens = ligne.dites.get("texte", ""), connus[ligne.cle]
        if texte and texte not in siens.values():
            numero = max(siens, default=0) + 1
            siens[numero] = texte
            cellules = {"proposition": ligne.cle, "numero": str(numero), "texte": texte}
            nouveaux.append(_implied(TEXTES, ligne, "texte", cellules))
    return nouveaux


def _number(ligne: Ligne, siens: dict[int, str], releve: Releve) -> None:
    """The next number, when the line gives none; any other one is refused."""
    suivant = max(siens, default=0) + 1
    numero = int(ligne.cellules["numero"] or suivant)
    if numero != suivant:
        releve.add(
            ligne.rang,
            "numero",
            "MLG-DIA-126",
            f"Le texte {numero} ne suit pas le texte {suivant - 1}.",
            f"Écrivez {suivant}, ou laissez le numéro vide. Les lignes d’une proposition vont dans "
            "l’ordre de ses textes.",
        )
    ligne.cellules["numero"] = ligne.dites["numero"] = str(numero)
    siens[numero] = ligne.cellules["texte"]


def _first_states(lignes: Mapping[str, list[Ligne]], aujourd_hui: str) -> list[Ligne]:
    """Announced, on the day when it was said: what the first state of a new commitment is."""
    dits = {ligne.cellules["engagement"] for ligne in _live(lignes["etats"])}
    return [
        _implied(
            ETATS,
            ligne,
            "phrase",
            {
                "engagement": ligne.cle,
                "date": _day(ligne.cellules["date"]) or aujourd_hui,
                "statut": _ANNONCE,
            },
        )
        for ligne in _live(lignes["engagements"])
        if ligne.cible is None and ligne.cle not in dits
    ]


def _day(texte: str) -> str:
    jour = day_of(texte)
    return jour.isoformat() if jour else ""


def _contradicted(lignes: Mapping[str, list[Ligne]], base: Base) -> list[Ligne]:
    """A new contradiction changes the state of what it contradicts, as on the screen."""
    etats = {
        (c["engagement"], c["date"]) for c in _states_of(lignes, base) if c["statut"] == _CONTREDIT
    }
    nouveaux = []
    for ligne in _live(lignes["contradictions"]):
        cle = (ligne.cellules["engagement"], ligne.cellules["date"])
        if ligne.cible is None and cle not in etats:
            etats.add(cle)
            cellules = {
                "engagement": cle[0],
                "date": cle[1],
                "statut": _CONTREDIT,
                "motif": f"Contredit\u00a0: {guillemets(ligne.cellules['phrase'][:1800])}",
                "preuve": ligne.cellules["auteur"],
                "preuve_adresse": ligne.cellules["adresse"],
            }
            nouveaux.append(_implied(ETATS, ligne, "phrase", cellules))
    return nouveaux


def _states_of(lignes: Mapping[str, list[Ligne]], base: Base) -> Iterator[Mapping[str, str]]:
    """States known and new, in the order in which they are written."""
    yield from (c.cellules for c in sorted(base.connues["etats"], key=lambda c: c.pk))
    yield from (x.cellules for x in _live(lignes["etats"]) if x.cible is None)


def last_states(lignes: Mapping[str, list[Ligne]], base: Base) -> dict[str, Mapping[str, str]]:
    """Last state of each commitment: the latest day; of two on a day, the one written last."""
    derniers: dict[str, Mapping[str, str]] = {}
    for etat in _states_of(lignes, base):
        avant = derniers.get(etat["engagement"])
        if avant is None or etat["date"] >= avant["date"]:
            derniers[etat["engagement"]] = etat
    return derniers


def _wished(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> list[Ligne]:
    """A status that no state gives yet adds one, on the day that the line tells."""
    derniers = last_states(lignes, base)
    nouveaux = []
    for ligne in _live(lignes["engagements"]):
        voulu, dernier = ligne.dites.get("statut", ""), derniers.get(ligne.cle)
        avant: Any = ligne.cible.cellules["statut"] if ligne.cible else ""
        actuel = dernier["statut"] if dernier else _ANNONCE
        if not voulu or voulu in {avant, actuel}:
            continue
        le = ligne.dites.get("constate_le", "")
        if not le or (dernier and le < dernier["date"]):
            _refuse_day(ligne, voulu, dernier, releve)
            continue
        cellules = {"engagement": ligne.cle, "date": le, "statut": voulu}
        nouveaux.append(_implied(ETATS, ligne, "statut", cellules))
    return nouveaux


def _refuse_day(
    ligne: Ligne, voulu: str, dernier: Mapping[str, str] | None, releve: Releve
) -> None:
    if ligne.rang.cellules.get("constate_le") and not ligne.dites.get("constate_le"):
        return  # the cell itself was refused
    depuis = f", à partir du {dernier['date']}" if dernier else ""
    releve.add(
        ligne.rang,
        "constate_le",
        "MLG-DIA-127",
        f"On ne sait pas quel jour l’engagement est devenu {guillemets(Engagement.Statut(voulu).label)}.",
        f"Donnez ce jour dans constate_le{depuis}, ou ajoutez une ligne à etats.csv.",
    )
