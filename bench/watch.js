/* Put in the page before any other script. Tells when the page is settled: everything expected is there, the script has
   finished, and the page has not changed for a while. The time given is that of the last change, not of the check. */
(() => {
  const QUIET = 350, EVERY = 20;
  const state = { last: 0, since: 0, key: null };
  const main = () => document.querySelector("[data-testid=stMain], main");
  // Streamlit at rest; for the others, nothing that they are waiting for.
  const app = () => document.querySelector("[data-testid=stApp]")
    ? document.querySelector(
      "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]")
    : !document.querySelector(".shiny-busy, [data-dash-is-loading=true]");
  const words = () => main()?.textContent ?? "";
  const charts = () => [...document.querySelectorAll("[data-testid=stPlotlyChart], .graphique")]
    .filter((chart) => chart.getClientRects().length);
  const pictures = () => charts().map((chart) => chart.innerHTML);
  const drawn = (least) => {
    const found = charts();
    return found.length >= least && found.every((chart) =>
      chart.querySelector(".main-svg :is(.trace, .point, .scatter) path, .main-svg .choroplethlocation, .main-svg .ytick"));
  };
  new MutationObserver((changes) => {
    if (changes.some((change) => main()?.contains(change.target))) state.last = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  const settled = (start, ready) => new Promise((resolve) => {
    const check = () => {
      if (state.last > start && performance.now() - state.last > QUIET && ready()) resolve(state.last - start);
      else setTimeout(check, EVERY);
    };
    check();
  });

  const seen = (selector) => {
    const found = document.querySelector(selector);
    return Boolean(found && found.textContent.trim() && found.getClientRects().length);
  };

  // No chart may still be the one from before: a title that comes ahead of its charts is no end.
  const awaited = (start, least, title, before, kept) => {
    const heading = () => main()?.querySelector("h1")?.textContent ?? "";
    const changed = () => words() !== before && pictures().every((picture, n) => picture !== kept[n]);
    settled(start, () => app() && drawn(least) && (!title || heading().includes(title)) && changed())
      .then((value) => { window.mesures.result = value; delete sessionStorage.mesures; });
  };

  window.mesures = {
    /* First load: milliseconds since the start of the navigation. */
    first: async (selector, least) => {
      const drawnAt = await settled(0, () => app() && seen(selector) && drawn(least));
      return { key: state.key, drawn: drawnAt };
    },
    /* An interaction: armed before the click, counted from it, in the next document where the click leads to one. */
    arm: (least, title) => {
      const [before, kept] = [words(), pictures()];
      window.mesures.result = null;
      document.addEventListener("click", () => {
        const start = performance.now();
        sessionStorage.mesures = JSON.stringify([performance.timeOrigin + start, least, title]);
        awaited(start, least, title, before, kept);
      }, { capture: true, once: true });
    },
    result: null,
    wait: (selector) => {
      const look = () => {
        if (seen(selector)) state.key = performance.now();
        else requestAnimationFrame(look);
      };
      look();
    },
  };
  if (location.protocol !== "about:" && sessionStorage.mesures) {
    const [start, least, title] = JSON.parse(sessionStorage.mesures);
    awaited(start - performance.timeOrigin, least, title, "", []);
  }
})();
