/* Printing: the tables of values are opened, the charts are made as wide as the paper, and all is put back afterwards.
   The browser takes the page as it is when "beforeprint" returns: nothing there may wait. Ctrl + P can: the charts are
   then laid out again at the width of the paper, and their text keeps its size. */
(() => {
  "use strict";
  // Streamlit may keep, unseen, a chart that it has replaced: that one is not printed.
  const DRAWING = ".stApp .stElementContainer:not([data-retained]) .stPlotlyChart .js-plotly-plot svg.main-svg";
  const TABLE = /^Tableau des valeurs/;
  const ASIDE = /^(D’où vien|Notes|Particularités)/;
  const LONGEST_WAIT = 1500;
  const page = document.documentElement;
  let folds = [];
  let shrunk = [];

  const place = (svg) => svg.closest(".stPlotlyChart").getBoundingClientRect().width;
  const tooWide = (svg) => svg.width.baseVal.value > place(svg) + 1;

  const prepare = () => {
    page.classList.add("impression");
    if (folds.length) return;
    for (const fold of document.querySelectorAll(".stHtml details.repli:not([open])")) {
      const title = fold.querySelector("summary")?.textContent.trim() ?? "";
      if (TABLE.test(title)) { fold.open = true; folds.push(() => { fold.open = false; }); }
      else if (ASIDE.test(title)) { fold.dataset.impression = "non"; folds.push(() => { delete fold.dataset.impression; }); }
    }
  };

  /* A drawing wider than its place is made smaller as a picture would be; without names at its left, where they would
     leave the paper, its text is made larger in return. */
  const shrink = (svg) => {
    const [wide, tall, room] = [svg.width.baseVal.value, svg.height.baseVal.value, place(svg)];
    const kept = ["viewBox", "width", "height"].map((name) => [name, svg.getAttribute(name)]);
    const grown = svg.querySelector(".ytick") ? 1.1 : Math.min(wide / room, 1.5);
    const texts = [...svg.querySelectorAll(".barlayer text, .scatterlayer text, .xtick text, .ytick text, .annotation text")];
    const sizes = texts.map((text) => [text, text.style.fontSize]);
    for (const text of texts) text.style.fontSize = `${parseFloat(getComputedStyle(text).fontSize) * grown}px`;
    svg.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    svg.setAttribute("width", room);
    svg.setAttribute("height", (tall * room) / wide);
    shrunk.push(() => {
      for (const [name, value] of kept) { if (value === null) svg.removeAttribute(name); else svg.setAttribute(name, value); }
      for (const [text, size] of sizes) text.style.fontSize = size;
    });
  };

  const restore = () => {
    page.classList.remove("impression");
    for (const step of [...shrunk, ...folds]) step();
    [folds, shrunk] = [[], []];
  };

  window.addEventListener("beforeprint", () => {
    prepare();
    if (!shrunk.length) [...document.querySelectorAll(DRAWING)].filter(tooWide).forEach(shrink);
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
