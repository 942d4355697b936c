/* « Enregistrer l’image (PNG) » : le graphique tel qu’il est à l’écran, avec son titre, sa légende, sa source et le crédit
   de ses limites dans l’image.
   Tout se fait dans le navigateur, sans bibliothèque ni service. */
"use strict";

(() => {
  const SCALE = 2;
  const MARGIN = 24;
  const INK = "#223654";
  const SOFT = "#4e5662";
  const FAMILY = "'Source Sans', sans-serif";

  const wrapped = (context, text, width) => {
    const lines = [];
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && context.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return line ? [...lines, line] : lines;
  };

  /* The key: for each item a swatch (hatched, round) and its words, one after the other, on as many lines as needed. */
  const SWATCH = { width: 22, height: 14, gap: 6, apart: 16, line: 22 };
  const keyOf = (context, key, width) => {
    context.font = `14px ${FAMILY}`;
    const asked = key?.items || [];
    const line = Math.max(SWATCH.line, ...asked.map((item) => item.cercle + 4));
    let [x, y] = [0, 0];
    const items = asked.map((item) => {
      const sign = item.cercle || SWATCH.width;
      const wide = sign + SWATCH.gap + context.measureText(item.texte).width;
      if (x && x + wide > width) [x, y] = [0, y + line];
      const placed = { ...item, sign, x, y: y + line / 2 };
      x += wide + SWATCH.apart;
      return placed;
    });
    return { items, height: items.length ? y + line + 8 : 0 };
  };
  const drawKey = (context, key, left, top) => {
    for (const item of key.items) {
      const [x, middle] = [left + item.x, top + item.y];
      const y = middle - SWATCH.height / 2;
      context.save();
      context.beginPath();
      if (item.cercle) context.arc(x + item.cercle / 2, middle, item.cercle / 2, 0, 2 * Math.PI);
      else context.rect(x, y, SWATCH.width, SWATCH.height);
      context.fillStyle = item.couleur;
      context.fill();
      context.strokeStyle = SOFT;
      context.stroke();
      if (item.hachure) {
        context.clip();
        context.beginPath();
        for (let start = -SWATCH.height; start < SWATCH.width; start += 5) {
          context.moveTo(x + start, y + SWATCH.height);
          context.lineTo(x + start + SWATCH.height, y);
        }
        context.stroke();
      }
      context.restore();
      context.font = `14px ${FAMILY}`;
      context.fillStyle = INK;
      context.textBaseline = "middle";
      context.fillText(item.texte, x + item.sign + SWATCH.gap, middle);
    }
  };

  // A drawing taken out of the page has none of its fonts: it takes its own with it.
  const fontRule = async () => {
    const link = document.querySelector("link[rel=preload][as=font]");
    const file = await (await fetch(link.href)).blob();
    const data = await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = reject;
      reader.readAsDataURL(file);
    });
    return `@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url(${data}) format("woff2"); }`;
  };

  const asImage = (svg, width, height, rule) => new Promise((resolve, reject) => {
    const copy = svg.cloneNode(true);
    // The rules of the page do not follow a copy: what they hide or make smaller on a narrow screen.
    const own = svg.querySelectorAll("text, tspan, .scatterlayer path");
    [...copy.querySelectorAll("text, tspan, .scatterlayer path")].forEach((text, n) => {
      const { display, fontSize } = getComputedStyle(own[n]);
      if (display === "none") text.style.display = "none";
      text.style.fontSize = fontSize;
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.style.fontFamily = FAMILY;
    copy.prepend(Object.assign(document.createElementNS(copy.namespaceURI, "style"), { textContent: rule }));
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    const text = new XMLSerializer().serializeToString(copy);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });

  const draw = async (button) => {
    // Streamlit may keep, unseen, the chart that this one replaced.
    const place = `.st-key-${CSS.escape(button.dataset.image)}:not(${window.streamlitPage.replaced})`;
    const holder = document.querySelector(`${place} .js-plotly-plot`);
    if (!holder) throw new Error("graphique absent");
    const box = holder.getBoundingClientRect();
    const layers = [...holder.querySelectorAll(".svg-container > svg.main-svg")];
    const [images, rule] = [[], await fontRule()];
    for (const svg of layers) images.push(await asImage(svg, box.width, box.height, rule));
    const width = Math.max(box.width, 480) + 2 * MARGIN;
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const parts = [
      [button.dataset.titre, `bold 20px ${FAMILY}`, INK, 27],
      [button.dataset.sousTitre, `14px ${FAMILY}`, SOFT, 20],
    ];
    const measured = (list) => list.map(([text, font, colour, height]) => {
      context.font = font;
      return { lines: wrapped(context, text || "", width - 2 * MARGIN), font, colour, height };
    });
    const above = measured(parts);
    const legend = button.dataset.legende ? JSON.parse(button.dataset.legende) : null;
    const named = measured([[legend?.titre, `bold 14px ${FAMILY}`, INK, 22]]);
    const key = keyOf(context, legend, width - 2 * MARGIN);
    const below = measured([
      [button.dataset.source, `13px ${FAMILY}`, SOFT, 18],
      [button.dataset.credit, `13px ${FAMILY}`, SOFT, 18],
    ]);
    const tall = (blocks) => blocks.reduce((sum, block) => sum + block.lines.length * block.height, 0);
    const height = MARGIN + tall(above) + 12 + box.height + 12 + tall(named) + key.height + tall(below) + MARGIN;
    canvas.width = Math.round(width * SCALE);
    canvas.height = Math.round(height * SCALE);
    context.scale(SCALE, SCALE);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, width, height);
    let y = MARGIN;
    const write = (blocks) => {
      for (const block of blocks) {
        context.font = block.font;
        context.fillStyle = block.colour;
        context.textBaseline = "top";
        for (const line of block.lines) {
          context.fillText(line, MARGIN, y);
          y += block.height;
        }
      }
    };
    write(above);
    y += 12;
    for (const image of images) context.drawImage(image, MARGIN, y, box.width, box.height);
    y += box.height + 12;
    write(named);
    drawKey(context, key, MARGIN, y);
    y += key.height;
    write(below);
    return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  };

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-image]") : null;
    if (!button) return;
    const name = `${button.dataset.fichier || "graphique"}.png`;
    window.tableauDeBord.take(
      button, name, () => draw(button), "Image enregistrée", "L’image n’a pas pu être enregistrée.",
    );
  });
})();
