/* Printing: the server draws the whole page (dashboard/ui/printing.py), which is laid out at the width of the paper, printed
   once all of it is there, and put back. What makes a chart fit the paper is the style sheet alone. The browser takes the page
   as it is when "beforeprint" returns: nothing there may wait. Ctrl + P, the menu of the page and a tool that shows the page as
   printed can. */
(() => {
  "use strict";
  // Streamlit may keep, unseen, a chart that it has replaced: that one is not printed.
  const { chart: CHART, drawing: DRAWING, button, charts, connected, idle } = window.streamlitPage;
  const page = document.documentElement;
  const whole = () => document.querySelector("[data-entiere]");
  let grown = [];
  let shown = false; // the server draws the whole page
  let printing = false; // between "beforeprint" and "afterprint"
  let medium = false; // a tool shows the page as printed: it prints it itself, when it wishes

  /* A drawing that says its own size in its viewBox can be made smaller by a style: Plotly gives it none. */
  new MutationObserver(() => {
    for (const svg of document.querySelectorAll(`${CHART} svg.main-svg`)) {
      const box = `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`;
      if (svg.hasAttribute("width") && svg.getAttribute("viewBox") !== box) svg.setAttribute("viewBox", box);
    }
    follow();
  }).observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ["width", "height"] });

  const place = (svg) => svg.closest(CHART).getBoundingClientRect().width;
  const tooWide = (svg) => svg.width.baseVal.value > place(svg) + 1;

  const prepare = () => page.classList.add("impression");

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
    for (const step of grown) step();
    grown = [];
  };

  // All the charts are there, drawn again at the width of the paper: they follow that of their place, where they have one.
  const drawn = () => idle() && charts().every((chart) => chart.querySelector("svg.main-svg"))
    && ![...document.querySelectorAll(DRAWING)].some((svg) => place(svg) && tooWide(svg));

  const print = () => {
    if (!whole()) return;
    if (drawn()) window.print();
    else requestAnimationFrame(print);
  };

  const follow = () => {
    if (shown === (whole() !== null)) return;
    shown = !shown;
    if (!shown) { restore(); return; }
    prepare();
    if (!medium) print();
  };

  const leave = () => {
    restore();
    button("imprimer_fin")?.click();
  };

  window.addEventListener("beforeprint", () => {
    printing = true;
    prepare();
    if (!grown.length) [...document.querySelectorAll(DRAWING)].filter(tooWide).forEach(enlarge);
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    if (!medium) leave();
  });
  window.matchMedia("print").addEventListener("change", (event) => {
    if (printing) return;
    medium = event.matches;
    if (!medium) { leave(); return; }
    prepare();
    button("imprimer")?.click();
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "p") return;
    const ask = button("imprimer");
    // Neither the wall nor a page cut from its server has more to draw: the browser prints what is there.
    if (!shown && (!ask || !connected())) return;
    event.preventDefault();
    if (shown) { print(); return; }
    window.tableauDeBord.announce("La page entière se prépare pour l’impression.");
    ask.click();
  });
})();
