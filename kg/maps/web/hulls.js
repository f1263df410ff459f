/* Organizations as areas around their members. */

/**
 * @typedef {{id: string, color: string, members: number[]}} Hull
 */

const HULL_COLORS = ["#1d7a6b", "#8a4b9e", "#b5651d", "#2f6db5", "#a8324a", "#6b7a1d", "#5b5bc0", "#8a6d3b"];
const HULL_ROOM = 26;

/**
 * Gather the organizations and the actors that agreements in force make their members.
 * @param {Data} data
 * @param {Set<string>} visible
 * @param {(id: string) => number} place
 * @returns {Hull[]}
 */
function hullsOf(data, visible, place) {
  /** @type {Map<string, Set<number>>} */ const members = new Map();
  for (const agreement of data.agreements) {
    if (!agreement.organization || !visible.has(agreement.id) || !isMembership(data, agreement)) continue;
    const known = members.get(agreement.organization) || new Set();
    members.set(agreement.organization, known);
    for (const [actor, role] of agreement.parties) if (!outsiders.has(role)) known.add(place(actor));
  }
  return [...members].sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, found], at) => ({ id, color: HULL_COLORS[at % HULL_COLORS.length], members: [...found].filter((one) => one >= 0) }))
    .filter((hull) => hull.members.length);
}

/** Say whether an agreement makes its parties members of an organization now. @param {Data} data @param {Agreement} agreement */
function isMembership(data, agreement) {
  return Boolean(agreement.organization && data.status.get(agreement.now)?.active);
}

/**
 * Give the corners of the convex hull of places, in order (Andrew's monotone chain).
 * @param {Spot[]} spots
 * @returns {Spot[]}
 */
function convex(spots) {
  const sorted = [...spots].sort((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  const half = (/** @type {Spot[]} */ given) => {
    /** @type {Spot[]} */ const chain = [];
    for (const spot of given) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], spot) <= 0) chain.pop();
      chain.push(spot);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** @param {Spot} one @param {Spot} two @param {Spot} three */
function turn(one, two, three) {
  return (two.x - one.x) * (three.y - one.y) - (two.y - one.y) * (three.x - one.x);
}

/**
 * Give the places of a line that runs around corners at a distance, round at each.
 * @param {Spot[]} corners
 * @param {number} away
 * @returns {Spot[]}
 */
function rounded(corners, away) {
  const count = corners.length;
  return corners.flatMap((corner, at) => {
    const before = corners[(at + count - 1) % count], after = corners[(at + 1) % count];
    const start = count > 1 ? Math.atan2(corner.y - before.y, corner.x - before.x) - Math.PI / 2 : 0;
    const end = count > 1 ? Math.atan2(after.y - corner.y, after.x - corner.x) - Math.PI / 2 : 2 * Math.PI;
    const sweep = count > 1 ? (end - start + 4 * Math.PI) % (2 * Math.PI) : end;
    const steps = Math.max(1, Math.ceil(sweep / 0.25));
    return Array.from({ length: steps + 1 }, (_, step) => {
      const angle = start + (sweep * step) / steps;
      return { x: corner.x + away * Math.cos(angle), y: corner.y + away * Math.sin(angle) };
    });
  });
}

/**
 * Draw an area around its members.
 * @param {Surface} g
 * @param {Scene} scene
 * @param {Hull} hull
 * @param {View} view
 */
function drawHull(g, scene, hull, view) {
  const corners = convex(hull.members.map((member) => ({ x: scene.xs[member], y: scene.ys[member] })));
  const chosen = scene.hovered?.id === hull.id || scene.state?.selected?.id === hull.id;
  g.save();
  g.beginPath();
  rounded(corners, HULL_ROOM / view.scale).forEach(({ x, y }, at) => (at ? g.lineTo(x, y) : g.moveTo(x, y)));
  g.closePath();
  g.strokeStyle = g.fillStyle = rgb(legible(hull.color, scene.paint));
  g.globalAlpha = chosen ? 0.2 : 0.1;
  g.fill();
  g.globalAlpha = chosen ? 1 : 0.6;
  g.lineWidth = (chosen ? 2.2 : 1.2) / view.scale;
  g.stroke();
  g.restore();
}

/** Say whether a place is within an area. @param {Scene} scene @param {Hull} hull @param {Spot} place @param {number} scale */
function inHull(scene, hull, place, scale) {
  const corners = convex(hull.members.map((member) => ({ x: scene.xs[member], y: scene.ys[member] })));
  const inside = corners.length > 2 && corners.every((corner, at) => turn(corner, corners[(at + 1) % corners.length], place) >= 0);
  return inside || corners.some((corner, at) => fromSegment(place, corner, corners[(at + 1) % corners.length]) < HULL_ROOM / scale);
}
