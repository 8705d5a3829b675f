"""What the invented network said, and to whom: three meetings, held, agreed on, and planned."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.models import Charge, Espace, Participant, Rencontre
from maillage.web.dialogue.rencontres.actions import comptes_rendus, fiche, points
from maillage.web.droits.permissions import Role
from maillage.web.publications.models import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.network.models import Organisation

_CABINET: Final = (
    ("ordre_du_jour", "Présentation du réseau et de ses propositions", "espace"),
    ("position", "Donner leur valeur aux emplois d’utilité sociale et territoriale.", "public"),
    ("position", "Consolider le modèle économique des associations intermédiaires.", "public"),
    ("question", "Quand la lettre de mission de l’inspection sera-t-elle signée ?", "adherents"),
    ("reponse", "Dans les prochaines semaines.", "adherents"),
    ("information", "Une inspection de l’insertion va commencer.", "adherents"),
    ("demande", "Qu’un volet financier figure dans sa lettre de mission.", "adherents"),
    ("offre", "L’expertise du réseau, pendant l’inspection.", "adherents"),
    ("note", "Interlocuteurs attentifs, sans mandat pour conclure.", "interne"),
)
_GROUPE: Final = (
    ("ordre_du_jour", "Accès des structures aux comités locaux", "espace"),
    (
        "declaration",
        "Une instruction invitera les préfets à associer largement l’insertion.",
        "espace",
    ),
    ("demande", "Une journée de travail avec les territoires d’outre-mer.", "espace"),
    ("decision", "Prochaine réunion à la mi-juin, puis à l’automne.", "espace"),
    ("suite", "Préparer avec les structures la liste des comités où personne ne siège.", "interne"),
)
_SUIVANTE: Final = (
    ("ordre_du_jour", "Suites de la dernière réunion", "espace"),
    ("ordre_du_jour", "Conventions pluriannuelles", "espace"),
    ("note", "Rappeler la demande sur l’outre-mer avant toute chose.", "interne"),
)


def seed_rencontres(reseau: Organisation, le: date) -> list[Rencontre]:
    """Write three meetings as a person would, and say that they are invented.

    Args:
        reseau: The invented network; its accounts by role exist.
        le: Today.
    """
    del reseau  # the accounts are found by their roles
    auteur = _account(Role.DELEGATION)
    by = auteur.pk if auteur else None
    espace = _find_shared_space()
    cabinet = _hold(
        {
            "titre": "Échange avec le cabinet du ministère",
            "date": le - timedelta(days=150),
            "duree": "longue",
            "lieu": "au ministère",
            "initiative": Rencontre.Initiative.INTERLOCUTEUR,
            "demandee_par": "le cabinet",
            "limite": "Rien n’a été approfondi, faute de temps.",
            "visibilite": "public",
        },
        _CABINET,
        by,
    )
    publication = Publication.objects.filter(slug="le-reseau-recu-au-ministere").first()
    if publication is not None:
        fiche.set_publications(cabinet, [publication], by=by)
    travail = {"espace": espace, "initiative": "statutaire", "visibilite": "espace"}
    tenue = {
        "titre": "Groupe de travail avec l’administration",
        "date": le - timedelta(days=40),
        "heure_debut": time(9, 30),
        "heure_fin": time(12),
        **travail,
    }
    groupe = _hold(tenue, _GROUPE, by)
    comptes_rendus.propose(groupe, by=by)
    prevue = {
        "titre": "Groupe de travail avec l’administration, suite",
        "date": le + timedelta(days=20),
        "heure_debut": time(14),
        "lieu": "en visioconférence",
        **travail,
    }
    suivante = _write(prevue, _SUIVANTE, by)
    return [cabinet, groupe, suivante]


def _hold(
    champs: dict[str, Any], dits: Sequence[tuple[str, str, str]], by: int | None
) -> Rencontre:
    return fiche.set_statut(_write(champs, dits, by), Rencontre.Statut.TENUE, by=by)


def _write(
    champs: dict[str, Any], dits: Sequence[tuple[str, str, str]], by: int | None
) -> Rencontre:
    rencontre = fiche.create(champs, by=by)
    rencontre.is_synthetic = True
    rencontre.save(update_fields=["is_synthetic"])
    fiche.set_participants(rencontre, _list_people(), by=by)
    voix = rencontre.participants.filter(cote=Participant.Cote.INTERLOCUTEUR).first()
    question = None
    for nature, texte, visibilite in dits:
        contenu: dict[str, Any] = {"nature": nature, "texte": texte, "visibilite": visibilite}
        if nature in {"declaration", "reponse"} and voix is not None:
            contenu["locuteur"] = voix.pk
        if nature == "reponse" and question is not None:
            contenu["en_reponse_a"] = question
        note = points.add_point(rencontre, contenu=contenu, by=by)
        question = note.pk if nature == "question" else question
    return rencontre


def _list_people() -> list[dict[str, Any]]:
    """Ours by their accounts, theirs by an invented office that nobody is named to hold."""
    charge, _ = Charge.objects.get_or_create(
        intitule="Conseil insertion du cabinet (invention)",
        defaults={"categorie": Charge.Categorie.GOUVERNEMENT, "is_synthetic": True},
    )
    personnes: list[dict[str, Any]] = [
        {"cote": "interlocuteur", "charge": charge, "fonction": charge.intitule}
    ]
    for role, cote in ((Role.CONSEIL, "reseau"), (Role.PARTENAIRE, "autre")):
        compte = _account(role)
        if compte is not None:
            personnes.append({"cote": cote, "nom": compte.nom_complet, "utilisateur": compte})
    return personnes


def _account(role: Role) -> Utilisateur | None:
    return Utilisateur.objects.filter(
        rattachements__role=role.value, is_synthetic=True, is_active=True
    ).first()


def _find_shared_space() -> Espace | None:
    """A space where the partner of the demonstration sits; None when none was written."""
    partenaire = _account(Role.PARTENAIRE)
    if partenaire is None:
        return None
    return Espace.objects.filter(
        sieges__organisation__rattachements__utilisateur=partenaire
    ).first()
