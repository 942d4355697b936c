/* The wall: the arrows walk the deck, Échap comes back, the browser is asked for its whole screen, a slide is never taller
   than it, and the keyboard follows what is shown. Presses are counted, so that none is lost while a slide is being drawn. */
"use strict";

(() => {
  const { button, heading, html, menuEntry, running } = window.streamlitPage;
  const screen = () => document.querySelector(".mode-ecran") !== null;
  const number = () => document.querySelector(".st-key-diapo .diapo-numero")?.textContent ?? "";
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

  // Once the slide that is being drawn is there: Streamlit loses what is pressed in the meantime.
  const quit = (until = performance.now() + PATIENCE) => {
    pending = 0;
    if (!screen()) return;
    if ((walking || running()) && performance.now() < until) setTimeout(quit, 20, until);
    else button("diapo_quitter")?.click();
  };

  /* ---- The whole screen: asked by the click that presents, or by its own button; refused, nothing changes --------- */
  const MENU = "presenter_menu"; // whose first entry presents
  const PRESENT = [MENU, "presenter"];
  const TOGGLE = "[data-plein-ecran]";
  let asked = null; // which button asked: leaving the whole screen undoes what it did
  let back = null; // the button to come back to

  const ask = (by) => {
    asked = by;
    document.documentElement.requestFullscreen?.().catch(() => { asked = null; });
  };
  const leave = () => {
    asked = null;
    if (document.fullscreenElement) document.exitFullscreen();
  };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const entry = event.target.closest(menuEntry)?.matches(":first-child") && button(MENU)?.ariaExpanded === "true";
    const presents = entry ? MENU : event.target.closest(".st-key-presenter button") && "presenter";
    if (presents) {
      back = presents;
      ask(presents);
    } else if (event.target.closest(TOGGLE)) {
      if (document.fullscreenElement) leave();
      else ask(TOGGLE);
    } else if (event.target.closest(".st-key-diapo_quitter button")) {
      leave();
      comeBack(performance.now() + PATIENCE);
    }
  }, true);
  document.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement) return;
    // Échap is the browser's while it has the whole screen: it undoes the click that asked for it.
    if (screen() && PRESENT.includes(asked)) quit();
    else document.querySelector(TOGGLE)?.focus();
    asked = null;
  });
  // The page that comes back is drawn in several steps: its button holds the focus once they are over; its title, where the
  // address alone had asked for the wall.
  const comeBack = (until) => {
    const target = !screen() && !running() && (back ? button(back) : document.querySelector(heading));
    if (target) focus(target);
    else if (performance.now() < until) setTimeout(comeBack, 50, until);
  };
  const focus = (target) => {
    if (target.matches("h1")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };
  // What is shown has the focus when the wall opens, and again where the slide that is left takes it away.
  let title = null;
  const lead = () => {
    const shown = document.querySelector(".st-key-diapo h1");
    if (shown === title) return;
    if (shown && (!title || document.activeElement === document.body)) focus(shown);
    title = shown;
  };

  /* ---- As tall as the screen --------------------------------------------------------------------------------------- */
  const STEP = 0.05;
  const LEAST = 0.5;
  const LEAST_BODY = 0.48; // of the height of the screen
  let fitted = "";

  const fit = () => {
    const body = document.querySelector(".st-key-diapo_corps");
    const style = document.documentElement.style;
    const smaller = (name, tooMuch) => {
      style.removeProperty(name);
      for (let scale = 1 - STEP; tooMuch() && scale >= LEAST; scale -= STEP) style.setProperty(name, scale.toFixed(2));
    };
    if (!body) return;
    smaller("--diapo-mots", () => body.clientHeight < LEAST_BODY * innerHeight);
    // A box that scrolls on its own (a table on a narrow screen) hides what it does not hold.
    const parts = [body, ...body.querySelectorAll(`.tableau, ${html}`)];
    const wide = () => parts.some((part) => part.scrollWidth > part.clientWidth + 1);
    smaller("--diapo-corps", () => body.scrollHeight > body.clientHeight + 1 || wide());
    // What no size can hold is scrolled, with the keyboard too.
    body.tabIndex = body.scrollHeight > body.clientHeight + 1 ? 0 : -1;
  };
  const drawn = () => {
    const slide = document.querySelector(".st-key-diapo");
    const said = slide ? `${innerWidth} ${innerHeight} ${slide.innerText}` : "";
    if (said === fitted) return;
    fitted = said;
    fit();
  };
  new MutationObserver(() => {
    lead();
    if (screen()) requestAnimationFrame(drawn);
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  window.addEventListener("resize", () => requestAnimationFrame(drawn));

  /* ---- Keyboard ---------------------------------------------------------------------------------------------------- */
  // Left and right always walk the deck, from a field of the slide too: up and down are enough to choose there. A list
  // that is open keeps them.
  const open = () => document.querySelector("[role=combobox][aria-expanded=true], [role=dialog]") !== null;

  /* ---- « / » shows the box of the questions over the slide, Échap puts it away --------------------------------------- */
  const BOX = ".st-key-champ_question";
  const box = () => document.querySelector(`${BOX} input`);
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-question]")) box()?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (!screen() || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    if (event.key === "Escape") {
      if (open()) return; // it closes the list first
      if (event.target.closest(BOX)) return document.querySelector("[data-question]").focus();
      event.preventDefault();
      quit();
      return;
    }
    if (open() || event.target.closest(BOX)) return;
    if (event.key === "/" && !event.target.matches("input, textarea")) {
      event.preventDefault();
      box()?.focus();
      return;
    }
    const choice = event.target.closest("[role=radio]");
    if (choice && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      const choices = [...choice.closest("[role=radiogroup]").querySelectorAll("[role=radio]")];
      event.preventDefault();
      choices.at((choices.indexOf(choice) + (event.key === "ArrowDown" ? 1 : -1)) % choices.length).focus();
      return;
    }
    const moves = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    walk(moves[event.key]);
  }, true);
})();
