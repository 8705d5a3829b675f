// The queue of notes: each unsent note is kept on the device under a name that the device gave it, and
// sent until the site has answered for it. A note in flight is sent again exactly as it was, so that a
// lost answer never writes it twice; what was typed meanwhile goes next, from the revision answered.
"use strict";
(() => {
  const memes = (a, b) =>
    a.nature === b.nature && a.texte === b.texte && a.locuteur === b.locuteur && a.retire === b.retire;
  const contenu = ({ nature, texte, locuteur, retire }) => ({ nature, texte, locuteur, retire });

  class FileDeNotes {
    // cle: prefix of what is kept; envoi: address; jeton: gives the token of forms.
    constructor({ cle, envoi, jeton, surChangement }) {
      this.cle = cle;
      this.envoi = envoi;
      this.jeton = jeton;
      this.surChangement = surChangement;
      this.attente = new Map(); // identifier -> { base, voulu, enVol, heurt, refus, rang }
      this.enCours = false;
      this.isGardee = true;
      this.lire();
    }

    lire() {
      try {
        for (let i = 0; i < localStorage.length; i += 1) {
          const nom = localStorage.key(i);
          if (nom.startsWith(`${this.cle}:`)) {
            this.attente.set(nom.slice(this.cle.length + 1), JSON.parse(localStorage.getItem(nom)));
          }
        }
      } catch {
        this.isGardee = false;
      }
      this.attente = new Map([...this.attente].sort((a, b) => a[1].rang - b[1].rang));
    }

    garder(identifiant) {
      const nom = `${this.cle}:${identifiant}`;
      try {
        const entree = this.attente.get(identifiant);
        if (entree) localStorage.setItem(nom, JSON.stringify(entree));
        else localStorage.removeItem(nom);
        this.isGardee = true;
      } catch {
        this.isGardee = false;
      }
    }

    // What a person wants of a note; `base` is the revision that they saw, 0 for a new one.
    vouloir(identifiant, voulu, base) {
      const entree = this.attente.get(identifiant) || { base, enVol: null, heurt: null, rang: Date.now() };
      entree.voulu = contenu(voulu);
      entree.refus = "";
      this.attente.set(identifiant, entree);
      this.garder(identifiant);
      this.surChangement(identifiant);
    }

    // Of two texts, the one to keep goes next, from the revision that stands.
    trancher(identifiant, voulu) {
      const entree = this.attente.get(identifiant);
      const { point } = entree.heurt;
      if (memes(voulu, point)) {
        this.attente.delete(identifiant);
      } else {
        entree.voulu = contenu(voulu);
        entree.base = point.revision;
        entree.heurt = null;
        entree.enVol = null;
      }
      this.garder(identifiant);
      this.surChangement(identifiant);
    }

    get aEnvoyer() {
      return [...this.attente].filter(([, e]) => !e.heurt && !e.refus && (e.enVol || e.voulu.texte.trim()));
    }

    get heurts() {
      return [...this.attente.values()].filter((e) => e.heurt).length;
    }

    // Answers "fait", "rien", "horsLigne", "deconnecte" or "refuse".
    async envoyer() {
      if (this.enCours) return "rien";
      const choisies = this.aEnvoyer.slice(0, 50);
      if (!choisies.length) return "rien";
      this.enCours = true;
      for (const [identifiant, entree] of choisies) {
        if (!entree.enVol) entree.enVol = { base: entree.base, ...entree.voulu };
        this.garder(identifiant);
      }
      try {
        const notes = choisies.map(([identifiant, entree]) => ({ identifiant, ...entree.enVol }));
        const reponse = await fetch(this.envoi, {
          method: "POST",
          redirect: "manual",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.jeton() },
          body: JSON.stringify({ notes }),
        });
        if (reponse.type === "opaqueredirect") return "deconnecte";
        if (!reponse.ok) return "refuse";
        (await reponse.json()).notes.forEach((note) => this.recevoir(note));
        return "fait";
      } catch {
        return "horsLigne";
      } finally {
        this.enCours = false;
      }
    }

    recevoir({ identifiant, etat, point, champs, message }) {
      const entree = this.attente.get(identifiant);
      if (!entree) return;
      if (etat === "enregistre") {
        if (memes(entree.voulu, entree.enVol)) this.attente.delete(identifiant);
        else entree.base = point.revision;
      } else if (etat === "conflit") entree.heurt = { point, champs };
      else entree.refus = message;
      entree.enVol = null;
      this.garder(identifiant);
      this.surChangement(identifiant, point);
    }
  }

  // Where crypto.randomUUID is not offered (a site without TLS), the same kind of name.
  const nommer = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const o = crypto.getRandomValues(new Uint8Array(16));
    o[6] = (o[6] & 0x0f) | 0x40;
    o[8] = (o[8] & 0x3f) | 0x80;
    const h = [...o].map((x) => x.toString(16).padStart(2, "0")).join("");
    return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
  };

  window.MaillageNotes = { FileDeNotes, memes, nommer };
})();
