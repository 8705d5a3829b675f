"""What the motives of rejection of an annexe mean, in plain words, as far as they are known.

The labels that the ASP gives to these codes (RefMotifRejet) are not public: what is written here is a
reading of the code itself, told as such, and nothing more.

Source:
    Codes seen in the column af_motif_rejet_code of the public extract of February 2022.
"""

from __future__ import annotations

from dataclasses import dataclass

LECTURE = (
    "Les intitulés que l’ASP donne à ces codes ne sont pas publics : l’explication est une lecture du "
    "code par Maillage. En cas de doute, la DDETS ou l’ASP dit ce qui est attendu."
)


@dataclass(frozen=True, slots=True)
class Motif:
    """A code of rejection, read by Maillage.

    Attributes:
        code: As published.
        libelle: What the code names, in a few words.
        sens: What it means, as far as the code says; a French sentence.
        que_faire: What can be checked or asked; a French sentence.
        is_bancaire: Whether it is about bank details.
        is_connu: Whether the code was ever seen in a public source.
    """

    code: str
    libelle: str
    sens: str
    que_faire: str
    is_bancaire: bool = False
    is_connu: bool = True


_MOTIFS = {
    motif.code: motif
    for motif in (
        Motif(
            "CP_BANC_KO",
            "compte bancaire refusé",
            "Le compte bancaire de la structure, tel que l’ASP l’a reçu, n’est pas accepté.",
            "Comparez le relevé d’identité bancaire déposé sur l’extranet avec celui de la banque : "
            "numéro complet, compte toujours ouvert. Déposez-en un récent si besoin. Ne l’envoyez pas au "
            "réseau.",
            is_bancaire=True,
        ),
        Motif(
            "TIT_RIB_KO",
            "titulaire du RIB refusé",
            "Le nom du titulaire écrit sur le relevé d’identité bancaire (RIB) n’est pas accepté.",
            "Comparez ce nom avec celui de la structure au répertoire SIRENE et sur la convention. S’ils "
            "diffèrent, demandez un RIB corrigé à la banque ou signalez le changement de nom. N’envoyez "
            "pas le RIB au réseau.",
            is_bancaire=True,
        ),
        Motif(
            "SIGN_INSTR",
            "signature ou instruction",
            "Le code parle de signature et d’instruction ; il ne dit pas laquelle des pièces est en cause.",
            "Vérifiez que l’annexe est signée par les deux parties, puis demandez à la DDETS ce qui manque.",
        ),
        Motif(
            "NUM_AVM_KO",
            "numéro d’avenant refusé",
            "Le numéro de l’avenant de modification n’est pas accepté.",
            "Vérifiez avec la DDETS le numéro du dernier avenant : le nouveau doit lui faire suite.",
        ),
        Motif(
            "ETAB_FERME",
            "établissement fermé",
            "L’établissement désigné par la convention est connu comme fermé.",
            "Vérifiez le SIRET au répertoire SIRENE. Après un déménagement ou une fusion, signalez le "
            "nouveau SIRET à la DDETS et à l’ASP.",
        ),
    )
}


def explain_motif(code: str) -> Motif:
    """What a code of rejection means; one that nobody published says so."""
    return _MOTIFS.get(code) or Motif(
        code,
        f"motif {code}",
        "Ce code n’est expliqué dans aucune source publique connue de Maillage.",
        "Demandez à la DDETS qui instruit la convention, ou à l’ASP, ce qui est attendu.",
        is_connu=False,
    )


def explain_motifs(codes: str) -> tuple[Motif, ...]:
    """What several codes mean, written as in the facts: separated by a space, without repetition."""
    return tuple(explain_motif(code) for code in sorted(set(codes.split())))


@dataclass(frozen=True, slots=True)
class Rejet:
    """One or several motives of rejection, told together.

    Attributes:
        quoi: What they say, a French sentence.
        que_faire: What to do.
        is_banque: Whether one of them is about bank details.
    """

    quoi: str
    que_faire: str
    is_banque: bool = False


def explain_rejet(codes: str) -> Rejet:
    """What one or several motives say; a code that nobody explained is given as it is.

    Args:
        codes: Separated by spaces, as the facts keep them; empty when the extract gives no motive.
    """
    motifs = explain_motifs(codes)
    if not motifs:
        return Rejet(
            "l’extrait ne dit pas le motif du rejet.",
            "Demandez à la DDETS qui instruit la convention, ou à l’ASP, ce qui est attendu.",
        )
    return Rejet(
        " ; ".join(f"{motif.libelle} (code {motif.code})" for motif in motifs) + ".",
        " ".join(motif.que_faire for motif in motifs),
        is_banque=any(motif.is_bancaire for motif in motifs),
    )
