/* What the pages need in the browser and Streamlit does not give: French words in its own frame, tables that sort,
   a button that copies the address. No dependency, nothing evaluated, nothing sent. */
"use strict";

(() => {
  const LANGUAGE = "fr-CA";
  const words = window.tableauDeBord;
  const page = window.streamlitPage;
  // Two folders above this file is the root of the dashboard, whatever the page and the base path.
  const root = new URL("../../", document.currentScript.src).href;

  // Streamlit looks for its server from the address of the page, and a deep link costs two refused requests (404).
  // Telling it the root spares them. Without this line everything works, one round trip later.
  window.__streamlit = Object.assign({ BACKEND_BASE_URL: root, MAIN_PAGE_BASE_URL: root }, window.__streamlit);

  document.documentElement.lang = LANGUAGE;

  /* ---- 1. French words ------------------------------------------------------------------------------------------ */
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-title", "alt", "aria-description"];
  // Our own content is French already; the drawings of the charts are many nodes and hold none of Streamlit's words.
  const OURS = `${page.html}, ${page.chart}, .pied`;

  const translate = (text) => {
    const key = text.trim();
    if (key.length < 3) return null;
    if (Object.hasOwn(words.exact, key)) return text.replace(key, () => words.exact[key]);
    for (const [pattern, french] of words.patterns) {
      if (pattern.test(key)) return key.replace(pattern, french);
    }
    return null;
  };

  const translateText = (node) => {
    const french = translate(node.data);
    if (french !== null && french !== node.data) node.data = french;
  };

  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const french = value && translate(value);
      if (french && french !== value) element.setAttribute(name, french);
    }
  };

  const translateTree = (start) => {
    if (start.nodeType === Node.TEXT_NODE) {
      if (!start.parentElement?.closest(OURS)) translateText(start);
      return;
    }
    if (start.nodeType !== Node.ELEMENT_NODE || start.closest(OURS)) return;
    translateAttributes(start);
    const walker = document.createTreeWalker(start, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      if (walker.currentNode.nodeType === Node.TEXT_NODE) translateText(walker.currentNode);
      else translateAttributes(walker.currentNode);
    }
  };

  /* ---- 2. Tables that sort -------------------------------------------------------------------------------------- */
  let collator; // made at the first sort: it costs the browser some tens of milliseconds
  const STATES = ["none", "ascending", "descending"];

  const rowsOf = (table) => [...table.tBodies[0].rows];

  const prepareTable = (table) => {
    if (table.dataset.pret || !table.tBodies.length || !table.tHead) return;
    table.dataset.pret = "oui";
    rowsOf(table).forEach((row, index) => { row.dataset.rang = index; });
    for (const head of table.tHead.rows[table.tHead.rows.length - 1].cells) {
      if (head.tagName !== "TH" || !head.textContent.trim() || head.colSpan > 1) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tri";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
    }
  };

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const number = cell?.dataset.v;
    if (number !== undefined) return number === "" ? null : Number(number);
    const text = cell?.textContent.trim() ?? "";
    return text === "" || text === "–" || text === "n.\u00a0d." ? null : text;
  };

  const compare = (first, second) => {
    if (typeof first === "number" && typeof second === "number") return first - second;
    collator ??= new Intl.Collator("fr", { numeric: true, sensitivity: "base" });
    return collator.compare(String(first), String(second));
  };

  const sortTable = (head) => {
    const table = head.closest("table");
    const body = table.tBodies[0];
    const column = head.cellIndex;
    const state = STATES[(STATES.indexOf(head.getAttribute("aria-sort")) + 1) % STATES.length];
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", state);

    const byRank = (a, b) => Number(a.dataset.rang) - Number(b.dataset.rang);
    const rows = rowsOf(table).sort(byRank);
    const totals = rows.filter((row) => row.classList.contains("total"));
    const plain = rows.filter((row) => !row.classList.contains("total"));
    if (state !== "none") {
      const sign = state === "ascending" ? 1 : -1;
      plain.sort((a, b) => {
        const [first, second] = [valueOf(a, column), valueOf(b, column)];
        if (first === null || second === null) return (first === null) - (second === null); // missing: always last
        return sign * compare(first, second);
      });
      body.append(...plain, ...totals);
    } else {
      body.append(...rows);
    }
    const title = head.textContent.trim();
    announce({
      none: "Ordre d’origine rétabli",
      ascending: `Trié par «\u00a0${title}\u00a0», ordre croissant`,
      descending: `Trié par «\u00a0${title}\u00a0», ordre décroissant`,
    }[state]);
  };

  /* ---- 3. Copy the address -------------------------------------------------------------------------------------- */
  const live = document.getElementById("annonce");
  const said = [];
  const announce = (message) => {
    live.textContent = "";
    // Emptied first, so that the same message is read again; what is said at once is said together.
    if (said.push(message) === 1) setTimeout(() => {
      const { activeElement: focused } = document;
      // A title that has just taken the focus is read with it.
      const unread = (text) => !focused.matches("h1") || !text.includes(focused.firstChild.textContent);
      live.textContent = said.splice(0).filter(unread).join(" ");
    }, 50);
  };
  words.announce = announce;

  // Such elements of what has been drawn, itself included.
  const within = (node, what) => (node.matches(what) ? [node] : [...node.querySelectorAll(what)]);

  // What a choice has changed, which the server says once (ui/spoken.py): it is drawn again with the same rank.
  let rank = 0;
  const hear = (node) => {
    for (const sentence of within(node, "[data-dit]")) {
      if (Number(sentence.dataset.dit) <= rank) continue;
      rank = Number(sentence.dataset.dit);
      announce(sentence.textContent);
    }
  };

  // A file that has just been made is taken without a second press, once its button is there.
  let taken = 0;
  const take = () => {
    const made = Number(document.querySelector("[data-prend]")?.dataset.prend ?? 0);
    const button = made > taken && page.button("emporter_telecharger");
    if (!button) return;
    taken = made;
    button.click();
  };

  // The link says on which data it was copied. Only that parameter is touched: the rest stays as it is written.
  const linkOf = (button) => {
    const url = new URL(location.href);
    const version = button.dataset.donnees;
    if (!version) return url.href;
    const name = `${version.split("=")[0]}=`;
    const kept = url.search.slice(1).split("&").filter((part) => part && !part.startsWith(name));
    url.search = [...kept, version].join("&");
    return url.href;
  };

  // « lien »: the address of the page; « texte »: what the button itself holds (an address, a piece of HTML).
  const toCopy = (button) => button.dataset.copier === "lien" ? linkOf(button) : button.dataset.contenu;

  const showField = (button) => {
    let field = button.parentElement.querySelector("input.adresse");
    if (!field) {
      field = document.createElement("input");
      field.className = "adresse";
      field.readOnly = true;
      field.setAttribute("aria-label", "Adresse de cette vue");
      field.addEventListener("blur", field.remove);
      button.after(field);
    }
    field.value = toCopy(button);
    field.focus();
    field.select();
    announce("Copiez l’adresse choisie dans le champ\u00a0: Ctrl + C");
  };

  const copyLink = async (button) => {
    try {
      await navigator.clipboard.writeText(toCopy(button));
    } catch { // no permission, or a page served without HTTPS
      showField(button);
      return;
    }
    const label = button.dataset.texte ??= button.textContent;
    const done = button.dataset.copier === "lien" ? "Lien copié" : "Copié";
    button.textContent = done;
    button.dataset.fait = "";
    announce(done);
    setTimeout(() => {
      button.textContent = label;
      delete button.dataset.fait;
    }, 2500);
  };

  /* ---- 4. Menu: the section of the page is marked, which Streamlit does for the page alone ----------------------- */
  const markSection = () => {
    const section = document.querySelector("[data-section]")?.dataset.section;
    for (const button of document.querySelectorAll(page.menuSection)) {
      const here = section !== undefined && button.textContent.trim() === section;
      if (here !== button.hasAttribute("aria-current")) button.toggleAttribute("aria-current", here);
      if (here) button.setAttribute("aria-current", "true");
    }
  };

  /* Streamlit draws the pages of no section first: « Présentation », the second of them, stands before the last section. */
  const orderMenu = () => {
    for (const { children } of document.querySelectorAll(page.menuItems)) {
      if (children.length > 5 && children[1].matches(page.menuLoose)) children[5].before(children[1]);
    }
  };

  /* On narrow screens Streamlit puts its sections straight into a <ul>, which breaks the list. */
  const MENU = page.sidebarItems;

  const repairMenu = (list) => {
    if (![...list.children].some((child) => child.tagName === "DIV")) return;
    list.setAttribute("role", "none");
    for (const child of list.children) {
      child.setAttribute("role", child.tagName === "DIV" ? "list" : "none");
      const title = child.querySelector(page.sidebarTitle);
      if (title) child.setAttribute("aria-label", title.textContent);
    }
  };

  // The fields of two scenarios have the same names: those of each are a group that has its own.
  const nameScenarios = (node) => {
    for (const title of node.querySelectorAll(".petit-titre")) {
      const group = title.closest(".st-key-simulateur_a, .st-key-simulateur_b");
      group?.setAttribute("role", "group");
      group?.setAttribute("aria-label", title.textContent);
    }
  };

  // Streamlit says that the place where a file is dropped has no meaning, and names it all the same.
  const repairDropZones = (node) => {
    for (const zone of within(node, page.dropZone)) zone.setAttribute("role", "group");
  };

  // A drawing is heard once, by its text alternative: neither its axes nor its values one by one, out of order.
  const silence = (node) => {
    for (const chart of within(node, page.chart)) chart.setAttribute("role", "img");
    for (const plot of within(node, page.plot)) plot.setAttribute("aria-hidden", "true");
  };

  // The answer to a question leaves the keyboard in the box where it was asked.
  let answered = false;
  const leave = () => {
    const here = document.querySelector(page.dialog) !== null;
    if (answered && !here) requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector(".st-key-champ_question input")?.focus();
    });
    answered = here;
  };

  /* ---- 5. Files that the browser makes: the pictures of picture.js ----------------------------------------------- */
  words.take = async (button, name, make, done, failed) => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.parentElement.querySelector(".attente")?.remove(); // what a former try said
    button.setAttribute("aria-busy", "true");
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await make());
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      announce(done);
    } catch {
      const told = document.createElement("span");
      told.className = "attente";
      told.textContent = `${failed} Rechargez la page, puis recommencez.`;
      button.parentElement.append(told);
      announce(told.textContent);
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  /* ---- Listening: once, on the document, so that it survives every redraw --------------------------------------- */
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const sorter = event.target.closest("table.triable button.tri");
    if (sorter) sortTable(sorter.closest("th"));
    const copier = event.target.closest("[data-copier]");
    if (copier) copyLink(copier);
  });

  // An entry of « Présenter » that only the browser can do: the button that does it is unseen beside the menu. The menu
  // lets no click of its own go up.
  document.addEventListener("click", (event) => {
    const entry = event.target instanceof Element && event.target.closest(page.menuEntry);
    if (!entry) return;
    document.querySelector(`[data-entree="${CSS.escape(entry.textContent.trim())}"]`)?.click();
  }, true);

  const receive = (nodes) => {
    for (const node of nodes) {
      if (!node.isConnected || node instanceof SVGElement) continue;
      translateTree(node);
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      within(node, "table.triable").forEach(prepareTable);
      const menu = node.closest(MENU) ?? node.querySelector(MENU);
      if (menu) repairMenu(menu);
      repairDropZones(node);
      nameScenarios(node);
      hear(node);
      silence(node);
    }
  };

  // The first words of the page were in the first answer of the server: they go when the page says them itself, or says
  // that it cannot.
  const SAID = [`${page.html} h1`, `${page.html} .avis-erreur`, page.exception, page.alert]
    .map((what) => `${page.main} ${what}`).join(", ");
  let firstWords = document.getElementById("apercu");
  const dropFirstWords = () => {
    if (firstWords && document.querySelector(SAID)) {
      firstWords.remove();
      firstWords = null;
    }
  };

  // One pass per batch of changes, before the browser paints: no English word flashes, and a node changed ten times
  // is read once. Only what changed is read, never the whole page.
  // The full screen and the embedded views change the whole frame: a class on the root, which costs nothing to match.
  const frame = () => {
    const root = document.documentElement.classList;
    root.toggle("ecran", document.querySelector(".mode-ecran") !== null);
    root.toggle("integre", document.querySelector(".mode-integre") !== null);
  };

  new MutationObserver((changes) => {
    frame();
    orderMenu();
    markSection();
    take();
    dropFirstWords();
    leave();
    const nodes = new Set();
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach((node) => nodes.add(node));
      else if (change.type === "characterData") nodes.add(change.target);
      else if (!(change.target instanceof SVGElement) && !change.target.closest(OURS)) translateAttributes(change.target);
    }
    receive(nodes);
  }).observe(document.documentElement,
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  receive([document.body]);
})();
