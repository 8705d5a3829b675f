// The note-taking screen: adds by key or tap, saves by itself, shows what others write, and puts two
// texts side by side when two people changed the same note.
"use strict";
(() => {
  const formulaire = document.getElementById("note-nouvelle");
  if (!formulaire || !window.MaillageNotes) return;
  const { FileDeNotes, memes, nommer } = window.MaillageNotes;
  const liste = document.getElementById("notes");
  const etat = document.getElementById("etat-notes");
  const texte = document.getElementById("note-texte");
  const locuteur = document.getElementById("note-locuteur");
  const VEILLE = 3000;
  const REPIT = 700;
  const serveur = new Map();
  const ouvertes = new Set();
  const retirees = new Set();
  let connu = "";
  let liaison = "attente"; // attente, ok, horsLigne, deconnecte, refuse
  let minuteur;

  const noms = (attribut) =>
    Object.fromEntries([...formulaire.querySelectorAll(attribut)].map((e) => [e.value, (e.dataset.nom || e.textContent).trim()]));
  formulaire.querySelectorAll("[name=nature]").forEach((radio) => {
    radio.dataset.nom = radio.nextElementSibling.firstChild.textContent;
  });
  const natures = noms("[name=nature]");
  const voix = noms("#note-locuteur option");
  const jeton = formulaire.querySelector("[name=csrfmiddlewaretoken]");

  const file = new FileDeNotes({
    cle: formulaire.dataset.cle,
    envoi: formulaire.dataset.envoi,
    jeton: () => jeton.value,
    surChangement: (identifiant, point) => {
      if (point) serveur.set(identifiant, point);
      dessiner(identifiant);
      dire();
    },
  });

  // --- what the screen says of itself
  const compter = (n, un, plusieurs) => `${n}\u00a0${n > 1 ? plusieurs : un}`;
  const phrase = () => {
    const reste = file.attente.size - file.heurts;
    const ou = file.isGardee ? "sur cet appareil" : "dans cette page seulement\u00a0: ne la fermez pas";
    const gardees = `En attente\u00a0: ${compter(reste, "note, gardée", "notes, gardées")} ${ou}`;
    const heurts = file.heurts
      ? ` ${compter(file.heurts, "note a", "notes ont")} deux textes\u00a0: choisissez ci-dessous.`
      : "";
    if (liaison === "deconnecte") {
      return `${reste ? `${gardees}. ` : ""}Vous n’êtes plus connecté\u00a0: reconnectez-vous dans un autre onglet, ceci reprendra.${heurts}`;
    }
    if (liaison === "refuse") return `${reste ? `${gardees}. ` : ""}Le site a refusé l’envoi, il sera retenté.${heurts}`;
    if (liaison === "horsLigne") return `${reste ? gardees : "Sans réseau"}. ${reste ? "Sans réseau, vous pouvez continuer." : "Vous pouvez continuer."}${heurts}`;
    if (reste) return `${gardees}.${heurts}`;
    return heurts ? heurts.trim() : liaison === "attente" ? "Les notes arrivent…" : "Tout est enregistré.";
  };
  const dire = () => {
    const dit = phrase();
    if (etat.textContent !== dit) etat.textContent = dit;
    etat.dataset.liaison = file.heurts ? "heurt" : file.attente.size ? "attente" : liaison;
    const vide = !liste.querySelector(":scope > li:not([hidden])");
    const absentes = liaison !== "ok" && !connu;
    document.getElementById("notes-vides").hidden = !vide || absentes;
    document.getElementById("notes-absentes").hidden = !absentes || liaison === "attente";
  };

  // --- small pieces of the page
  const piece = (balise, proprietes = {}, ...enfants) => {
    const element = Object.assign(document.createElement(balise), proprietes);
    element.append(...enfants);
    return element;
  };
  const bouton = (mot, quoi, geste, classe = "secondaire") => {
    const b = piece("button", { type: "button", className: classe }, mot);
    b.setAttribute("aria-label", `${mot}\u00a0: ${quoi.slice(0, 50)}`);
    b.addEventListener("click", geste);
    return b;
  };
  const choix = (valeurs, choisi, etiquette) => {
    const s = piece("select");
    s.setAttribute("aria-label", etiquette);
    Object.entries(valeurs).forEach(([v, nom]) => s.append(piece("option", { value: v, selected: v === choisi }, nom)));
    return s;
  };

  const vue = (identifiant) => {
    const entree = file.attente.get(identifiant);
    return entree ? entree.voulu : serveur.get(identifiant);
  };
  const changer = (identifiant, changements) => {
    const actuel = vue(identifiant);
    const base = serveur.get(identifiant) ? serveur.get(identifiant).revision : 0;
    file.vouloir(identifiant, { ...actuel, ...changements }, base);
    reprendre(REPIT);
  };

  // --- one note
  const dessiner = (identifiant) => {
    const note = vue(identifiant);
    let li = document.getElementById(`note-${identifiant}`);
    if (!note) {
      if (li) li.remove();
      return;
    }
    if (!li) {
      li = piece("li", { id: `note-${identifiant}` });
      liste.append(li);
    }
    const entree = file.attente.get(identifiant);
    li.hidden = note.retire && !retirees.has(identifiant) && !entree;
    li.classList.toggle("notes-retiree", note.retire);
    li.classList.toggle("notes-attente", Boolean(entree));
    if (entree && entree.heurt) {
      li.replaceChildren(...deuxTextes(identifiant, entree));
      return;
    }
    const editeur = li.querySelector(".notes-editeur");
    if (ouvertes.has(identifiant) && editeur) {
      suivre(editeur, identifiant, note);
      return;
    }
    li.replaceChildren(...(ouvertes.has(identifiant) ? [editer(identifiant, note)] : lecture(identifiant, note)));
  };

  const marque = (identifiant) => {
    const entree = file.attente.get(identifiant);
    if (entree && entree.refus) return entree.refus;
    if (entree) return entree.voulu.texte.trim() ? "en attente" : "vide\u00a0: écrivez-la, ou retirez-la";
    const { par } = serveur.get(identifiant);
    return par ? `enregistré, ${par}` : "enregistré";
  };
  const lecture = (identifiant, note) => {
    const tete = piece("p", { className: "notes-tete" }, piece("span", { className: "etiquette" }, natures[note.nature] || note.nature));
    if (note.locuteur) tete.append(` ${voix[note.locuteur] || ""}`);
    tete.append(piece("span", { className: "notes-marque" }, marque(identifiant)));
    const gestes = piece("p", { className: "notes-gestes" });
    if (note.retire) {
      gestes.append(bouton("Remettre", note.texte, () => changer(identifiant, { retire: false })));
    } else {
      gestes.append(
        bouton("Modifier", note.texte, () => {
          ouvertes.add(identifiant);
          dessiner(identifiant);
          document.querySelector(`#note-${CSS.escape(identifiant)} textarea`).focus();
        }, "lien"),
        bouton("Retirer", note.texte, () => {
          retirees.add(identifiant);
          changer(identifiant, { retire: true });
        }, "lien"),
      );
    }
    return [tete, piece("p", { className: "rencontre-texte notes-dit" }, note.texte), gestes];
  };

  const editer = (identifiant, note) => {
    const nature = choix(natures, note.nature, "Nature");
    const qui = choix(voix, String(note.locuteur || ""), "Qui parle");
    const champ = piece("textarea", { value: note.texte, rows: 3, maxLength: texte.maxLength });
    champ.setAttribute("aria-label", "Texte de la note");
    const suite = () =>
      changer(identifiant, { nature: nature.value, locuteur: Number(qui.value) || null, texte: champ.value });
    [nature, qui].forEach((s) => s.addEventListener("change", suite));
    champ.addEventListener("input", suite);
    const fermer = () => {
      ouvertes.delete(identifiant);
      dessiner(identifiant);
      reprendre(0);
    };
    return piece("div", { className: "notes-editeur" }, nature, qui, champ,
      piece("p", { className: "notes-marque" }, file.attente.has(identifiant) || serveur.has(identifiant) ? marque(identifiant) : ""),
      bouton("Terminé", note.texte, fermer));
  };
  // Somebody else changed a note that is open here and not changed here: the field follows.
  const suivre = (editeur, identifiant, note) => {
    editeur.querySelector(".notes-marque").textContent = marque(identifiant);
    if (file.attente.has(identifiant)) return;
    const [nature, qui] = editeur.querySelectorAll("select");
    nature.value = note.nature;
    qui.value = String(note.locuteur || "");
    const champ = editeur.querySelector("textarea");
    if (champ.value !== note.texte) champ.value = note.texte;
  };

  const deuxTextes = (identifiant, entree) => {
    const { point, champs } = entree.heurt;
    const feuille = (titre, note, geste, mot) =>
      piece("div", { className: "rencontre-feuille" }, piece("h3", {}, titre),
        piece("p", { className: "aide" }, [natures[note.nature], voix[note.locuteur] || "", note.retire ? "retirée" : ""].filter(Boolean).join(", ")),
        piece("p", { className: "rencontre-texte" }, note.texte), bouton(mot, note.texte, geste));
    const finir = (voulu) => {
      ouvertes.delete(identifiant);
      file.trancher(identifiant, voulu);
      reprendre(0);
    };
    const reuni = piece("textarea", { value: `${point.texte}\n${entree.voulu.texte}`, rows: 4, maxLength: texte.maxLength });
    reuni.setAttribute("aria-label", "Les deux textes réunis");
    return [
      piece("p", { className: "notes-heurt" }, `${point.par || "Quelqu’un"} a changé ${champs.join(", ")} pendant que vous écriviez. Rien n’est perdu.`),
      piece("div", { className: "deux" },
        feuille("Le vôtre", entree.voulu, () => finir({ ...entree.voulu, retire: false }), "Garder le mien"),
        feuille(`Celui de ${point.par || "l’autre personne"}`, point, () => finir(point), "Garder l’autre")),
      piece("details", {}, piece("summary", {}, "Réunir les deux"), reuni,
        bouton("Enregistrer ce texte", reuni.value, () => finir({ ...point, texte: reuni.value, retire: false }))),
    ];
  };

  // --- speaking with the site
  const lire = async () => {
    try {
      const reponse = await fetch(`${formulaire.dataset.etat}?etat=${encodeURIComponent(connu)}`, { redirect: "manual" });
      if (reponse.type === "opaqueredirect") return "deconnecte";
      if (reponse.status === 204) return "ok";
      if (!reponse.ok) return "refuse";
      const contenu = await reponse.json();
      jeton.value = contenu.jeton;
      connu = contenu.etat;
      contenu.notes.forEach((note) => {
        const avant = serveur.get(note.identifiant);
        serveur.set(note.identifiant, note);
        if (!avant || avant.revision !== note.revision || !document.getElementById(`note-${note.identifiant}`)) {
          dessiner(note.identifiant);
        }
      });
      return "ok";
    } catch {
      return "horsLigne";
    }
  };
  const tour = async () => {
    const envoi = await file.envoyer();
    if (envoi === "horsLigne" || envoi === "deconnecte") liaison = envoi;
    else {
      if (envoi === "refuse") connu = ""; // the token of forms may have changed: read it again
      const lu = await lire();
      liaison = envoi === "refuse" && lu === "ok" ? "refuse" : lu;
    }
    dire();
    reprendre(file.aEnvoyer.length && liaison === "ok" ? REPIT : VEILLE);
  };
  const reprendre = (delai) => {
    clearTimeout(minuteur);
    minuteur = setTimeout(tour, delai);
  };

  // --- adding
  const ajouter = () => {
    const dit = texte.value.trim();
    if (!dit) return;
    const identifiant = nommer();
    const nature = formulaire.querySelector("[name=nature]:checked").value;
    file.vouloir(identifiant, { nature, texte: dit, locuteur: Number(locuteur.value) || null, retire: false }, 0);
    texte.value = "";
    texte.focus();
    reprendre(0);
  };
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    ajouter();
  });
  texte.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Enter" || evenement.shiftKey || evenement.isComposing) return;
    evenement.preventDefault();
    ajouter();
  });
  document.addEventListener("keydown", (evenement) => {
    const chiffre = /^Digit(\d)$/.exec(evenement.code);
    if (!evenement.altKey || evenement.ctrlKey || evenement.metaKey || !chiffre) return;
    const radio = formulaire.querySelector(`[data-touche="${chiffre[1]}"]`);
    if (!radio) return;
    evenement.preventDefault();
    radio.checked = true;
    texte.focus();
  });

  addEventListener("beforeunload", (evenement) => {
    if (file.attente.size || texte.value.trim()) evenement.preventDefault();
  });
  addEventListener("online", () => reprendre(0));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) reprendre(0);
  });
  if ("serviceWorker" in navigator) {
    // without it the open page still works; only opening it again needs the network
    navigator.serviceWorker.register(formulaire.dataset.horsLigne, { scope: formulaire.dataset.page }).catch(() => {});
  }
  [...file.attente.keys()].forEach(dessiner);
  dire();
  tour();
})();
