"""What a reader sees of a proposal: what it costs, where it was carried, what became of it, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import ESPACE_FINE, accorder, format_date, format_nombre, guillemets
from maillage.web.dialogue.engagements.lecture import Etape, reverse_or_empty, tell_statut
from maillage.web.dialogue.models import (
    Charge,
    Chiffrage,
    Document,
    Engagement,
    Portage,
    Precision,
    Proposition,
    Rencontre,
    Titulaire,
)
from maillage.web.dialogue.querysets import shared_espaces, visible_q

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from maillage.web.dialogue.engagements.lecture import Nommage
    from maillage.web.droits.acteur import Acteur

_MILLION = 1_000_000
_CENT = 100
_REFUS = {Portage.Issue.REFUSE}
_ACQUIS = {Portage.Issue.ACCEPTE, Portage.Issue.ACCEPTE_EN_PARTIE}


def tell_million(euros: float) -> str:
    """An amount as one says it: « 54 M€ », « 34,5 M€ », « 820 000 € »."""
    if abs(euros) < _MILLION:
        return f"{format_nombre(euros)}{ESPACE_FINE}€"
    millions = euros / _MILLION
    decimales = 0 if float(millions).is_integer() else 1
    return f"{format_nombre(millions, decimales)}{ESPACE_FINE}M€"


def tell_cost(chiffrage: Chiffrage | None) -> str:
    """The cost in a cell: computed, published, and the day it was frozen."""
    if chiffrage is None:
        return "pas encore chiffrée"
    resultat = chiffrage.resultat
    morceaux = []
    if resultat["valeur_centimes"] is not None:
        morceaux.append(f"{tell_million(resultat['valeur_centimes'] / _CENT)} calculés")
    if resultat["publie_euros"] is not None:
        morceaux.append(f"{tell_million(resultat['publie_euros'])} publiés")
    return ", ".join(morceaux) or "inconnu"


def tell_issues(portages: Sequence[Portage]) -> str:
    """What became of the times that something was carried: what is known, and what is not."""
    acceptes = sum(p.issue in _ACQUIS for p in portages)
    refus = sum(p.issue in _REFUS for p in portages)
    reste = len(portages) - acceptes - refus
    morceaux = [
        f"accepté {accorder(acceptes, 'fois', 'fois')}" if acceptes else "aucune acceptation connue"
    ]
    if refus:
        morceaux.append(f"refusé {accorder(refus, 'fois', 'fois')}")
    if reste:
        morceaux.append(f"{reste} sans issue connue")
    return ", ".join(morceaux)


def describe_run(chiffrage: Chiffrage) -> dict[str, Any]:
    """A frozen costing, for the templates."""
    r = chiffrage.resultat
    valeur, ecart, implicites = r["valeur_centimes"], r["ecart_centimes"], r["etp_implicites"]
    return {
        "chiffrage": chiffrage,
        "titre": r["titre"],
        "difference": f"{format_nombre(r['montant_par_etp'])}{ESPACE_FINE}€",
        "avant": f"{format_nombre(r['montant_avant'])}{ESPACE_FINE}€",
        "apres": f"{format_nombre(r['montant_apres'])}{ESPACE_FINE}€",
        "etp": r["etp"],
        "etp_nombre": format_nombre(r["etp"]["valeur"]) if r["etp"] else "",
        "calcule": "inconnu\u00a0: aucun effectif"
        if valeur is None
        else tell_million(valeur / _CENT),
        "exact": None if valeur is None else f"{format_nombre(valeur / _CENT, 2)}{ESPACE_FINE}€",
        "publie": "aucun coût publié"
        if r["publie_euros"] is None
        else tell_million(r["publie_euros"]),
        "ecart": "sans objet" if ecart is None else _signed(ecart / _CENT),
        "implicites": "" if implicites is None else format_nombre(implicites),
        "explications": r["explications"],
        "hypotheses": r["hypotheses"],
        "sources": r["sources"],
    }


def _signed(euros: float) -> str:
    return f"+{tell_million(euros)}" if euros > 0 else tell_million(euros)


def readable_documents(proposition: Proposition, acteur: Acteur) -> QuerySet[Document]:
    """Documents of a proposal that the person reads, each on its own level."""
    condition = visible_q(acteur, shared_espaces(acteur), espace="", region="proposition__region")
    return proposition.documents.filter(condition, retire_at__isnull=True)


def carryings(
    portages: Iterable[Portage], acteur: Acteur, *, titre: bool = False
) -> Iterable[Etape]:
    """Each time that proposals were carried, and each answer; a meeting is named to who reads it."""
    tous = list(portages)
    rencontres = {
        r.pk: r
        for r in Rencontre.objects.visible(acteur).filter(
            pk__in=[p.rencontre_id for p in tous if p.rencontre_id]
        )
    }
    for portage in tous:
        rencontre = rencontres.get(portage.rencontre_id or 0)
        forme = portage.get_forme_display()
        quoi = (
            f"{guillemets(portage.proposition.titre)}\u00a0: {forme}"
            if titre
            else forme.capitalize()
        )
        aupres = portage.aupres_de or (portage.charge.intitule if portage.charge else "")
        ou = f", {aupres}" if aupres else ""
        genre = "refus" if portage.issue in _REFUS else ""
        genre = "acquis" if portage.issue in _ACQUIS else genre
        lien = reverse_or_empty("rencontre", rencontre.pk) if rencontre else portage.source_url
        yield Etape(
            portage.date,
            portage.precision,
            f"portage {genre}".strip(),
            f"{quoi}{ou}",
            _told(portage),
            lien,
            rencontre.titre if rencontre else portage.reference or ("source" if lien else ""),
            rang=2,
        )


def _told(portage: Portage) -> str:
    morceaux = [portage.get_issue_display().capitalize()]
    if portage.reponse_le:
        morceaux.append(f"le {format_date(portage.reponse_le)}")
    phrase = " ".join(morceaux)
    return f"{phrase}\u00a0: {portage.reponse}" if portage.reponse else f"{phrase}."


def runs(chiffrages: Iterable[Chiffrage]) -> Iterable[Etape]:
    """Each costing, on the day it was frozen."""
    for chiffrage in chiffrages:
        yield Etape(
            timezone.localdate(chiffrage.at),
            Precision.JOUR,
            "chiffrage",
            f"Chiffrage\u00a0: {chiffrage.resultat['titre']}",
            tell_cost(chiffrage),
            reverse("chiffrage", args=[chiffrage.proposition_id, chiffrage.pk]),
            "hypothèses et écart",
            rang=3,
        )


def outcomes(propositions: Iterable[Proposition]) -> Iterable[Etape]:
    """Texts that proposals led to."""
    for proposition in propositions:
        for debouche in proposition.debouches.all():
            yield Etape(
                debouche.date,
                Precision.JOUR,
                "acquis",
                f"{debouche.get_nature_display().capitalize()}\u00a0: {debouche.reference}",
                f"Débouché de {guillemets(proposition.titre)}",
                debouche.source_url,
                "le texte" if debouche.source_url else "",
                rang=4,
            )


def commitments(engagements: Iterable[Engagement], nommage: Nommage) -> Iterable[Etape]:
    """What was promised and asked for, and each state that followed."""
    for engagement in engagements:
        adresse = reverse("engagement", args=[engagement.pk])
        sens = engagement.get_sens_display().capitalize()
        is_public = (
            engagement.sens == Engagement.Sens.PUBLIC
        )  # the others name their author already
        yield Etape(
            engagement.date,
            engagement.precision,
            "dit",
            f"{sens}, {nommage.tell_author(engagement)}" if is_public else sens,
            guillemets(engagement.phrase),
            adresse,
            "l’engagement",
            rang=1,
        )
        for etat in engagement.etats.all():
            if etat.statut == Engagement.Statut.ANNONCE:
                continue
            statut = tell_statut(engagement.sens, etat.statut).capitalize()
            yield Etape(
                etat.date,
                Precision.JOUR,
                f"etat etat-{etat.statut}",
                f"{statut}\u00a0: {guillemets(engagement.phrase)}",
                etat.motif,
                adresse,
                "l’engagement",
                rang=10,
            )


def holders(charges: Iterable[Charge], nommage: Nommage) -> Iterable[Etape]:
    """Who came to the offices that a subject concerns."""
    titulaires = Titulaire.objects.filter(
        charge__in=list(charges), date_debut__isnull=False
    ).select_related("charge")
    for titulaire in titulaires:
        nom = nommage.holder(titulaire)
        yield Etape(
            titulaire.date_debut,
            Precision.JOUR,
            "titulaire",
            f"{titulaire.charge.intitule}\u00a0: {nom or 'nouveau titulaire'}",
            "",
            reverse("charge", args=[titulaire.charge_id]),
            "la charge",
            rang=0,
        )
