/* Words, numbers and elements. Text from documents only ever becomes a text node. */

/** @type {{lang: "ar" | "en", strings: Record<string, [string, string]>}} */
const language = { lang: "ar", strings: {} };

/** Directional overrides and embeddings, and control characters: they could make a text read as another. */
const UNSAFE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Give a text without characters that change how others read, and no longer than `max`.
 * @param {unknown} text
 * @param {number} [max]
 */
function clean(text, max = Infinity) {
  const kept = String(text ?? "").replace(UNSAFE, "");
  return kept.length > max ? kept.slice(0, max - 1) + "…" : kept;
}

/**
 * Give an interface text in the current language.
 * @param {string} key
 */
function say(key) {
  const pair = language.strings[key];
  return pair ? pair[language.lang === "ar" ? 0 : 1] : key;
}

/**
 * Give the label of anything that has an Arabic and an English one.
 * @param {{ar?: string, en?: string, id?: string} | undefined} thing
 * @param {number} [max]
 */
function label(thing, max = 400) {
  const text = thing && (language.lang === "ar" ? thing.ar || thing.en : thing.en || thing.ar);
  return clean(text || thing?.id, max);
}

/**
 * Fold a text for search: Arabic spellings that readers do not tell apart, and case and accents, fall together.
 * @param {string} text
 */
function fold(text) {
  return clean(text, 2000)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u061c]/g, "")
    .toLowerCase()
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[ىئی]/g, "ي")
    .replace(/ؤ/g, "و")
    .replace(/ء/g, "")
    .replace(/ة/g, "ه")
    .replace(/ک/g, "ك")
    .replace(/(^|\s)ال(?=\S{2})/g, "$1")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** @returns {string} */
function locale() {
  return language.lang === "ar" ? "ar-u-nu-latn" : "en-GB";
}

/** Makers of texts are dear to make. @type {Map<string, any>} */
const makers = new Map();

/**
 * @template T
 * @param {string} key
 * @param {() => T} maker
 * @returns {T}
 */
function kept(key, maker) {
  if (!makers.has(key)) makers.set(key, maker());
  return makers.get(key);
}

/** @param {number} value @param {number} [digits] */
function number(value, digits = 0) {
  return kept(`number ${locale()} ${digits}`, () => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits })).format(value);
}

/**
 * Make an element. `text` becomes text, `on` listeners, `css` custom properties, the rest attributes.
 * @param {string} tag
 * @param {{text?: string, on?: Record<string, (event: any) => void>, css?: Record<string, string>, [name: string]: any}} [options]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
function make(tag, options = {}, ...children) {
  const { text, on, css, ...attributes } = options;
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, value] of Object.entries(css || {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(on || {})) element.addEventListener(name, listener);
  if (text !== undefined) element.textContent = clean(text);
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...SVGElement} children
 */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Give a web address that is safe to link, or null: http and https alone.
 * @param {string | null | undefined} address
 */
function webAddress(address) {
  try {
    const url = new URL(String(address));
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Isolate a text of unknown direction from what stands around it.
 * @param {string} text
 * @param {Record<string, any>} [attributes]
 */
function isolate(text, attributes = {}) {
  return make("bdi", { ...attributes, text });
}
