/* Colours that can be read on the current ground, and the small shapes of the drawing. */

/**
 * @typedef {{ink: string, muted: string, paper: string, surface: string, accent: string, warning: string,
 *   land: string, coast: string, sans: string}} Paint
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{x: number, y: number}} Spot
 */

const DASHES = /** @type {Record<string, number[] | false>} */ ({ solid: false, dashed: [7, 5], dotted: [1.5, 4], crossed: false });

/** @param {string} color a hex colour @returns {[number, number, number]} */
function channels(color) {
  const hex = color.replace("#", "");
  return /** @type {[number, number, number]} */ ([0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));
}

/** @param {[number, number, number]} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Move a colour towards the ink until it stands out from the paper by a contrast of 3.2.
 * @param {string} color
 * @param {Paint} paint
 * @returns {[number, number, number]}
 */
function legible(color, paint) {
  const paper = luminance(channels(paint.paper));
  const ink = channels(paint.ink);
  let rgb = channels(color);
  for (let turn = 0; turn < 20; turn += 1) {
    const here = luminance(rgb);
    if ((Math.max(here, paper) + 0.05) / (Math.min(here, paper) + 0.05) >= 3.2) break;
    rgb = /** @type {[number, number, number]} */ (rgb.map((value, at) => Math.round(value + (ink[at] - value) * 0.1)));
  }
  return rgb;
}

/** @returns {Paint} */
function currentPaint() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read("ink"), muted: read("muted"), paper: read("paper"), surface: read("surface"), accent: read("accent"),
    warning: read("warning"), land: read("land"), coast: read("coast"), sans: read("sans"),
  };
}

/** @param {[number, number, number]} channels */
function rgb(channels) {
  return `rgb(${channels.join(",")})`;
}

/** @param {{x: number, y: number}} at @param {number} reach @returns {Box} */
function around(at, reach) {
  return { left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach };
}

/** @param {Box} box @param {Box[]} taken */
function free(box, taken) {
  return !taken.some((other) =>
    box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top);
}

/**
 * @param {Surface} ctx
 * @param {string} type
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function outlineOf(ctx, type, x, y, radius) {
  if (type === "organization") ctx.roundRect(x - radius * 0.92, y - radius * 0.92, radius * 1.84, radius * 1.84, radius * 0.5);
  else if (type === "group" || type === "company") {
    const corners = type === "group" ? 4 : 6;
    for (let corner = 0; corner < corners; corner += 1) {
      const angle = (corner / corners) * 2 * Math.PI - Math.PI / 2;
      ctx.lineTo(x + radius * 1.1 * Math.cos(angle), y + radius * 1.1 * Math.sin(angle));
    }
    ctx.closePath();
  } else ctx.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * @param {Surface} ctx
 * @param {{x: number, y: number}} at
 * @param {string} color
 * @param {string} paper
 * @param {number} size
 */
function cross(ctx, at, color, paper, size) {
  const arm = 3.6 * size;
  ctx.setLineDash([]);
  ctx.lineCap = "round";
  for (const [width, stroke] of /** @type {[number, string][]} */ ([[4.5 * size, paper], [1.8 * size, color]])) {
    ctx.beginPath();
    ctx.moveTo(at.x - arm, at.y - arm), ctx.lineTo(at.x + arm, at.y + arm);
    ctx.moveTo(at.x + arm, at.y - arm), ctx.lineTo(at.x - arm, at.y + arm);
    ctx.lineWidth = width;
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }
}

/**
 * @param {Surface} ctx
 * @param {{x: number, y: number}} at
 * @param {Paint} paint
 * @param {number} size
 */
function doubt(ctx, at, paint, size) {
  ctx.save();
  ctx.translate(at.x, at.y);
  ctx.scale(size, size);
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(0, 0, 7.5, 0, 2 * Math.PI);
  ctx.fillStyle = paint.warning;
  ctx.fill();
  ctx.strokeStyle = paint.paper;
  ctx.lineWidth = 1.6;
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(-3.4, -1.6), ctx.lineTo(3.4, -1.6);
  ctx.moveTo(-3.4, 1.6), ctx.lineTo(3.4, 1.6);
  ctx.moveTo(1.9, -4.2), ctx.lineTo(-1.9, 4.2);
  ctx.stroke();
  ctx.restore();
}
