/* Printing: the tables of values are opened, the text of the charts stays readable, and all is put back afterwards. What
   makes a chart fit the paper is the style sheet alone. The browser takes the page as it is when "beforeprint" returns: nothing
   there may wait. Ctrl + P can: the charts are then laid out again at the width of the paper. */
(() => {
  "use strict";
  // Streamlit may keep, unseen, a chart that it has replaced: that one is not printed.
  const { chart: CHART, drawing: DRAWING, html: HTML } = window.streamlitPage;
  const TABLE = /^Tableau des valeurs/;
  const ASIDE = /^(D’où vien|Notes|Particularités)/;
  const LONGEST_WAIT = 1500;
  const page = document.documentElement;
  let folds = [];
  let grown = [];

  /* A drawing that says its own size in its viewBox can be made smaller by a style: Plotly gives it none. */
  new MutationObserver(() => {
    for (const svg of document.querySelectorAll(`${CHART} svg.main-svg`)) {
      const box = `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`;
      if (svg.hasAttribute("width") && svg.getAttribute("viewBox") !== box) svg.setAttribute("viewBox", box);
    }
  }).observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ["width", "height"] });

  const place = (svg) => svg.closest(CHART).getBoundingClientRect().width;
  const tooWide = (svg) => svg.width.baseVal.value > place(svg) + 1;

  const prepare = () => {
    page.classList.add("impression");
    if (folds.length) return;
    for (const fold of document.querySelectorAll(`${HTML} details.repli:not([open])`)) {
      const title = fold.querySelector("summary")?.textContent.trim() ?? "";
      if (TABLE.test(title)) { fold.open = true; folds.push(() => { fold.open = false; }); }
      else if (ASIDE.test(title)) { fold.dataset.impression = "non"; folds.push(() => { delete fold.dataset.impression; }); }
    }
  };

  /* The text of a drawing that the paper makes smaller is made larger in return; with names at its left, hardly: they
     would leave the paper. */
  const enlarge = (svg) => {
    const by = svg.querySelector(".ytick") ? 1.1 : Math.min(svg.width.baseVal.value / place(svg), 1.5);
    for (const text of svg.querySelectorAll(".barlayer text, .scatterlayer text, .xtick text, .ytick text, .annotation text")) {
      const size = text.style.fontSize;
      text.style.fontSize = `${parseFloat(getComputedStyle(text).fontSize) * by}px`;
      grown.push(() => { text.style.fontSize = size; });
    }
  };

  const restore = () => {
    page.classList.remove("impression");
    for (const step of [...grown, ...folds]) step();
    [folds, grown] = [[], []];
  };

  window.addEventListener("beforeprint", () => {
    prepare();
    if (!grown.length) [...document.querySelectorAll(DRAWING)].filter(tooWide).forEach(enlarge);
  });
  window.addEventListener("afterprint", restore);
  // A tool that shows the page as printed, without printing: the charts have the time to follow the width.
  window.matchMedia("print").addEventListener("change", (event) => (event.matches ? prepare() : restore()));

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "p") return;
    event.preventDefault();
    prepare();
    const until = performance.now() + LONGEST_WAIT;
    const print = () => {
      const waiting = [...document.querySelectorAll(DRAWING)].some(tooWide) && performance.now() < until;
      if (waiting) setTimeout(print, 50);
      else setTimeout(() => window.print(), 100);
    };
    print();
  });
})();
