/* Marks and names on top of the drawing: in pixels of the screen, and only where there is room. */

class Overlay {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.data = scene.data;
  }

  /**
   * Draw marks and names in pixels of the screen, where there is room.
   * @param {CanvasRenderingContext2D} ctx
   */
  draw(ctx) {
    const matrix = ctx.getTransform();
    const ratio = ctx.canvas.width / Math.max(1, ctx.canvas.clientWidth);
    const onScreen = (/** @type {Spot} */ { x, y }) => ({
      x: (matrix.a * x + matrix.e) / ratio, y: (matrix.d * y + matrix.f) / ratio,
    });
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    /** @type {Box[]} */ const taken = [];
    const names = this.names(ctx, onScreen, taken);
    for (const mark of this.marks(ctx, onScreen, taken)) mark();
    for (const name of names) name();
    ctx.restore();
  }

  /** @param {(place: Spot) => Spot} onScreen @returns {Box[]} */
  nodeBoxes(onScreen) {
    return this.data.nodes.filter(({ id }) => !this.scene.items.nodes[id].options.hidden).map((node) => {
      const { x, y } = onScreen(this.scene.items.nodes[node.id]);
      return around({ x, y }, this.scene.radius(node) * 0.8);
    });
  }

  /**
   * Mark lines: a cross where the status has one, a sign of doubt where contested, the sign of the kind when near.
   * @param {CanvasRenderingContext2D} ctx
   * @param {(place: Spot) => Spot} onScreen
   * @param {Box[]} taken
   */
  marks(ctx, onScreen, taken) {
    const drawn = [];
    const growth = Math.min(1, Math.max(0.6, this.scene.network.getScale() ** 0.5));
    const crowded = this.scene.network.getScale() < 0.95 && this.data.edges.filter((edge) => this.scene.visible.has(edge.agreement)).length > 140;
    for (const edge of this.data.edges) {
      if (!this.scene.visible.has(edge.agreement)) continue;
      const agreement = /** @type {Agreement} */ (this.data.agreement.get(edge.agreement));
      const lit = this.scene.lit.has(agreement.id) || this.scene.hovered?.id === agreement.id;
      if (this.scene.quiet() && !lit) continue;
      const spots = this.along(ctx, edge).map(onScreen);
      const long = edge.from === edge.to ? 60 : Math.hypot(spots[0].x - spots[spots.length - 1].x, spots[0].y - spots[spots.length - 1].y);
      const color = rgb(legible(this.data.kind.get(agreement.kind)?.color || "#777777", this.scene.paint));
      const crossed = this.data.status.get(agreement.status)?.line === "crossed" && long > 26 && (lit || !crowded || this.scene.view !== "world");
      const loose = this.data.node.get(edge.from)?.type !== "agreement" && this.data.node.get(edge.to)?.type !== "agreement";
      const signed = loose && !agreement.contested && (lit || (long > 130 && !crowded));
      for (const [wanted, reach, must, paint] of /** @type {[boolean, number, boolean, (at: Spot) => void][]} */ ([
        [loose && agreement.contested, 8 * growth, true, (at) => doubt(ctx, at, this.scene.paint, growth)],
        [crossed, 4 * growth, true, (at) => cross(ctx, at, color, this.scene.paint.paper, growth)],
        [signed, 9, lit, (at) => this.badge(ctx, agreement.kind, at, color)],
      ])) {
        if (!wanted) continue;
        const at = spots.slice(1, -1).find((spot) => free(around(spot, reach), taken)) || (must ? spots[1] : null);
        if (!at) continue;
        taken.push(around(at, reach));
        drawn.push(() => paint(at));
      }
    }
    return drawn;
  }

  /**
   * Give the start of a line, the places on it that may bear a mark, the best first, and its end.
   * @param {CanvasRenderingContext2D} ctx
   * @param {GraphEdge} edge
   * @returns {Spot[]}
   */
  along(ctx, edge) {
    const item = this.scene.items.edges[edge.id];
    if (edge.from !== edge.to) return [0, 0.5, 0.42, 0.58, 0.34, 0.66, 1].map((part) => item.edgeType.getPoint(part));
    const [x, y, radius] = item.edgeType._getCircleData(ctx);
    const angle = item.options.selfReference.angle;
    const far = { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    return [item.from, far, item.from];
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} kind
   * @param {Spot} at
   * @param {string} color
   */
  badge(ctx, kind, at, color) {
    ctx.beginPath();
    ctx.arc(at.x, at.y, 8, 0, 2 * Math.PI);
    ctx.fillStyle = this.scene.paint.surface;
    ctx.fill();
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.1;
    ctx.stroke();
    this.scene.stamp(ctx, kind, at.x, at.y, 10.5, color);
  }

  /**
   * Place names, the best connected first, each below its node, above it, or not at all.
   * @param {CanvasRenderingContext2D} ctx
   * @param {(place: Spot) => Spot} onScreen
   * @param {Box[]} taken
   */
  names(ctx, onScreen, taken) {
    ctx.direction = language.lang === "ar" ? "rtl" : "ltr";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const urgent = (/** @type {GraphNode} */ node) =>
      (this.scene.hovered?.id === node.id || this.scene.state?.selected?.id === node.id ? 2 : this.scene.litNodes.has(node.id) ? 1 : 0);
    const nodes = this.data.nodes.filter(({ id }) => !this.scene.items.nodes[id].options.hidden);
    nodes.sort((one, other) => urgent(other) - urgent(one) || (other.agreements || 0) - (one.agreements || 0));
    const circles = this.nodeBoxes(onScreen);
    const drawn = [];
    for (const node of nodes) {
      const important = urgent(node);
      if (this.scene.quiet() && !important) continue;
      if (node.type === "agreement" && important < 2 && (this.scene.quiet() || this.scene.network.getScale() < 0.8)) continue;
      const forced = important > 1 || (important && this.scene.litNodes.size < 9);
      const avoid = important || (node.agreements || 0) > 5 ? taken : [...taken, ...circles];
      const name = this.name(ctx, node, onScreen(this.scene.items.nodes[node.id]), avoid, important, Boolean(forced));
      if (name) taken.push(name.box), drawn.push(name.write);
    }
    return drawn;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {GraphNode} node
   * @param {Spot} at
   * @param {Box[]} taken
   * @param {number} important
   * @param {boolean} forced
   */
  name(ctx, node, at, taken, important, forced) {
    const size = node.type === "agreement" ? 11 : Math.min(15, 11.5 + 0.45 * Math.sqrt(node.agreements || 0));
    const font = `${node.type === "state" ? 600 : 500} ${size}px ${this.scene.paint.sans}`;
    ctx.font = font;
    const text = label(node, 34);
    const half = ctx.measureText(text).width / 2 + 2;
    const away = this.scene.radius(node) + size * 0.75 + 2;
    const color = node.type === "state" || important ? this.scene.paint.ink : this.scene.paint.muted;
    const beside = half + this.scene.radius(node) + 3;
    const places = important ? [[0, away], [0, -away], [beside, 0], [-beside, 0]] : [[0, away], [0, -away]];
    const boxes = places.map(([x, y]) =>
      ({ left: at.x + x - half, right: at.x + x + half, top: at.y + y - size * 0.62, bottom: at.y + y + size * 0.62 }));
    const box = boxes.find((one) => free(one, taken)) || (forced ? boxes[0] : null);
    if (!box) return null;
    const write = () => {
      ctx.font = font;
      ctx.strokeStyle = this.scene.paint.paper;
      ctx.lineWidth = 3.5;
      ctx.strokeText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
      ctx.fillStyle = color;
      ctx.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
    };
    return { box, write };
  }
}
