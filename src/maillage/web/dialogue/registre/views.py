"""The register of interest representatives: where the network stands, and its draft declaration.

The secretary general opens it to answer « do we have to register? is our declaration of the year
ready, what does it lack, when is it due? » and leaves with a file to hand in, or a list to complete.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from maillage.kernel.francais import accorder, format_date
from maillage.web.dialogue.models import Exercice, MentionRegistre, Rencontre, TempsPasse
from maillage.web.dialogue.registre import actions, comptage, parmi
from maillage.web.dialogue.registre.contacts import load_contact, load_contacts
from maillage.web.dialogue.registre.declaration import Brouillon, Cadre, draft, write_out
from maillage.web.dialogue.registre.forms import ExerciceForm, MentionForm, TempsForm
from maillage.web.network.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from maillage.web.dialogue.registre.comptage import Compteur, Contact, PartTemps

_ACCUEIL = ("/dialogue/repertoire/", "Répertoire des représentants d’intérêts")


def accueil(request: HttpRequest) -> HttpResponse:
    """Both thresholds, the contacts of the year and why each counts or not, the draft, the others."""
    le = timezone.localdate()
    tous = load_contacts()
    annee = _choose(request, le)
    brouillon = _draft(annee, tous) if annee else None
    personnes = comptage.count_by_person(tous, le)
    temps = comptage.measure_time(_temps(), le)
    contexte = {
        "fil": [("/dialogue/", "Dialogue"), ("", _ACCUEIL[1])],
        "le": le,
        "constat": _finding(personnes, temps),
        "personnes": personnes,
        "temps": temps,
        "temps_notes": TempsPasse.objects.all(),
        "temps_form": TempsForm(),
        "exercices": Exercice.objects.all(),
        "exercice": annee,
        "echeance": comptage.due_date(annee.fin) if annee else None,
        "brouillon": brouillon,
        "contacts": [(c, *comptage.judge(c)) for c in _within(tous, annee)],
        "comparaison": _compare(request, brouillon),
        "annees": parmi.list_annees(),
        "demande": {nom: request.GET.get(nom, "") for nom in ("annee", "mots")},
    }
    return render(request, "dialogue/registre/accueil.html", contexte)


def _choose(request: HttpRequest, le: date) -> Exercice | None:
    """The year that the address asks for; else the last one that is closed, else the current one."""
    demande = request.GET.get("exercice", "")
    exercices = Exercice.objects.all()
    if demande.isdecimal():
        return exercices.filter(fin__year=int(demande)).first()
    return exercices.filter(fin__lt=le, declare_le__isnull=True).last() or exercices.first()


def _within(contacts: Sequence[Contact], exercice: Exercice | None) -> list[Contact]:
    if exercice is None:
        return list(contacts)
    return [c for c in contacts if c.jour is None or exercice.debut <= c.jour <= exercice.fin]


def _temps() -> list[comptage.Temps]:
    champs = ("fonction", "debut", "fin", "heures", "heures_travaillees")
    return [comptage.Temps(*ligne) for ligne in TempsPasse.objects.values_list(*champs)]


def _draft(exercice: Exercice, contacts: Sequence[Contact]) -> Brouillon:
    reseau = Organisation.objects.filter(nature=Organisation.Nature.RESEAU).first()
    cadre = Cadre(
        exercice.debut,
        exercice.fin,
        reseau.nom if reseau else "",
        reseau.siren if reseau else "",
        exercice.cout_horaire_centimes,
        exercice.autres_depenses_centimes,
        exercice.nombre_personnes,
    )
    return draft(cadre, contacts)


def _finding(personnes: Sequence[Compteur], temps: Sequence[PartTemps]) -> str:
    """Whether the network is an interest representative, in one sentence."""
    raisons = []
    if any(p.is_atteint for p in personnes):
        raisons.append(
            f"une personne a pris {accorder(personnes[0].contacts, 'contact', 'contacts')} "
            "à son initiative en douze mois"
        )
    if any(t.is_atteint for t in temps):
        raisons.append("une fonction y a passé plus de la moitié de son temps en six mois")
    if raisons:
        return f"Le réseau est à inscrire au répertoire\u00a0: {' et '.join(raisons)}."
    if personnes and not temps:
        return (
            f"Au plus {accorder(personnes[0].contacts, 'contact', 'contacts')} en douze mois pour une "
            "même personne\u00a0: sous le seuil de dix. Le temps passé n’est pas noté, l’autre seuil "
            "n’est donc pas connu."
        )
    if personnes or temps:
        return "Aucun des deux seuils n’est atteint, d’après ce qui est noté."
    return "Aucun contact à compter n’est noté sur les douze derniers mois."


def _compare(request: HttpRequest, brouillon: Brouillon | None) -> parmi.Comparaison | None:
    annees = parmi.list_annees()
    if not annees:
        return None
    demande = request.GET.get("annee", "")
    annee = int(demande) if demande.isdecimal() else annees[0]
    nos_domaines = {d for a in (brouillon.activites if brouillon else ()) for d in a.domaines}
    domaines = sorted(nos_domaines) or ["Formation professionnelle", "Assurance chômage"]
    return parmi.compare(annee, domaines, request.GET.get("mots", "").strip())


def exercice(request: HttpRequest) -> HttpResponse:
    """The accounting year: its days, and what its declaration needs beside the meetings."""
    debut = parse_date(request.GET.get("debut", ""))
    connu = Exercice.objects.filter(debut=debut).first() if debut else None
    depart = ExerciceForm.initial_of(connu) if connu else _next_year()
    formulaire = ExerciceForm(request.POST or None, initial=depart)
    if request.method == "POST" and formulaire.is_valid():
        annee = formulaire.build()
        actions.save_exercice(annee, by=request.user.pk)
        messages.success(request, f"L’exercice du {annee} est enregistré.")
        return redirect(f"/dialogue/repertoire/?exercice={annee.fin.year}")
    contexte = {
        "fil": [("/dialogue/", "Dialogue"), _ACCUEIL, ("", "Exercice")],
        "titre": "L’exercice",
        "form": formulaire,
    }
    return render(request, "dialogue/registre/formulaire.html", contexte)


def _next_year() -> dict[str, date]:
    """The year after the last one; the calendar year when there is none."""
    dernier = Exercice.objects.first()
    if dernier is None:
        annee = timezone.localdate().year
        return {"debut": date(annee, 1, 1), "fin": date(annee, 12, 31)}
    debut = dernier.fin + comptage.UN_JOUR
    return {"debut": debut, "fin": debut + comptage.UN_AN - comptage.UN_JOUR}


def declaration(request: HttpRequest, annee: int) -> HttpResponse:
    """The draft of a year as a file, in the register's own shape.

    Raises:
        Http404: no accounting year ends in that year.
    """
    del request
    choisi = Exercice.objects.filter(fin__year=annee).first()
    if choisi is None:
        msg = "no such accounting year"
        raise Http404(msg)
    contenu = write_out(_draft(choisi, load_contacts()))
    return HttpResponse(
        json.dumps(contenu, ensure_ascii=False, indent=2),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="brouillon-declaration-{annee}.json"'
        },
    )


def mention(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register asks about one meeting, and what it does of it."""
    del pk  # the middleware of access found the meeting
    rencontre: Rencontre = request.objet  # type: ignore[attr-defined]  # set by AccesMiddleware
    connue = MentionRegistre.objects.filter(rencontre=rencontre).first()
    formulaire = MentionForm(
        request.POST or None, initial=MentionForm.initial_of(rencontre, connue)
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.save_mention(rencontre, formulaire.champs, by=request.user.pk)
        messages.success(request, "La mention est enregistrée.")
        return redirect("repertoire-interets")
    sort, raison = comptage.judge(load_contact(rencontre))
    contexte: dict[str, Any] = {
        "fil": [("/dialogue/", "Dialogue"), _ACCUEIL, ("", rencontre.titre)],
        "titre": rencontre.titre,
        "form": formulaire,
        "constat": f"{sort.value.capitalize()}. {raison}",
        "quand": format_date(rencontre.date) if rencontre.date else "",
    }
    return render(request, "dialogue/registre/formulaire.html", contexte)


@require_POST
def temps(request: HttpRequest) -> HttpResponse:
    """Note the time that a function spent."""
    formulaire = TempsForm(request.POST)
    if formulaire.is_valid():
        actions.add_temps(formulaire.build(), by=request.user.pk)
        messages.success(request, "Le temps passé est noté.")
        return redirect("repertoire-interets")
    contexte = {
        "fil": [("/dialogue/", "Dialogue"), _ACCUEIL, ("", "Temps passé")],
        "titre": "Temps passé",
        "form": formulaire,
    }
    return render(request, "dialogue/registre/formulaire.html", contexte)


@require_POST
def retirer_temps(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away time that was noted by mistake.

    Raises:
        Http404: there is no such line.
    """
    ligne = TempsPasse.objects.filter(pk=pk).first()
    if ligne is None:
        msg = "no such line of time"
        raise Http404(msg)
    actions.remove_temps(ligne, by=request.user.pk)
    messages.success(request, "La ligne de temps est retirée.")
    return redirect("repertoire-interets")
