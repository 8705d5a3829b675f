"""The file of people and of their roles: one line per role, or one line for a person without any."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.accounts.models import Utilisateur
from maillage.web.droits.permissions import LIBELLES_ROLES, Role
from maillage.web.network.echange.cellules import format_jour, parse_jour, protect
from maillage.web.network.echange.homonymes import cle_nom, index_names
from maillage.web.network.echange.lecture import Format, raise_all
from maillage.web.network.echange.plan import (
    CREER,
    IGNORER,
    Changement,
    LignesTriees,
    Sort,
    cle_annuaire,
)
from maillage.web.network.models import Organisation, Rattachement
from maillage.web.network.roles import ROLES_PAR_NATURE, check_may_give

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.echange.lecture import Rangee, Tableau

FORMAT: Final = Format(
    nom="personnes.csv",
    colonnes=(
        "email",
        "prenom",
        "nom",
        "organisation",
        "role",
        "fonction",
        "date_debut",
        "date_fin",
    ),
    obligatoires=("email",),
    dates=frozenset({"date_debut", "date_fin"}),
)
_ROLES: Final = {role.value: role for role in Role} | {
    libelle.casefold(): role for role, libelle in LIBELLES_ROLES.items()
}
CHAMPS_ROLE = frozenset({"role", "fonction", "date_fin"})
"""Fields of a change that touch a role."""
_LONGUEURS = {"prenom": 100, "nom": 100, "fonction": 120, "email": 254}


@dataclass(frozen=True, slots=True)
class LigneRole:
    """What one line says; an empty text leaves what is known.

    Attributes:
        ligne: Where it starts.
        email: Of the person, in lower case.
        prenom, nom: Of the person.
        organisation: Number of the organisation; None for a person without role.
        role: Which; None likewise.
        fonction: What the person does there.
        date_debut, date_fin: First and last day.
    """

    ligne: int
    email: str
    prenom: str = ""
    nom: str = ""
    organisation: int | None = None
    role: Role | None = None
    fonction: str = ""
    date_debut: date | None = None
    date_fin: date | None = None

    @property
    def cle(self) -> tuple[str, int | None, str, date | None]:
        """What makes it one role: person, organisation, role, first day."""
        return self.email, self.organisation, self.role.value if self.role else "", self.date_debut


@dataclass(frozen=True, slots=True)
class LignePersonne:
    """One line of the file and what becomes of it.

    Attributes:
        lue: What it says; once somebody known was chosen, of that person.
        sort: What becomes of it.
        changements: What differs.
        ecrite: The address that the file gives.
        propositions: People of the same name in the same organisation, whom it may be about.
    """

    lue: LigneRole
    sort: Sort
    changements: tuple[Changement, ...] = ()
    ecrite: str = ""
    propositions: tuple[Utilisateur, ...] = ()

    @property
    def raison(self) -> str:
        """By what the person is recognised, when it is not by the address."""
        if not self.ecrite or self.ecrite == self.lue.email:
            return ""
        return "votre choix" if self.propositions else "ancienne adresse"

    @property
    def ligne(self) -> int:
        """Where it starts, as the plan of organisations says it."""
        return self.lue.ligne

    @property
    def numero(self) -> int:
        """Line of the file, as every plan says it."""
        return self.lue.ligne

    @property
    def qui(self) -> str:
        """Whom it is about, as every plan says it."""
        return self.lue.email


@dataclass(frozen=True, slots=True)
class PlanPersonnes(LignesTriees[LignePersonne]):
    """All that an import of people would do; an address is one person, so nothing is ever doubtful."""

    lignes: tuple[LignePersonne, ...]
    absentes: tuple[str, ...]

    @property
    def empreinte(self) -> str:
        """Short hash of what would be written: what was shown is what is applied."""
        contenu = [(x.lue, x.sort.value, x.changements) for x in self.lignes]
        return hashlib.sha256(repr(contenu).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Annuaire:
    """Organisations, people and roles that the base holds.

    Attributes:
        organisations: By number.
        designations: Identifiant, SIREN or name to numbers.
        personnes: Address to the account.
        roles: Key of a role to the role.
        homonymes: Organisation and key of a name to the people who bear it there.
    """

    organisations: Mapping[int, Organisation]
    designations: Mapping[str, set[int]]
    personnes: Mapping[str, Utilisateur]
    roles: Mapping[tuple[str, int | None, str, date | None], Rattachement]
    homonymes: Mapping[tuple[int, str], Sequence[Utilisateur]]


def load_annuaire() -> Annuaire:
    """All of the base, in three queries."""
    organisations = Organisation.objects.in_bulk()
    designations: dict[str, set[int]] = defaultdict(set)
    for pk, o in organisations.items():
        for nom in {str(o.identifiant), o.siren, o.nom} - {""}:
            designations[cle_annuaire(nom)].add(pk)
    comptes = Utilisateur.objects.in_bulk()
    # the address of a second account that was joined to the first is that of the first person
    personnes = {u.email: comptes[u.reuni_a_id or u.pk] for u in comptes.values()}
    roles: dict[tuple[str, int | None, str, date | None], Rattachement] = {
        (r.utilisateur.email, r.organisation_id, r.role, r.date_debut): r
        for r in Rattachement.objects.select_related("utilisateur")
    }
    return Annuaire(organisations, designations, personnes, roles, index_names(roles.values()))


def export_rows(annuaire: Annuaire) -> list[dict[str, str]]:
    """Rows of the file, by address; a person without role has one line."""
    par_personne: dict[str, list[Rattachement | None]] = defaultdict(list)
    for (email, *_), rattachement in sorted(annuaire.roles.items(), key=lambda x: x[0][:3]):
        par_personne[email].append(rattachement)
    return [
        _row(utilisateur, rattachement, annuaire)
        for email, utilisateur in sorted({u.email: u for u in annuaire.personnes.values()}.items())
        for rattachement in par_personne.get(email) or [None]
    ]


def _row(
    utilisateur: Utilisateur, rattachement: Rattachement | None, annuaire: Annuaire
) -> dict[str, str]:
    row = dict.fromkeys(FORMAT.colonnes, "") | {
        "email": utilisateur.email,
        "prenom": utilisateur.prenom,
        "nom": utilisateur.nom,
    }
    if rattachement is not None:
        organisation = annuaire.organisations[rattachement.organisation_id]
        seule = annuaire.designations[cle_annuaire(organisation.nom)] == {organisation.pk}
        row |= {
            "organisation": organisation.nom if seule else str(organisation.identifiant),
            "role": rattachement.role,
            "fonction": rattachement.fonction,
            "date_debut": format_jour(rattachement.date_debut),
            "date_fin": format_jour(rattachement.date_fin),
        }
    return {colonne: protect(texte) for colonne, texte in row.items()}


def build_plan(
    tableau: Tableau,
    annuaire: Annuaire,
    acteur: Acteur | None,
    choix: Mapping[str, str] | None = None,
) -> PlanPersonnes:
    """What importing a file of people would do.

    Args:
        tableau: The file.
        annuaire: What the base holds.
        acteur: Who imports; None for whoever keeps the machine, who gives any role.
        choix: Line number, as text, to what was chosen for a doubtful line.

    Raises:
        FichierInvalide: everything that is wrong in the file, with lines and columns.
    """
    anomalies: list[Anomalie] = []
    lues = [_parse(rangee, annuaire, anomalies) for rangee in tableau.rangees]
    raise_all(anomalies)
    anomalies += _check_names(lues)
    placees = [_place(lue, annuaire, (choix or {}).get(str(lue.ligne), "")) for lue in lues]
    ecrites = [ligne.lue for ligne in placees if ligne.sort is not Sort.IGNOREE]
    anomalies += [*_check_doubles(ecrites), *_check_open(ecrites, annuaire)]
    # a column that the file does not have leaves what is known as it is
    lignes = [_compare(ligne, annuaire, tableau.absentes) for ligne in placees]
    if acteur is not None:
        anomalies += _check_rights(lignes, annuaire, acteur)
    raise_all(sorted(anomalies, key=_rank))
    return PlanPersonnes(tuple(lignes), tableau.absentes)


def _rank(anomalie: Anomalie) -> int:
    return int("".join(c for c in anomalie.ou.partition(",")[0] if c.isdigit()) or 0)


def _parse(rangee: Rangee, annuaire: Annuaire, anomalies: list[Anomalie]) -> LigneRole:
    cellules = rangee.cellules

    def fail(colonne: str, code: str, quoi: str, que_faire: str) -> None:
        anomalies.append(Anomalie(code, quoi, que_faire, rangee.where(colonne)))

    def day(colonne: str) -> date | None:
        texte = cellules.get(colonne, "")
        try:
            return parse_jour(texte) if texte else None
        except UserError as error:
            anomalies.extend(
                Anomalie(a.code, a.quoi, a.que_faire, rangee.where(colonne))
                for a in error.anomalies
            )
            return None

    for colonne, longueur in _LONGUEURS.items():
        if len(cellules.get(colonne, "")) > longueur:
            fail(
                colonne, "MLG-ORG-062", "Le texte est trop long.", f"{longueur} caractères au plus."
            )
    email = cellules["email"].lower()
    try:
        EmailValidator()(email)
    except ValidationError:
        fail("email", "MLG-ORG-064", "Ce n’est pas une adresse e-mail.", "Corrigez-la.")
    lue = LigneRole(
        rangee.ligne,
        email,
        cellules.get("prenom", ""),
        cellules.get("nom", ""),
        fonction=cellules.get("fonction", ""),
        date_debut=day("date_debut"),
        date_fin=day("date_fin"),
    )
    return _with_role(lue, rangee, annuaire, fail)


def _with_role(
    lue: LigneRole, rangee: Rangee, annuaire: Annuaire, fail: Callable[[str, str, str, str], None]
) -> LigneRole:
    """The line with its organisation and its role; a person without role gives none of the two."""
    ou, quel = rangee.cellules.get("organisation", ""), rangee.cellules.get("role", "")
    if not ou and not quel:
        return replace(lue, fonction="", date_debut=None, date_fin=None)
    trouvees = annuaire.designations.get(cle_annuaire(ou), set())
    if len(trouvees) != 1:
        quoi = (
            "Aucune organisation ne s’appelle"
            if not trouvees
            else "Plusieurs organisations s’appellent"
        )
        aide = "Écrivez son nom exact, son SIREN ou son identifiant."
        fail("organisation", "MLG-ORG-090", f"{quoi} {guillemets(ou)}.", aide)
        return lue
    organisation = annuaire.organisations[next(iter(trouvees))]
    role = _ROLES.get(quel.casefold())
    existants = ROLES_PAR_NATURE[organisation.nature]
    if role not in existants:
        roles = join_fr((r.value for r in existants), "ou")
        quoi = f"Le rôle {guillemets(quel)} n’existe pas dans {guillemets(organisation.nom)}."
        fail("role", "MLG-ORG-080", quoi, f"Rôles possibles\u00a0: {roles}.")
    if lue.date_debut is None:
        fail("date_debut", "MLG-ORG-091", "Le rôle n’a pas de premier jour.", "Indiquez-le.")
    elif lue.date_fin is not None and lue.date_fin < lue.date_debut:
        fail(
            "date_fin",
            "MLG-ORG-085",
            "Le rôle finit avant de commencer.",
            "Corrigez une des dates.",
        )
    return replace(lue, organisation=organisation.pk, role=role)


def _place(lue: LigneRole, annuaire: Annuaire, choix: str) -> LignePersonne:
    """Whom a line is about: the person of its address, else whoever was chosen, else a new one."""
    ligne = LignePersonne(lue, Sort.INCHANGEE, ecrite=lue.email)
    connue = annuaire.personnes.get(lue.email)
    if connue is not None and connue.email != lue.email:
        return replace(ligne, lue=replace(lue, email=connue.email, prenom="", nom=""))
    if connue is not None or lue.organisation is None:
        return ligne
    cle = (lue.organisation, cle_nom(lue.prenom, lue.nom))
    propositions = tuple(annuaire.homonymes.get(cle, ()))
    choisie = next((p for p in propositions if str(p.pk) == choix), None)
    if choisie is not None:
        # the person keeps the address by which they sign in, and their name as it is known
        dite = replace(lue, email=choisie.email, prenom="", nom="")
        return replace(ligne, lue=dite, propositions=propositions)
    sort = Sort.INCHANGEE
    if choix == IGNORER and propositions:
        sort = Sort.IGNOREE
    elif propositions and choix != CREER:
        sort = Sort.DOUTEUSE
    return replace(ligne, sort=sort, propositions=propositions)


def _check_names(lues: Sequence[LigneRole]) -> Iterator[Anomalie]:
    noms: dict[str, tuple[str, str]] = {}
    for lue in lues:
        nom = (lue.prenom, lue.nom)
        if noms.setdefault(lue.email, nom) != nom:
            yield Anomalie(
                "MLG-ORG-092",
                "La même adresse e-mail porte deux noms dans le fichier.",
                "Écrivez le même prénom et le même nom à chaque ligne de cette personne.",
                f"ligne {lue.ligne}",
            )


def _check_doubles(lues: Sequence[LigneRole]) -> Iterator[Anomalie]:
    vues: dict[object, int] = {}
    for lue in lues:
        premiere = vues.setdefault(lue.cle, lue.ligne)
        if premiere != lue.ligne:
            yield Anomalie(
                "MLG-ORG-093",
                f"Les lignes {premiere} et {lue.ligne} disent le même rôle.",
                "Gardez-en une seule.",
                f"ligne {lue.ligne}",
            )


def _check_open(lues: Sequence[LigneRole], annuaire: Annuaire) -> Iterator[Anomalie]:
    """A person holds a role once at a time: those of the file, over those of the base."""
    courants = {
        cle: 0 for cle, rattachement in annuaire.roles.items() if rattachement.date_fin is None
    }
    for lue in lues:
        courants.pop(lue.cle, None)
        if lue.role is not None and lue.date_fin is None:
            courants[lue.cle] = lue.ligne
    tenus: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for cle, ligne in courants.items():
        tenus[cle[:3]].append(ligne)
    for lignes in tenus.values():
        if len(lignes) > 1 and max(lignes):
            yield Anomalie(
                "MLG-ORG-083",
                "Cette personne a déjà ce rôle dans cette organisation.",
                "Donnez un dernier jour au premier, ou gardez-en un seul.",
                f"ligne {max(lignes)}",
            )


def _check_rights(
    lignes: Sequence[LignePersonne], annuaire: Annuaire, acteur: Acteur
) -> Iterator[Anomalie]:
    """Nobody does by a file what they may not do on the screen."""
    for ligne in lignes:
        lue = ligne.lue
        if lue.role is None or lue.organisation is None or not _touches_role(ligne):
            continue
        personne = annuaire.personnes.get(lue.email)
        if personne is not None and personne.pk == acteur.utilisateur_id:
            yield Anomalie(
                "MLG-ORG-082",
                "On ne change pas ses propres rôles.",
                "Retirez cette ligne, ou demandez à une autre personne.",
                f"ligne {lue.ligne}",
            )
            continue
        try:
            check_may_give(acteur, annuaire.organisations[lue.organisation], lue.role)
        except UserError as error:
            for a in error.anomalies:
                yield Anomalie(a.code, a.quoi, a.que_faire, f"ligne {lue.ligne}, colonne role")


def _touches_role(ligne: LignePersonne) -> bool:
    return any(c.champ in CHAMPS_ROLE for c in ligne.changements)


def _compare(ligne: LignePersonne, annuaire: Annuaire, absentes: Sequence[str]) -> LignePersonne:
    if ligne.sort is Sort.IGNOREE:
        return ligne
    lue = ligne.lue
    personne = annuaire.personnes.get(lue.email)
    changements = []
    if personne is None:
        changements.append(Changement("email", "", lue.email))
    for champ in ("prenom", "nom"):
        avant, apres = getattr(personne, champ, ""), getattr(lue, champ)
        if apres and avant != apres:
            changements.append(Changement(champ, avant, apres))
    connu = annuaire.roles.get(lue.cle)
    if lue.role is not None and connu is None:
        changements.append(Changement("role", "", lue.role.libelle))
    elif connu is not None:
        avant_apres = {
            "fonction": (connu.fonction, lue.fonction),
            "date_fin": (format_jour(connu.date_fin), format_jour(lue.date_fin)),
        }
        changements += [
            Changement(champ, avant, apres)
            for champ, (avant, apres) in avant_apres.items()
            if avant != apres and champ not in absentes
        ]
    is_new = personne is None or (lue.role is not None and connu is None)
    sort = Sort.INCHANGEE if not changements else Sort.CREEE if is_new else Sort.MODIFIEE
    if ligne.sort is Sort.DOUTEUSE:
        sort = Sort.DOUTEUSE
    return replace(ligne, sort=sort, changements=tuple(changements))
