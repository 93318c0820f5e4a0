import { sin } from "./arithmetic.ts";
import { SKINS } from "./faces.ts";
import { type Clothing, drawClothing, drawFigure, mirrored, type Pose } from "./figure.ts";
import { drawHand } from "./hand.ts";
import { dim, ellipsoid, plain, varied } from "./paint.ts";
import { ellipse, polygon, rounded } from "./path.ts";
import { distanceOf, type Draw, type Facts, pickColor, type Scene } from "./scene.ts";

function worn(clothing: Clothing, skin: string): Facts {
  return {
    skin,
    top: clothing.shirt.name,
    sleeves: clothing.longSleeves ? "long" : "short",
    trousers: clothing.trousers.name,
    legs: clothing.longTrousers ? "long" : "short",
  };
}

/** A ground shadow under a figure. */
function drawShadow({ canvas }: Scene, x: number, y: number, width: number): void {
  canvas.fill(ellipse(x, y, width, width * 0.16), plain([0.05, 0.05, 0.06]), 0.4);
}

function standing(scene: Scene): Facts {
  const { random } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit(), h = 76 + 22 * size;
  const view = random.index(3), profile = view > 0, flip = view === 2;
  const hang = random.range(0.04, 0.2), hip = random.chance(0.3);
  const pose: Pose = {
    lean: random.bell(0.03),
    shoulders: profile ? 0.02 : random.range(0.105, 0.13),
    arms: profile
      ? [{ upper: random.range(-0.3, 0), lower: random.range(0, 0.3) }, {
        upper: random.range(-0.15, 0.15),
        lower: random.range(0.05, 0.5),
      }]
      : [
        { upper: -hang - 0.05, lower: random.bell(0.08) },
        hip ? { upper: 0.75, lower: -0.75 } : { upper: hang + 0.05, lower: random.bell(0.08) },
      ],
    legs: profile
      ? [{ upper: 0.12, lower: 0 }, { upper: -0.06, lower: -0.1 }]
      : [{ upper: -random.range(0.02, 0.12), lower: -0.02 }, { upper: random.range(0.02, 0.12), lower: 0.02 }],
    thigh: 1,
    profile,
  };
  const x = 50 + random.bell(5), y = 48 - 0.06 * h + random.bell(2);
  drawShadow(scene, x, y + 0.53 * h, 0.16 * h);
  drawFigure(mirrored(scene, flip), pose, clothing, h, flip ? 100 - x : x, y);
  const facing = profile ? flip ? "left" : "right" : "front";
  return {
    ...worn(clothing, skinName),
    view: facing,
    arms: !profile && hip ? "on the hip" : undefined,
    distance: distanceOf(size),
  };
}

function seated(scene: Scene): Facts {
  const { random } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit(), h = 82 + 24 * size;
  const view = random.index(3), profile = view > 0, flip = view === 2;
  const x = 50 + random.bell(4) - (profile ? 8 : 0), y = 54 + random.bell(2);
  const seat = pickColor(random), target = mirrored(scene, flip);
  const width = (profile ? 0.14 : 0.2) * h;
  target.canvas.fill(
    rounded(x - width, y + 0.02 * h, 2 * width, 0.3 * h, 2),
    ellipsoid(x, y + 0.1 * h, width * 1.4, 0.4 * h, dim(seat.rgb, 0.75), target.light),
  );
  const lap = random.range(0.5, 1.0);
  const pose: Pose = profile
    ? {
      lean: random.range(-0.18, 0.05),
      shoulders: 0.02,
      arms: [{ upper: lap * 0.5, lower: 1.3 }, { upper: lap * 0.4, lower: random.range(0.9, 1.5) }],
      legs: [{ upper: 1.5, lower: random.range(-0.1, 0.2) }, { upper: 1.42, lower: random.range(-0.35, 0.1) }],
      thigh: 1,
      profile,
    }
    : {
      lean: random.bell(0.05),
      shoulders: random.range(0.105, 0.13),
      arms: [{ upper: -0.3, lower: 0.45 }, { upper: 0.3, lower: -0.45 }],
      legs: [{ upper: -random.range(0.5, 0.9), lower: random.range(-0.12, 0.12) }, {
        upper: random.range(0.5, 0.9),
        lower: random.range(-0.12, 0.12),
      }],
      thigh: 0.52,
      profile,
    };
  drawFigure(target, pose, clothing, h, x, y);
  const facing = profile ? flip ? "left" : "right" : "front";
  return { ...worn(clothing, skinName), view: facing, seat: seat.name, distance: distanceOf(size) };
}

function running(scene: Scene): Facts {
  const { random } = scene,
    { clothing, skinName } = drawClothing(scene),
    size = random.unit(),
    h = 70 + 20 * size,
    flip = random.chance(0.5);
  const stride = random.range(0.75, 1.1), swing = random.range(0.6, 1.0);
  const forward = { upper: stride, lower: stride - random.range(0.9, 1.5) },
    back = { upper: -stride * 0.7, lower: -stride * 0.7 - random.range(0.4, 1.1) };
  const pose: Pose = {
    lean: random.range(0.12, 0.32),
    shoulders: 0.015,
    arms: [{ upper: swing, lower: swing + 1.5 }, { upper: -swing, lower: -swing + 1.5 }],
    legs: random.chance(0.5) ? [back, forward] : [forward, back],
    thigh: 1,
    profile: true,
  };
  const x = 47 + random.bell(4), y = 50 - 0.04 * h + random.bell(2);
  drawShadow(scene, flip ? 100 - x : x, y + 0.5 * h, 0.2 * h);
  drawFigure(mirrored(scene, flip), pose, clothing, h, x, y);
  return { ...worn(clothing, skinName), view: flip ? "left" : "right", distance: distanceOf(size) };
}

function armsRaised(scene: Scene): Facts {
  const { random } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit(), h = 66 + 16 * size;
  const lift = random.range(2.2, 2.75),
    bend = random.range(-0.2, 0.35),
    other = random.chance(0.3) ? random.range(1.4, 1.7) : lift;
  const pose: Pose = {
    lean: random.bell(0.05),
    shoulders: random.range(0.105, 0.13),
    arms: [{ upper: -lift, lower: -lift - bend }, { upper: other, lower: other + bend }],
    legs: [{ upper: -random.range(0.04, 0.3), lower: -random.range(0, 0.15) }, {
      upper: random.range(0.04, 0.3),
      lower: random.range(0, 0.15),
    }],
    thigh: 1,
    profile: false,
  };
  const x = 50 + random.bell(4), y = 56 - 0.06 * h + random.bell(2);
  drawShadow(scene, x, y + 0.53 * h, 0.18 * h);
  drawFigure(scene, pose, clothing, h, x, y);
  return { ...worn(clothing, skinName), arms: other === lift ? "both up" : "one up", distance: distanceOf(size) };
}

function torso(scene: Scene): Facts {
  const { random, canvas, light } = scene,
    { clothing, skinName } = drawClothing(scene),
    size = random.unit(),
    h = 150 + 40 * size;
  const crossed = random.chance(0.35), bare = random.chance(0.35);
  const shirt = bare ? { name: "bare", rgb: clothing.skin } : clothing.shirt,
    dressed = { ...clothing, shirt };
  const pose: Pose = {
    lean: random.bell(0.06),
    shoulders: random.range(0.115, 0.14),
    arms: crossed
      ? [{ upper: -0.25, lower: 1.15 }, { upper: 0.25, lower: -1.15 }]
      : [{ upper: -random.range(0.1, 0.4), lower: random.range(-0.1, 0.2) }, {
        upper: random.range(0.1, 0.4),
        lower: random.range(-0.2, 0.1),
      }],
    legs: [{ upper: -0.05, lower: 0 }, { upper: 0.05, lower: 0 }],
    thigh: 1,
    profile: false,
  };
  const x = 50 + random.bell(3.5), y = 20 + 0.36 * h + random.bell(3);
  drawFigure(scene, pose, dressed, h, x, y);
  if (bare) {
    const chest = y - 0.25 * h, ink = plain(dim(clothing.skin, 0.45));
    for (const side of [-1, 1]) {
      canvas.fill(
        ellipse(x + side * 0.055 * h, chest, 0.05 * h, 0.04 * h),
        ellipsoid(x + side * 0.055 * h, chest - 0.01 * h, 0.07 * h, 0.055 * h, clothing.skin, light),
        0.5,
      );
      canvas.fill(ellipse(x + side * 0.06 * h, chest + 0.012 * h, 0.008 * h, 0.006 * h), ink, 0.8);
    }
    canvas.fill(ellipse(x, y - 0.07 * h, 0.006 * h, 0.009 * h), ink, 0.8);
  } else {
    const tip = sin(pose.lean) * 0.35 * h;
    canvas.fill(
      polygon(x + tip - 0.042 * h, y - 0.352 * h, x + tip + 0.042 * h, y - 0.352 * h, x + tip * 0.85, y - 0.295 * h),
      plain(dim(clothing.skin, 0.85)),
    );
  }
  const { skin, top, sleeves } = worn(clothing, skinName), arms = crossed ? "crossed" : "hanging";
  return bare ? { skin, chest: "bare", arms } : { skin, top, sleeves, arms };
}

function hand(scene: Scene): Facts {
  const skin = scene.random.pick(SKINS);
  return drawHand(scene, varied(skin.rgb, scene.random, 0.02), skin.name);
}

/** The classes of bodies. */
export const BODIES: Readonly<Record<string, Draw>> = {
  "standing-body": standing,
  "seated-body": seated,
  "running-body": running,
  "raised-arms-body": armsRaised,
  "torso": torso,
  "hand": hand,
};
