import type { Rgb } from "./canvas.ts";
import { drawCrease } from "./face_features.ts";
import { dim, ellipsoid, plain, textured } from "./paint.ts";
import { blob, ellipse, mapped, polygon, stroke } from "./path.ts";
import { onOwnRim, onRim, type Portrait } from "./portrait.ts";
import { COLORS } from "./scene.ts";
import { type Laws, sample } from "./world.ts";

/** Beards and spectacles. */
export const PARTS_LAWS = {
  beard: { training: [1.02, 1.22], localizer: [1.27, 1.42] },
  lens: { training: [0.19, 0.24], localizer: [0.25, 0.28] },
  lensHeight: { training: [0.8, 1], localizer: [0.56, 0.72] },
} satisfies Laws;

/** Half of a face's outline, crown to chin; the other half mirrors it. */
const OUTLINE = [0, -1, 0.4, -0.94, 0.66, -0.7, 0.76, -0.28, 0.75, 0.12, 0.67, 0.48, 0.48, 0.8, 0.24, 0.97];

/** The whole outline, widened as the face and its jaw are. */
function outline({ aspect, jaw }: Portrait): number[] {
  const right: number[] = [], left: number[] = [];
  for (let i = 0; i < OUTLINE.length; i += 2) {
    const y = OUTLINE[i + 1], x = OUTLINE[i] * aspect * (y > 0 ? 1 + (jaw - 1) * y : 1);
    right.push(x, y);
    if (i > 0) left.unshift(-x, y);
  }
  return [...right, 0, 1, ...left];
}

/** Neck, shoulders in clothes, and the chin's shadow. */
export function drawBust({ canvas, head, kind, skin, light }: Portrait, clothes: Rgb): void {
  const { scale } = head, [x, y] = head.rim(0, 0.7);
  const neck = (kind.child ? 0.3 : kind.woman ? 0.34 : 0.44) * scale;
  canvas.fill(
    polygon(x - neck, y, x + neck, y, x + neck * 1.1, y + scale, x - neck * 1.1, y + scale),
    ellipsoid(x, y, neck * 1.15, scale * 3, dim(skin, 0.82), light),
  );
  const shoulder = y + scale * (kind.child ? 0.62 : 0.68), wide = scale * (kind.woman || kind.child ? 1.35 : 1.7);
  const collar = shoulder - scale * 0.12, slope = shoulder + scale * 0.12, side = shoulder + scale * 0.5;
  // deno-fmt-ignore
  const torso = [
    x - neck * 1.15, collar, x, shoulder + scale * 0.16, x + neck * 1.15, collar, x + wide * 0.8, slope, x + wide, side,
    x + wide * 1.05, 130, x - wide * 1.05, 130, x - wide, side, x - wide * 0.8, slope,
  ];
  canvas.fill(blob(torso, 3), ellipsoid(x, shoulder + scale * 1.2, wide * 1.25, scale * 1.6, clothes, light));
  canvas.fill(ellipse(x, y + scale * 0.22, neck * 1.05, scale * 0.2), plain(dim(skin, 0.4)), 0.4);
}

/** The head itself with its ears and cheeks. */
export function drawSkin(portrait: Portrait): void {
  const { canvas, head, kind, skin, light, aspect, eyes } = portrait, { scale } = head;
  for (const side of [-1, 1]) {
    if (kind.hair === "long" || side * head.yaw > 0.2) continue;
    const [x, y] = head.rim(side * 0.78 * aspect, kind.child ? 0.16 : 0.06);
    canvas.fill(
      ellipse(x, y, 0.12 * scale, 0.2 * scale),
      ellipsoid(x, y, 0.16 * scale, 0.24 * scale, dim(skin, 0.95), light),
    );
    canvas.fill(ellipse(x + side * 0.01 * scale, y, 0.055 * scale, 0.12 * scale), plain(dim(skin, 0.6)), 0.7);
  }
  const [x, y] = head.rim(0, 0);
  canvas.fill(
    blob(onRim(portrait, outline(portrait)), 3),
    ellipsoid(x, y - 0.05 * scale, head.width * scale * 1.16, scale * 1.28, skin, light, 0.05),
  );
  const blush = plain([Math.min(1, skin[0] * 1.06), skin[1] * 0.72, skin[2] * 0.72]);
  for (const side of [-1, 1]) {
    const [cx, cy] = head.at(side * 0.42 * aspect, eyes + 0.36);
    canvas.fill(ellipse(cx, cy, 0.17 * scale, 0.14 * scale), blush, kind.child || kind.woman ? 0.4 : 0.2);
  }
}

/** A full beard from ear to ear, with a moustache. */
export function drawBeard(portrait: Portrait): void {
  const { canvas, head, hair, strands, light, aspect } = portrait, { scale } = head, [x, y] = head.rim(0, 0);
  const length = sample(portrait, PARTS_LAWS.beard), right = [0.76, -0.02, 0.73, 0.4, 0.56, 0.8, 0.27, length - 0.04];
  const left: number[] = [];
  for (let i = right.length - 2; i >= 0; i -= 2) left.push(-right[i], right[i + 1]);
  const inner = [-0.6, 0.14, -0.46, 0.36, -0.22, 0.44, 0, 0.42, 0.22, 0.44, 0.46, 0.36, 0.6, 0.14];
  const contour = [
    ...onOwnRim(portrait, [...right, 0, length, ...left]),
    ...mapped([inner], (u, v) => head.at(u * aspect, v))[0],
  ];
  const shade = ellipsoid(x, y, scale * 0.95, scale * 1.35, dim(hair, 1.05), light);
  canvas.fill(blob(contour, 3), textured(shade, strands, 0.35));
}

/** Lines of the forehead, round the eyes and beside the nose. */
export function drawWrinkles(face: Portrait): void {
  const fold = dim(face.skin, 0.55);
  for (const y of [-0.5, -0.4]) drawCrease(face, [-0.34, y + 0.02, 0, y, 0.34, y + 0.02], 0.025, fold, 0.5);
  for (const side of [-1, 1]) {
    drawCrease(face, [side * 0.17, 0.34, side * 0.32, 0.48, side * 0.36, 0.64], 0.035, fold, 0.7);
    drawCrease(face, [side * 0.16, 0.1, side * 0.32, 0.16, side * 0.46, 0.09], 0.03, fold, 0.65);
    drawCrease(face, [side * 0.52, -0.06, side * 0.62, -0.1], 0.025, fold, 0.6);
    drawCrease(face, [side * 0.52, 0, side * 0.62, 0.03], 0.025, fold, 0.6);
  }
}

/** Spectacles with two lenses, a bridge and temples. */
export function drawGlasses(face: Portrait): void {
  const { canvas, head, random, eyes } = face,
    frame = random.pick(COLORS[face.world]),
    round = sample(face, PARTS_LAWS.lens);
  const rgb = dim(frame.rgb, frame.name === "white" ? 0.9 : 0.45);
  for (const side of [-1, 1]) {
    const shape = ellipse(side * 0.33, eyes, round, round * sample(face, PARTS_LAWS.lensHeight));
    const lens = mapped(shape, (x, y) => head.at(x, y, 0.08)), ring = lens[0];
    canvas.fill(lens, plain([0.85, 0.92, 1]), 0.16);
    canvas.fill(stroke([...ring, ring[0], ring[1]], 0.06 * head.scale), plain(rgb));
    drawCrease(face, [side * (0.33 + round), eyes - 0.02, side * 0.76, eyes - 0.05], 0.05, rgb);
  }
  drawCrease(face, [-0.12, eyes - 0.02, 0, eyes - 0.06, 0.12, eyes - 0.02], 0.05, rgb, 1, 0.12);
}
