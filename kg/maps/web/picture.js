/* The parts of the drawing in their order, on the stage and for files; while a large one moves, its last picture. */

class Picture {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.kept = document.createElement("canvas");
    /** @type {DOMMatrix | null} how the kept picture was seen */ this.seen = null;
    this.cost = 0;
    this.began = 0;
    this.still = false;
    this.moving = false;
    this.rest = 0;
  }

  /** Drop the kept picture, because what it shows has changed. */
  forget() {
    this.seen = null;
  }

  /** Follow a movement, and draw afresh when it has ended. */
  move() {
    this.moving = true;
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => {
      this.moving = false;
      this.seen = null;
      this.scene.network.redraw();
    }, 140);
  }

  /**
   * Draw what lies under the nodes or, in a movement that would be slow, the last picture as it is seen now.
   * @param {CanvasRenderingContext2D} ctx
   */
  below(ctx) {
    const matrix = ctx.getTransform();
    const ratio = ctx.canvas.width / Math.max(1, ctx.canvas.clientWidth);
    this.scene.measure(matrix.a / ratio);
    this.still = this.moving && this.seen !== null && this.cost > SLOW;
    if (this.still) return this.again(ctx, matrix);
    this.began = performance.now();
    this.ground(ctx, viewOf(matrix.a / ratio, matrix.e / ratio, matrix.f / ratio, ctx.canvas.clientWidth, ctx.canvas.clientHeight));
  }

  /** Show the kept picture as it is seen now. @param {CanvasRenderingContext2D} ctx @param {DOMMatrix} matrix */
  again(ctx, matrix) {
    const seen = /** @type {DOMMatrix} */ (this.seen);
    const factor = matrix.a / seen.a;
    ctx.save();
    ctx.setTransform(factor, 0, 0, factor, matrix.e - seen.e * factor, matrix.f - seen.f * factor);
    ctx.drawImage(this.kept, 0, 0);
    ctx.restore();
  }

  /** Draw what lies over the nodes, and keep the picture if it was slow to make. @param {CanvasRenderingContext2D} ctx */
  above(ctx) {
    if (this.still) return;
    const matrix = ctx.getTransform();
    const ratio = ctx.canvas.width / Math.max(1, ctx.canvas.clientWidth);
    const { clientWidth, clientHeight } = ctx.canvas;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.scene.overlay.draw(ctx, viewOf(matrix.a / ratio, matrix.e / ratio, matrix.f / ratio, clientWidth, clientHeight));
    ctx.restore();
    this.cost = performance.now() - this.began;
    if (this.cost > SLOW) this.keep(ctx.canvas, matrix);
  }

  /** @param {HTMLCanvasElement} canvas @param {DOMMatrix} matrix */
  keep(canvas, matrix) {
    if (this.kept.width !== canvas.width || this.kept.height !== canvas.height) [this.kept.width, this.kept.height] = [canvas.width, canvas.height];
    const aside = /** @type {CanvasRenderingContext2D} */ (this.kept.getContext("2d"));
    aside.globalCompositeOperation = "copy";
    aside.drawImage(canvas, 0, 0);
    this.seen = matrix;
  }

  /** @param {Surface} g @param {View} view */
  ground(g, view) {
    const { scene } = this;
    if (scene.view === "world") this.world(g, view.scale);
    for (const hull of scene.hulls) drawHull(g, scene, hull, view);
    scene.lines.draw(g, view);
    if (scene.view === "world") this.bases(g, view.scale);
  }

  /**
   * Draw everything that is shown into a picture of its own.
   * @param {Surface} g
   * @param {number} width
   * @param {number} height
   * @param {number} [ratio]
   */
  whole(g, width, height, ratio = 1) {
    const { scene } = this;
    const before = scene.scale;
    const box = scene.bounds();
    const scale = scene.fitting(box, width, height - 60, 2);
    const x = width / 2 - ((box.left + box.right) / 2) * scale, y = (height - 20) / 2 - ((box.top + box.bottom) / 2) * scale;
    const view = viewOf(scale, x, y, width, height);
    scene.measure(scale);
    g.save();
    g.scale(ratio, ratio);
    g.fillStyle = scene.paint.paper;
    g.fillRect(0, 0, width, height);
    g.save();
    g.translate(x, y);
    g.scale(scale, scale);
    this.ground(g, view);
    scene.points.forEach((point, at) => scene.shown[at] && scene.shape(g, point, scene.xs[at], scene.ys[at], scene.radius(point) / scale));
    g.restore();
    scene.overlay.draw(g, view);
    this.caption(g, width, height);
    g.restore();
    scene.measure(before);
  }

  /** Say below a picture what it is. @param {Surface} g @param {number} width @param {number} height */
  caption(g, width, height) {
    const { paint, data, state, visible } = this.scene;
    const right = language.lang === "ar";
    const parts = [data.title ? clean(data.title, 80) : say("title"), `${say("agreements")}: ${number(visible.size)}`,
      state?.day ? `${say("asOf")} ${day(state.day)}` : "", `alliance-kg ${data.version}`];
    g.font = `400 12px ${paint.sans}`;
    g.direction = right ? "rtl" : "ltr";
    g.textAlign = right ? "right" : "left";
    g.textBaseline = "middle";
    g.fillStyle = paint.muted;
    g.fillText(parts.filter(Boolean).join(" · "), right ? width - 20 : 20, height - 18);
  }

  /** @param {Surface} g @param {number} scale */
  world(g, scale) {
    const { paint, outline } = this.scene;
    g.save();
    g.fillStyle = paint.land;
    g.strokeStyle = paint.coast;
    g.lineWidth = 0.7 / scale;
    g.lineJoin = "round";
    put(g, outline, "fill");
    put(g, outline, "stroke");
    this.shelf(g, scale);
    g.restore();
  }

  /** Mark bases where they lie. @param {Surface} g @param {number} scale */
  bases(g, scale) {
    const { scene } = this;
    for (const { agreement, site } of scene.sites()) {
      const radius = 7.5 / scale;
      g.save();
      g.globalAlpha = scene.quiet() && !scene.lit.has(agreement.id) ? 0.25 : 1;
      g.beginPath();
      g.arc(site.wx, site.wy, radius, 0, 2 * Math.PI);
      g.fillStyle = scene.paint.surface;
      g.fill();
      g.strokeStyle = scene.color("base");
      g.lineWidth = 1.4 / scale;
      g.stroke();
      scene.stamp(g, "base", site.wx, site.wy, 10.5 / scale, scene.color("base"));
      g.restore();
    }
  }

  /**
   * Draw the tray of those who have no place on the map, so that nobody takes it for one.
   * @param {Surface} g
   * @param {number} scale
   */
  shelf(g, scale) {
    const { scene } = this;
    const shelf = scene.points.filter((point, at) => !point.placed && scene.shown[at]);
    if (!shelf.length) return;
    let [left, right] = [Infinity, -Infinity];
    for (const { wx } of shelf) [left, right] = [Math.min(left, wx - 70), Math.max(right, wx + 70)];
    const top = shelf[0].wy - 30 - 22 / scale;
    g.beginPath();
    g.roundRect(left, top, right - left, shelf[0].wy + 20 + 24 / scale - top, 14);
    g.fillStyle = scene.paint.paper;
    g.fill();
    g.stroke();
    g.fillStyle = scene.paint.muted;
    g.font = `400 ${12 / scale}px ${scene.paint.sans}`;
    g.textAlign = "center";
    g.textBaseline = "top";
    g.direction = language.lang === "ar" ? "rtl" : "ltr";
    if (g.measureText(say("noPlace")).width < right - left) g.fillText(say("noPlace"), (left + right) / 2, top + 6 / scale);
  }
}

/**
 * @param {number} scale
 * @param {number} x where the origin is on the screen
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {View & {x: number, y: number}}
 */
function viewOf(scale, x, y, width, height) {
  return { scale, x, y, left: -x / scale, top: -y / scale, right: (width - x) / scale, bottom: (height - y) / scale };
}
