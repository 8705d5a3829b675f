// The editor: a toolbar that the keyboard walks, typing kept every few seconds, the preview that
// follows. Without this script the same form saves, previews and publishes with its buttons.
"use strict";
(() => {
  const formulaire = document.getElementById("redaction");
  const corps = document.getElementById("id_corps");
  const dialogue = document.getElementById("chiffres");
  const APERCU = 900;
  const SAISIE = 4000;

  // Replaces the selection; what is undone by Ctrl+Z stays undoable.
  const remplacer = (texte, debut, fin) => {
    corps.focus();
    if (!document.execCommand("insertText", false, texte)) {
      corps.setRangeText(texte);
      corps.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const depart = corps.selectionEnd - texte.length;
    corps.setSelectionRange(depart + debut, depart + fin);
  };

  const entourer = (avant, apres, defaut) => {
    const choisi = corps.value.slice(corps.selectionStart, corps.selectionEnd) || defaut;
    remplacer(avant + choisi + apres, avant.length, avant.length + choisi.length);
  };

  const prefixer = (prefixe, defaut) => {
    const choisi = corps.value.slice(corps.selectionStart, corps.selectionEnd) || defaut;
    const lignes = choisi.split("\n").map((ligne) => prefixe + ligne).join("\n");
    remplacer(lignes, prefixe.length, lignes.length);
  };

  const outils = {
    reserver() {
      const choisi = corps.value.slice(corps.selectionStart, corps.selectionEnd);
      if (choisi.trim().includes("\n")) entourer("::: adhérents\n", "\n:::", choisi);
      else entourer("[[", "]]", "passage réservé");
    },
    gras: () => entourer("**", "**", "texte"),
    titre: () => prefixer("## ", "Titre"),
    liste: () => prefixer("- ", "élément"),
    lien: () => entourer("[", "](https://)", "texte du lien"),
    tableau: () => remplacer("\n| Intitulé | Montant |\n|---|---:|\n| ligne | 0 |\n", 3, 11),
    chiffre: () => dialogue.showModal(),
  };

  const barre = document.querySelector("[role=toolbar]");
  if (barre) {
    const boutons = [...barre.querySelectorAll("button")];
    boutons.forEach((bouton, rang) => { bouton.tabIndex = rang ? -1 : 0; });
    barre.hidden = false;
    barre.addEventListener("click", (evenement) => {
      const bouton = evenement.target.closest("[data-outil]");
      if (bouton) outils[bouton.dataset.outil]();
    });
    barre.addEventListener("keydown", (evenement) => {
      const pas = { ArrowRight: 1, ArrowLeft: -1 }[evenement.key];
      if (!pas) return;
      evenement.preventDefault();
      const ici = boutons.indexOf(document.activeElement);
      const suivant = boutons[(ici + pas + boutons.length) % boutons.length];
      boutons.forEach((bouton) => { bouton.tabIndex = bouton === suivant ? 0 : -1; });
      suivant.focus();
    });
  }

  if (formulaire && corps) {
    corps.addEventListener("keydown", (evenement) => {
      if (!evenement.ctrlKey && !evenement.metaKey) return;
      const touche = evenement.key.toLowerCase();
      const outil = evenement.altKey ? { r: "reserver" }[touche] : { b: "gras", k: "lien" }[touche];
      if (!outil) return;
      evenement.preventDefault();
      outils[outil]();
    });

    let versApercu;
    let versSaisie;
    const etat = document.getElementById("etat-saisie");
    const garder = async () => {
      try {
        const reponse = await fetch(formulaire.dataset.saisie, { method: "POST", body: new FormData(formulaire) });
        etat.textContent = reponse.ok ? await reponse.text() : "Ce texte n’a pas pu être gardé : enregistrez-le.";
      } catch {
        etat.textContent = "Le site ne répond pas : gardez cette page ouverte, votre texte y est.";
      }
    };
    if (formulaire.dataset.saisie) {
      formulaire.addEventListener("input", () => {
        clearTimeout(versApercu);
        clearTimeout(versSaisie);
        versApercu = setTimeout(() => document.body.dispatchEvent(new Event("aperçu")), APERCU);
        versSaisie = setTimeout(garder, SAISIE);
      });
      formulaire.addEventListener("submit", () => clearTimeout(versSaisie));
    }
  }

  // « Ligne 12 » of a problem puts the caret there.
  const allerA = (ligne, colonne) => {
    const lignes = corps.value.split("\n");
    const debut = lignes.slice(0, ligne - 1).reduce((somme, l) => somme + l.length + 1, 0) + colonne - 1;
    corps.focus();
    corps.setSelectionRange(debut, debut);
    corps.scrollTop = (corps.scrollHeight * (ligne - 3)) / lignes.length;
  };
  document.addEventListener("click", (evenement) => {
    const cible = evenement.target;
    const inserer = cible.closest("[data-inserer]");
    if (inserer && corps && dialogue) {
      dialogue.close();
      remplacer(inserer.dataset.inserer, 0, inserer.dataset.inserer.length);
      return;
    }
    if (cible.closest("[data-fermer]")) {
      dialogue.close();
      return;
    }
    const lien = cible.closest("[data-ligne], [data-origine]");
    if (!lien || !corps) return;
    const place = lien.dataset.ligne
      ? [lien.dataset.ligne, lien.dataset.colonne]
      : (/ligne (\d+)(?:, colonne (\d+))?/.exec(lien.dataset.origine) || []).slice(1);
    if (!place[0]) return;
    evenement.preventDefault();
    allerA(Number(place[0]), Number(place[1] || 1));
  });
})();
