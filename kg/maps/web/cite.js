/* How to cite a claim. */

/**
 * Give the name of a claim in RDF.
 * @param {Data} data
 * @param {Claim} claim
 */
function claimIri(data, claim) {
  return data.iris.claim + claim.id;
}

/**
 * Give the BibTeX entry of a claim: its document, and where in it the words stand.
 * @param {Data} data
 * @param {Claim} claim
 */
function bibtex(data, claim) {
  const source = data.source.get(claim.document);
  const year = /^\d{4}/.exec(source?.date || "")?.[0];
  const address = webAddress(source?.url);
  const fields = [
    ["title", source ? sourceTitle(source) : claim.document],
    ["author", source?.publisher ? `{${tex(source.publisher)}}` : null],
    ["year", year], ["date", source?.date], ["url", address ? address.replace(/[{}\\]/g, encodeURIComponent) : null],
    ["note", `Claim ${claim.id} of alliance-kg ${data.version}, characters ${claim.spans.join(", ")} of ${claim.document}`],
    ["howpublished", claimIri(data, claim)], ["language", "arabic"],
  ];
  const lines = fields.filter(([, value]) => value)
    .map(([name, value]) => `  ${name} = {${name === "url" || name === "howpublished" || name === "author" ? value : tex(String(value))}}`);
  return `@misc{${claim.id},\n${lines.join(",\n")}\n}\n`;
}

/** Write a text for TeX. @param {string} text */
function tex(text) {
  /** @type {Record<string, string>} */
  const names = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  return clean(text, 1000).replace(/\s+/g, " ").replace(/[\\{}$&#_%~^]/g, (char) => names[char] || `\\${char}`);
}

/**
 * Make the part of a claim's card that tells how to cite it.
 * @param {Data} data
 * @param {Claim} claim
 */
function citation(data, claim) {
  const row = (/** @type {string} */ title, /** @type {string} */ text, /** @type {string} */ tag) =>
    make("div", { class: "cited" }, make("span", { class: "aside", text: title }), copyButton(text, title), make(tag, { dir: "ltr", text }));
  return make("details", { class: "cite" }, make("summary", { text: say("cite") }),
    row("IRI", claimIri(data, claim), "code"), row("BibTeX", bibtex(data, claim), "pre"));
}

/** @param {string} text @param {string} title */
function copyButton(text, title) {
  const copy = async (/** @type {any} */ event) => {
    const button = event.currentTarget;
    const done = await copied(text);
    button.textContent = say(done ? "copied" : "copyFailed");
  };
  return make("button", { class: "quiet", type: "button", text: say("copy"), "aria-label": `${say("copy")} ${title}`, on: { click: copy } });
}

/** Copy a text; where the page may not use the clipboard, by way of a selection. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = /** @type {HTMLTextAreaElement} */ (make("textarea", { class: "unseen" }));
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
