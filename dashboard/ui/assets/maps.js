/* What is said of a territory under the pointer is read beside it: Plotly writes it in the middle. */
"use strict";

(() => {
  const GAP = 8;
  const [told, watched] = [new WeakMap(), new WeakSet()];
  const held = (value, low, high) => Math.max(low, Math.min(value, high));
  const union = (boxes) => ({
    left: Math.min(...boxes.map((box) => box.left)), right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)), bottom: Math.max(...boxes.map((box) => box.bottom)),
  });

  /* The land of a territory, where it is drawn under the pointer, then what is pointed at itself. */
  const marks = (chart, point, { clientX: x, clientY: y }) => {
    const id = point.location ?? point.customdata;
    const under = (path) => {
      const box = path.getBoundingClientRect();
      return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    };
    const lands = [...chart.querySelectorAll("path.choroplethlocation")].filter((path) => path.__data__.loc === id);
    const own = [...chart.querySelectorAll(".scattergeo .point, .bars .point")].filter(under);
    return [lands.find(under) ?? lands[0], ...own].filter(Boolean).map((mark) => mark.getBoundingClientRect());
  };

  const place = (chart, label) => {
    const { points: [point], event } = told.get(chart) ?? { points: [] };
    if (!point) return;
    const words = label.getBoundingClientRect();
    const over = marks(chart, point, event);
    if (!over.length) return;
    const { left, right, top, bottom } = union(over);
    const { width, height } = words;
    const frame = chart.getBoundingClientRect();
    // The menu stands over the page.
    const menu = document.querySelector(window.streamlitPage.header)?.getBoundingClientRect();
    const screen = {
      left: 0, top: menu?.bottom ?? 0, right: document.documentElement.clientWidth, bottom: window.innerHeight,
    };
    const fits = (room) => {
      const x = held((left + right - width) / 2, room.left + 1, room.right - width - 1);
      const y = held((top + bottom - height) / 2, room.top + 1, room.bottom - height - 1);
      const places = [[right + GAP, y], [left - GAP - width, y], [x, top - GAP - height], [x, bottom + GAP]];
      return places.find(([u, v]) => u >= room.left && u + width <= room.right
        && v >= room.top && v + height <= room.bottom);
    };
    // Beside it on the drawing, else on the screen, else as far as the screen goes.
    const [x, y] = fits(frame) ?? fits(screen) ?? [
      held(left + right > screen.right ? 0 : screen.right, 1, screen.right - width - 1),
      held(top - GAP - height, screen.top + 1, screen.bottom - height - 1),
    ];
    const { e, f } = label.transform.baseVal.consolidate().matrix;
    label.setAttribute("transform", `translate(${e + x - words.left},${f + y - words.top})`);
  };

  document.addEventListener("pointerover", ({ target }) => {
    const chart = target instanceof Element ? target.closest(".js-plotly-plot") : null;
    // Words without an arrow are those of a map or of tiles: an arrow would point at the middle.
    const layer = chart?.layout?.hoverlabel?.showarrow === false ? chart.querySelector(".hoverlayer") : null;
    if (!layer || watched.has(layer)) return;
    watched.add(layer);
    chart.on("plotly_hover", (data) => told.set(chart, data));
    // At every move of the pointer Plotly writes its words again, where they were, and says nothing of it.
    const written = new MutationObserver(() => {
      layer.querySelectorAll(".hovertext").forEach((label) => place(chart, label));
      written.takeRecords();
    });
    written.observe(layer, { childList: true, subtree: true, attributeFilter: ["transform"] });
  });
})();
