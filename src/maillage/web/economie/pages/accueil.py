"""What an hour costs, how many hours balance the year, how many months of cash are left.

A director opens it before setting a price, before a board, before asking a bank: the accounts of the last year
and the hours of the extract answer, and say what lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.analyses.alertes.regles import list_alertes
from maillage.analyses.comptes.notes import list_notes
from maillage.indicators.comptes.bilan import LIBELLES
from maillage.indicators.comptes.postes import BILAN
from maillage.kernel.francais import accorder, format_date, format_mois, format_valeur, join_fr
from maillage.kernel.valeur import Absence
from maillage.web.economie import graphique as dessin
from maillage.web.economie.chiffres import euros, list_cles, list_heure, tell
from maillage.web.economie.entete import describe
from maillage.web.economie.lecture import load_annees, load_hour
from maillage.web.economie.situations import load_situations
from maillage.web.network.consents import who_agrees
from maillage.web.network.models import Consentement
from maillage.web.network.requete import organisation_of
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte
from maillage.web.territoires.views.graphiques import parse_format, parse_theme

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from maillage.analyses.comptes.annees import Annees
    from maillage.analyses.comptes.exercice import Exercice
    from maillage.indicators.pilotage.heures import Heures


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The last year first; without any, what to hand over and why it is safe."""
    del pk
    organisation = organisation_of(request)
    annees = load_annees(organisation)
    contexte = describe(organisation) | {
        "gardes": list(organisation.exercices_comptables.all()),
        "annees": annees,
    }
    if annees is not None:
        dernier = annees.exercices[-1]
        heure, heures, jour = load_hour(organisation, dernier)
        contexte |= {
            "dernier": dernier,
            "periode": _period(dernier),
            "constat": tell(dernier, heure),
            "cles": list_cles(dernier, heure),
            "heure": heure,
            "lignes_heure": list_heure(heure),
            "fixe": format_valeur(heure.prix.fixe, "€"),
            "heures": format_valeur(heure.annee.heures, "heures"),
            "sans_heures": _tell_hours(heures, jour),
            "extraction": jour,
            "notes": [*annees.notes, *list_notes(dernier)],
            "aide_inconnue": isinstance(dernier.aide_au_poste.montant, Absence),
            "cascade": _cascade(annees),
            "tresorerie": _positions(annees),
            "mois": _months(dernier),
            "alternative": dessin.tell(dessin.list_points(annees)),
            "largeur": dessin.LARGEUR,
            "hauteur": dessin.HAUTEUR,
            "a_un_graphique": bool(dessin.list_points(annees)),
            "alertes": list_alertes(
                load_situations([organisation])[organisation.pk], timezone.localdate()
            ),
            "partage_alertes": organisation.pk in who_agrees(Consentement.Usage.ACCOMPAGNEMENT),
        }
    return render(request, "economie/accueil.html", contexte)


def graphique(request: HttpRequest, pk: int) -> HttpResponse:
    """The cash of every year as a drawing; empty without any."""
    del pk
    annees = load_annees(organisation_of(request))
    points = dessin.list_points(annees) if annees is not None else []
    if not points:
        return HttpResponse(status=204)
    theme = parse_theme(request)
    svg = draw_svg(dessin.draw_cash(points, theme, parse_format(request)), theme)
    answer = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


def _period(exercice: Exercice) -> str:
    mouvements = exercice.mouvements
    return f"du {format_date(mouvements.premier_jour)} au {format_date(mouvements.dernier_jour)}"


def _tell_hours(heures: Heures, jour: date | None) -> str:
    """Why the hours of the year are not known; empty when they are."""
    if jour is None:
        return (
            "Les heures viennent des extraits de l’ASP : aucun n’est relié à cette structure. L’équipe du réseau "
            "importe les extraits et relie les structures."
        )
    if not heures.manquants:
        return ""
    premiers = join_fr(format_mois(m.year, m.month) for m in heures.manquants[:3])
    suite = "…" if len(heures.manquants) > 3 else ""  # noqa: PLR2004 — three are enough to understand
    return (
        f"L’extrait du {format_date(jour)} n’a pas la saisie complète de "
        f"{accorder(len(heures.manquants), 'mois', 'mois')} de l’exercice ({premiers}{suite}) : diviser par les "
        "heures des autres mois serait faux."
    )


def _heads(annees: Annees) -> list[Colonne]:
    return [
        Colonne(f"a{rang}", f"{e.mouvements.dernier_jour:%d/%m/%Y}", "euros")
        for rang, e in enumerate(annees.exercices)
    ]


def _cascade(annees: Annees) -> SafeString:
    """Balances of each year side by side; the accounts of a year are on its own page."""
    etapes = [(s.etape, s.libelle) for s in annees.exercices[-1].sig]
    par_annee = [{s.etape: s.centimes for s in e.sig} for e in annees.exercices]
    lignes = [
        Ligne((texte(libelle), *(texte(euros(soldes[etape])) for soldes in par_annee)))
        for etape, libelle in etapes
    ]
    lignes.append(
        Ligne(
            (
                texte("Capacité d’autofinancement"),
                *(texte(euros(e.caf.depuis_resultat)) for e in annees.exercices),
            )
        )
    )
    colonnes = [Colonne("solde", "Solde", droite=False), *_heads(annees)]
    return render_table("Soldes intermédiaires de gestion", colonnes, lignes, entier=True)


def _positions(annees: Annees) -> SafeString:
    lignes = [
        Ligne(
            (
                texte(LIBELLES[etape]),
                *(
                    texte(
                        euros(
                            e.cloture.position
                            if isinstance(e.cloture.position, Absence)
                            else e.cloture.position.get(etape)
                        )
                    )
                    for e in annees.exercices
                ),
            )
        )
        for etape in BILAN
    ]
    lignes.append(
        Ligne(
            (
                texte("Mois de dépenses couverts"),
                *(
                    texte(format_valeur(e.cloture.mois_sur_exercice, "mois", 1))
                    for e in annees.exercices
                ),
            )
        )
    )
    colonnes = [Colonne("quoi", "À la clôture", droite=False), *_heads(annees)]
    return render_table(
        "Fonds de roulement, besoin et trésorerie, à la clôture", colonnes, lignes, entier=True
    )


def _months(exercice: Exercice) -> SafeString:
    colonnes = [
        Colonne("mois", "Mois", droite=False),
        Colonne("fr", "Fonds de roulement", "euros, fin de mois"),
        Colonne("bfr", "Besoin", "euros, fin de mois"),
        Colonne("tresorerie", "Trésorerie", "euros, fin de mois"),
        Colonne("couverts", "Mois couverts", "dépenses d’un mois moyen de l’exercice"),
    ]
    lignes = [
        Ligne(
            (
                texte(format_mois(mois.debut.year, mois.debut.month)),
                *(
                    texte(
                        euros(
                            mois.position
                            if isinstance(mois.position, Absence)
                            else mois.position.get(etape)
                        )
                    )
                    for etape in BILAN
                ),
                texte(format_valeur(mois.mois_sur_exercice, "mois", 1)),
            )
        )
        for mois in exercice.mois
    ]
    return render_table("Trésorerie mois par mois", colonnes, lignes, entier=True)
