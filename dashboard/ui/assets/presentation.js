/* Keyboard of the full screen: the arrows walk the deck, Échap comes back. Presses are counted, so that none is lost
   while a slide is being drawn. Nothing happens on the other pages. */
"use strict";

(() => {
  const button = (key) => document.querySelector(`.stApp .st-key-${key} button`);
  const screen = () => document.querySelector(".mode-ecran") !== null;
  const number = () => document.querySelector(".st-key-diapo .diapo-numero")?.textContent ?? "";
  const running = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "running";
  const PATIENCE = 6000; // ms: after that a press is forgotten rather than played on a slide that nobody expects

  let pending = 0;
  let walking = false;

  const step = () => {
    if (pending === 0 || !screen()) {
      pending = 0;
      walking = false;
      return;
    }
    const key = pending > 0 ? "diapo_suivante" : "diapo_precedente";
    const target = button(key);
    if (!target || target.disabled) { // first or last slide
      pending = 0;
      walking = false;
      return;
    }
    walking = true;
    pending -= Math.sign(pending);
    const before = number();
    const since = performance.now();
    let again = false;
    target.click();
    const drawn = () => {
      const waited = performance.now() - since;
      if (number() !== before && (!running() || waited > PATIENCE)) return step();
      // Nothing moves and nothing runs: the button was being replaced when it was pressed. Pressed again, once.
      if (number() === before && !running() && waited > PATIENCE / 3 && !again) {
        again = true;
        button(key)?.click();
      } else if (waited > PATIENCE) return step();
      return setTimeout(drawn, 20);
    };
    drawn();
  };

  const walk = (by) => {
    pending += by;
    if (!walking) step();
  };

  // In a field the keys belong to the field. A segment keeps its arrows only when it was reached with the keyboard:
  // a choice made with the mouse gives them back to the deck.
  const typing = (target) => target.closest("input, textarea, select, [role=combobox], [role=listbox], [role=slider]");
  const open = () => document.querySelector("[role=listbox], [role=dialog]") !== null;
  let pointed = false;
  document.addEventListener("pointerdown", () => { pointed = true; }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") pointed = false;
    if (!screen() || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (event.key === "Escape") {
      if (open()) return; // it closes the list first
      event.preventDefault();
      button("diapo_quitter")?.click();
      return;
    }
    if (typing(event.target)) return;
    const arrows = pointed || !event.target.closest("[role=radio]");
    const moves = { PageDown: 1, PageUp: -1, ...(arrows ? { ArrowRight: 1, ArrowLeft: -1 } : {}) };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    walk(moves[event.key]);
  }, true);
})();
