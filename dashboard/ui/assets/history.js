/* « Back » leads to the page before, and within a page undoes one choice: one step of the history for a visit, one for a
   choice. Streamlit makes one at each change of the address, and an arriving page changes it once more when it writes the
   choices that it keeps. That write, the first of the run that shows the page, takes the place of the step of the visit.
   The server decides what the address holds (dashboard/ui/address.py); here is only how it enters the history. */
"use strict";

(() => {
  const page = window.streamlitPage;
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  let arriving = true; // from a visit to the end of the run that draws it
  let written = null; // what has been written since the last gesture: how, and the address before
  let recalled = false; // from « back » or « forward » until the person does something in the page
  let touched = false; // whether the person has done something since the visit

  history.pushState = (state, title, url) => {
    const [here, next] = [new URL(location.href), new URL(url ?? location.href, location.href)];
    if (next.pathname === here.pathname) {
      // A choice made while the page is still being drawn is told from what the page writes of itself where the visit
      // had an address already; where it had none, the choice joins the visit.
      const replaced = recalled || (arriving && !(touched && here.search));
      (replaced ? replace : push)(state, title, url);
      written = { replaced, before: here.href };
      arriving = false;
      return;
    }
    // Two « back » in a row: the server answers the first, whose page is no longer asked for.
    if (recalled) return;
    // A page that sends to another (st.switch_page) first writes the parameters of the other in its own address.
    const premature = written !== null && next.search === here.search;
    if (premature && written.replaced) replace(history.state, "", written.before);
    (premature && !written.replaced ? replace : push)(state, title, url);
    written = null;
    arriving = true;
    touched = false;
  };

  window.addEventListener("popstate", () => { recalled = true; }, true);
  for (const gesture of ["pointerdown", "keydown", "click"]) {
    document.addEventListener(gesture, (event) => {
      if (event.altKey) return; // « back » by the keyboard
      recalled = false;
      touched = true;
      written = null;
      if (page.idle()) arriving = false;
    }, true);
  }

  // What is written once a run is done is a choice.
  new MutationObserver((changes) => {
    const done = (change) => change.oldValue === "running" && page.idle();
    if (changes.some(done)) arriving = false;
  }).observe(document.documentElement,
    { subtree: true, attributeFilter: [page.stateAttribute], attributeOldValue: true });
})();
