/* « Enregistrer l’image (PNG) » : le graphique tel qu’il est à l’écran, avec son titre et sa source dans l’image.
   Tout se fait dans le navigateur, sans bibliothèque ni service. */
"use strict";

(() => {
  const SCALE = 2;
  const MARGIN = 24;
  const INK = "#223654";
  const SOFT = "#4e5662";
  const FAMILY = "'Open Sans', Roboto, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

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

  const asImage = (svg, width, height) => new Promise((resolve, reject) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.style.fontFamily = FAMILY;
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    const text = new XMLSerializer().serializeToString(copy);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });

  const draw = async (button) => {
    // Streamlit may keep, unseen, the chart that this one replaced.
    const place = `.st-key-${CSS.escape(button.dataset.image)}:not([data-retained])`;
    const holder = document.querySelector(`${place} .js-plotly-plot`);
    if (!holder) throw new Error("graphique absent");
    const box = holder.getBoundingClientRect();
    const layers = [...holder.querySelectorAll(".svg-container > svg.main-svg")];
    const images = [];
    for (const svg of layers) images.push(await asImage(svg, box.width, box.height));
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
    const below = measured([[button.dataset.source, `13px ${FAMILY}`, SOFT, 18]]);
    const tall = (blocks) => blocks.reduce((sum, block) => sum + block.lines.length * block.height, 0);
    const height = MARGIN + tall(above) + 12 + box.height + 12 + tall(below) + MARGIN;
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
