/* The lines: drawn by style, a path each, because two thousand nodes have eight thousand of them. */

/**
 * @typedef {{from: number, to: number, bend: number, arrow: boolean, agreement: Agreement | null, count: number,
 *   key: string}} Line `agreement` is null for a bundle of `count` agreements between clusters
 * @typedef {{color: string, width: number, dash: number[], alpha: number, lines: Line[]}} Style
 * @typedef {{scale: number, left: number, top: number, right: number, bottom: number}} View
 */

const LOOP = 13;
const MANY = 1200;

class Lines {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    /** @type {Line[]} */ this.shown = [];
    /** @type {Style[]} */ this.styles = [];
    this.most = 1;
    this.bends = fans(scene.data.edges);
  }

  /**
   * Take the lines that are to be seen, and sort them by how they look.
   * @param {Line[]} lines
   */
  set(lines) {
    this.shown = lines;
    this.most = lines.reduce((most, { count }) => Math.max(most, count), 1);
    /** @type {Map<string, Style>} */ const styles = new Map();
    for (const line of lines) {
      const look = this.look(line);
      const key = `${look.color} ${look.width} ${look.dash} ${look.alpha}`;
      const style = styles.get(key);
      if (style) style.lines.push(line);
      else styles.set(key, { ...look, lines: [line] });
    }
    this.styles = [...styles.values()].sort((one, other) => one.alpha - other.alpha);
  }

  /** @param {Line} line */
  look({ agreement, count }) {
    const { scene } = this;
    if (!agreement) {
      const share = Math.ceil((count / this.most) * 6) / 6;
      return { color: scene.paint.muted, width: 0.5 + 5 * share, dash: [], alpha: (scene.quiet() ? 0.3 : 1) * (0.14 + 0.4 * share) };
    }
    const status = scene.data.status.get(agreement.now);
    const lit = scene.lit.has(agreement.id);
    const calm = scene.visible.size > 140 || scene.view === "world" ? 0.75 : 1;
    const dash = status?.dash.length ? status.dash : DASHES[status?.line || "solid"] || [];
    return {
      color: scene.color(agreement.kind),
      width: (status?.width || 1.3) * (this.shown.length > MANY ? 0.6 : 1) + (lit ? 1 : 0),
      dash: this.shown.length > 4 * MANY && !lit ? [] : dash,
      alpha: scene.quiet() && !lit ? 0.1 : lit ? 0.9 : (status?.active ? 0.85 : 0.5) * calm * (this.shown.length > MANY ? 0.6 : 1),
    };
  }

  /**
   * @param {Surface} g
   * @param {View} view
   */
  draw(g, view) {
    const growth = Math.min(1.6, Math.max(0.75, view.scale ** 0.3)) / view.scale;
    g.save();
    g.lineCap = "butt";
    if (this.scene.view === "world") this.corridors(g, view, growth);
    for (const style of this.styles) this.stroke(g, style, view, growth);
    const pointed = this.shown.find((line) => line.agreement && line.agreement.id === this.scene.hovered?.id);
    if (pointed) {
      const lines = this.shown.filter(({ agreement }) => agreement === pointed.agreement);
      const look = this.look(pointed);
      this.stroke(g, { ...look, lines, alpha: 1, width: look.width + 1 }, view, growth);
    }
    g.restore();
  }

  /**
   * @param {Surface} g
   * @param {Style} style
   * @param {View} view
   * @param {number} growth
   */
  stroke(g, style, view, growth) {
    g.beginPath();
    for (const line of style.lines) this.trace(g, line, view);
    g.globalAlpha = style.alpha;
    g.strokeStyle = g.fillStyle = style.color;
    g.lineWidth = style.width * growth;
    g.setLineDash(style.dash.map((length) => length * growth));
    g.stroke();
    const arrows = style.lines.filter((line) => line.arrow && line.from !== line.to);
    if (!arrows.length || (this.shown.length > MANY && view.scale < 0.5)) return;
    g.beginPath();
    for (const line of arrows) this.head(g, line, view, growth);
    g.fill();
  }

  /** Underlay ways of transit with a broad band. @param {Surface} g @param {View} view @param {number} growth */
  corridors(g, view, growth) {
    const lines = this.shown.filter(({ agreement }) => agreement?.kind === "transit" && (!this.scene.quiet() || this.scene.lit.has(agreement.id)));
    if (lines.length) this.stroke(g, { color: this.scene.color("transit"), width: 11, dash: [], alpha: 0.14, lines: lines.map((line) => ({ ...line, arrow: false })) }, view, growth);
  }

  /**
   * Give the two ends of a line and the point that bends it.
   * @param {Line} line
   * @returns {[number, number, number, number, number, number]}
   */
  ends({ from, to, bend, agreement }) {
    const { xs, ys, view, data } = this.scene;
    const x = xs[from], y = ys[from];
    const site = view === "world" && agreement?.site ? data.site.get(agreement.site) : null;
    const u = site ? site.wx : xs[to], v = site ? site.wy : ys[to];
    const bent = view === "world" ? bend + (bend < 0 ? -0.08 : 0.08) : bend;
    return [x, y, (x + u) / 2 - (v - y) * bent, (y + v) / 2 + (u - x) * bent, u, v];
  }

  /** @param {Surface} g @param {Line} line @param {View} view */
  trace(g, line, view) {
    if (line.from === line.to) {
      const { x, y, radius } = this.loop(line, view.scale);
      g.moveTo(x + radius, y);
      return void g.arc(x, y, radius, 0, 2 * Math.PI);
    }
    const [x, y, cx, cy, u, v] = this.ends(line);
    if (Math.max(x, u, cx) < view.left || Math.min(x, u, cx) > view.right) return;
    if (Math.max(y, v, cy) < view.top || Math.min(y, v, cy) > view.bottom) return;
    g.moveTo(x, y);
    if (line.bend || this.scene.view === "world") g.quadraticCurveTo(cx, cy, u, v);
    else g.lineTo(u, v);
  }

  /** Give the circle of a tie to oneself. @param {Line} line @param {number} scale */
  loop({ from, bend }, scale) {
    const radius = (this.scene.radius(this.scene.points[from]) * 0.5 + LOOP * 0.4) / scale;
    const angle = -0.7 - bend * 4;
    const away = (this.scene.radius(this.scene.points[from]) / scale + radius * 0.45);
    return { x: this.scene.xs[from] + away * Math.cos(angle), y: this.scene.ys[from] + away * Math.sin(angle), radius };
  }

  /** @param {Surface} g @param {Line} line @param {View} view @param {number} growth */
  head(g, line, view, growth) {
    const [, , cx, cy, u, v] = this.ends(line);
    const long = Math.hypot(u - cx, v - cy) || 1;
    const [across, down] = [(u - cx) / long, (v - cy) / long];
    const site = this.scene.view === "world" && line.agreement?.site;
    const gap = ((site ? 7 : this.scene.radius(this.scene.points[line.to])) + 2) / view.scale;
    const size = 7 * growth;
    const [x, y] = [u - across * gap, v - down * gap];
    const [backX, backY] = [x - across * size, y - down * size];
    g.moveTo(x, y);
    g.lineTo(backX - down * size * 0.42, backY + across * size * 0.42);
    g.lineTo(backX + down * size * 0.42, backY - across * size * 0.42);
    g.closePath();
  }

  /**
   * Give the place on a line at a share of its way.
   * @param {Line} line
   * @param {number} part
   * @param {number} scale
   * @returns {Spot}
   */
  point(line, part, scale) {
    if (line.from === line.to) {
      const { x, y, radius } = this.loop(line, scale);
      return { x: x + radius * Math.cos(-0.7 - line.bend * 4), y: y + radius * Math.sin(-0.7 - line.bend * 4) };
    }
    const [x, y, cx, cy, u, v] = this.ends(line);
    const rest = 1 - part;
    return { x: rest * rest * x + 2 * rest * part * cx + part * part * u, y: rest * rest * y + 2 * rest * part * cy + part * part * v };
  }

  /**
   * Find the line nearest to a place, within so many pixels.
   * @param {Spot} place
   * @param {number} scale
   * @param {number} [reach]
   * @returns {Line | null}
   */
  pick(place, scale, reach = 7) {
    let best = null, least = reach / scale;
    for (const line of this.shown) {
      const [x, y, cx, cy, u, v] = this.ends(line);
      const room = line.from === line.to ? 60 / scale : least;
      if (place.x < Math.min(x, u, cx) - room || place.x > Math.max(x, u, cx) + room) continue;
      if (place.y < Math.min(y, v, cy) - room || place.y > Math.max(y, v, cy) + room) continue;
      const far = this.distance(line, place, scale);
      if (far < least) [best, least] = [line, far];
    }
    return best;
  }

  /** @param {Line} line @param {Spot} place @param {number} scale */
  distance(line, place, scale) {
    if (line.from === line.to) {
      const { x, y, radius } = this.loop(line, scale);
      return Math.abs(Math.hypot(place.x - x, place.y - y) - radius);
    }
    let last = this.point(line, 0, scale), least = Infinity;
    for (let step = 1; step <= 12; step += 1) {
      const next = this.point(line, step / 12, scale);
      least = Math.min(least, fromSegment(place, last, next));
      last = next;
    }
    return least;
  }
}

/**
 * Spread the lines between two nodes as a fan: 0 is straight, the sign is the side as seen from the source.
 * @param {{from: string, to: string}[]} edges
 * @returns {number[]}
 */
function fans(edges) {
  /** @type {Map<string, number[]>} */ const found = new Map();
  edges.forEach(({ from, to }, at) => {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    const known = found.get(key);
    if (known) known.push(at);
    else found.set(key, [at]);
  });
  const bends = new Array(edges.length).fill(0);
  for (const fan of found.values()) {
    const step = Math.min(0.24, 1.5 / fan.length);
    fan.forEach((at, place) => {
      const { from, to } = edges[at];
      bends[at] = (from <= to ? 1 : -1) * (place - (from === to ? 0 : (fan.length - 1) / 2)) * step;
    });
  }
  return bends;
}

/** @param {Spot} place @param {Spot} from @param {Spot} to */
function fromSegment(place, from, to) {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const square = across * across + down * down;
  const along = square ? Math.max(0, Math.min(1, ((place.x - from.x) * across + (place.y - from.y) * down) / square)) : 0;
  return Math.hypot(place.x - from.x - along * across, place.y - from.y - along * down);
}
