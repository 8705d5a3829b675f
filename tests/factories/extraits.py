"""Small extracts of annexes financières, in the shapes in which they are published."""

from __future__ import annotations

ENTETES = (
    "af_id_structure",
    "af_mesure_dispositif_code",
    "af_numero_annexe_financiere",
    "af_numero_avenant_renouvellement",
    "af_numero_avenant_modification",
    "af_date_debut_effet",
    "af_date_fin_effet",
    "af_etp_postes_insertion",
    "af_montant_unitaire_annuel_valeur",
    "af_montant_total_annuel",
    "af_indic_perimetre_milieu_penitentiaire",
    "af_nb_banques numeric",
)
DEB = "DEBAnnexeFinanciere07022022_063004"
LIGNES = (
    "1|FDI_DC|FDI017200067|0|0|01/12/2020|31/12/2021||||false|",
    "1|ACI_DC|ACI054180019|0|0|01/01/2018|31/12/2018|8.15|19897.00|162160.55||",
    "1|ACI_DC|ACI972190115|0|0|01/05/2019|31/12/2019|7.43|20199.00|100052.40||",
    "1|ACI_DC|ACI972190115|2|1|01/01/2021|30/04/2021|7.43|20642.00|51123.36||",
    "1|ACI_DC|ACI972180023|0|1|01/07/2018|31/12/2018|10.29|19897.00|102370.08||",
    "1|AI_DC|AI017180002|0|1|01/01/2018|31/12/2018|39.19|1347.00|52788.93||",
    "1|AI_DC|AI092215107|1|0|01/01/2022|31/12/2022|19.00|1428.00|27132.00||",
    "1|EI_DC|EI017210016|0|0|01/01/2021|31/12/2021|2.00|10751.00|21502.00||",
)
"""Published rows, full and partial years, avenants, one FDI of thirteen months."""


def write_extrait(*lignes: str, deb: bool = True, fin: int | None = None) -> str:
    """Text of an extract: pipes, the DEB line or not, the FIN line or not."""
    vides = "|" * (len(ENTETES) - 1)
    debut = [DEB + vides] if deb else []
    suite = [] if fin is None else [f"FIN{fin}{vides}"]
    return "\n".join([*debut, "|".join(ENTETES), *(lignes or LIGNES), *suite]) + "\n"


def write_csv(*rangees: dict[str, str], separateur: str = ",") -> str:
    """CSV of a spreadsheet with the needed columns; each row changes a good one."""
    bonne = {
        "af_numero_annexe_financiere": "AI017180002",
        "af_mesure_dispositif_code": "AI_DC",
        "af_etp_postes_insertion": "3",
        "af_montant_unitaire_annuel_valeur": "1347",
        "af_date_debut_effet": "2018-01-01",
        "af_date_fin_effet": "2018-12-31",
        "af_montant_total_annuel": "4041",
    }
    lignes = [separateur.join(bonne)]
    lignes += [separateur.join((bonne | rangee).values()) for rangee in rangees or ({},)]
    return "\n".join(lignes) + "\n"
