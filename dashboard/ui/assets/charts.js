/* The charts. Each figure has an address that names its content: it is asked for once, and kept by the browser. Another
   figure at the same place is drawn in the same drawing, of which Plotly changes what differs. */
"use strict";

(() => {
  const words = window.tableauDeBord;
  // Two folders above this file is the root of the dashboard, whatever the page and the base path.
  const root = new URL("../../", document.currentScript.src);
  // Nothing outside the machine is asked for; the French formats are registered by plotly-fr-CA.js.
  const CONFIG = {
    locale: "fr-CA", displayModeBar: false, displaylogo: false, scrollZoom: false, doubleClick: false,
    topojsonURL: document.currentScript.src.replace(/[^/]*$/, ""),
  };
  const library = new Promise((resolve) => {
    const script = document.querySelector('script[src*="plotly.min.js"]');
    if (window.Plotly) resolve(window.Plotly);
    else script.addEventListener("load", () => resolve(window.Plotly));
  });
  // What is one person's alone has no address: it comes with its message. What fails is tried again, a second later.
  const read = async (figure, tries = 3) => {
    if (typeof figure !== "string") return figure;
    try {
      const answer = await fetch(new URL(figure, root));
      if (!answer.ok) throw new Error(`${figure} : ${answer.status}`);
      return await answer.json();
    } catch (error) {
      if (tries === 1) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      return read(figure, tries - 1);
    }
  };
  const places = new WeakMap();

  /* As wide as its place, to the pixel; as high as it is said to be, or in proportion, or as its place. */
  const sized = ({ holder, data }) => {
    const place = holder.getBoundingClientRect();
    const width = Math.floor(place.width);
    return { width, height: data.height ?? Math.floor(data.shape ? width / data.shape : place.height) };
  };

  /* Of what is written for several widths (from, to; 0: no end), what is written at this one. */
  const shown = (data, wide) => data.map((trace) => {
    const [from, to] = trace.meta ?? [0, 0];
    const written = from <= wide && (!to || wide < to);
    return written ? trace : { ...trace, text: [], visible: trace.type === "bar" };
  });

  const draw = async (place) => {
    const plotly = await library;
    const size = sized(place);
    if (!size.width || !size.height || !place.holder.isConnected) return;
    place.size = size;
    const { data, layout } = place.figure;
    await plotly.react(place.drawing, shown(data, layout.height ? size.width : window.innerWidth),
      { ...layout, ...size }, CONFIG);
    if (!place.heard) {
      place.heard = true;
      place.drawing.on("plotly_click", ({ points: [point] }) => place.picked?.(point.location ?? point.customdata));
    }
  };

  const made = (parent) => {
    const holder = Object.assign(document.createElement("div"), { className: "graphique" });
    const fault = Object.assign(document.createElement("p"), {
      className: "graphique-faute", hidden: true,
      textContent: "Le graphique n’a pas pu être lu. Rechargez la page, ou lisez ses chiffres sous « Données ».",
    });
    const place = { holder, fault, drawing: document.createElement("div") };
    holder.append(place.drawing, fault);
    parent.append(holder);
    new ResizeObserver(() => {
      if (!place.figure) return;
      const { width, height } = sized(place);
      if (width !== place.size?.width || height !== place.size?.height) draw(place);
    }).observe(holder);
    places.set(parent, place);
    return place;
  };

  /* What Streamlit calls when a chart comes, and each time that what it shows changes. */
  words.chart = async ({ data, parentElement, setTriggerValue }) => {
    const place = places.get(parentElement) ?? made(parentElement);
    const { holder, fault, drawing } = place;
    place.data = data;
    holder.setAttribute("role", "figure");
    holder.setAttribute("aria-label", data.alt);
    holder.style.setProperty("--forme", data.shape ?? "auto");
    holder.style.height = data.height ? `${data.height}px` : data.shape ? "auto" : "100%";
    place.picked = data.clickable ? (code) => setTriggerValue("picked", code) : null;
    const asked = JSON.stringify(data.figure);
    if (place.asked === asked) return;
    place.asked = asked;
    holder.ariaBusy = "true";
    try {
      const figure = await read(data.figure);
      if (place.asked !== asked) return; // another has come meanwhile
      place.figure = figure;
      [drawing.hidden, fault.hidden] = [false, true];
      await draw(place);
    } catch {
      if (place.asked !== asked) return;
      // The former drawing would stand under words that are not its own.
      place.asked = null;
      [drawing.hidden, fault.hidden] = [true, false];
    }
    holder.ariaBusy = null;
  };
})();
