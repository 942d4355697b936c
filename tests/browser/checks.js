// What is wrong on a page as it is: each function lists it, in words.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const main = document.querySelector("[data-testid=stMain]");
  const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !e.closest("[data-retained]");
  const charts = () => all(".js-plotly-plot").filter(shown);
  const area = (e) => e.closest("[class*=st-key-]")?.className.match(/st-key-[\w-]+/) ?? "";
  const name = (e) => `${e.tagName} ${area(e)} ${(e.ariaLabel || e.textContent).trim().slice(0, 40)}`;

  const lacks = (right) => Object.keys(right).filter((one) => !right[one]);

  // A chart is drawn when it has a mark that takes room: a bar, a territory, a circle, a line.
  const MARKS = ".bars .point path, path.choroplethlocation, .scattergeo .point, .scatterlayer .point, .scatterlayer .js-line";
  const room = (e) => { const { width, height } = e.getBoundingClientRect(); return width > 0.5 || height > 0.5; };

  // Whether an element stands in a box of its own that scrolls or cuts, and that is whole in the window.
  const boxed = (e) => {
    for (let up = e.parentElement; up && up !== main; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX) && up.clientWidth <= innerWidth)
        return true;
    return false;
  };

  // Of a table: what is cut by the edge of its box, its names apart, which stay while it is scrolled.
  const cut = (box) => {
    const edge = box.getBoundingClientRect();
    const names = box.querySelector("tbody th")?.getBoundingClientRect().right ?? edge.left;
    return all("caption, th, td", box).filter((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      const first = cell.matches(":first-child");
      return left < edge.right - 1 && (right > names + 1 || first)
        && (right > edge.right + 1 || left < (first ? edge.left : names) - 1 || cell.scrollWidth > cell.clientWidth + 1);
    }).map((cell) => `cut: ${name(cell)}`);
  };

  return {
    // Where the focus is, and whether something shows it: an outline of two pixels on the element or on its frame.
    focus: () => {
      const e = document.activeElement, box = e.getBoundingClientRect();
      let ring = false;
      for (let up = e, n = 0; up && n < 5; up = up.parentElement, n += 1) {
        const style = getComputedStyle(up);
        ring ||= style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      }
      const [x, y] = [box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2)];
      const top = document.elementFromPoint(x, y);
      return {
        tag: e.tagName, id: e.dataset.testid ?? "", role: e.getAttribute("role") ?? "", tabindex: e.tabIndex,
        name: (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim().slice(0, 60),
        ring, seen: box.bottom > 0 && box.top < innerHeight, covered: !(top && (e.contains(top) || top.contains(e))),
      };
    },

    // Keep what is said, in the region that every page keeps or in any other; what Streamlit says of an open list apart.
    listen: () => {
      const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";
      window.heard = [];
      window.listener?.disconnect();
      window.listener = new MutationObserver((changes) => {
        const told = new Set();
        for (const { type, target, addedNodes } of changes)
          for (const node of type === "childList" ? addedNodes : [target]) {
            const element = node instanceof Element ? node : node.parentElement;
            for (const one of [element?.closest(live), ...(element?.querySelectorAll(live) ?? [])]) told.add(one);
          }
        for (const { textContent } of [...told].filter(Boolean))
          if (textContent.trim() && !/^Choix possibles/.test(textContent.trim())) window.heard.push(textContent);
      });
      window.listener.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    },

    // The box and the button that are not on one row, with the title or over it.
    banner: () => {
      const button = document.querySelector(".st-key-presenter_menu button");
      if (!button || !shown(button)) return [];
      const [search, menu, title] = [".st-key-champ_question", button, "h1"]
        .map((e) => (e.getBoundingClientRect ? e : document.querySelector(e)).getBoundingClientRect());
      const middle = search.top + search.height / 2;
      return lacks({
        row: Math.abs(middle - menu.top - menu.height / 2) < 2,
        order: search.right <= menu.left && menu.right <= innerWidth,
        title: innerWidth < 900 ? title.top >= menu.bottom
          : title.top <= middle && middle <= title.bottom && title.right <= search.left,
      });
    },

    empty: () => charts().filter((chart) => !all(MARKS, chart).some(room)).map(name),

    // A chart is as wide as its place, to the pixel.
    widths: () => charts().map((chart) => [chart.parentElement.getBoundingClientRect().width, chart._fullLayout.width])
      .filter(([place, drawn]) => Math.floor(place) !== drawn).map(String),

    // What stands out of the window, what is cut in its own box, and the texts that leave their chart.
    clipped: () => {
      const wide = document.documentElement.clientWidth;
      const found = [document.documentElement, main].filter((e) => e.scrollWidth > e.clientWidth).map(() => "too wide");
      for (const e of all("*", main)) {
        const box = e.getBoundingClientRect();
        if (box.right > wide + 1 && box.width && shown(e) && !boxed(e)) found.push(`out: ${name(e)}`);
      }
      for (const e of all(".stHtml *", main)) {
        const style = getComputedStyle(e);
        if (["hidden", "clip"].includes(style.overflowX) && style.clipPath === "none" && e.scrollWidth > e.clientWidth + 2
            && shown(e)) found.push(`cut: ${name(e)}`);
      }
      for (const text of all(".js-plotly-plot svg text", main)) {
        const box = text.getBoundingClientRect(), frame = text.closest(".js-plotly-plot").getBoundingClientRect();
        if (box.width && (box.left < frame.left - 3 || box.right > frame.right + 3)) found.push(`chart: ${name(text)}`);
      }
      return found;
    },

    // Texts of the charts that are smaller than asked, or that leave their chart.
    unread: (least) => charts().flatMap((chart) => {
      const frame = chart.getBoundingClientRect();
      return all("text, tspan", chart).filter((text) => text.checkVisibility()
        && [...text.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
      ).filter((text) => {
        const box = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize);
        return size < least || box.left < frame.left - 1 || box.right > frame.right + 1
          || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      }).map(name);
    }),

    // Tiles whose words leave their edges or are smaller than asked, or that do not end on their value.
    tiles: (least) => all(".st-key-tuiles .bars .point").flatMap((point, at) => {
      const edge = point.querySelector("path").getBoundingClientRect();
      const texts = [point.querySelector("text"), all(".st-key-tuiles .scatterlayer text")[at]];
      const lines = texts.filter((text) => text?.checkVisibility()).flatMap((text) => all("tspan.line", text));
      const out = lines.map((line) => line.getBoundingClientRect()).some((box) => box.left < edge.left - 1
        || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
      const small = lines.some((line) => parseFloat(getComputedStyle(line).fontSize) < least);
      const words = lines.map((line) => line.textContent);
      const ends = words.length > 1 && /^[\d\u00a0]+(,\d+)?$/.test(words.at(-1));
      return out || small || !ends ? [words.join(" ")] : [];
    }),

    // What a finger touches and is smaller than 44 pixels; a link in running text and a field with a label apart.
    small: () => {
      const found = new Set();
      for (const e of all("button, summary, a[href], [role=radio], [role=combobox], [role=tab], input")) {
        const field = e.closest("[data-testid=stTextInputRootElement], [data-testid=stMultiSelect] > div:has(input)");
        const box = (field ?? e).getBoundingClientRect();
        if (!e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || box.width < 2 || box.height < 2) continue;
        if (e.matches("[type=checkbox], [type=radio], [type=range], [type=file]")) continue;
        const alone = e.parentElement.textContent.trim() === e.textContent.trim();
        const inText = e.tagName === "A" && getComputedStyle(e).display === "inline" && !alone;
        if (!inText && (box.width < 43.5 || box.height < 43.5)) found.add(name(e));
      }
      return [...found];
    },

    // The fields and buttons of a row that do not begin at one height, or are not of one height.
    uneven: () => {
      const fields = ".stSelectbox [role=group], [data-testid=stTextInputRootElement], .stButton button,"
        + " [data-testid=stButtonGroup] [role=radio], [data-testid=stPopover] button, .stPageLink a";
      const boxes = all(`:is(${fields})`, main).filter(shown).map((one) => [one, one.getBoundingClientRect()]);
      const bar = (one) => one.closest(".st-key-barre, [class*=st-key-source_], [class*=st-key-fichiers_]");
      return boxes.flatMap(([one, own]) => boxes.filter(([, box]) => own.right <= box.left
        && Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top) > 4 && !bar(one)
        && (Math.abs(own.top - box.top) > 1 || Math.abs(own.height - box.height) > 1)
      ).map(([other]) => `${name(one)}, ${name(other)}`));
    },

    // Columns side by side that do not begin at the same height, or touch.
    columns: () => all("[data-testid=stHorizontalBlock]", main)
      .filter((row) => !row.closest(".st-key-matrice")).flatMap((row) => {
        const columns = all(":scope > .stColumn", row).filter((one) => one.checkVisibility());
        return columns.slice(1).filter((one, n) => {
          const [own, box] = [columns[n], one].map((column) => column.getBoundingClientRect());
          const [text, next] = [columns[n], one].map((column) => column.querySelector(".stHtml > :is(h2, h3, .lecture)"));
          const first = (heading, column) => heading && heading.getBoundingClientRect().top - column.top < 20;
          return box.left - own.right < 23.5 || (text && next && first(text, own) !== first(next, box));
        }).map(name);
      }),

    // Tables that cut a figure, or go on out of their box without saying so, or lose the names of their rows then.
    tables: () => all(".tableau").filter((box) => box.checkVisibility()).flatMap((box) => {
      const found = cut(box);
      if (box.scrollWidth <= box.clientWidth) return found;
      const style = getComputedStyle(box);
      if (box.tabIndex !== 0 || !box.ariaLabel || style.overflowX !== "auto"
          || style.backgroundAttachment !== "local, scroll") found.push(`no shade: ${name(box)}`);
      box.scrollLeft = box.scrollWidth;
      const [edge, names] = [box, box.querySelector("tbody th")].map((e) => e.getBoundingClientRect().left);
      if (Math.abs(names - edge) >= 1) found.push(`names gone: ${name(box)}`);
      found.push(...cut(box));
      box.scrollLeft = 0;
      return found;
    }),

    // What does not fit in its own field, link, or cell of the matrix of the plan.
    overflowing: () => [
      ...all("[data-testid=stMultiSelectTagsContainer]").filter((list) => list.scrollHeight > list.clientHeight),
      ...all("[data-testid=stPageLink] a span").filter((text) => text.scrollWidth > text.clientWidth),
      ...all(".st-key-matrice :is(p, button, strong)").filter((cell) => cell.getBoundingClientRect().right
        > Math.min(cell.closest(".stColumn").getBoundingClientRect().right, innerWidth) + 1),
    ].map(name),

    // The button of a source, fallen alone on the next line.
    alone: () => all("[class*=st-key-source_]").filter((line) => {
      const texts = line.querySelector(".source")?.getClientRects(), button = line.querySelector(".stPopover button");
      return texts && Math.abs(texts[texts.length - 1].bottom - button.getBoundingClientRect().bottom) > 12;
    }).map(name),

    // A page read in ten seconds: its length in screens of 800 pixels, its charts and its stops, at most; no file offered
    // before it is asked for; its first chart in the first screen.
    long: ([screens, most, stops]) => {
      const seen = (selector) => all(selector).filter((one) => one.checkVisibility() && !one.closest("[data-retained]"));
      const tops = seen(".graphique").map((chart) => chart.getBoundingClientRect().top + main.scrollTop);
      const reached = seen("a[href], button, input, select, textarea, summary, [tabindex]")
        .filter((one) => one.tabIndex >= 0 && !one.disabled).length;
      const too = {
        length: main.scrollHeight > 800 * screens, charts: tops.length > most, stops: reached > stops,
        folds: seen("summary").length > 6, "first chart": Math.min(0, ...tops) < 0 || (tops.length && Math.min(...tops) >= 800),
        files: seen("[data-telecharger], .stDownloadButton, [data-image]").length > 0,
      };
      return Object.keys(too).filter((one) => too[one]).map((one) => `${one}: ${main.scrollHeight} px, ${tops}, ${reached}`);
    },

    // The title, the bars, the labels and the values of the first chart, below a first screen of 800 pixels.
    below: () => all(".graphique").slice(0, 1).flatMap((chart) => all(".bars path, .bartext, .xtick, .ytick", chart))
      .filter((mark) => mark.getBoundingClientRect().bottom >= 800).map(name),

    // A title of its own, so that tabs and favourites can be told apart; in French; its charts; no message of an error.
    title: (least) => {
      const heads = all("h1"), named = location.pathname === "/" ? "Vue d’ensemble" : heads[0]?.innerText;
      const right = {
        heads: heads.length === 1, title: document.title === `${named} – Portraits régionaux de l’immigration`,
        language: document.documentElement.lang === "fr-CA", charts: all(".js-plotly-plot").length >= least,
        errors: !all("[data-testid=stException], .avis-erreur").length,
        menu: shown(document.querySelector("header.stAppHeader")) === (location.pathname !== "/integrer"),
      };
      return lacks(right);
    },

    // Each territory once on the map, whole, and once among the bars; the far islands in their inset; whose drawing it is.
    lands: (codes) => {
      const sorted = (list) => [...list].sort().join(), loc = (shape) => shape.__data__.loc;
      // The pale land around says nothing.
      const shapes = all(".st-key-carte path.choroplethlocation")
        .filter((shape) => shape.parentNode.__data__[0].trace.hoverinfo !== "skip");
      const whole = (shape) => {
        const box = shape.getBoundingClientRect(), frame = shape.closest(".js-plotly-plot").getBoundingClientRect();
        return box.width > 1 && box.height > 1 && box.left >= frame.left - 1 && box.right <= frame.right + 1
          && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
      };
      const right = {
        drawn: sorted(shapes.map(loc)) === sorted(codes), whole: shapes.every(whole),
        inset: shapes.every((shape) => (shape.closest(".geo2") !== null) === (loc(shape) === "2401")),
        bars: all(".st-key-barres .bars .point path").length === codes.length,
        credit: all(".st-key-carte, .stHtml", main).some((e) => e.innerText.includes("amCharts")),
      };
      return lacks(right);
    },

    // Every text of the page, shown or said. The name of an icon is the text of its drawing.
    texts: () => {
      for (const icon of all("[data-testid=stIconMaterial]")) icon.style.display = "none";
      const kinds = ["aria-label", "title", "placeholder", "alt"];
      return [
        document.title, document.body.innerText,
        ...all("svg text").filter((text) => text.getBoundingClientRect().width).map((text) => text.textContent),
        ...all(kinds.map((kind) => `[${kind}]`).join()).flatMap((e) => kinds.map((kind) => e.getAttribute(kind)).filter(Boolean)),
      ];
    },
  };
})()
