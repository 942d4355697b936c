/* What the lists of choices offer for what is typed. Streamlit's own rule is deaf to accents and apostrophes and lets
   letters be far apart: « levis » found Charlevoix-Est. This module stands for the one of Streamlit that holds the rule
   (dashboard/ui/server/document.py), and changes nothing else of it: the widgets stay Streamlit's. */

export * from "listes-de-streamlit";

const SAINTS = { st: "saint", ste: "sainte" };

/* Words in lower case, without accents, apostrophes or hyphens, one space between two. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const whole = (words) => words.split(" ").map((word) => SAINTS[word] ?? word).join(" ");
const tight = (words) => words.replaceAll(" ", "");

/* Every word typed begins a word of the text. */
const holds = (text, typed) => typed.split(" ").every((word) => ` ${text}`.includes(` ${word}`));

/* How well a choice answers: 0 when its name is what is typed; what begins so; then the beginnings of words, in its name
   before what stands in brackets after it; then anywhere. Nothing when it is not there. */
const rank = (label, typed) => {
  const [name, text] = [label.split(" (")[0], label].map((part) => whole(folded(part)));
  const degrees = [
    name === typed || text === typed,
    text.startsWith(typed),
    ` ${name}`.includes(` ${typed}`),
    holds(name, typed),
    ` ${text}`.includes(` ${typed}`),
    holds(text, typed),
    tight(text).includes(tight(typed)),
  ];
  const found = degrees.indexOf(true);
  return found < 0 ? Infinity : found;
};

/* Of two that answer as well, what names the title of the page comes first. */
const ofThePage = (title, label) => (title && label.includes(title) ? 0 : 1);

const found = (options, written) => {
  const typed = folded(written);
  if (!typed) return options;
  const title = document.querySelector("h1")?.textContent.trim();
  // « st » is « Saint », or the first letters of another word.
  const ranked = options.map((option) =>
    [Math.min(rank(option.label, typed), rank(option.label, whole(typed))), ofThePage(title, option.label), option]);
  return ranked.filter(([place]) => place < Infinity).sort(([one, near], [two, far]) => one - two || near - far)
    .map(([, , option]) => option);
};

/* Streamlit's name for its rule. */
export { found as n };
