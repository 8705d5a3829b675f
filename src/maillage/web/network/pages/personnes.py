"""People and their roles.

Staff open the list to answer « whom do I write to in that structure? »; a director, to see who in
the team reads the figures, and to invite somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide, UserError
from maillage.kernel.francais import accorder, guillemets, join_fr, typeset
from maillage.web.accounts.courriels import send_invitation
from maillage.web.droits.permissions import LIBELLES_ROLES, TABLE, Permission, Role
from maillage.web.network import roles
from maillage.web.network.forms import explain
from maillage.web.network.forms_personnes import FinForm, InvitationForm, NomForm
from maillage.web.network.models import Rattachement
from maillage.web.network.pages.fiche import breadcrumb
from maillage.web.network.people import list_people, load_people, reachable_people, with_roles
from maillage.web.network.requete import (
    acteur_of,
    organisation_of,
    personne_of,
    rattachement_of,
)
from maillage.web.network.roles import network_name
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, render_table, texte
from maillage.web.territoires.views.adresse import paginate

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.people import Personne

_PAR_PAGE = 50
_TEXTE_MAX = 100
SANS_ROLE = "sans_role"


def page(request: HttpRequest) -> HttpResponse:
    """People within reach, by name, with the roles that they hold today."""
    le = timezone.localdate()
    acteur = acteur_of(request)
    q = " ".join(request.GET.get("q", "").split())[:_TEXTE_MAX]
    role = request.GET.get("role", "")
    pks = list_people(_with_role(reachable_people(acteur), acteur, role, le), q)
    gardes = urlencode({nom: v for nom, v in (("q", q), ("role", role)) if v})
    gardes = f"{gardes}&" if gardes else ""
    vus, pages = paginate(pks, request.GET, gardes, _PAR_PAGE)
    lignes = [_ligne(p, le) for p in with_roles(load_people(vus), acteur)]
    colonnes = [
        Colonne("personne", "Personne", droite=False),
        Colonne("roles", "Rôles aujourd’hui", droite=False),
        Colonne("email", "Adresse e-mail", droite=False),
        Colonne("compte", "Compte", droite=False),
    ]
    contexte = {
        "fil": [("", "Personnes")],
        "constat": _finding(len(pks), q, role),
        "q": q,
        "role": role,
        "roles": [*LIBELLES_ROLES.items(), (SANS_ROLE, "sans rôle aujourd’hui")],
        "tableau": render_table("Personnes", colonnes, lignes),
        "pages": pages,
        "nombre": len(pks),
        "peut_echanger": acteur.may(Permission.ORGANISATIONS_ECHANGER),
    }
    return render(request, "network/personnes.html", contexte)


def _with_role(
    utilisateurs: QuerySet[Utilisateur], acteur: Acteur, role: str, le: date
) -> QuerySet[Utilisateur]:
    """Those who hold a role today, or none.

    Raises:
        SaisieInvalide: MLG-ORG-006, no such role.
    """
    if not role:
        return utilisateurs
    courants = Rattachement.objects.reachable(acteur, Permission.PERSONNES_LIRE).current(le)
    if role == SANS_ROLE:
        return utilisateurs.exclude(pk__in=courants.values("utilisateur"))
    if role not in LIBELLES_ROLES:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-006",
                f"Le filtre {guillemets('role')} n’a pas de valeur {guillemets(role)}.",
                f"Valeurs possibles\u00a0: {join_fr([*LIBELLES_ROLES, SANS_ROLE], 'ou')}.",
                "adresse de la page",
            )
        )
    return utilisateurs.filter(pk__in=courants.filter(role=role).values("utilisateur"))


def _finding(nombre: int, q: str, role: str) -> str:
    nom = accorder(nombre, "personne", "personnes")
    if not nombre:
        return (
            "Personne ne répond à cette recherche."
            if q or role
            else "Personne n’est encore inscrit."
        )
    suite = f" pour {guillemets(q)}" if q else ""
    return f"{nom}{suite}."


def _ligne(personne: Personne, le: date) -> Ligne:
    utilisateur = personne.utilisateur
    tenus = [f"{Role(r.role).libelle}, {r.organisation.nom}" for r in personne.current(le)]
    return Ligne(
        (
            lien_texte(reverse("personne", args=[utilisateur.pk]), utilisateur.nom_complet),
            texte("\u00a0; ".join(tenus) or "aucun"),
            Cellule(texte(utilisateur.email).html),
            texte(tell_account(utilisateur)),
        )
    )


def tell_account(utilisateur: Utilisateur) -> str:
    """Whether the person can sign in."""
    if not utilisateur.is_active:
        return "fermé"
    return "ouvert" if utilisateur.has_usable_password() else "pas encore ouvert"


def fiche(request: HttpRequest) -> HttpResponse:
    """One person: how to write to them, which roles they hold and held."""
    personne = personne_of(request)
    acteur = acteur_of(request)
    le = timezone.localdate()
    courants = personne.current(le)
    contexte = {
        "fil": [(reverse("personnes"), "Personnes"), ("", personne.utilisateur.nom_complet)],
        "personne": personne.utilisateur,
        "compte": tell_account(personne.utilisateur),
        "constat": _tell_roles(courants),
        "roles": [(r, r in courants, _may_end(acteur, r)) for r in personne.rattachements],
        "peut_gerer": acteur.may(Permission.PERSONNES_GERER, personne),
        "peut_reunir": acteur.may(Permission.DOUBLONS_REUNIR, personne)
        and personne.utilisateur.reuni_a_id is None,
        "peut_inviter": acteur.may(Permission.PERSONNES_GERER, personne)
        and not personne.utilisateur.has_usable_password()
        and personne.utilisateur.is_active,
    }
    return render(request, "network/personne.html", contexte)


def _tell_roles(courants: tuple[Rattachement, ...]) -> str:
    if not courants:
        return "N’a aucun rôle aujourd’hui parmi les organisations que vous suivez."
    tenus = [f"{Role(r.role).libelle} ({r.organisation.nom})" for r in courants]
    phrase = join_fr(tenus)
    return f"{phrase[0].upper()}{phrase[1:]}."


def _may_end(acteur: Acteur, rattachement: Rattachement) -> bool:
    is_self = rattachement.utilisateur_id == acteur.utilisateur_id
    donnes = roles.givable_roles(acteur, rattachement.organisation)
    return not is_self and rattachement.role in donnes


def invite(request: HttpRequest) -> HttpResponse:
    """Give a role in an organisation to a person, invited if nobody has that address."""
    organisation = organisation_of(request)
    acteur = acteur_of(request)
    donnes = roles.givable_roles(acteur, organisation)
    initial = {"date_debut": timezone.localdate()}
    form = InvitationForm(request.POST or None, initial=initial, roles=donnes)
    if request.method == "POST" and form.is_valid():
        d: dict[str, Any] = form.cleaned_data
        try:
            rattachement, is_invited = roles.invite_person(
                organisation,
                Role(d["role"]),
                identite={nom: d[nom] for nom in ("email", "prenom", "nom")},
                depuis=d["date_debut"],
                fonction=d["fonction"],
                acteur=acteur,
            )
        except UserError as error:
            form.add_error(None, ValidationError(explain(error)))
        else:
            messages.success(
                request,
                "Le rôle est donné et l’invitation est partie."
                if is_invited
                else "Le rôle est donné. Cette personne avait déjà un compte\u00a0: elle n’a pas été "
                "invitée une seconde fois.",
            )
            return redirect("personne", pk=rattachement.utilisateur_id)
    contexte = {
        "fil": breadcrumb(request, organisation, "Inviter une personne"),
        "organisation": organisation,
        "form": form,
        "roles": [(role, _opened(role)) for role in donnes],
    }
    return render(request, "network/inviter.html", contexte)


def _opened(role: Role) -> str:
    """What a role opens, for whoever gives it."""
    return join_fr(typeset(p.libelle) for p, portees in TABLE.items() if role in portees)


def end(request: HttpRequest) -> HttpResponse:
    """Give the last day of a role."""
    rattachement = rattachement_of(request)
    form = FinForm(request.POST or None, le=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            roles.end_role(
                rattachement, le=form.cleaned_data["date_fin"], acteur=acteur_of(request)
            )
        except UserError as error:
            form.add_error(None, ValidationError(explain(error)))
        else:
            messages.success(request, "Le dernier jour de ce rôle est noté.")
            return redirect("organisation", pk=rattachement.organisation_id)
    contexte = {
        "fil": breadcrumb(request, rattachement.organisation, "Mettre fin à un rôle"),
        "rattachement": rattachement,
        "form": form,
    }
    return render(request, "network/terminer.html", contexte)


def rename(request: HttpRequest) -> HttpResponse:
    """Correct the name of a person."""
    personne = personne_of(request).utilisateur
    initial = {"prenom": personne.prenom, "nom": personne.nom}
    form = NomForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            roles.rename_person(personne, **form.cleaned_data, acteur=acteur_of(request))
        except UserError as error:
            form.add_error(None, ValidationError(explain(error)))
        else:
            messages.success(request, "Le nom est corrigé.")
            return redirect("personne", pk=personne.pk)
    fil = [
        (reverse("personnes"), "Personnes"),
        (reverse("personne", args=[personne.pk]), personne.nom_complet),
        ("", "Corriger le nom"),
    ]
    return render(
        request, "network/renommer.html", {"fil": fil, "personne": personne, "form": form}
    )


def send_again(request: HttpRequest) -> HttpResponse:
    """Send a new invitation to a person who has not opened their account.

    Raises:
        SaisieInvalide: MLG-ORG-087, the account is open, or closed.
    """
    personne = personne_of(request).utilisateur
    if request.method == "POST":
        if personne.has_usable_password() or not personne.is_active:
            raise SaisieInvalide(
                Anomalie(
                    "MLG-ORG-087",
                    "Ce compte est déjà ouvert, ou il a été fermé\u00a0: il n’y a pas à l’inviter.",
                    "Une personne qui a oublié son mot de passe en demande un nouveau depuis la page "
                    "de connexion.",
                )
            )
        envoi = send_invitation(
            personne,
            by=acteur_of(request).utilisateur_id,
            reseau=network_name(),
            request=request,
        )
        if envoi.is_sent:
            messages.success(request, "L’invitation est partie.")
        else:
            messages.error(
                request,
                "L’e-mail n’a pas pu partir\u202f: vérifiez le courrier dans l’état du site, puis "
                "recommencez.",
            )
    return redirect("personne", pk=personne.pk)
