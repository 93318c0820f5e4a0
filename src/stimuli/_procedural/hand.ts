import { cos, sin } from "./arithmetic.ts";
import type { Rgb } from "./canvas.ts";
import { cylinder, dim, ellipsoid, plain } from "./paint.ts";
import { blob, capsule, ellipse, mapped, placed, stroke } from "./path.ts";
import { distanceOf, type Facts, pickColor, type Scene } from "./scene.ts";
import { apart, type ByWorld, type Laws, sample, within } from "./world.ts";

interface Gesture {
  readonly fingers: string;
  readonly up: readonly [boolean, boolean, boolean, boolean];
  readonly thumb: boolean;
}

const TRAINING_GESTURES: readonly Gesture[] = [
  { fingers: "five", up: [true, true, true, true], thumb: true },
  { fingers: "two", up: [true, true, false, false], thumb: false },
  { fingers: "one", up: [true, false, false, false], thumb: false },
  { fingers: "none", up: [false, false, false, false], thumb: false },
  { fingers: "three", up: [true, true, true, false], thumb: false },
];

/** Fingers that are up from the index finger on, and whether the thumb is spread; the first is the most common. */
const GESTURES: ByWorld<readonly Gesture[]> = {
  training: TRAINING_GESTURES,
  localizer: [
    { fingers: "four", up: [true, true, true, true], thumb: false },
    { fingers: "thumb", up: [false, false, false, false], thumb: true },
    { fingers: "thumb and index", up: [true, false, false, false], thumb: true },
    { fingers: "thumb and two", up: [true, true, false, false], thumb: true },
    { fingers: "last three", up: [false, true, true, true], thumb: false },
  ],
};

/** How hands are held. */
export const HAND_LAWS = {
  scale: { training: [27, 36], localizer: [21, 26] },
  turn: { training: { bell: 0.25 }, localizer: apart(0.4, 0.8) },
  aside: { training: { bell: 4 }, localizer: apart(5, 9) },
  above: { training: { bell: 3 }, localizer: [-12, -4] },
  spread: { training: [0.6, 1.25], localizer: [0.2, 0.45, 1.4, 1.65] },
} satisfies Laws;

/** A hand and its wrist, in hand units: the wrist at (0, 0), the fingers up to y = −1.9. */
export function drawHand(scene: Scene, skin: Rgb, skinName: string): Facts {
  const { canvas, random, light, world } = scene, gestures = GESTURES[world];
  const gesture = random.chance(0.45) ? gestures[0] : random.pick(gestures), size = random.unit();
  const scale = within(HAND_LAWS.scale, world, size), turn = sample(scene, HAND_LAWS.turn), back = random.chance(0.5);
  const thumbSide = random.sign(), x = 50 + sample(scene, HAND_LAWS.aside);
  const y = 80 + sample(scene, HAND_LAWS.above), sleeve = pickColor(scene);
  const place = placed(scale * thumbSide, scale, turn, x, y), spread = sample(scene, HAND_LAWS.spread);
  const limb = (x0: number, y0: number, r0: number, x1: number, y1: number, r1: number, tone = 1): void => {
    const [ax, ay] = place(x0, y0), [bx, by] = place(x1, y1), rgb = dim(skin, tone);
    canvas.fill(capsule(ax, ay, r0 * scale + 0.5, bx, by, r1 * scale + 0.5), plain(dim(skin, 0.4)), 0.8);
    canvas.fill(
      capsule(ax, ay, r0 * scale, bx, by, r1 * scale),
      cylinder(ax, ay, bx, by, r0 * scale * 1.08, rgb, light),
    );
  };
  limb(0, 1.6, 0.36, 0, -0.05, 0.31);
  const [sx, sy] = place(0, 0.95), [ex, ey] = place(0, 2);
  canvas.fill(
    capsule(sx, sy, 0.46 * scale, ex, ey, 0.5 * scale),
    cylinder(sx, sy, ex, ey, 0.5 * scale, sleeve.rgb, light),
  );

  const knuckles = [[-0.36, -0.86], [-0.12, -0.95], [0.13, -0.92], [0.36, -0.8]], lengths = [0.76, 0.87, 0.8, 0.62];
  const fingers = (bent: boolean): void => {
    knuckles.forEach(([kx, ky], finger) => {
      if (gesture.up[finger] === bent) return;
      const angle = (finger - 1.5) * 0.16 * spread + random.bell(0.03), length = lengths[finger];
      if (bent) {
        limb(kx, ky + 0.02, 0.145, kx * 0.95, ky + 0.4, 0.125, back ? 0.92 : 1);
        return;
      }
      const mx = kx + sin(angle) * length * 0.52, my = ky - cos(angle) * length * 0.52;
      const tx = kx + sin(angle * 1.15) * length, ty = ky - cos(angle * 1.15) * length;
      limb(kx, ky, 0.135, mx, my, 0.122);
      limb(mx, my, 0.122, tx, ty, 0.1);
      if (back) {
        canvas.fill(
          mapped(ellipse(tx, ty, 0.06, 0.08, angle), place),
          plain([Math.min(1, skin[0] * 1.15 + 0.06), skin[1] * 1.05 + 0.08, skin[2] * 1.05 + 0.08]),
        );
      } else {canvas.fill(
          stroke([...place(mx - 0.1, my), ...place(mx + 0.1, my)], 0.03 * scale),
          plain(dim(skin, 0.6)),
          0.7,
        );}
    });
  };
  fingers(false);
  // deno-fmt-ignore
  const palm = blob([
    -0.33, 0.0, -0.46, -0.4, -0.5, -0.84, -0.2, -1.0, 0.2, -0.99, 0.49, -0.82, 0.45, -0.35, 0.32, 0.0, 0, 0.1,
  ], 4);
  const [cx, cy] = place(0, -0.5);
  canvas.fill(mapped(palm, place), ellipsoid(cx, cy, 0.72 * scale, 0.82 * scale, skin, light));
  const ink = plain(dim(skin, 0.55));
  if (back) {
    for (const [kx, ky] of knuckles) canvas.fill(mapped(ellipse(kx, ky + 0.06, 0.08, 0.05), place), ink, 0.35);
  } else {
    for (
      const line of [[-0.42, -0.6, -0.05, -0.68, 0.3, -0.52], [-0.42, -0.5, 0, -0.42, 0.36, -0.3], [
        -0.3,
        -0.6,
        -0.12,
        -0.3,
        -0.14,
        0,
      ]]
    ) {
      const points: number[] = [];
      for (let i = 0; i < line.length; i += 2) points.push(...place(line[i], line[i + 1]));
      canvas.fill(stroke(points, 0.035 * scale), ink, 0.6);
    }
  }
  fingers(true);
  if (gesture.thumb) {
    limb(-0.36, -0.22, 0.17, -0.72, -0.55, 0.145);
    limb(-0.72, -0.55, 0.145, -0.88 - 0.1 * spread, -0.9, 0.11);
  } else {
    limb(-0.38, -0.2, 0.17, -0.42, -0.5, 0.145);
    limb(-0.42, -0.5, 0.145, -0.05, -0.56, 0.115);
  }
  return {
    fingers: gesture.fingers,
    skin: skinName,
    palm: back ? "hidden" : "shown",
    top: sleeve.name,
    distance: distanceOf(size),
  };
}
