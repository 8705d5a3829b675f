"""What must hold of things once they are written, checked before anything is."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import slugify

from maillage.kernel.francais import guillemets, join_fr
from maillage.web.dialogue.echange import lieu
from maillage.web.dialogue.echange.colonnes import Etiquette
from maillage.web.dialogue.echange.genres import GENRES
from maillage.web.dialogue.echange.mesures import day_of
from maillage.web.dialogue.models import Engagement, Espace, Filiation
from maillage.web.network.echange.plan import Sort, cle_annuaire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maillage.web.dialogue.echange.base import Base
    from maillage.web.dialogue.echange.fautes import Releve
    from maillage.web.dialogue.echange.model import Ligne

_CLASSEMENT = frozenset(
    {
        "visibilite",
        "espace",
        "rencontre",
        "proposition",
        "sujet",
        "adresse",
        "porteur",
        "statut",
        "niveau",
        "territoire",
    }
)
"""Where a commitment is filed and who answers for it: never frozen."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_MAX = 100
_CIBLE = ("cible_indicateur", "cible_valeur", "cible_comparaison")
Faute = tuple[str, str, str, str]
"""Column, code, what, what to do."""


def check(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """Note everything that the things to be written would break."""
    for genre in GENRES:
        controle = _CONTROLES.get(genre.nom)
        for ligne in lignes[genre.nom]:
            if ligne.sort in {Sort.IGNOREE, Sort.INCHANGEE}:
                continue
            fautes = [*_missing(ligne), *_periods(ligne), *(controle(ligne) if controle else ())]
            for colonne, code, quoi, que_faire in fautes:
                releve.add(ligne.rang, colonne, code, quoi, que_faire)
    _check_labels(lignes, base, releve)
    _check_holders(lignes, base, releve)
    _check_unique(lignes, base, releve, "espaces", ("instance", "niveau", "territoire"))
    _check_unique(lignes, base, releve, "filiations", ("espace", "devient"))
    _check_unique(lignes, base, releve, "reprises", ("engagement", "date", "vers"))
    _check_slugs(lignes, base, releve)
    _check_frozen(lignes, base, releve)
    _check_states(lignes, base, releve)


def _missing(ligne: Ligne) -> Iterator[Faute]:
    for colonne in ligne.genre.colonnes:
        if not colonne.is_obligatoire or ligne.cellules[colonne.nom]:
            continue
        if not ligne.rang.cellules.get(colonne.nom):  # a wrong cell was told already
            yield (
                colonne.nom,
                "MLG-DIA-124",
                "La cellule est vide.",
                "Remplissez-la\u00a0: une chose nouvelle ne va pas sans elle.",
            )


def _periods(ligne: Ligne) -> Iterator[Faute]:
    debut, fin = ligne.cellules.get("depuis", ""), ligne.cellules.get("jusqu_au", "")
    if debut and fin and fin < debut:
        yield (
            "jusqu_au",
            "MLG-DIA-128",
            f"La période finit le {fin}, avant de commencer.",
            "Corrigez une des deux dates.",
        )


def _rule(colonne: str, quoi: str, que_faire: str) -> Faute:
    return colonne, "MLG-DIA-129", quoi, que_faire


def _espace(ligne: Ligne) -> Iterator[Faute]:
    c = ligne.cellules
    if c["etat"] == Espace.Etat.DEMANDE and not c["demande_par"]:
        yield _rule("demande_par", "Un espace demandé l’est par quelqu’un.", "Dites par qui.")


def _filiation(ligne: Ligne) -> Iterator[Faute]:
    c = ligne.cellules
    is_fin = c["nature"] == Filiation.Nature.SUPPRESSION
    if is_fin and c["devient"]:
        yield _rule("devient", "Un espace supprimé n’a pas de suite.", "Videz cette cellule.")
    if c["nature"] and not is_fin and not c["devient"] and not ligne.rang.cellules.get("devient"):
        yield _rule(
            "devient", "On ne sait pas ce qu’est devenu l’espace.", "Nommez celui qui suit."
        )
    if c["devient"] and c["devient"] == c["espace"]:
        yield _rule("devient", "Un espace n’est pas sa propre suite.", "Nommez-en un autre.")


def _participant(ligne: Ligne) -> Iterator[Faute]:
    if not (ligne.cellules["nom"] or ligne.cellules["fonction"]):
        yield _rule("nom", "Le participant n’a ni nom ni fonction.", "Donnez l’un des deux.")


def _engagement(ligne: Ligne) -> Iterator[Faute]:
    donnees = [bool(ligne.cellules[c]) for c in _CIBLE]
    if any(donnees) and not all(donnees):
        yield _rule(
            next(c for c, donnee in zip(_CIBLE, donnees, strict=True) if not donnee),
            "La cible n’est pas entière.",
            f"Remplissez {join_fr(_CIBLE)}, ou aucune des trois.",
        )


def _document(ligne: Ligne) -> Iterator[Faute]:
    c = ligne.cellules
    parents = [n for n in ("espace", "rencontre", "proposition") if c[n]]
    mal_lus = any(
        ligne.rang.cellules.get(n) and not c[n] for n in ("espace", "rencontre", "proposition")
    )
    if len(parents) != 1 and not mal_lus:
        yield _rule(
            parents[1] if parents else "rencontre",
            "Un document appartient à une seule chose.",
            "Remplissez une seule des colonnes espace, rencontre, proposition.",
        )
    is_fichier = ligne.cible is not None and not ligne.cible.cellules["adresse"]
    if is_fichier and c["adresse"]:
        yield _rule(
            "adresse", "Ce document est un fichier\u00a0: il n’a pas d’adresse.", "Videz-la."
        )
    if not is_fichier and not c["adresse"] and not ligne.rang.cellules.get("adresse"):
        yield _rule(
            "adresse",
            "Le document n’a pas d’adresse.",
            "Donnez-la\u00a0; un fichier se joint sur la page de ce qu’il accompagne.",
        )


_CONTROLES: dict[str, Callable[[Ligne], Iterator[Faute]]] = {
    "espaces": _espace,
    "filiations": _filiation,
    "participants": _participant,
    "engagements": _engagement,
    "documents": _document,
}


def _after(
    lignes: Mapping[str, list[Ligne]], base: Base, genre: str
) -> Iterator[tuple[Mapping[str, str], str, Ligne | None]]:
    """Every thing of a kind once the import is done: its cells, its key, the line that writes it."""
    ecrites = {x.cible.pk: x for x in lignes[genre] if x.cible and x.sort is not Sort.IGNOREE}
    for connue in base.connues[genre]:
        ligne = ecrites.get(connue.pk)
        yield (ligne.cellules if ligne else connue.cellules), connue.cle, ligne
    for ligne in lignes[genre]:
        if ligne.cible is None and ligne.sort is not Sort.IGNOREE:
            yield ligne.cellules, ligne.cle, ligne


def _check_labels(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """A speaker is among those who were there; who leaves an office held it."""
    presents: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for nom, parent in (("participants", "rencontre"), ("titulaires", "charge")):
        for cellules, _, _ligne in _after(lignes, base, nom):
            mot = cellules["nom"] or cellules.get("fonction", "")
            presents[nom].add((cellules[parent], cle_annuaire(mot)))
    for genre in GENRES:
        for colonne in genre.colonnes:
            if not isinstance(colonne, Etiquette):
                continue
            for ligne in lignes[genre.nom]:
                texte = ligne.dites.get(colonne.nom, "")
                a_qui = ligne.cellules[colonne.par]
                if texte and a_qui and (a_qui, cle_annuaire(texte)) not in presents[colonne.vers]:
                    releve.add(
                        ligne.rang,
                        colonne.nom,
                        "MLG-DIA-130",
                        f"{guillemets(texte[:60])} n’est pas parmi les {colonne.vers} de cette ligne.",
                        f"Écrivez son nom comme dans {colonne.vers}.csv, ou ajoutez-l’y.",
                    )


def _check_holders(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """One holder at a time whose end is not known."""
    en_fonction: defaultdict[str, list[Ligne | None]] = defaultdict(list)
    for cellules, _, ligne in _after(lignes, base, "titulaires"):
        if not cellules["jusqu_au"] and not (ligne and ligne.rang.cellules.get("jusqu_au")):
            en_fonction[cellules["charge"]].append(ligne)
    for charge, tenants in en_fonction.items():
        ici = [ligne for ligne in tenants if ligne is not None]
        if charge and len(tenants) > 1 and ici:
            releve.add(
                ici[-1].rang,
                "jusqu_au",
                "MLG-DIA-132",
                "La charge aurait deux titulaires à la fois.",
                "Donnez le dernier jour de celui qui est parti.",
            )


def _check_unique(
    lignes: Mapping[str, list[Ligne]],
    base: Base,
    releve: Releve,
    genre: str,
    colonnes: tuple[str, ...],
) -> None:
    """What a table holds once."""
    vus: dict[tuple[str, ...], str] = {}
    for cellules, cle, ligne in _after(lignes, base, genre):
        valeur = tuple(cellules[c] or (lieu.FRANCE if c == "niveau" else "") for c in colonnes)
        if not valeur[0] or (genre == "filiations" and not valeur[1]):
            continue
        if vus.setdefault(valeur, cle) != cle and ligne is not None:
            releve.add(
                ligne.rang,
                colonnes[0],
                "MLG-DIA-119",
                f"Une autre ligne dit déjà la même chose ({join_fr(colonnes)}).",
                "Gardez-en une seule.",
            )


def _check_slugs(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """A subject has an address of its own, made from its title when the line gives none."""
    for ligne in lignes["sujets"]:
        if ligne.sort is Sort.CREEE and not ligne.cellules["slug"]:
            slug = slugify(ligne.cellules["titre"])[:_SLUG_MAX].strip("-")
            ligne.cellules["slug"] = ligne.dites["slug"] = slug
        slug = ligne.cellules["slug"]
        if slug and not _SLUG.fullmatch(slug):
            releve.add(
                ligne.rang,
                "slug",
                "MLG-DIA-129",
                f"{guillemets(slug)} ne peut pas être une adresse.",
                "Écrivez-la en minuscules sans accent, chiffres et tirets.",
            )
    _check_unique(lignes, base, releve, "sujets", ("slug",))


def _check_frozen(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """What was said is no longer corrected once something is known of what became of it."""
    nombre: defaultdict[str, int] = defaultdict(int)
    for etat in base.connues["etats"]:
        nombre[etat.cellules["engagement"]] += 1
    decides = {
        c.cellules["engagement"]
        for c in base.connues["reprises"]
        if c.cellules["etat"] != "proposee"
    }
    for ligne in lignes["engagements"]:
        connue = ligne.cible
        if connue is None or ligne.sort is not Sort.MODIFIEE:
            continue
        annonce = connue.cellules["statut"] == Engagement.Statut.ANNONCE
        if annonce and nombre[connue.cle] <= 1 and connue.cle not in decides:
            continue
        for changement in ligne.changements:
            if changement.champ not in _CLASSEMENT and changement.avant:
                releve.add(
                    ligne.rang,
                    changement.champ,
                    "MLG-DIA-123",
                    "Ce qui a été dit ne se corrige plus après un premier constat.",
                    "Reprenez le texte de l’export\u00a0; pour dire autre chose, ajoutez un état, une "
                    "contradiction ou un fait.",
                )


def _check_states(lignes: Mapping[str, list[Ligne]], base: Base, releve: Releve) -> None:
    """A state is found on a day that has come, and not before the sentence."""
    dites = {cle: cellules["date"] for cellules, cle, _ in _after(lignes, base, "engagements")}
    aujourd_hui = timezone.localdate().isoformat()
    for ligne in lignes["etats"]:
        date = ligne.cellules["date"]
        if ligne.cible is not None or not date:
            continue
        dite = day_of(dites.get(ligne.cellules["engagement"], ""))
        if date > aujourd_hui:
            quoi, quand = f"Le {date} n’est pas encore venu.", "aujourd’hui au plus tard"
        elif dite is not None and date < dite.isoformat():
            quoi, quand = f"Le {date} est avant la phrase.", f"à partir du {dite.isoformat()}"
        else:
            continue
        releve.add(ligne.rang, "date", "MLG-DIA-134", quoi, f"Donnez le jour du constat, {quand}.")
