/* The keyboard is never lost: it goes into what a button « Données » opens, and out of it to that button; where what holds
   it goes away, it is on what held it before. */
"use strict";

(() => {
  const page = window.streamlitPage;

  /* ---- « Données »: what it opens stands at the end of the page ---------------------------------------------------- */
  const enter = () => {
    const opened = document.querySelector(page.popover);
    if (!opened || opened.hasAttribute("tabindex")) return;
    opened.tabIndex = -1;
    opened.focus({ preventScroll: true });
  };

  // Past its last stop, or before its first, the keyboard is where it came from.
  document.addEventListener("keydown", (event) => {
    const opened = event.key === "Tab" && event.target instanceof Element && event.target.closest(page.popover);
    if (!opened) return;
    const stops = [...opened.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter(usable);
    const out = event.shiftKey ? [opened, stops[0]] : [stops.at(-1) ?? opened];
    const button = out.includes(event.target) && document.querySelector(page.popoverButton);
    if (!button) return;
    button.focus();
    if (event.shiftKey) event.preventDefault(); // else the browser goes on from it
  });

  /* ---- What had the focus, the last one at the end: an element, and the blocks that it was in, which may be drawn again */
  const MOST = 8;
  let held = [];
  let moving = false; // from one element to another
  const usable = (element) => element?.isConnected && !element.disabled && element.tabIndex >= 0 && element.checkVisibility();
  const BLOCK = "[class*='st-key-']";
  const blocksOf = (element) => {
    const found = [];
    for (let up = element.closest(BLOCK); up; up = up.parentElement.closest(BLOCK)) found.push(up.className.match(/st-key-[\w-]+/)[0]);
    return found;
  };
  const within = (block) => [...document.querySelectorAll(`.${block} :is(button, input, a)`)].find(usable);

  document.addEventListener("focusin", ({ target }) => {
    moving = false;
    held = [...held.filter((one) => one.element !== target), { element: target, blocks: blocksOf(target), path: location.pathname }];
    held = held.slice(-MOST);
  });
  // Before Streamlit hears of it, which draws again what is left while nothing has the focus yet.
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    moving = relatedTarget !== null;
    // Left for nothing by the person: what is there still, and works.
    if (!moving) queueMicrotask(() => { if (usable(target)) held = []; });
  }, true);

  const giveBack = () => {
    const last = held.at(-1);
    if (!last || moving || document.activeElement !== document.body || page.running()) return;
    // A button that Streamlit disables while it makes a file has the keyboard again when it works again; a title, from what
    // shows it (arriving.js, presentation.js).
    if ((last.element.isConnected && last.element.disabled) || last.element.matches("h1, h2, h3")) return;
    const here = held.filter(({ path }) => path === location.pathname).toReversed();
    const itself = ({ element, blocks }) => usable(element) ? element : blocks[0] && within(blocks[0]);
    // Of what never had it, the nearest.
    const found = here.map(itself).find(Boolean) ?? here[0]?.blocks.map(within).find(Boolean);
    found?.focus({ preventScroll: true });
  };

  new MutationObserver(() => {
    enter();
    giveBack();
  }).observe(document.documentElement,
    { subtree: true, childList: true, attributeFilter: ["disabled", page.stateAttribute] });
})();
