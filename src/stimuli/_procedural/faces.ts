import { HAIRS, IRISES, LIPSTICK, OLD_HAIRS, SKINS } from "./complexions.ts";
import { drawEyes, drawMouth, drawNose, EXPRESSIONS } from "./face_features.ts";
import { drawBackHair, drawBaldHead, drawHair } from "./hair.ts";
import { drawHead } from "./head.ts";
import { drawBeard, drawBust, drawGlasses, drawSkin, drawWrinkles } from "./head_parts.ts";
import { dim, ellipsoid, mix, textured, varied } from "./paint.ts";
import type { FaceKind, Portrait } from "./portrait.ts";
import { type Draw, type Facts, pickColor, type Scene } from "./scene.ts";
import { cloud } from "./texture.ts";
import { apart, type Laws, sample } from "./world.ts";

/** Proportions of faces, as shares of their kind's or of the head's half height. */
export const FACE_LAWS = {
  aspect: { training: [0.95, 1.05], localizer: [0.88, 0.93, 1.07, 1.12] },
  jaw: { training: [0.94, 1.06], localizer: [0.86, 0.92, 1.08, 1.15] },
  fall: { training: [1.15, 1.6], localizer: [0.85, 1.05, 1.68, 1.85] },
  eyes: { training: [0], localizer: [-0.07, -0.04, 0.04, 0.07] },
  apart: { training: [1], localizer: [0.88, 0.93, 1.07, 1.12] },
  open: { training: [0.92, 1.08], localizer: [0.8, 0.88, 1.12, 1.2] },
  gaze: { training: { bell: 0.35 }, localizer: apart(0.5, 0.95) },
  nose: { training: [1], localizer: [0.75, 0.88, 1.15, 1.3] },
  mouth: { training: [0], localizer: [-0.05, -0.03, 0.03, 0.05] },
  lips: { training: [1], localizer: [0.8, 0.88, 1.12, 1.22] },
  paint: { training: [0.45, 0.8], localizer: [0.28, 0.42] },
} satisfies Laws;

function drawFace(scene: Scene, kind: FaceKind): Facts {
  const { canvas, random, light, world } = scene;
  const aspect = kind.aspect * sample(scene, FACE_LAWS.aspect), jaw = kind.jaw * sample(scene, FACE_LAWS.jaw);
  const head = drawHead(scene, 0.76 * aspect, kind.hair === "updo" ? 50 : kind.hair === "curls" ? 48 : 46);
  const skinColor = random.pick(SKINS[world]), skin = varied(skinColor.rgb, random, 0.02), colors = kind.colors[world];
  const hairColors = skinColor.rgb[0] < 0.6 && kind.colors === HAIRS ? colors.slice(0, 2) : colors;
  const hairColor = random.pick(hairColors), hair = varied(hairColor.rgb, random, 0.03);
  const clothes = pickColor(scene), expression = random.pick(EXPRESSIONS);
  const strands = cloud(random, kind.hair === "curls" ? 14 : 9, 3, 0.7, kind.hair === "curls" ? 1 : 3);
  const { cx, cy, scale } = head, tone = mix(hair, [1, 1, 1], 0.04);
  const portrait: Portrait = {
    canvas,
    random,
    light,
    kind,
    world,
    head,
    aspect,
    jaw,
    skin,
    hair,
    strands,
    hairPaint: textured(ellipsoid(cx, cy - scale * 0.1, scale * 1.25, scale * 1.6, tone, light, 0.1), strands, 0.32),
    fall: sample(scene, FACE_LAWS.fall),
    eyes: (kind.child ? 0.16 : -0.02) + sample(scene, FACE_LAWS.eyes),
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
  const { random, world, kind, aspect, skin, hair, eyes } = portrait, surprised = expression === "surprised";
  const opened = surprised ? 1.35 : expression === "laughing" ? 0.72 : kind.wrinkles ? 0.8 : 1;
  drawEyes(portrait, {
    y: eyes,
    apart: (kind.child ? 0.35 : 0.32) * aspect * sample(portrait, FACE_LAWS.apart),
    size: kind.child ? 0.185 : kind.woman ? 0.165 : 0.15,
    open: opened * sample(portrait, FACE_LAWS.open) * (kind.child ? 1.15 : 1),
    gaze: sample(portrait, FACE_LAWS.gaze),
    iris: random.pick(IRISES[world]),
    brow: kind.hair === "none" ? [0.25, 0.17, 0.12] : kind.child ? mix(hair, skin, 0.3) : dim(hair, 0.8),
    browTilt: expression === "sad" ? 0.09 : expression === "serious" ? -0.05 : surprised ? 0.04 : 0,
    browWidth: kind.woman || kind.child ? 0.05 : 0.085,
  });
  const broad = sample(portrait, FACE_LAWS.nose);
  const grown = { top: -0.02, tip: 0.29, width: (kind.woman ? 0.125 : 0.155) * broad, length: 0.2 };
  drawNose(portrait, kind.child ? { top: 0.2, tip: 0.42, width: 0.11 * broad, length: 0.13 } : grown);
  const painted = kind.woman && !kind.wrinkles;
  drawMouth(portrait, {
    y: (kind.child ? 0.68 : 0.6) + sample(portrait, FACE_LAWS.mouth),
    width: kind.child ? 0.2 : 0.23,
    lips: painted ? mix(skin, LIPSTICK[world], sample(portrait, FACE_LAWS.paint)) : mix(skin, [0.62, 0.25, 0.24], 0.45),
    expression,
    full: (kind.woman ? 1.15 : 0.8) * sample(portrait, FACE_LAWS.lips),
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
