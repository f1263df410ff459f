/* What is chosen, as the fragment of the address: a view can be shared. */

/**
 * @typedef {{kind: Set<string>, status: Set<string>, certainty: Set<string>, document: Set<string>}} Off
 * @typedef {{lang: "ar" | "en", theme: string, view: string, off: Off, contested: boolean, witnesses: number,
 *   actors: string[], focus: string | null, steps: number, path: string | null, size: string, day: string | null,
 *   undated: boolean, hulls: boolean, group: string, open: string[], selected: Thing | null}} State
 */

const GROUPS = /** @type {(keyof Off)[]} */ (["kind", "status", "certainty", "document"]);
const VIEWS = ["network", "world", "table"];
const SIZES = ["agreements", "partners", "betweenness"];
const MOST_STEPS = 3;

/**
 * Give what is chosen where nothing is.
 * @param {Groups} groups
 * @returns {State}
 */
function freshState(groups) {
  return {
    lang: "ar", theme: "auto", view: "network", ...freshFilters(), size: "agreements", hulls: false,
    group: groups.usual(), open: [], selected: null, path: null,
  };
}

/** Give the conditions where there are none. */
function freshFilters() {
  return {
    off: { kind: new Set(), status: new Set(), certainty: new Set(), document: new Set() },
    contested: false, witnesses: 1, actors: [], focus: null, steps: 1, day: null, undated: false,
  };
}

/**
 * Read what is chosen from a fragment; what is not known is left out.
 * @param {string} hash
 * @param {Data} data
 * @param {Groups} groups
 * @returns {State}
 */
function readFragment(hash, data, groups) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = freshState(groups);
  const one = (/** @type {string} */ name) => given.get(name) || "";
  const several = (/** @type {string} */ name) => one(name).split(",").filter(Boolean);
  if (one("lang") === "ar" || one("lang") === "en") state.lang = /** @type {"ar" | "en"} */ (one("lang"));
  if (["light", "dark"].includes(one("theme"))) state.theme = one("theme");
  if (VIEWS.includes(one("view"))) state.view = one("view");
  if (SIZES.includes(one("size"))) state.size = one("size");
  if (groups.ways().includes(one("group"))) state.group = one("group");
  state.open = several("open").filter((id) => groups.find(id));
  state.contested = given.has("contested");
  state.undated = given.has("undated");
  state.hulls = given.has("hulls");
  state.witnesses = between1(one("witnesses"), 1000);
  state.steps = between1(one("steps"), MOST_STEPS);
  state.actors = several("actors").filter((id) => data.node.has(id));
  if (data.node.has(one("focus"))) state.focus = one("focus");
  if (data.node.has(one("path"))) state.path = one("path");
  if (/^\d{4}-\d\d-\d\d$/.test(one("day"))) state.day = one("day");
  for (const group of GROUPS) state.off[group] = new Set(several(`no-${group}`));
  state.selected = readThing(given, data, groups);
  return state;
}

/** @param {string} text @param {number} most */
function between1(text, most) {
  return Math.max(1, Math.min(most, Math.floor(Number(text)) || 1));
}

/**
 * @param {URLSearchParams} given
 * @param {Data} data
 * @param {Groups} groups
 * @returns {Thing | null}
 */
function readThing(given, data, groups) {
  const [agreement, node, cluster] = ["agreement", "actor", "cluster"].map((name) => given.get(name) || "");
  if (data.agreement.has(agreement)) return { type: "agreement", id: agreement };
  if (data.node.has(node)) return { type: "node", id: node };
  return cluster && groups.find(cluster) ? { type: "cluster", id: cluster } : null;
}

/**
 * Write what is chosen as a fragment, without what is usual.
 * @param {State} state
 * @param {Groups} groups
 */
function writeFragment(state, groups) {
  const usual = /** @type {any} */ (freshState(groups));
  const kept = new URLSearchParams({ lang: state.lang });
  for (const name of /** @type {(keyof State)[]} */ (["theme", "view", "size", "group", "witnesses", "steps", "focus", "path", "day"])) {
    if (state[name] !== usual[name]) kept.set(name, String(state[name]));
  }
  for (const name of /** @type {(keyof State)[]} */ (["contested", "undated", "hulls"])) if (state[name]) kept.set(name, "1");
  for (const name of /** @type {("actors" | "open")[]} */ (["actors", "open"])) if (state[name].length) kept.set(name, state[name].join(","));
  for (const group of GROUPS) if (state.off[group].size) kept.set(`no-${group}`, [...state.off[group]].sort().join(","));
  if (state.selected) kept.set({ node: "actor", agreement: "agreement", cluster: "cluster" }[state.selected.type], state.selected.id);
  return String(kept);
}

/** Put a fragment into the address. @param {string} fragment */
function showAddress(fragment) {
  try {
    history.replaceState(null, "", `#${fragment}`);
  } catch {
    // Some viewers of local files forbid it; the map works without.
  }
}
