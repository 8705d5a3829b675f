"""What is typed on the command line of one annexe: complements, avenants, readings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.annexes.demande import Demande
    from maillage.regles.versement.annexe import EtpRealises


def collect(*lectures: Callable[[], Any]) -> list[Any]:
    """Results of several readings, or what is wrong in all of them.

    Args:
        lectures: Each may refuse what was typed.

    Raises:
        SaisieInvalide: at least one refuses; every problem of every one is told.
    """
    trouves: list[Any] = []
    anomalies: list[Anomalie] = []
    for lecture in lectures:
        try:
            trouves.append(lecture())
        except SaisieInvalide as refus:
            anomalies += refus.anomalies
    if anomalies:
        raise SaisieInvalide(*anomalies)
    return trouves


def read_demande(
    mois: tuple[EtpRealises, ...],
    champs: dict[str, str | None],
    avenants: list[str],
    hypotheses: list[str],
) -> Demande:
    """What is asked of an annexe beyond its amount, from the options.

    Args:
        mois: Occupation of each month.
        champs: What was typed, by option without its dashes: `poids`, `notes`, `passerelle`, `cdi`,
            `beneficiaires-rsa`, `rsa`.
        avenants: Each « MOIS:etp=…:montant=… ».
        hypotheses: Each « nom=lecture ».

    Raises:
        SaisieInvalide: every option that is wrong (MLG-CAL-001 to 004, MLG-REG-211, 228 to 230,
            MLG-CLI-004).
    """
    from maillage.analyses.annexes.demande import Demande, read_lectures  # noqa: PLC0415 — heavy
    from maillage.analyses.annexes.saisie import (  # noqa: PLC0415 — heavy
        read_avenant,
        read_complements,
    )

    fautes: list[Anomalie] = []

    def keep(refus: SaisieInvalide, option: str = "") -> None:
        fautes.extend(replace(a, ou=option or a.ou) for a in refus.anomalies)

    textes: dict[str, str] = {}
    for option in ("poids", "notes", "passerelle", "cdi"):
        try:
            textes |= _split_option(option, champs.get(option))
        except SaisieInvalide as refus:
            keep(refus)
    textes["rsa_beneficiaires"] = champs.get("beneficiaires-rsa") or ""
    textes["rsa_montant"] = champs.get("rsa") or ""
    complements, anomalies = read_complements(textes)
    fautes += [replace(a, ou=f"--{_OPTIONS[a.ou]}") for a in anomalies]
    lus = []
    for texte in avenants:
        try:
            avenant, siennes = read_avenant(_split_avenant(texte))
        except SaisieInvalide as refus:
            keep(refus)
            continue
        fautes += [replace(a, ou=f"--avenant {texte}") for a in siennes]
        lus += [] if avenant is None else [avenant]
    try:
        choix = dict(_split_egal(mot, "--hypothese", "plafond=mensuel") for mot in hypotheses)
        paiement, autres = read_lectures(choix)
    except SaisieInvalide as refus:
        keep(refus, "--hypothese")
    if fautes:
        raise SaisieInvalide(*fautes)
    return Demande(
        mois,
        tuple(lus),
        paiement,
        replace(complements, **autres),  # type: ignore[arg-type]  # each of the class of its point
    )


_OPTIONS = {
    "poids_personnes": "poids",
    "poids_moyens": "poids",
    "poids_resultats": "poids",
    "note_personnes": "notes",
    "note_moyens": "notes",
    "note_resultats": "notes",
    "passerelle_etp": "passerelle",
    "passerelle_mois": "passerelle",
    "cdi_etp": "cdi",
    "cdi_embauche": "cdi",
    "rsa_beneficiaires": "beneficiaires-rsa",
    "rsa_montant": "rsa",
}
"""Option that gives each field of the complements."""
_PARTIES = {"etp": "avenant_etp", "montant": "avenant_montant", "signature": "avenant_decision"}


def _split_option(option: str, texte: str | None) -> dict[str, str]:
    """Fields of an option that holds several: « 40,30,30 », « 2,5:6 », « 1:2022-03-15 ».

    Raises:
        SaisieInvalide: it does not hold as many (MLG-CLI-004).
    """
    if texte is None:
        return {}
    noms = [nom for nom, une in _OPTIONS.items() if une == option]
    mots = texte.split("," if option in {"poids", "notes"} else ":")
    if len(mots) != len(noms):
        _refuse(
            f"« {texte} » ne donne pas {len(noms)} valeurs",
            f"écrivez par exemple {_EXEMPLES[option]}.",
            f"--{option}",
        )
    return dict(zip(noms, mots, strict=True))


_EXEMPLES = {
    "poids": "40,30,30",
    "notes": "80,60,70",
    "passerelle": "2,5:6",
    "cdi": "1:2022-03-15",
}


def _split_avenant(texte: str) -> dict[str, str]:
    """« 2022-07:etp=14,5:montant=1509 » by field.

    Raises:
        SaisieInvalide: it is not written so (MLG-CLI-004).
    """
    mois, *parties = texte.split(":")
    champs = {"avenant_mois": mois}
    for partie in parties:
        nom, valeur = _split_egal(partie, f"--avenant {texte}", "2022-07:etp=14,5:montant=1509")
        if nom not in _PARTIES:
            _refuse(
                f"« {nom} » n’est pas une partie d’un avenant",
                "écrivez etp=, montant= ou signature=.",
                f"--avenant {texte}",
            )
        champs[_PARTIES[nom]] = valeur
    return champs


def _split_egal(mot: str, option: str, exemple: str) -> tuple[str, str]:
    nom, egal, valeur = mot.partition("=")
    if not egal:
        _refuse(f"« {mot} » n’a pas de signe =", f"écrivez par exemple {exemple}.", option)
    return nom.strip(), valeur.strip()


def _refuse(quoi: str, que_faire: str, option: str) -> NoReturn:
    raise SaisieInvalide(Anomalie("MLG-CLI-004", quoi, que_faire, option))
