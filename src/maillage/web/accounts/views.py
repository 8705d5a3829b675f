"""Opening an account by a link: the first administrator's, and a person invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.web.accounts.actions import accept, find_invitation
from maillage.web.accounts.forms import MotDePasseForm
from maillage.web.accounts.models import Invitation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PAR_MOT_DE_PASSE = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("mot_de_passe", "encore")
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """The person invited chooses a password and is signed in.

    Raises:
        Introuvable: MLG-CPT-001, the link was used, has expired or never was.
    """
    trouvee = get_invitation(jeton, Invitation.Nature.INVITATION)
    formulaire = MotDePasseForm(request.POST or None, utilisateur=trouvee.utilisateur)
    if request.method == "POST" and formulaire.is_valid():
        utilisateur = accept(trouvee, formulaire.cleaned_data["mot_de_passe"])
        login(request, utilisateur, backend=_PAR_MOT_DE_PASSE)
        return redirect("espace")
    contexte = {"form": formulaire, "invite": trouvee.utilisateur}
    return render(request, "accounts/invitation.html", contexte)


def get_invitation(jeton: str, nature: Invitation.Nature) -> Invitation:
    """The invitation of a link.

    Raises:
        Introuvable: MLG-CPT-001, the link was used, has expired or never was.
    """
    trouvee = find_invitation(jeton, timezone.now())
    if trouvee is None or trouvee.nature != nature:
        raise Introuvable(
            Anomalie(
                "MLG-CPT-001",
                "Ce lien n’ouvre plus rien\u00a0: il a déjà servi, ou il est trop ancien.",
                "Demandez une nouvelle invitation à votre réseau. Si votre compte existe déjà, "
                "connectez-vous, ou demandez un nouveau mot de passe.",
            )
        )
    return trouvee
