import { cos, sin } from "./arithmetic.ts";
import type { Paint, Rgb, Surface } from "./canvas.ts";
import { SKINS } from "./complexions.ts";
import { cylinder, dim, ellipsoid, type Light, plain, textured, varied } from "./paint.ts";
import { blob, capsule, ellipse } from "./path.ts";
import { type Named, pickColor, type Scene } from "./scene.ts";
import { cloud } from "./texture.ts";
import { type ByWorld, type Laws, sample } from "./world.ts";

/** How thick limbs are, as a share of the common thickness. */
export const FIGURE_LAWS = { girth: { training: [1], localizer: [0.8, 0.88, 1.12, 1.22] } } satisfies Laws;

/** Folds of cloth: how many waves across and how far they stretch. */
const FOLDS: ByWorld<{ readonly waves: number; readonly stretch: number }> = {
  training: { waves: 5, stretch: 1 },
  localizer: { waves: 9, stretch: 0.5 },
};

const SHOES: ByWorld<Rgb> = { training: [0.2, 0.18, 0.18], localizer: [0.6, 0.52, 0.44] };

/** Angles of an arm or leg, in radians from hanging straight down; positive swings to the right of the picture. */
interface Limb {
  readonly upper: number;
  readonly lower: number;
}

/** How a body stands; lengths in units of its height. */
export interface Pose {
  readonly lean: number;
  /** Half the width of the shoulders. */
  readonly shoulders: number;
  readonly arms: readonly [Limb, Limb];
  readonly legs: readonly [Limb, Limb];
  /** How much of the thigh's length shows (a seated body's thighs point at the viewer). */
  readonly thigh: number;
  readonly profile: boolean;
}

/** A drawn garment set. */
export interface Clothing {
  readonly skin: Rgb;
  readonly shirt: Named;
  readonly trousers: Named;
  readonly shoes: Rgb;
  readonly longSleeves: boolean;
  readonly longTrousers: boolean;
}

export function drawClothing(scene: Scene): { clothing: Clothing; skinName: string } {
  const { random, world } = scene, skin = random.pick(SKINS[world]);
  const clothing = {
    skin: varied(skin.rgb, random, 0.02),
    shirt: pickColor(scene),
    trousers: pickColor(scene),
    shoes: varied(SHOES[world], random, 0.08),
    longSleeves: random.chance(0.5),
    longTrousers: random.chance(0.6),
  };
  return { clothing, skinName: skin.name };
}

// deno-fmt-ignore
function drawLimb(
  canvas: Surface, light: Light, from: readonly number[], to: readonly number[], r0: number, r1: number,
  rgb: Rgb,
): void {
  canvas.fill(capsule(from[0], from[1], r0 + 0.35, to[0], to[1], r1 + 0.35), plain(dim(rgb, 0.35)), 0.7);
  canvas.fill(
    capsule(from[0], from[1], r0, to[0], to[1], r1),
    cylinder(from[0], from[1], to[0], to[1], Math.max(r0, r1) * 1.05, rgb, light),
  );
}

/** A body without a head, as in the standard localizers, so that nothing drawn for a face is in it. */
export function drawFigure(scene: Scene, pose: Pose, clothing: Clothing, height: number, x: number, y: number): void {
  const { canvas, light, random, world } = scene, h = height, { skin, shirt, trousers } = clothing;
  const { waves, stretch } = FOLDS[world], folds = cloud(random, waves, 4, 0.7, stretch);
  const girth = sample(scene, FIGURE_LAWS.girth);
  const down = (
    angle: number,
    length: number,
  ): readonly [number, number] => [sin(angle) * length * h, cos(angle) * length * h];
  const pelvis = [x, y], neck = [x + sin(pose.lean) * 0.35 * h, y - cos(pose.lean) * 0.35 * h];
  const hips = pose.profile ? 0.02 : 0.062;

  const leg = (side: 0 | 1): void => {
    const limb = pose.legs[side], s = side === 0 ? -1 : 1, shade = pose.profile && side === 0 ? 0.72 : 1;
    const hip = [pelvis[0] + s * hips * h, pelvis[1]];
    const [ux, uy] = down(limb.upper, 0.25 * pose.thigh), knee = [hip[0] + ux, hip[1] + uy];
    const [lx, ly] = down(limb.lower, 0.25), ankle = [knee[0] + lx, knee[1] + ly];
    const lower = clothing.longTrousers ? trousers.rgb : skin;
    const toe = pose.profile
      ? [ankle[0] + cos(limb.lower * 0.7) * 0.075 * h, ankle[1] + 0.012 * h - sin(limb.lower * 0.7) * 0.06 * h]
      : [ankle[0] + s * 0.035 * h, ankle[1] + 0.03 * h];
    drawLimb(canvas, light, ankle, toe, 0.03 * h, 0.026 * h, dim(clothing.shoes, shade));
    drawLimb(canvas, light, knee, ankle, 0.044 * h * girth, 0.026 * h * girth, dim(lower, shade));
    drawLimb(canvas, light, hip, knee, 0.064 * h * girth, 0.046 * h * girth, dim(trousers.rgb, shade));
  };
  const arm = (side: 0 | 1): void => {
    const limb = pose.arms[side], s = side === 0 ? -1 : 1, shade = pose.profile && side === 0 ? 0.72 : 1;
    const shoulder = [neck[0] + s * pose.shoulders * h - sin(pose.lean) * 0.045 * h, neck[1] + 0.045 * h];
    const [ux, uy] = down(limb.upper, 0.17), elbow = [shoulder[0] + ux, shoulder[1] + uy];
    const [lx, ly] = down(limb.lower, 0.15), wrist = [elbow[0] + lx, elbow[1] + ly];
    const [hx, hy] = down(limb.lower, 0.045), palm = [wrist[0] + hx, wrist[1] + hy];
    drawLimb(canvas, light, wrist, palm, 0.02 * h, 0.023 * h, dim(skin, shade));
    for (const spread of [-0.5, -0.15, 0.2]) {
      const [fx, fy] = down(limb.lower + spread, 0.04);
      drawLimb(canvas, light, palm, [palm[0] + fx, palm[1] + fy], 0.011 * h, 0.008 * h, dim(skin, shade));
    }
    drawLimb(
      canvas,
      light,
      elbow,
      wrist,
      0.031 * h * girth,
      0.021 * h * girth,
      dim(clothing.longSleeves ? shirt.rgb : skin, shade),
    );
    drawLimb(canvas, light, shoulder, elbow, 0.04 * h * girth, 0.031 * h * girth, dim(shirt.rgb, shade));
  };

  if (pose.profile) arm(0);
  leg(0);
  leg(1);
  // deno-fmt-ignore
  drawLimb(
    canvas, light, [neck[0], neck[1] + 0.03 * h], [neck[0] + sin(pose.lean) * 0.05 * h, neck[1] - 0.045 * h],
    0.038 * h, 0.034 * h, skin,
  );
  canvas.fill(
    ellipse(neck[0] + sin(pose.lean) * 0.05 * h, neck[1] - 0.05 * h, 0.033 * h, 0.013 * h),
    plain(dim(skin, 0.6)),
  );
  const wide = pose.profile ? 0.095 : pose.shoulders + 0.012,
    waist = pose.profile ? 0.08 : pose.shoulders * 0.72,
    seat = pose.profile ? 0.085 : pose.shoulders * 0.86;
  const c = cos(pose.lean), s = sin(pose.lean);
  const at = (
    px: number,
    py: number,
  ): readonly [number, number] => [pelvis[0] + (px * c - py * s) * h, pelvis[1] + (py * c + px * s) * h];
  // deno-fmt-ignore
  const outline = [
    [-0.04, -0.36], [0.04, -0.36], [wide * 0.8, -0.34], [wide, -0.28], [waist, -0.13], [seat, 0],
    [seat * 0.8, 0.05], [-seat * 0.8, 0.05], [-seat, 0], [-waist, -0.13], [-wide, -0.28], [-wide * 0.8, -0.34],
  ];
  const [mx, my] = at(0, -0.16);
  const torso = blob(outline.flatMap(([px, py]) => at(px, py)), 4);
  canvas.fill(torso, textured(ellipsoid(mx, my, wide * h * 1.15, 0.3 * h, shirt.rgb, light), folds, 0.25));
  canvas.fill(
    blob([
      ...at(-seat, -0.03),
      ...at(seat, -0.03),
      ...at(seat * 0.9, 0.055),
      ...at(0, 0.075),
      ...at(-seat * 0.9, 0.055),
    ], 4),
    textured(ellipsoid(mx, my + 0.1 * h, wide * h * 1.15, 0.3 * h, trousers.rgb, light), folds, 0.2),
  );
  if (!pose.profile) arm(0);
  arm(1);
}

/** The scene with its picture mirrored left to right; the light is mirrored back, so that it still comes from its side. */
export function mirrored(scene: Scene, flip: boolean): Scene {
  if (!flip) return scene;
  const { canvas, light } = scene;
  const mirror = (paint: Paint): Paint => (x, y, out) => paint(100 - x, y, out);
  return {
    ...scene,
    light: { ...light, x: -light.x },
    canvas: {
      cover: (paint) => canvas.cover(mirror(paint)),
      fill: (path, paint, opacity) =>
        canvas.fill(path.map((contour) => contour.map((v, i) => i % 2 ? v : 100 - v)), mirror(paint), opacity),
    },
  };
}
