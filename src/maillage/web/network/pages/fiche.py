"""The page of one organisation, and the forms that change it.

Its director opens it to check what the network knows of the structure; staff open it before a call,
to answer « who are they, are they members, what did they consent to, whom do I write to? ».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide, UserError
from maillage.kernel.francais import accorder, format_date, format_nombre, join_fr
from maillage.kernel.niveau import Niveau
from maillage.web.droits.permissions import Permission
from maillage.web.network import actions
from maillage.web.network.consents import load_consents
from maillage.web.network.forms import (
    AdhesionForm,
    ConventionForm,
    CotisationForm,
    OrganisationForm,
    explain,
    initial_montant,
    make_formset,
)
from maillage.web.network.models import Consentement, CotisationAnnuelle, Organisation, Rattachement
from maillage.web.network.places import designate_commune, name_of
from maillage.web.network.requete import acteur_of, organisation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest) -> HttpResponse:
    """Everything that the reader may know of one organisation."""
    organisation = organisation_of(request)
    acteur = acteur_of(request)
    le = timezone.localdate()
    suit = acteur.may(Permission.STRUCTURE_SUIVRE, organisation)
    roles = Rattachement.objects.filter(organisation=organisation).current(le)
    voit_personnes = acteur.may(Permission.PERSONNES_LIRE, organisation)
    contexte = {
        "fil": breadcrumb(request, organisation),
        "organisation": organisation,
        "constat": _finding(organisation, le),
        "lieu": _places(organisation),
        "conventions": _conventions(organisation),
        "adhesions": organisation.adhesions.all(),
        "suit": suit,
        "cotisations": [_cotisation(c, le) for c in organisation.cotisations.all()] if suit else [],
        "consentements": load_consents(organisation) if suit else [],
        "voit_personnes": voit_personnes,
        "rattachements": roles.select_related("utilisateur").order_by("role", "utilisateur__nom")
        if voit_personnes
        else [],
        "liens": organisation.liens_registre.filter(is_confirme=True),
        "peut": {
            "modifier": acteur.may(Permission.ORGANISATION_MODIFIER, organisation),
            "cotisations": acteur.may(Permission.COTISATIONS_GERER, organisation),
            "consentir": acteur.may(Permission.CONSENTEMENTS_DONNER, organisation),
            "inviter": acteur.may(Permission.PERSONNES_GERER, organisation),
            "archiver": acteur.may(Permission.ORGANISATIONS_CREER, organisation)
            and organisation.nature != Organisation.Nature.RESEAU
            and organisation.reunie_a_id is None,
            "reunir": acteur.may(Permission.DOUBLONS_REUNIR, organisation)
            and organisation.nature != Organisation.Nature.RESEAU
            and organisation.reunie_a_id is None,
        },
    }
    return render(request, "network/organisation.html", contexte)


def breadcrumb(
    request: HttpRequest, organisation: Organisation, suite: str = ""
) -> list[tuple[str, str]]:
    """Where the page stands: the list for who may open it, the organisation, the page itself."""
    fil = []
    if acteur_of(request).may(Permission.ORGANISATIONS_LISTER):
        fil.append(("/reseau/organisations/", "Organisations"))
    adresse = f"/reseau/organisations/{organisation.pk}/" if suite else ""
    fil.append((adresse, organisation.nom))
    return [*fil, ("", suite)] if suite else fil


def _finding(organisation: Organisation, le: date) -> str:
    """What the organisation is to the network today, in one sentence."""
    if not organisation.is_structure:
        return f"{str(organisation.get_nature_display()).capitalize()}."
    adhesions = list(organisation.adhesions.all())
    en_cours = [
        a for a in adhesions if a.date_debut <= le and (a.date_fin is None or a.date_fin >= le)
    ]
    types = dict.fromkeys(c.type_siae for c in organisation.conventions.all())
    quoi = (
        f"Structure conventionnée {join_fr(types)}" if types else "Structure sans convention saisie"
    )
    if en_cours:
        return f"{quoi}, adhérente depuis le {format_date(en_cours[0].date_debut)}."
    passees = [a.date_fin for a in adhesions if a.date_fin is not None and a.date_fin < le]
    if passees:
        return f"{quoi}, adhérente jusqu’au {format_date(max(passees))}."
    return f"{quoi}, qui n’adhère pas."


def _places(organisation: Organisation) -> list[dict[str, str]]:
    """The territoires where it stands, each with its diagnosis."""
    niveaux = (
        (Niveau.COMMUNE, organisation.commune),
        (Niveau.DEPARTEMENT, organisation.departement),
        (Niveau.REGION, organisation.region),
    )
    return [
        {
            "niveau": niveau.libelle,
            "nom": name_of(niveau, code),
            "url": f"/territoires/{niveau.value}/{code}/",
        }
        for niveau, code in niveaux
        if code
    ]


def _conventions(organisation: Organisation) -> list[dict[str, str]]:
    return [
        {
            "type": c.type_siae,
            "siret": f"{c.siret[:3]}\u00a0{c.siret[3:6]}\u00a0{c.siret[6:9]}\u00a0{c.siret[9:]}",
            "commune": name_of(Niveau.COMMUNE, c.commune) or "inconnue",
        }
        for c in organisation.conventions.all()
    ]


def _cotisation(cotisation: CotisationAnnuelle, le: date) -> dict[str, Any]:
    echeance, centimes = cotisation.date_echeance, cotisation.montant_centimes
    appelee = cotisation.statut == CotisationAnnuelle.Statut.APPELEE
    return {
        "annee": cotisation.annee,
        "statut": cotisation.get_statut_display(),
        "depuis": f"{cotisation.date_statut:%d/%m/%Y}",
        "montant": "inconnu" if centimes is None else f"{format_nombre(centimes / 100, 2)}\u202f€",
        "echeance": f"{echeance:%d/%m/%Y}" if echeance else "non fixée",
        "is_en_retard": appelee and echeance is not None and echeance < le,
    }


def create(request: HttpRequest) -> HttpResponse:
    """A new organisation, by hand."""
    return _edit(request, None)


def modify(request: HttpRequest) -> HttpResponse:
    """Change who the organisation is and where it stands."""
    return _edit(request, organisation_of(request))


def _edit(request: HttpRequest, organisation: Organisation | None) -> HttpResponse:
    acteur = acteur_of(request)
    initial = OrganisationForm.initial_of(organisation) if organisation else {}
    form = OrganisationForm(
        request.POST or None,
        initial=initial,
        organisation=organisation,
        is_staff=acteur.may(Permission.ORGANISATIONS_CREER),
    )
    if request.method == "POST" and form.is_valid():
        champs = form.cleaned_data
        if champs.get("nature", Organisation.Nature.STRUCTURE) != Organisation.Nature.STRUCTURE:
            champs.pop("association_regionale", None)
        try:
            if organisation is None:
                organisation = actions.create_organisation(champs, by=acteur.utilisateur_id)
                messages.success(request, "L’organisation est créée.")
            else:
                changes = actions.modify_organisation(
                    organisation, champs, by=acteur.utilisateur_id
                )
                messages.success(
                    request, "La fiche est à jour." if changes else "Rien n’a été changé."
                )
        except UserError as error:
            form.add_error("siren", ValidationError(explain(error)))
        else:
            return redirect("organisation", pk=organisation.pk)
    titre = f"Modifier {organisation.nom}" if organisation else "Créer une organisation"
    fil = (
        breadcrumb(request, organisation, "Modifier")
        if organisation
        else [("/reseau/organisations/", "Organisations"), ("", titre)]
    )
    contexte = {"form": form, "titre": titre, "fil": fil, "organisation": organisation}
    return render(request, "network/organisation_form.html", contexte)


def archive(request: HttpRequest) -> HttpResponse:
    """Ask, then put the organisation aside or bring it back."""
    organisation = organisation_of(request)
    if request.method == "POST":
        by = acteur_of(request).utilisateur_id
        if organisation.is_archived:
            actions.restore_organisation(organisation, by=by)
            messages.success(request, "L’organisation est rétablie.")
        else:
            actions.archive_organisation(organisation, by=by)
            messages.success(request, "L’organisation est archivée.")
        return redirect("organisation", pk=organisation.pk)
    le = timezone.localdate()
    roles = organisation.rattachements.filter(date_debut__lte=le).exclude(date_fin__lt=le).count()
    contexte = {
        "organisation": organisation,
        "fil": breadcrumb(
            request, organisation, "Rétablir" if organisation.is_archived else "Archiver"
        ),
        "roles": accorder(roles, "personne y tient un rôle", "rôles y sont tenus"),
    }
    return render(request, "network/archiver.html", contexte)


@dataclass(frozen=True, slots=True)
class Lignes:
    """One kind of lines that a structure holds, and how they are typed.

    Attributes:
        titre, aide: Shown on top.
        formulaire: Of one line.
        initial: What is known, as the forms show it.
        write: Replaces what is known.
    """

    titre: str
    aide: str
    formulaire: type[Form]
    initial: Callable[[Organisation], list[dict[str, Any]]]
    write: Callable[..., None]


def _initial_conventions(organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {"type_siae": c.type_siae, "siret": c.siret, "commune": designate_commune(c.commune)}
        for c in organisation.conventions.all()
    ]


def _initial_adhesions(organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {"date_debut": a.date_debut, "date_fin": a.date_fin} for a in organisation.adhesions.all()
    ]


def _initial_cotisations(organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "annee": c.annee,
            "statut": c.statut,
            "date_statut": c.date_statut,
            "montant": initial_montant(c.montant_centimes),
            "date_echeance": c.date_echeance,
        }
        for c in organisation.cotisations.all()
    ]


LIGNES: Final[Mapping[str, Lignes]] = {
    "conventions": Lignes(
        "Conventions",
        "Une ligne par type et par établissement. Le SIRET et le type, ensemble, sont la clé par "
        "laquelle la structure est retrouvée au registre et dans les fichiers de l’État.",
        ConventionForm,
        _initial_conventions,
        actions.set_conventions,
    ),
    "adhesions": Lignes(
        "Périodes d’adhésion",
        "Sans dernier jour, l’adhésion court. Deux périodes ne se recouvrent pas.",
        AdhesionForm,
        _initial_adhesions,
        actions.set_adhesions,
    ),
    "cotisations": Lignes(
        "Cotisations",
        "Une ligne par année. Un montant vide est inconnu, il n’est pas nul. Une cotisation appelée "
        "est en retard quand sa date limite est passée.",
        CotisationForm,
        _initial_cotisations,
        actions.set_cotisations,
    ),
}


def edit_lines(request: HttpRequest, nature: str) -> HttpResponse:
    """Conventions, membership periods or dues of a structure, all at once."""
    organisation = organisation_of(request)
    genre = LIGNES[nature]
    formset = make_formset(genre.formulaire)(
        request.POST or None, initial=genre.initial(organisation)
    )
    refus: Sequence[str] = ()
    if request.method == "POST" and formset.is_valid():
        by = acteur_of(request).utilisateur_id
        try:
            genre.write(organisation, formset.values(), by=by)
        except UserError as error:
            refus = explain(error)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("organisation", pk=organisation.pk)
    contexte = {
        "fil": breadcrumb(request, organisation, genre.titre),
        "organisation": organisation,
        "genre": genre,
        "formset": formset,
        "refus": refus,
    }
    return render(request, "network/lignes.html", contexte)


def _read_answer(texte: str) -> bool:
    """Yes or no, never supposed.

    Raises:
        SaisieInvalide: MLG-ORG-004, neither.
    """
    if texte not in {"oui", "non"}:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-004",
                "La réponse n’est ni oui ni non.",
                "Repartez de la page des consentements.",
            )
        )
    return texte == "oui"


def consents(request: HttpRequest) -> HttpResponse:
    """What the structure consents to, what each use means, and every decision so far."""
    organisation = organisation_of(request)
    acteur = acteur_of(request)
    if request.method == "POST":
        decision = actions.decide_consent(
            organisation,
            request.POST.get("usage", ""),
            accorde=_read_answer(request.POST.get("accorde", "")),
            acteur=acteur,
        )
        if decision is not None:
            verbe = "donné" if decision.accorde else "retiré"
            messages.success(request, f"Le consentement est {verbe}.")
        return redirect("organisation-consentements", pk=organisation.pk)
    contexte = {
        "fil": breadcrumb(request, organisation, "Consentements"),
        "organisation": organisation,
        "consentements": load_consents(organisation),
        "peut_consentir": acteur.may(Permission.CONSENTEMENTS_DONNER, organisation),
        "usages": Consentement.Usage,
    }
    return render(request, "network/consentements.html", contexte)
