// What the page's scripts compute, without a page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const FOLDER = new URL("../../kg/maps/web/", import.meta.url);
const SCRIPTS = ["text", "dates", "data", "groups", "paint", "lines", "hulls", "cite", "turtle", "exports", "address"];
const context = vm.createContext({ URL, URLSearchParams, Intl, console });
for (const name of SCRIPTS) vm.runInContext(readFileSync(new URL(`${name}.js`, FOLDER), "utf8"), context);

/** Evaluate in the scope of the scripts; what comes back is made of plain things. */
function run(code, given = {}) {
  Object.assign(context, given);
  return JSON.parse(JSON.stringify(vm.runInContext(`(${code})`, context) ?? null));
}

test("a date lasts to its last day", () => {
  const cases = { "2024": "2024-12-31", "2024-02": "2024-02-29", "2023-02": "2023-02-28", "2024-09-11": "2024-09-11", "2020/2022-05": "2022-05-31", "spring": "" };
  for (const [edtf, day] of Object.entries(cases)) assert.equal(run("lastDay(given)", { given: edtf }), day);
});

test("on a day that status holds which then held for certain", () => {
  const text = "2020-05-31/2021-12-31=signed 2021-12-31/2024-03-01=in-force 2024-03-01/=terminated";
  const at = (day) => run("standing({ periods: readPeriods(text) }, day) ?? null", { text, day });
  assert.deepEqual(["2020-05-30", "2020-05-31", "2021-12-30", "2021-12-31", "2024-03-01"].map(at), [null, "signed", "signed", "in-force", "terminated"]);
});

test("spellings that readers do not tell apart fall together", () => {
  for (const [one, other] of [["أذربيجان", "اذربيجان"], ["السعوديّة", "سعوديه"], ["إيـــران", "ايران"], ["Türkiye", "turkiye"], ["مصطفى", "مصطفي"]]) {
    assert.equal(run("fold(given)", { given: one }), run("fold(given)", { given: other }));
  }
});

test("no control of direction survives", () => assert.equal(run("clean('a\\u202eb\\u2066c\\u0007')"), "abc"));

test("only addresses of the web are links", () => {
  assert.equal(run("webAddress('https://a.example/x y')"), "https://a.example/x%20y");
  for (const evil of ["javascript:alert(1)", "data:text/html,x", "//x", "ftp://a.example", null]) assert.equal(run("webAddress(given)", { given: evil }), null);
});

test("parallel lines fan out, and one alone is straight", () => {
  const edges = [{ from: "A", to: "B" }, { from: "B", to: "A" }, { from: "A", to: "C" }];
  assert.deepEqual(run("fans(edges)", { edges }), [-0.12, -0.12, 0]);
});

test("a hull holds its places and no corner that it does not need", () => {
  const spots = [[0, 0], [4, 0], [4, 4], [0, 4], [2, 2], [2, 0]].map(([x, y]) => ({ x, y }));
  assert.equal(run("convex(spots)", { spots }).length, 4);
  assert.equal(run("convex(spots)", { spots: spots.slice(0, 1) }).length, 1);
  const rim = run("rounded(convex(spots), 1)", { spots });
  assert.deepEqual([Math.min(...rim.map(({ x }) => x)), Math.max(...rim.map(({ y }) => y))], [-1, 5]);
});

test("columns become records, and what is left out holds nothing", () => {
  assert.deepEqual(run("records({ id: 'a\\nb', n: [1, 2] }, { id: '', n: 0, more: [] })"), [{ id: "a", n: 1, more: [] }, { id: "b", n: 2, more: [] }]);
  assert.deepEqual(run("records({}, {})"), []);
});

test("cells are quoted as RFC 4180 asks, and do not run", () => {
  const cases = { "a,b": '"a,b"', 'say "x"': '"say ""x"""', "=1+1": "'=1+1", "@x": "'@x", "a\nb": '"a\nb"', plain: "plain" };
  for (const [text, cell] of Object.entries(cases)) assert.equal(run("cell(given)", { given: text }), cell);
});

test("literals and IRIs cannot be broken out of", () => {
  assert.equal(run("literal(given, 'ar')", { given: 'a"\\\n\u0001' }), '"a\\"\\\\\\n\\u0001"@ar');
  assert.equal(run("angled(given)", { given: "http://a/<x> \"y" }), "<http://a/%3Cx%3E%20%22y>");
});

test("TeX's own characters are escaped", () => assert.equal(run("tex(given)", { given: "50% & {x}_y #1\\z" }), "50\\% \\& \\{x\\}\\_y \\#1\\textbackslash{}z"));

const page = { kinds: [], statuses: [], certainties: [], regions: [], terms: [], outsiders: [], documents: [], claims: {}, disagreements: [], iris: {},
  sites: [], outline: "", agreements: { id: "ab\nbc\ncd\nde", parties: "A B\nB C\nC D\nD E=against" } };
const nodes = { id: ["A", "B", "C", "D", "E"], ar: ["ا", "ب", "ج", "د", "ه"], en: ["A", "B", "C", "D", "E"], type: Array(5).fill("state"),
  community: [0, 0, 1, 1, 1], x: [0, 0, 0, 0, 0], y: [0, 0, 0, 0, 0], wx: [0, 0, 0, 0, 0], wy: [0, 0, 0, 0, 0] };

test("paths and neighbourhoods go by what binds", () => {
  context.outsidersOf = { ...page, outsiders: ["against"] };
  const data = "new Data(outsidersOf, { nodes, edges: {} })";
  Object.assign(context, { nodes });
  assert.deepEqual(run(`${data}.path("A", "D", new Set(["ab", "bc", "cd", "de"])).map(({ agreement }) => agreement.id)`), ["ab", "bc", "cd"]);
  assert.equal(run(`${data}.path("A", "D", new Set(["ab", "cd"]))`), null);
  assert.equal(run(`${data}.path("A", "E", new Set(["ab", "bc", "cd", "de"]))`), null);
  assert.deepEqual(run(`[...${data}.near("A", 2)]`), ["A", "B", "C"]);
});

test("what is chosen goes into the address and comes back", () => {
  Object.assign(context, { page, nodes });
  const state = run(`(() => {
    const data = new Data(page, { nodes, edges: {} }), groups = new Groups(data);
    const chosen = { ...freshState(groups), lang: "en", theme: "dark", view: "world", actors: ["A", "B"], focus: "C", steps: 2, path: "D", size: "partners",
      day: "2020-01-01", undated: true, hulls: true, contested: true, witnesses: 3, group: "community", open: ["community:1"], selected: { type: "node", id: "A" } };
    chosen.off = { ...chosen.off, kind: new Set(["base"]) };
    const flat = (one) => ({ ...one, off: Object.fromEntries(Object.entries(one.off).map(([name, ids]) => [name, [...ids]])) });
    return [flat(chosen), flat(readFragment("#" + writeFragment(chosen, groups), data, groups)), flat(readFragment("#witnesses=-1&day=x&focus=Z&group=q", data, groups)), flat(freshState(groups))];
  })()`);
  assert.deepEqual(state[1], state[0]);
  assert.deepEqual(state[2], state[3]);
});
