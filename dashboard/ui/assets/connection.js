/* The connection with the server: says in one sentence that it does not open or was cut, what is lost and whom to tell;
   warns before a page is left with what is nowhere else. Streamlit alone leaves grey boxes for ever, and a server that
   was restarted forgets a session without a word. Sends nothing: it only asks whether the server answers. */
"use strict";

(() => {
  const root = new URL("../../", document.currentScript.src).href;
  const { app: APP, drawn: DRAWN, connected } = window.streamlitPage;
  // Seconds: a short cut mends itself, and whoever waits longer must know why within fifteen. The rest is milliseconds.
  const PATIENCE = 9;
  const ANSWER = 3000;
  const MOST = 8;
  const NBSP = "\u00a0";

  /* ---- What the session holds, as dashboard/ui/held.py writes it in the page ------------------------------------ */
  let session = null;
  let held = [];
  let lost = [];

  const look = () => {
    let last = null;
    for (const mark of document.querySelectorAll(".tenu")) {
      if (!last || Number(mark.dataset.rang) > Number(last.dataset.rang)) last = mark;
    }
    if (!last) return;
    const now = JSON.parse(last.dataset.tenu);
    if (session !== null && last.dataset.session !== session) {
      const kept = new Set(now.map(([name]) => name));
      lost.push(...held.map(([name]) => name).filter((name) => !kept.has(name) && !lost.includes(name)));
    }
    session = last.dataset.session;
    held = now;
  };

  // What is typed in a field of the follow-up, and not yet sent or refused.
  const FIELD = ":is([class*=st-key-suivi_resultat], [class*=st-key-suivi_date], [class*=st-key-suivi_responsable], "
    + "[class*=st-key-suivi_note]) :is(input, textarea)";
  let before = "";
  document.addEventListener("focusin", (event) => { before = event.target.value ?? ""; });
  const typing = () => document.querySelector(".non-retenu") !== null
    || (document.activeElement?.matches(FIELD) && document.activeElement.value !== before);

  addEventListener("beforeunload", (event) => {
    look();
    if (typing() || held.some(([, unsaved]) => unsaved)) event.preventDefault();
  });

  /* ---- The sentence --------------------------------------------------------------------------------------------- */
  const contact = document.getElementById("joindre")?.value;
  const WHOM = contact
    ? `Si cela dure ou se répète, prévenez${NBSP}: ${contact}.`
    : "Si cela dure ou se répète, prévenez la personne ou l’équipe qui vous a donné l’adresse de ce tableau de bord.";

  const listed = (names) => {
    const said = names.slice(0, MOST).join("; ");
    return names.length > MOST ? `${said}; et ${names.length - MOST} de plus` : said;
  };

  let box = null;
  let said = "";
  const show = (title, sentences, closable) => {
    const text = [title, ...sentences].join(" ");
    if (text === said && box?.isConnected) return;
    hide();
    said = text;
    box = document.createElement("div");
    box.className = "connexion";
    box.setAttribute("role", "alert");
    const strong = document.createElement("strong");
    strong.textContent = title;
    box.append(strong, ...sentences.flatMap((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }));
    if (closable) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Fermer ce message";
      button.addEventListener("click", () => { lost = []; hide(); });
      box.append(button);
    }
    document.body.prepend(box);
  };
  const hide = () => {
    box?.remove();
    box = null;
    said = "";
  };

  const answers = async () => {
    try {
      return (await fetch(new URL("_stcore/health", root), { cache: "no-store", signal: AbortSignal.timeout(ANSWER) })).ok;
    } catch {
      return false;
    }
  };

  /* ---- Where it stands ------------------------------------------------------------------------------------------ */
  let everDrawn = false;
  const healthy = () => connected() && (everDrawn ||= document.querySelector(DRAWN) !== null);

  const cause = (up) => {
    if (!up) return "Le serveur ne répond pas. La page reprendra d’elle-même dès qu’il répondra.";
    if (connected()) return "Le serveur met du temps à répondre, ou ce qu’il envoie est retenu en chemin.";
    if (!document.querySelector(APP)) return "Le réseau est lent, ou retient une partie de la page.";
    return `La connexion permanente (WebSocket) dont la page a besoin ne s’ouvre pas${NBSP}: un mandataire, un pare-feu `
      + "ou un filtre du réseau l’arrête sans doute. Essayez d’un autre réseau.";
  };

  const tell = async () => {
    const why = cause(await answers());
    if (healthy()) return;
    const names = held.map(([name]) => name);
    show(everDrawn ? "La connexion avec le serveur est coupée." : "La page ne peut pas s’afficher pour l’instant.", [
      why,
      names.length
        ? `Si la coupure dépasse une minute et demie, ou si le serveur a redémarré, ceci sera perdu${NBSP}: ${listed(names)}. `
          + "Ne fermez pas cet onglet, et notez ailleurs ce que vous en voyez."
        : `Rien n’est perdu${NBSP}: les données sont intactes, et l’adresse de la page garde vos choix.`,
      WHOM,
    ]);
  };

  // Back after a cut, Streamlit leaves the page as it was, even when the server knows nothing of it any more. The key by
  // which it draws the page again is pressed for the person, when something is held that may be gone.
  const drawAgain = () => {
    for (const type of ["keydown", "keypress", "keyup"]) {
      document.body.dispatchEvent(new KeyboardEvent(type, { key: "r", code: "KeyR", keyCode: 82, which: 82, bubbles: true }));
    }
  };

  // Each second: cheap, and right even when nothing in the page changes any more. A proxy that opens and cuts again is
  // not mended by one good second.
  let bad = 0;
  let cut = false;
  let ticks = 0;
  setInterval(() => {
    look();
    ticks += 1;
    if (cut && connected() && held.length) drawAgain();
    cut = everDrawn && !connected();
    bad = healthy() ? Math.max(0, bad - 4) : Math.min(bad + 1, PATIENCE + 4);
    if (bad === PATIENCE || (bad > PATIENCE && ticks % 3 === 0)) tell();
    if (bad === 0 && lost.length) {
      show("Le serveur a redémarré, ou la connexion a été coupée trop longtemps.", [
        `Perdu${NBSP}: ${listed(lost)}.`,
        "Saisissez de nouveau ce qui manque, ou chargez votre dernier fichier. Le reste est intact.",
        WHOM,
      ], true);
    } else if (bad === 0) {
      hide();
    }
  }, 1000);
})();
