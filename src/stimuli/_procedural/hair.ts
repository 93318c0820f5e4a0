import { dim, ellipsoid, plain, textured } from "./paint.ts";
import { blob, curve, ellipse, mapped } from "./path.ts";
import { type FaceKind, onOwnRim, onRim, type Portrait } from "./portrait.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** How hair is worn. */
export const HAIR_LAWS = {
  parting: { training: { bell: 0.14 }, localizer: apart(0.22, 0.34) },
  bunAside: { training: { bell: 0.06 }, localizer: apart(0.14, 0.3) },
  bun: { training: [0.3, 0.38], localizer: [0.2, 0.27] },
  curl: { training: [0.13, 0.18], localizer: [0.09, 0.12, 0.2, 0.23] },
} satisfies Laws;

/** How high hair begins on the forehead, and how far its crown stands out, in face coordinates. */
const LINES: ByWorld<Readonly<Record<FaceKind["hair"], number>>> = {
  training: { short: -0.6, fringe: -0.28, curls: -0.58, updo: -0.58, long: -0.6, none: 0 },
  localizer: { short: -0.7, fringe: -0.4, curls: -0.7, updo: -0.7, long: -0.48, none: 0 },
};
const CROWNS: ByWorld<Readonly<Record<FaceKind["hair"], number>>> = {
  training: { short: 1.08, fringe: 1.1, curls: 1.2, updo: 1.1, long: 1.1, none: 1.1 },
  localizer: { short: 1.2, fringe: 1.02, curls: 1.08, updo: 1.02, long: 1.18, none: 1.1 },
};

/** Long hair behind the neck; drawn before everything else. */
export function drawBackHair(portrait: Portrait): void {
  const { canvas, hair, strands, fall } = portrait;
  // deno-fmt-ignore
  const back = [
    0, -1.12, 0.6, -0.98, 0.93, -0.5, 0.98, 0.3, 1.06, fall, 0.4, fall + 0.1,
    -0.4, fall + 0.1, -1.06, fall, -0.98, 0.3, -0.93, -0.5, -0.6, -0.98,
  ];
  canvas.fill(blob(onRim(portrait, back), 4), textured(plain(dim(hair, 0.6)), strands, 0.3));
}

/** The sides of a bald head, and light on its top. */
export function drawBaldHead(portrait: Portrait): void {
  const { canvas, head, hair, light } = portrait, { scale } = head, [x, y] = head.rim(0, 0);
  for (const side of [-1, 1]) {
    if (side * head.yaw > 0.2) continue;
    const patch = [side * 0.7, -0.4, side * 0.8, -0.3, side * 0.8, 0.02, side * 0.73, -0.02];
    canvas.fill(blob(onRim(portrait, patch), 3), plain(hair), 0.85);
  }
  const shine = ellipse(x + light.x * 0.3 * scale, y - 0.68 * scale, 0.16 * scale, 0.09 * scale);
  canvas.fill(shine, plain([1, 1, 1]), 0.22);
}

/** Hair on top of the head, with what belongs to the way it is worn. */
export function drawHair(portrait: Portrait): void {
  const { canvas, head, kind, world, aspect, hairPaint } = portrait, style = kind.hair;
  const crown = CROWNS[world][style], wide = style === "curls" ? 1.16 : 1.07;
  const low = { short: kind.beard ? 0.1 : -0.12, fringe: 0.06, curls: 0.25, updo: -0.05, long: 0.1, none: 0 }[style];
  const line = LINES[world][style];
  const part = style === "long" || style === "short" ? sample(portrait, HAIR_LAWS.parting) : 0;
  const middle = line - (style === "fringe" ? -0.05 : 0.06);
  // deno-fmt-ignore
  const top = [
    -0.77, low, -0.8, -0.3, -0.7, -0.7, -0.42, -0.95, 0, -1.02, 0.42, -0.95, 0.7, -0.7, 0.8, -0.3, 0.77, low,
  ];
  const outer = top.map((v, i) => i % 2 === 0 ? v * aspect * wide : v * (v < -0.2 ? crown : 1));
  // deno-fmt-ignore
  const hairline = [
    0.66, low, 0.62, line * 0.55, 0.42, line * 0.92, part, middle,
    -0.42, line * 0.92, -0.62, line * 0.55, -0.66, low,
  ];
  const inner = mapped([hairline], (x, y) => head.at(x * aspect, y))[0];
  if (style === "updo") drawBun(portrait);
  canvas.fill([[...curve(onRim(portrait, outer), false, 4), ...curve(inner, false, 4)]], hairPaint);
  if (style === "curls") drawCurls(portrait, outer);
  if (style === "long") drawLocks(portrait);
  if (style === "updo") drawEarrings(portrait);
}

function drawBun(portrait: Portrait): void {
  const { canvas, head, hair, light, strands } = portrait;
  const { scale } = head, [x, y] = head.rim(sample(portrait, HAIR_LAWS.bunAside), -1.2);
  canvas.fill(
    ellipse(x, y, scale * sample(portrait, HAIR_LAWS.bun), scale * 0.3),
    textured(ellipsoid(x, y, scale * 0.4, scale * 0.36, hair, light, 0.2), strands, 0.3),
  );
}

/** Three rows of curls along the hair's edge; the inner ones only above the forehead. */
function drawCurls(portrait: Portrait, edge: readonly number[]): void {
  const { canvas, head, random, hair, light, strands } = portrait;
  for (const row of [1, 0.84, 0.7]) {
    for (let k = 0; k <= 12; k++) {
      const t = Math.min(7.999, k * 8 / 12), from = 2 * Math.floor(t), share = t % 1;
      const x = edge[from] + (edge[from + 2] - edge[from]) * share;
      const y = edge[from + 1] + (edge[from + 3] - edge[from + 1]) * share;
      if (row < 1 && y > -0.5) continue;
      const [cx, cy] = head.rim(x * row + random.bell(0.03), y * row + random.bell(0.03));
      const r = head.scale * sample(portrait, HAIR_LAWS.curl);
      canvas.fill(ellipse(cx, cy, r, r), textured(ellipsoid(cx, cy, r * 1.7, r * 1.7, hair, light), strands, 0.25));
    }
  }
}

/** Long hair in front of the shoulders; where the head is turned, it does not hide the face. */
function drawLocks(portrait: Portrait): void {
  const { canvas, head, fall, hairPaint } = portrait;
  for (const s of [-1, 1]) {
    const away = Math.max(0, s * head.yaw) * 0.3;
    // deno-fmt-ignore
    const lock = [
      s * 0.7, -0.66, s * 0.95, -0.35, s, 0.3, s * 1.08, fall,
      s * (0.66 + away), fall + 0.08, s * (0.72 + away), 0.6, s * (0.67 + away), 0.05,
    ];
    canvas.fill(blob(onOwnRim(portrait, lock), 4), hairPaint);
  }
}

function drawEarrings({ canvas, head, aspect }: Portrait): void {
  for (const side of [-1, 1]) {
    if (side * head.yaw > 0.2) continue;
    const [x, y] = head.rim(side * 0.82 * aspect, 0.36);
    canvas.fill(ellipse(x, y, 0.06 * head.scale, 0.08 * head.scale), plain([0.95, 0.82, 0.35]));
  }
}
