"""What the motives of rejection of an annexe mean, in plain words, as far as they are known.

The codes are those seen in published extracts (CP_BANC_KO, SIGN_INSTR, NUM_AVM_KO, ETAB_FERME,
TIT_RIB_KO); no public list explains them. What they say is read from their own words, and said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from maillage.kernel.francais import guillemets


@dataclass(frozen=True, slots=True)
class Rejet:
    """A motive of rejection.

    Attributes:
        quoi: What it says, a French sentence.
        que_faire: What to do.
        is_banque: Whether it is about bank details.
    """

    quoi: str
    que_faire: str
    is_banque: bool = False


_CONNUS: Final = {
    "CP_BANC_KO": Rejet(
        "les coordonnées bancaires sont refusées (code CP_BANC_KO).",
        "Vérifier l’IBAN et envoyer un relevé d’identité bancaire à jour au service instructeur : sans "
        "lui, l’aide n’est pas versée.",
        is_banque=True,
    ),
    "TIT_RIB_KO": Rejet(
        "le titulaire du compte ne correspond pas à la structure (code TIT_RIB_KO).",
        "Envoyer un relevé d’identité bancaire au nom exact de la structure, ou faire corriger la "
        "dénomination.",
        is_banque=True,
    ),
    "SIGN_INSTR": Rejet(
        "une signature manque ou n’est pas reconnue (code SIGN_INSTR).",
        "Demander au service instructeur laquelle, puis refaire signer l’annexe.",
    ),
    "NUM_AVM_KO": Rejet(
        "le numéro de l’avenant ne suit pas (code NUM_AVM_KO).",
        "Demander au service instructeur de corriger le numéro de l’avenant.",
    ),
    "ETAB_FERME": Rejet(
        "l’établissement est fermé au répertoire SIRENE (code ETAB_FERME).",
        "Faire mettre à jour le SIRET sur l’extranet, ou l’établissement au répertoire.",
    ),
}


def explain_rejet(codes: str) -> Rejet:
    """What one or several motives say; a code that nobody explained is given as it is.

    Args:
        codes: Separated by spaces, as the facts keep them.
    """
    rejets = [
        _CONNUS.get(
            code,
            Rejet(
                f"motif {guillemets(code)}, qu’aucune source publique n’explique.",
                "Demander au service instructeur ce que signifie ce motif, et ce qui le lève.",
            ),
        )
        for code in dict.fromkeys(codes.split())
    ]
    return Rejet(
        " ; ".join(rejet.quoi.rstrip(".") for rejet in rejets) + ".",
        " ".join(rejet.que_faire for rejet in rejets),
        is_banque=any(rejet.is_banque for rejet in rejets),
    )
