/* Where a choice leads: the place itself, opened, in view, marked and under the keyboard. For what the box finds, for
   an address that names a place, for the button that leads to a sheet, and for the menu of a telephone. */
"use strict";

(() => {
  const PLACE = "lieu"; // the parameter of an address that names a place of its page (navigation.py)
  const PATIENCE = 15000;
  const page = window.streamlitPage;
  const heading = () => document.querySelector(page.heading);

  let going = null; // place, path, mark; left: the heading of the page that is left; reached: the element arrived at

  const show = (element) => element.scrollIntoView({ block: "start", behavior: "instant" });

  const arrive = () => {
    if (!going || location.pathname !== going.path || document.querySelector(page.dialog)) return;
    const title = heading();
    if (!title || title === going.left) return;
    const found = going.place ? document.getElementById(going.place) : title;
    if (!found || found === going.reached) return;
    going.reached = found;
    for (let fold = found.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    document.querySelectorAll("[data-arrivee]").forEach((former) => former.removeAttribute("data-arrivee"));
    if (going.mark) found.dataset.arrivee = "";
    const focused = found.matches("details") ? found.querySelector("summary") : found;
    if (focused === found) found.tabIndex = -1;
    focused.focus({ preventScroll: true });
    show(found);
  };

  const go = (place, { path = location.pathname, mark = true } = {}) => {
    const mine = { place, path, mark, left: path === location.pathname ? null : heading(), reached: null };
    going = mine;
    setTimeout(() => { if (going === mine) going = null; }, PATIENCE);
    arrive();
  };

  // What the page draws above the place after it moves it, until the person takes over.
  const drawn = new ResizeObserver(() => { if (going?.reached?.isConnected) show(going.reached); });
  let watched;
  for (const taken of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    document.addEventListener(taken, () => { if (going?.reached) going = null; }, { capture: true, passive: true });
  }

  const ofAddress = () => {
    const place = new URLSearchParams(location.search).get(PLACE);
    if (place) go(place);
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const way = event.target.closest("button[data-vers]");
    if (way) go(way.dataset.vers);
    const link = event.target.closest(`.st-key-reponse a, ${page.sidebarLink}`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { pathname: path, searchParams } = new URL(link.href);
    const menu = link.closest(page.sidebar);
    go(searchParams.get(PLACE), { path, mark: !menu });
    // Streamlit closes its menu itself on what it takes for a telephone, not on every narrow screen.
    if (menu) setTimeout(() => document.querySelector(`${page.openSidebar} ${page.closeSidebar}`)?.click());
  });

  // Streamlit opens the page with its menu as it was left, which on a telephone hides the page.
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(page.sidebarKey)) localStorage.removeItem(name);
    }
  } catch { /* a browser that keeps nothing has nothing to forget */ }

  // Where the box of the page has led, which the server says once (ui/question_box.py): it is drawn again with its rank.
  let rank = 0;
  const follow = () => {
    const led = document.querySelector("[data-mene]");
    if (!led || Number(led.dataset.mene) <= rank) return;
    rank = Number(led.dataset.mene);
    go(led.dataset.lieu);
  };

  new MutationObserver(() => {
    follow();
    const block = document.querySelector(page.block);
    if (block && block !== watched) {
      drawn.disconnect();
      drawn.observe(block);
      watched = block;
    }
    arrive();
  }).observe(document.documentElement, { subtree: true, childList: true });
  addEventListener("popstate", ofAddress);
  ofAddress();
})();
