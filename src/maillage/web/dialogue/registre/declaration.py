"""The draft of a year's declaration, in the shape of the register's open data, and what it lacks.

Source: décret n° 2017-867, article 3; shape of `agora_repertoire_opendata.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from maillage.web.dialogue.registre.comptage import Sort, judge
from maillage.web.dialogue.registre.nomenclatures import CATEGORIES, find_tranche

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from maillage.web.dialogue.registre.comptage import Contact, Responsable


@dataclass(frozen=True, slots=True)
class Cadre:
    """The accounting year, and what the network says of it.

    Attributes:
        debut: First day.
        fin: Last day.
        denomination: Name of the network.
        identifiant: Its SIREN; empty when unknown.
        cout_horaire_centimes: Cost of an hour of work; None when nobody gave it.
        autres_depenses_centimes: Events, purchases, subscriptions; None when nobody gave them.
        nombre_personnes: People in charge of representation; None when nobody gave it.
    """

    debut: date
    fin: date
    denomination: str
    identifiant: str = ""
    cout_horaire_centimes: int | None = None
    autres_depenses_centimes: int | None = None
    nombre_personnes: int | None = None


@dataclass(frozen=True, slots=True)
class Depenses:
    """Spending of a year, from the hours and costs of the log.

    Attributes:
        heures: Hours of the contacts counted, where they were noted.
        temps_centimes: Their cost; None without a cost of the hour.
        frais_centimes: Costs noted.
        autres_centimes: Other spending; None when nobody gave it.
    """

    heures: Decimal
    temps_centimes: int | None
    frais_centimes: int
    autres_centimes: int | None

    @property
    def total_centimes(self) -> int | None:
        """Sum; None while a part of it is unknown: unknown is not zero."""
        if self.temps_centimes is None or self.autres_centimes is None:
            return None
        return self.temps_centimes + self.frais_centimes + self.autres_centimes

    @property
    def tranche(self) -> str | None:
        """Band that the declaration gives; None while the total is unknown."""
        total = self.total_centimes
        return None if total is None else find_tranche(total)


@dataclass(frozen=True, slots=True)
class Manque:
    """Something without which the declaration cannot be sent: where, what, what to do."""

    ou: str
    quoi: str
    que_faire: str
    numero: int | None = None


@dataclass(frozen=True, slots=True)
class Activite:
    """One question of the year: its object, its domains, and the contacts about it."""

    objet: str
    domaines: tuple[str, ...]
    contacts: list[Contact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Brouillon:
    """The draft of a year.

    Attributes:
        cadre: The year.
        activites: Questions, in the order of their first contact.
        sans_objet: Contacts counted whose question nobody worded.
        depenses: Spending.
        manques: What lacks.
    """

    cadre: Cadre
    activites: list[Activite]
    sans_objet: list[Contact]
    depenses: Depenses
    manques: list[Manque]


def draft(cadre: Cadre, contacts: Sequence[Contact]) -> Brouillon:
    """The declaration of a year, from the contacts that the register counts in it."""
    jours = [(c, judge(c)[0]) for c in contacts if _is_within(c, cadre)]
    comptes = [c for c, sort in jours if sort is Sort.COMPTE]
    activites: dict[tuple[str, frozenset[str]], Activite] = {}
    for contact in sorted(comptes, key=lambda c: (c.jour or cadre.debut, c.numero)):
        if contact.objet:
            cle = (contact.objet.casefold(), frozenset(contact.domaines))
            activites.setdefault(
                cle, Activite(contact.objet, tuple(sorted(contact.domaines)))
            ).contacts.append(contact)
    sans_objet = [c for c in comptes if not c.objet]
    depenses = _spend(cadre, comptes)
    a_preciser = [c for c, sort in jours if sort is Sort.A_PRECISER]
    manques = [*_lacks_of_contacts(comptes, a_preciser), *_lacks_of_year(cadre)]
    return Brouillon(cadre, list(activites.values()), sans_objet, depenses, manques)


def _is_within(contact: Contact, cadre: Cadre) -> bool:
    # a contact whose day nobody knows is shown with each year until somebody gives it
    return contact.jour is None or cadre.debut <= contact.jour <= cadre.fin


def _spend(cadre: Cadre, comptes: Sequence[Contact]) -> Depenses:
    heures = sum((c.heures for c in comptes if c.heures is not None), start=Decimal(0))
    cout = cadre.cout_horaire_centimes
    temps = None
    if cout is not None:
        temps = int((heures * cout).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    frais = sum(c.frais_centimes for c in comptes if c.frais_centimes is not None)
    return Depenses(heures, temps, frais, cadre.autres_depenses_centimes)


def _lacks_of_contacts(comptes: Sequence[Contact], a_preciser: Sequence[Contact]) -> list[Manque]:
    manques = [
        Manque(c.titre, judge(c)[1], "Complétez la rencontre.", c.numero) for c in a_preciser
    ]
    questions = (
        ("objet", "L’objet de la question manque."),
        ("domaines", "Le domaine d’intervention manque."),
        ("actions", "Le type d’action manque."),
        ("decisions", "La décision visée manque."),
    )
    for contact in comptes:
        manques += [
            Manque(contact.titre, phrase, "Complétez sa mention au répertoire.", contact.numero)
            for champ, phrase in questions
            if not getattr(contact, champ)
        ]
        if any(r.categorie == "gouvernement" and not r.ministere for r in contact.responsables):
            manques.append(
                Manque(
                    contact.titre,
                    "Le département ministériel d’un responsable public manque.",
                    "Complétez la charge de cet interlocuteur.",
                    contact.numero,
                )
            )
        if any(r.categorie == "locale" for r in contact.responsables):
            manques.append(
                Manque(
                    contact.titre,
                    "La catégorie exacte d’un responsable public local est à choisir dans la liste "
                    "du répertoire, que Maillage n’a pas.",
                    "Choisissez-la en déposant la déclaration.",
                    contact.numero,
                )
            )
        if contact.heures is None:
            manques.append(
                Manque(
                    contact.titre,
                    "Le temps passé n’est pas noté.",
                    "Notez-le, préparation comprise ; zéro s’écrit 0.",
                    contact.numero,
                )
            )
    return manques


def _lacks_of_year(cadre: Cadre) -> list[Manque]:
    questions = (
        (cadre.identifiant, "Le SIREN du réseau manque.", "Complétez la fiche du réseau."),
        (cadre.cout_horaire_centimes, "Le coût d’une heure de travail manque.", "Donnez-le."),
        (
            cadre.autres_depenses_centimes,
            "Les autres dépenses de représentation manquent.",
            "Donnez-les ; aucune s’écrit 0.",
        ),
        (cadre.nombre_personnes, "Le nombre de personnes manque.", "Donnez-le."),
    )
    return [
        Manque("Exercice", quoi, que_faire)
        for valeur, quoi, que_faire in questions
        if valeur is None or not str(valeur)
    ]


def write_out(brouillon: Brouillon) -> dict[str, Any]:
    """The draft in the shape of the register's open data; a key whose value is unknown is absent."""
    cadre = brouillon.cadre
    publication: dict[str, Any] = {
        "dateDebut": f"{cadre.debut:%d-%m-%Y}",
        "dateFin": f"{cadre.fin:%d-%m-%Y}",
        "nombreActivite": len(brouillon.activites),
        "activites": [
            {"publicationCourante": _write_activite(a, cadre.denomination)}
            for a in brouillon.activites
        ],
    }
    if brouillon.depenses.tranche is not None:
        publication["montantDepense"] = brouillon.depenses.tranche
    if cadre.nombre_personnes is not None:
        publication["nombreSalaries"] = cadre.nombre_personnes
    declarant: dict[str, Any] = {"denomination": cadre.denomination}
    if cadre.identifiant:
        declarant |= {
            "typeIdentifiantNational": "SIREN",
            "identifiantNational": cadre.identifiant,
        }
    return {"publications": [{**declarant, "exercices": [{"publicationCourante": publication}]}]}


def _write_activite(activite: Activite, denomination: str) -> dict[str, Any]:
    """One question; its contacts are one action for each third party on whose behalf it was led."""
    par_tiers: dict[str, list[Contact]] = {}
    for contact in activite.contacts:
        par_tiers.setdefault(contact.tiers, []).append(contact)
    return {
        "objet": activite.objet,
        "domainesIntervention": list(activite.domaines),
        "actionsRepresentationInteret": [
            _write_action(contacts, tiers or f"{denomination} (en propre)")
            for tiers, contacts in par_tiers.items()
        ],
    }


def _write_action(contacts: Sequence[Contact], tiers: str) -> dict[str, Any]:
    action: dict[str, Any] = {
        "reponsablesPublics": _unique(
            _write_responsable(r) for c in contacts for r in c.responsables
        ),
        "decisionsConcernees": _unique(d for c in contacts for d in c.decisions),
        "actionsMenees": _unique(a for c in contacts for a in c.actions),
        "tiers": [tiers],
    }
    observations = _unique(c.observation for c in contacts if c.observation)
    if observations:
        action["observation"] = "\n".join(observations)
    return action


def _write_responsable(responsable: Responsable) -> str:
    nom = CATEGORIES[responsable.categorie]
    return f"{nom} - {responsable.ministere}" if responsable.ministere else nom


def _unique(textes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(textes))
