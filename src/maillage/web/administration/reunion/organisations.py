"""Two records of one organisation become one: the other is archived, and leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import accorder, guillemets, join_fr
from maillage.web.administration.reunion.bilan import Bilan, Devenir, unite
from maillage.web.administration.reunion.roles import move_roles
from maillage.web.journal.actions import record
from maillage.web.network.models import Adhesion, Consentement, Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from maillage.web.network.models import LienRegistre
    from maillage.web.pilotage.models import LienStructure

    Lien = LienRegistre | LienStructure

_ASSOCIATION = "association_regionale_id"
_CHAMPS: Final = {
    "sigle": "sigle",
    "siren": "SIREN",
    "adresse": "adresse",
    "email": "adresse e-mail",
    "telephone": "téléphone",
    "site_web": "site web",
    _ASSOCIATION: "association régionale",
    "commune": "commune",
    "departement": "département",
    "region": "région",
}
"""What may be missing on the record that is kept, and its name on screen."""
_LIEU = ("commune", "departement", "region")
_MEMES = ("statut", "montant_centimes", "date_statut", "date_echeance")
RELATIONS = frozenset(
    {
        "conventions",
        "adhesions",
        "cotisations",
        "consentements",
        "rattachements",
        "liens_registre",
        "liens_structure",
        "exercices_comptables",
        "plans_de_rattachement",
        "modeles_economiques",
        "structures",
        "reponses_questionnaire",
        "participations",
        "sieges",
        "reunies",
    }
)
"""All that hangs on an organisation; a test holds this list to the base."""


def plan(garde: Organisation, autre: Organisation) -> Bilan:
    """What joining the other record to the one that is kept would do."""
    return Bilan(tuple(_list_moves(garde, autre)), tuple(_list_obstacles(garde, autre)))


def _list_obstacles(garde: Organisation, autre: Organisation) -> Iterator[Anomalie]:
    if garde.pk == autre.pk or garde.reunie_a_id or autre.reunie_a_id:
        yield Anomalie(
            "MLG-ADM-042",
            "Une de ces fiches est déjà réunie à une autre, ou c’est la même.",
            "Choisissez deux fiches qui vivent encore.",
        )
        return
    if garde.nature != autre.nature or garde.nature == Organisation.Nature.RESEAU:
        yield Anomalie(
            "MLG-ADM-043",
            f"{guillemets(garde.nom)} et {guillemets(autre.nom)} ne sont pas de même nature.",
            "Seules deux structures, deux associations régionales ou deux partenaires se réunissent.",
        )
    if garde.siren and autre.siren and garde.siren != autre.siren:
        yield Anomalie(
            "MLG-ADM-044",
            f"Les deux fiches ont chacune leur SIREN, {garde.siren} et {autre.siren}\u00a0: ce sont deux "
            "personnes morales.",
            "Corrigez le SIREN qui est faux, ou laissez les deux fiches.",
        )
    siren = garde.siren or autre.siren
    for convention in (*garde.conventions.all(), *autre.conventions.all()):
        if siren and not convention.siret.startswith(siren):
            yield Anomalie(
                "MLG-ADM-049",
                f"La convention {convention.type_siae} {convention.siret} n’est pas celle d’un "
                f"établissement du SIREN {siren}.",
                "Une autre personne morale est une autre organisation\u00a0: corrigez la convention, ou "
                "laissez les deux fiches.",
            )
    for annee in _list_quarrels(garde, autre):
        yield Anomalie(
            "MLG-ADM-045",
            f"Les deux fiches ne disent pas la même chose de la cotisation {annee}.",
            "Accordez-les ou supprimez celle qui est fausse, puis recommencez.",
        )
    for exercice in _list_double_accounts(garde, autre):
        yield Anomalie(
            "MLG-ADM-050",
            f"Les deux fiches ont des comptes de la même période, {exercice}.",
            "Leur direction en oublie un, puis recommencez.",
        )
    for questionnaire in _list_double_answers(garde, autre):
        yield Anomalie(
            "MLG-ADM-046",
            f"Les deux fiches ont une réponse au questionnaire {guillemets(questionnaire)}.",
            "Une seule réponse peut compter\u00a0: ces fiches ne se réunissent pas.",
        )


def _list_double_accounts(garde: Organisation, autre: Organisation) -> list[str]:
    """Years of accounts that the two records have, whole or in part."""
    siens = garde.exercices_comptables.all()
    return [
        str(exercice)
        for exercice in autre.exercices_comptables.all()
        if any(
            e.premier_jour <= exercice.dernier_jour and exercice.premier_jour <= e.dernier_jour
            for e in siens
        )
    ]


def _list_quarrels(garde: Organisation, autre: Organisation) -> list[int]:
    siennes = {c.annee: c for c in garde.cotisations.all()}
    return [
        c.annee
        for c in autre.cotisations.all()
        if c.annee in siennes and any(getattr(c, m) != getattr(siennes[c.annee], m) for m in _MEMES)
    ]


def _list_double_answers(garde: Organisation, autre: Organisation) -> list[str]:
    deja = set(garde.reponses_questionnaire.values_list("questionnaire_id", flat=True))
    reponses = autre.reponses_questionnaire.select_related("questionnaire")
    return [str(r.questionnaire) for r in reponses if r.questionnaire_id in deja]


def _list_moves(garde: Organisation, autre: Organisation) -> Iterator[Devenir]:
    ici = f"désormais à {guillemets(garde.nom)}"
    for champ in _fields_to_fill(garde, autre):
        valeur = autre.association_regionale if champ == _ASSOCIATION else getattr(autre, champ)
        yield Devenir(f"{_CHAMPS[champ]}\u00a0: {valeur}", "manquait, est repris")
    if autre.nom != garde.nom:
        yield Devenir(f"nom\u00a0: {autre.nom}", "reste à la fiche archivée")
    nombres = {
        "convention": (autre.conventions.count(), "conventions"),
        "rôle de personne": (autre.rattachements.count(), "rôles de personnes"),
        "décision de consentement": (autre.consentements.count(), "décisions de consentement"),
        "réponse au questionnaire": (
            autre.reponses_questionnaire.count(),
            "réponses au questionnaire",
        ),
        "décision sur le registre": (autre.liens_registre.count(), "décisions sur le registre"),
        "décision sur les extraits": (autre.liens_structure.count(), "décisions sur les extraits"),
        "exercice comptable": (autre.exercices_comptables.count(), "exercices comptables"),
        "plan de rattachement": (autre.plans_de_rattachement.count(), "plans de rattachement"),
        "modèle économique": (autre.modeles_economiques.count(), "modèles économiques"),
        "structure rattachée": (autre.structures.count(), "structures rattachées"),
        "participation à une rencontre": (
            autre.participations.count(),
            "participations à des rencontres",
        ),
        "siège dans un espace de dialogue": (
            autre.sieges.count(),
            "sièges dans des espaces de dialogue",
        ),
    }
    for singulier, (nombre, pluriel) in nombres.items():
        if nombre:
            yield Devenir(accorder(nombre, singulier, pluriel), ici)
    yield from _list_memberships(garde, autre, ici)
    for usage in _list_contradictions(garde, autre):
        yield Devenir(
            f"consentement\u00a0: {usage.label}",
            "les deux fiches disent le contraire\u00a0: c’est un refus, à redemander",
        )


def _list_memberships(garde: Organisation, autre: Organisation, ici: str) -> Iterator[Devenir]:
    adhesions = [(a.date_debut, a.date_fin) for a in autre.adhesions.all()]
    if adhesions:
        toutes = unite([*adhesions, *((a.date_debut, a.date_fin) for a in garde.adhesions.all())])
        periodes = join_fr(_tell_period(*periode) for periode in toutes)
        quoi = accorder(len(adhesions), "période d’adhésion", "périodes d’adhésion")
        yield Devenir(quoi, f"avec celles de l’autre fiche\u00a0: {periodes}")
    siennes = set(garde.cotisations.values_list("annee", flat=True))
    annees = sorted(c.annee for c in autre.cotisations.all())
    neuves = [annee for annee in annees if annee not in siennes]
    if neuves:
        yield Devenir(f"cotisations {join_fr(map(str, neuves))}", ici)
    contraires = _list_quarrels(garde, autre)
    doubles = [annee for annee in annees if annee in siennes and annee not in contraires]
    if doubles:
        yield Devenir(
            f"cotisations {join_fr(map(str, doubles))}", "sont les mêmes, comptées une fois"
        )


def _tell_period(debut: date, fin: date | None) -> str:
    return (
        f"depuis le {debut:%d/%m/%Y}" if fin is None else f"du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}"
    )


def _fields_to_fill(garde: Organisation, autre: Organisation) -> list[str]:
    """Fields that only the other record has; a place is taken whole or not at all."""
    situee = any(getattr(garde, c) for c in _LIEU)
    return [
        champ
        for champ in _CHAMPS
        if getattr(autre, champ) and not getattr(garde, champ) and not (situee and champ in _LIEU)
    ]


def _list_contradictions(garde: Organisation, autre: Organisation) -> list[Consentement.Usage]:
    ici, la = _decisions(garde), _decisions(autre)
    return [
        usage
        for usage in Consentement.Usage
        if usage.value in ici and usage.value in la and ici[usage.value] != la[usage.value]
    ]


def _decisions(organisation: Organisation) -> dict[str, bool]:
    decisions = organisation.consentements.order_by("at", "pk")
    return {decision.usage: decision.accorde for decision in decisions}


@transaction.atomic
def merge(garde: Organisation, autre: Organisation, empreinte: str, *, by: int | None) -> None:
    """Join the other record to the one that is kept, as it was shown.

    Raises:
        SaisieInvalide: MLG-ADM-041 to 046, as `plan` tells.
    """
    verrouillees = Organisation.objects.select_for_update().in_bulk([garde.pk, autre.pk])
    garde, autre = verrouillees[garde.pk], verrouillees[autre.pk]
    bilan = plan(garde, autre)
    bilan.check(empreinte)
    champs = {champ: getattr(autre, champ) for champ in _fields_to_fill(garde, autre)}
    for usage in _list_contradictions(garde, autre):
        Consentement.objects.create(organisation=garde, usage=usage, accorde=False, by_id=by)
    _move(garde, autre)
    # a SIREN is one organisation's: it leaves one before it comes to the other
    autre.siren, autre.is_archived, autre.reunie_a = "", True, garde
    autre.association_regionale = None
    autre.save()
    for champ, valeur in champs.items():
        setattr(garde, champ, valeur)
    garde.save()
    record(
        "organisation.reunir",
        by=by,
        objet=garde,
        nom=str(garde),
        details={"reunie": autre.pk, "lignes": len(bilan.lignes), "champs": sorted(champs)},
    )


def _move(garde: Organisation, autre: Organisation) -> None:
    autre.conventions.update(organisation=garde)
    autre.structures.update(association_regionale=garde)
    autre.reunies.update(reunie_a=garde)
    autre.reponses_questionnaire.update(organisation=garde)
    autre.consentements.update(organisation=garde)
    autre.participations.update(organisation=garde)
    autre.sieges.update(organisation=garde)
    autre.exercices_comptables.update(organisation=garde)
    autre.plans_de_rattachement.update(organisation=garde)
    autre.modeles_economiques.update(organisation=garde)
    deja = garde.cotisations.values_list("annee", flat=True)
    autre.cotisations.filter(annee__in=list(deja)).delete()
    autre.cotisations.update(organisation=garde)
    move_roles(garde.rattachements.all(), autre.rattachements.all(), organisation=garde)
    _move_adhesions(garde, autre)
    _move_links(garde.liens_registre.all(), autre.liens_registre.all(), ("siret", "kind"), garde)
    _move_links(
        garde.liens_structure.all(), autre.liens_structure.all(), ("asp_id", "type_siae"), garde
    )


def _move_adhesions(garde: Organisation, autre: Organisation) -> None:
    """One line per period: the first that starts in it is kept, those that it covers go."""
    toutes = [*garde.adhesions.all(), *autre.adhesions.all()]
    periodes = unite((a.date_debut, a.date_fin) for a in toutes)
    gardees = [next(a for a in toutes if a.date_debut == debut) for debut, _ in periodes]
    en_trop = {a.pk for a in toutes} - {a.pk for a in gardees}
    Adhesion.objects.filter(pk__in=en_trop).delete()
    for adhesion, (_, fin) in zip(gardees, periodes, strict=True):
        adhesion.organisation, adhesion.date_fin = garde, fin
        adhesion.save()


def _move_links(
    siens: Iterable[Lien], autres: Iterable[Lien], cle: tuple[str, str], garde: Organisation
) -> None:
    """The decision that links wins over the one that parts: the line that it is about is this one."""
    deja = {tuple(getattr(lien, champ) for champ in cle): lien for lien in siens}
    for lien in autres:
        double = deja.get(tuple(getattr(lien, champ) for champ in cle))
        if double is not None and (double.is_confirme or not lien.is_confirme):
            lien.delete()
            continue
        if double is not None:
            double.delete()
        lien.organisation = garde
        lien.save()
