"""What changes if I choose the other scenario? Two versions of models, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render

from maillage.kernel.francais import format_valeur
from maillage.web.economie.modele.adresses import get_version
from maillage.web.economie.modele.calculs import read_version
from maillage.web.economie.modele.chiffres import euros, signed
from maillage.web.economie.modele.comparaison import compare, find_autre
from maillage.web.economie.pages.modele import describe_modele
from maillage.web.network.requete import organisation_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.web.economie.modele.calculs import Lu


def page(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Two columns and the difference; without another version named, which ones there are.

    Raises:
        Http404: the structure keeps no such version.
    """
    del pk
    organisation = organisation_of(request)
    ici = read_version(get_version(request, organisation, numero))
    contexte = describe_modele(organisation, ici, ("", "Comparer"))
    code = request.GET.get("avec", "")
    contexte["avec"] = code
    if code:
        version = find_autre(organisation, code)
        if version is None:
            raise Http404
        contexte |= _compare(ici, read_version(version))
    return render(request, "economie/modele_comparaison.html", contexte)


def _compare(ici: Lu, autre: Lu) -> dict[str, Any]:
    if ici.calcul is None or autre.calcul is None:
        return {"autre": autre, "fautes": (*ici.anomalies, *autre.anomalies)}
    noms = _name(ici), _name(autre)
    if noms[0] == noms[1]:
        noms = f"{noms[0]} (celui-ci)", f"{noms[1]} (l’autre)"
    ici_calcule, autre_calcule = ici.calcul.calcule, autre.calcul.calcule
    return {
        "autre": autre,
        "constat": _tell(ici_calcule, autre_calcule),
        "tables": compare(ici_calcule, autre_calcule, noms),
    }


def _name(lu: Lu) -> str:
    return f"{lu.nom}, version {lu.version.numero}"


def _tell(ici: ModeleCalcule, autre: ModeleCalcule) -> str:
    resultats = ici.modele.resultat, autre.modele.resultat
    bas = ici.modele.tresorerie.point_bas, autre.modele.tresorerie.point_bas
    return (
        f"Le résultat passe de {euros(resultats[0])} à {euros(resultats[1])} ({signed(resultats[1] - resultats[0])}), "
        f"la trésorerie la plus basse de {euros(bas[0])} à {format_valeur(bas[1], '€')} ({signed(bas[1] - bas[0])})."
    )
