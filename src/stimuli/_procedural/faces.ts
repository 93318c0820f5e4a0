import type { Rgb } from "./canvas.ts";
import { drawEyes, drawMouth, drawNose, EXPRESSIONS } from "./face_features.ts";
import { drawBackHair, drawBaldHead, drawHair } from "./hair.ts";
import { drawHead } from "./head.ts";
import { drawBeard, drawBust, drawGlasses, drawSkin, drawWrinkles } from "./head_parts.ts";
import { dim, ellipsoid, mix, textured, varied } from "./paint.ts";
import type { FaceKind, Portrait } from "./portrait.ts";
import { type Draw, type Facts, type Named, pickColor, type Scene } from "./scene.ts";
import { cloud } from "./texture.ts";

export const SKINS: readonly Named[] = [
  { name: "pale", rgb: [0.96, 0.8, 0.71] },
  { name: "light", rgb: [0.9, 0.7, 0.57] },
  { name: "tan", rgb: [0.78, 0.56, 0.41] },
  { name: "brown", rgb: [0.58, 0.38, 0.27] },
  { name: "dark", rgb: [0.4, 0.26, 0.19] },
];

const HAIRS: readonly Named[] = [
  { name: "black", rgb: [0.09, 0.08, 0.08] },
  { name: "brown", rgb: [0.3, 0.18, 0.1] },
  { name: "blond", rgb: [0.8, 0.63, 0.34] },
  { name: "red", rgb: [0.58, 0.24, 0.1] },
];
const OLD_HAIRS: readonly Named[] = [
  { name: "grey", rgb: [0.62, 0.62, 0.63] },
  { name: "white", rgb: [0.88, 0.88, 0.86] },
];
const IRISES: readonly Rgb[] = [[0.28, 0.16, 0.08], [0.2, 0.36, 0.56], [0.25, 0.42, 0.24], [0.16, 0.1, 0.06]];

function drawFace({ canvas, random, light }: Scene, kind: FaceKind): Facts {
  const aspect = kind.aspect * random.range(0.95, 1.05), jaw = kind.jaw * random.range(0.94, 1.06);
  const head = drawHead(random, 0.76 * aspect, kind.hair === "updo" ? 50 : kind.hair === "curls" ? 48 : 46);
  const skinColor = random.pick(SKINS), skin = varied(skinColor.rgb, random, 0.02);
  const hairColors = skinColor.rgb[0] < 0.6 && kind.colors === HAIRS ? HAIRS.slice(0, 2) : kind.colors;
  const hairColor = random.pick(hairColors), hair = varied(hairColor.rgb, random, 0.03);
  const clothes = pickColor(random), expression = random.pick(EXPRESSIONS);
  const strands = cloud(random, kind.hair === "curls" ? 14 : 9, 3, 0.7, kind.hair === "curls" ? 1 : 3);
  const { cx, cy, scale } = head, tone = mix(hair, [1, 1, 1], 0.04);
  const portrait: Portrait = {
    canvas,
    random,
    light,
    kind,
    head,
    aspect,
    jaw,
    skin,
    hair,
    strands,
    hairPaint: textured(ellipsoid(cx, cy - scale * 0.1, scale * 1.25, scale * 1.6, tone, light, 0.1), strands, 0.32),
    fall: random.range(1.15, 1.6),
    eyes: kind.child ? 0.16 : -0.02,
  };
  if (kind.hair === "long") drawBackHair(portrait);
  drawBust(portrait, clothes.rgb);
  drawSkin(portrait);
  if (kind.beard) drawBeard(portrait);
  if (kind.wrinkles) drawWrinkles(portrait);
  drawFeatures(portrait, expression);
  if (kind.hair === "none") drawBaldHead(portrait);
  else drawHair(portrait);
  if (kind.glasses) drawGlasses(portrait);
  return {
    person: kind.child ? "child" : kind.woman ? "woman" : "man",
    expression,
    skin: skinColor.name,
    hair: kind.hair === "none" ? undefined : hairColor.name,
    view: head.view,
    top: clothes.name,
  };
}

function drawFeatures(portrait: Portrait, expression: typeof EXPRESSIONS[number]): void {
  const { random, kind, aspect, skin, hair, eyes } = portrait, surprised = expression === "surprised";
  const opened = surprised ? 1.35 : expression === "laughing" ? 0.72 : kind.wrinkles ? 0.8 : 1;
  drawEyes(portrait, {
    y: eyes,
    apart: (kind.child ? 0.35 : 0.32) * aspect,
    size: kind.child ? 0.185 : kind.woman ? 0.165 : 0.15,
    open: opened * random.range(0.92, 1.08) * (kind.child ? 1.15 : 1),
    gaze: random.bell(0.35),
    iris: random.pick(IRISES),
    brow: kind.hair === "none" ? [0.25, 0.17, 0.12] : kind.child ? mix(hair, skin, 0.3) : dim(hair, 0.8),
    browTilt: expression === "sad" ? 0.09 : expression === "serious" ? -0.05 : surprised ? 0.04 : 0,
    browWidth: kind.woman || kind.child ? 0.05 : 0.085,
  });
  const grown = { top: -0.02, tip: 0.29, width: kind.woman ? 0.125 : 0.155, length: 0.2 };
  drawNose(portrait, kind.child ? { top: 0.2, tip: 0.42, width: 0.11, length: 0.13 } : grown);
  const painted = kind.woman && !kind.wrinkles;
  drawMouth(portrait, {
    y: kind.child ? 0.68 : 0.6,
    width: kind.child ? 0.2 : 0.23,
    lips: painted ? mix(skin, [0.75, 0.12, 0.18], random.range(0.45, 0.8)) : mix(skin, [0.62, 0.25, 0.24], 0.45),
    expression,
    full: kind.woman ? 1.15 : 0.8,
  });
}

const KINDS: Readonly<Record<string, FaceKind>> = {
  "bearded-man": { hair: "short", colors: HAIRS, aspect: 1, jaw: 1.1, beard: true },
  "bald-man-glasses": {
    hair: "none",
    colors: HAIRS,
    aspect: 1.02,
    jaw: 1.12,
    glasses: true,
  },
  "long-haired-woman": {
    hair: "long",
    colors: HAIRS,
    aspect: 0.94,
    jaw: 0.92,
    woman: true,
  },
  "woman-updo": {
    hair: "updo",
    colors: HAIRS,
    aspect: 0.94,
    jaw: 0.92,
    woman: true,
  },
  "child": { hair: "fringe", colors: HAIRS, aspect: 1.12, jaw: 1.02, child: true },
  "elderly-woman": {
    hair: "curls",
    colors: OLD_HAIRS,
    aspect: 0.98,
    jaw: 1,
    woman: true,
    wrinkles: true,
  },
};

/** The classes of faces. */
export const FACES: Readonly<Record<string, Draw>> = Object.fromEntries(
  Object.entries(KINDS).map(([name, kind]) => [name, (scene: Scene): Facts => drawFace(scene, kind)]),
);
