/* Marks and names on top of the drawing: in pixels of the screen, and only where there is room. */

const MOST_NAMES = 260;

/** Boxes that are taken, by the squares of a grid that they touch. */
class Room {
  constructor() {
    /** @type {Map<number, Box[]>} */ this.squares = new Map();
    this.size = 0;
  }

  /** @param {Box} box */
  *keys(box) {
    for (let across = Math.floor(box.left / 64); across <= Math.floor(box.right / 64); across += 1) {
      for (let down = Math.floor(box.top / 64); down <= Math.floor(box.bottom / 64); down += 1) yield across * 100003 + down;
    }
  }

  /** @param {Box} box */
  take(box) {
    this.size += 1;
    for (const key of this.keys(box)) {
      const known = this.squares.get(key);
      if (known) known.push(box);
      else this.squares.set(key, [box]);
    }
  }

  /** @param {Box} box */
  free(box) {
    for (const key of this.keys(box)) if (!free(box, this.squares.get(key) || [])) return false;
    return true;
  }
}

class Overlay {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.data = scene.data;
    /** @type {Point[]} the nodes that are shown, those to be named first in front */ this.nodes = [];
    this.circles = new Room();
  }

  /** @param {Point[]} nodes */
  sort(nodes) {
    this.nodes = [...nodes].sort((one, other) => this.urgency(other) - this.urgency(one) || (other.agreements || 0) - (one.agreements || 0));
  }

  /** @param {Point} node */
  urgency({ id, type }) {
    const { scene } = this;
    if (scene.hovered?.id === id || scene.state?.selected?.id === id) return 2;
    return scene.litNodes.has(id) || type === "cluster" ? 1 : 0;
  }

  /**
   * Draw marks and names where there is room.
   * @param {Surface} g
   * @param {View & {x: number, y: number}} view
   */
  draw(g, view) {
    const onScreen = (/** @type {Spot} */ { x, y }) => ({ x: x * view.scale + view.x, y: y * view.scale + view.y });
    const taken = new Room();
    const names = this.names(g, view, onScreen, taken);
    for (const mark of this.marks(g, view, onScreen, taken)) mark();
    for (const name of names) name();
  }

  /**
   * Mark lines: a cross where the status has one, a sign of doubt where contested, the sign of the kind when near.
   * @param {Surface} g
   * @param {View} view
   * @param {(place: Spot) => Spot} onScreen
   * @param {Room} taken
   */
  marks(g, view, onScreen, taken) {
    const { scene } = this;
    const drawn = [];
    const growth = Math.min(1, Math.max(0.6, view.scale ** 0.5));
    const crowded = view.scale < 0.95 && scene.lines.shown.length > 140;
    const packed = scene.lines.shown.length > MANY;
    for (const line of scene.lines.shown) {
      const { agreement } = line;
      const lit = Boolean(agreement && (scene.lit.has(agreement.id) || scene.hovered?.id === agreement.id));
      if (!agreement || (!lit && (scene.quiet() || (packed && crowded)))) continue;
      const parts = line.from === line.to ? [0.5] : [0.5, 0.42, 0.58, 0.34, 0.66];
      for (const { reach, must, paint } of this.marksOf(g, line, agreement, { long: this.long(line, onScreen), lit, crowded, growth })) {
        const spots = parts.map((part) => onScreen(scene.lines.point(line, part, view.scale)));
        const at = spots.find((spot) => taken.free(around(spot, reach)) && this.circles.free(around(spot, reach))) || (must ? spots[0] : null);
        if (!at) continue;
        taken.take(around(at, reach));
        drawn.push(() => paint(at));
      }
    }
    return drawn;
  }

  /** Give the length of a line on the screen. @param {Line} line @param {(place: Spot) => Spot} onScreen */
  long({ from, to }, onScreen) {
    if (from === to) return 60;
    const { xs, ys } = this.scene;
    const start = onScreen({ x: xs[from], y: ys[from] }), end = onScreen({ x: xs[to], y: ys[to] });
    return Math.hypot(start.x - end.x, start.y - end.y);
  }

  /**
   * Say which marks a line bears.
   * @param {Surface} g
   * @param {Line} line
   * @param {Agreement} agreement
   * @param {{long: number, lit: boolean, crowded: boolean, growth: number}} look
   * @returns {{reach: number, must: boolean, paint: (at: Spot) => void}[]}
   */
  marksOf(g, line, agreement, { long, lit, crowded, growth }) {
    const { scene } = this;
    const color = scene.color(agreement.kind);
    const loose = scene.points[line.from].type !== "agreement" && scene.points[line.to].type !== "agreement";
    const marks = [];
    if (loose && agreement.contested) marks.push({ reach: 8 * growth, must: true, paint: (/** @type {Spot} */ at) => doubt(g, at, scene.paint, growth) });
    const crossed = this.data.status.get(agreement.now)?.line === "crossed" && long > 26;
    if (crossed && (lit || !crowded || scene.view !== "world")) {
      marks.push({ reach: 4 * growth, must: true, paint: (/** @type {Spot} */ at) => cross(g, at, color, scene.paint.paper, growth) });
    }
    const based = scene.view === "world" && agreement.site;
    if (loose && !agreement.contested && !based && (lit || (long > 130 && !crowded))) {
      marks.push({ reach: 9, must: lit && scene.lit.size < 4, paint: (/** @type {Spot} */ at) => this.badge(g, agreement.kind, at, color) });
    }
    return marks;
  }

  /**
   * @param {Surface} g
   * @param {string} kind
   * @param {Spot} at
   * @param {string} color
   */
  badge(g, kind, at, color) {
    g.beginPath();
    g.arc(at.x, at.y, 8, 0, 2 * Math.PI);
    g.fillStyle = this.scene.paint.surface;
    g.fill();
    g.strokeStyle = color;
    g.lineWidth = 1.1;
    g.setLineDash([]);
    g.stroke();
    this.scene.stamp(g, kind, at.x, at.y, 10.5, color);
  }

  /**
   * Place names, the best connected first, each below its node, above it, or not at all.
   * @param {Surface} g
   * @param {View} view
   * @param {(place: Spot) => Spot} onScreen
   * @param {Room} taken
   */
  names(g, view, onScreen, taken) {
    const { scene } = this;
    g.direction = language.lang === "ar" ? "rtl" : "ltr";
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.lineJoin = "round";
    g.setLineDash([]);
    const circles = this.circles = new Room();
    const seen = [];
    for (const node of this.nodes) {
      const place = { x: scene.x(node.id), y: scene.y(node.id) };
      if (place.x < view.left || place.x > view.right || place.y < view.top || place.y > view.bottom) continue;
      const at = onScreen(place);
      circles.take(around(at, scene.radius(node) * 0.8));
      seen.push({ node, at });
    }
    const drawn = this.hullNames(g, onScreen, taken, view);
    if (scene.hovered) seen.sort((one, other) => Number(other.node.id === scene.hovered?.id) - Number(one.node.id === scene.hovered?.id));
    let tried = 0;
    for (const { node, at } of seen) {
      const important = this.urgency(node);
      if (scene.quiet() && !important) continue;
      if (node.type === "agreement" && important < 2 && (scene.quiet() || view.scale < 0.8)) continue;
      if ((tried += 1) > 2 * MOST_NAMES || drawn.length > MOST_NAMES) break;
      const forced = important > 1 || (important > 0 && scene.litNodes.size < 9 && node.type !== "cluster");
      const clear = (/** @type {Box} */ box) => taken.free(box) && ((important > 0 && node.type !== "cluster") || (Number(node.agreements) > 5 && node.type !== "cluster" && circles.size < 400) || circles.free(box));
      const name = this.name(g, node, at, clear, important, forced);
      if (name) taken.take(name.box), drawn.push(name.write);
    }
    return drawn;
  }

  /**
   * Name the areas of organizations, above their topmost member or where there is room.
   * @param {Surface} g
   * @param {(place: Spot) => Spot} onScreen
   * @param {Room} taken
   * @param {View} view
   */
  hullNames(g, onScreen, taken, view) {
    const { scene } = this;
    return scene.hulls.flatMap((hull) => {
      const node = this.data.node.get(hull.id);
      if (!node) return [];
      const color = rgb(legible(hull.color, scene.paint));
      const spots = hull.members.map((member) => ({ x: scene.xs[member], y: scene.ys[member] }))
        .filter(({ x, y }) => x > view.left && x < view.right && y > view.top && y < view.bottom)
        .sort((one, other) => one.y - other.y).map(onScreen);
      if (!spots.length) return [];
      const away = HULL_ROOM + 9, low = spots[spots.length - 1];
      const places = [...spots.map(({ x, y }) => ({ x, y: y - away })), { x: low.x, y: low.y + away }];
      const names = places.map((at) => this.written(g, label(node, 40), at, `600 12.5px ${scene.paint.sans}`, color, 7.5));
      const name = names.find(({ box }) => taken.free(box)) || names[0];
      taken.take(name.box);
      return [name.write];
    });
  }

  /**
   * @param {Surface} g
   * @param {Point} node
   * @param {Spot} at
   * @param {(box: Box) => boolean} clear
   * @param {number} important
   * @param {boolean} forced
   */
  name(g, node, at, clear, important, forced) {
    const { scene } = this;
    const size = node.type === "agreement" ? 11 : node.type === "cluster" ? 12 : Math.min(15, 11.5 + 0.45 * Math.sqrt(node.agreements || 0));
    const font = `${node.type === "state" || node.type === "cluster" ? 600 : 500} ${size}px ${scene.paint.sans}`;
    g.font = font;
    const text = label(node, 34);
    const half = g.measureText(text).width / 2 + 2;
    const radius = scene.radius(node);
    const away = radius + size * 0.75 + 2;
    const color = node.type === "state" || important ? scene.paint.ink : scene.paint.muted;
    const beside = half + radius + 3;
    const places = important ? [[0, away], [0, -away], [beside, 0], [-beside, 0]] : [[0, away], [0, -away]];
    const found = places.map(([x, y]) => this.written(g, text, { x: at.x + x, y: at.y + y }, font, color, size * 0.62, half));
    return found.find(({ box }) => clear(box)) || (forced ? found[0] : null);
  }

  /**
   * Give the box of a text and what writes it, with a rim in the colour of the paper.
   * @param {Surface} g
   * @param {string} text
   * @param {Spot} at
   * @param {string} font
   * @param {string} color
   * @param {number} high half its height
   * @param {number} [half] half its width
   */
  written(g, text, { x, y }, font, color, high, half) {
    g.font = font;
    const wide = half ?? g.measureText(text).width / 2 + 2;
    const write = () => {
      g.font = font;
      g.textAlign = "center";
      g.textBaseline = "middle";
      g.strokeStyle = this.scene.paint.paper;
      g.lineWidth = 3.5;
      g.strokeText(text, x, y);
      g.fillStyle = color;
      g.fillText(text, x, y);
    };
    return { box: { left: x - wide, right: x + wide, top: y - high, bottom: y + high }, write };
  }
}
