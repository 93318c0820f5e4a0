import { sin } from "./arithmetic.ts";
import { RAISED_LAWS, RUNNING_LAWS, SEATED_LAWS, STANDING_LAWS, TORSO_LAWS } from "./body_laws.ts";
import { SKINS } from "./complexions.ts";
import { type Clothing, drawClothing, drawFigure, mirrored, type Pose } from "./figure.ts";
import { drawHand } from "./hand.ts";
import { dim, ellipsoid, plain, varied } from "./paint.ts";
import { ellipse, polygon } from "./path.ts";
import { SEATS } from "./seats.ts";
import { distanceOf, type Draw, type Facts, pickColor, type Scene } from "./scene.ts";
import { type ByWorld, sample, within } from "./world.ts";

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

/** The arm whose hand is on the hip. */
const AKIMBO: ByWorld<Pose["arms"][number]> = {
  training: { upper: 0.75, lower: -0.75 },
  localizer: { upper: 1.0, lower: -0.5 },
};

function standing(scene: Scene): Facts {
  const { random, world } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit();
  const laws = STANDING_LAWS, h = within(laws.height, world, size);
  const view = random.index(3), profile = view > 0, flip = view === 2;
  const hang = sample(scene, laws.hang), hip = random.chance(0.3), step = sample(scene, laws.step);
  const pose: Pose = {
    lean: sample(scene, laws.lean),
    shoulders: profile ? 0.02 : sample(scene, laws.frontShoulders),
    arms: profile
      ? [{ upper: sample(scene, laws.backUpper), lower: sample(scene, laws.backLower) }, {
        upper: sample(scene, laws.foreUpper),
        lower: sample(scene, laws.foreLower),
      }]
      : [
        { upper: -hang - 0.05, lower: sample(scene, laws.lower) },
        hip ? AKIMBO[world] : { upper: hang + 0.05, lower: sample(scene, laws.lower) },
      ],
    legs: profile
      ? [{ upper: 0.12 + step, lower: step * 0.6 }, { upper: -0.06 - step, lower: -0.1 - step }]
      : [{ upper: -sample(scene, laws.stance), lower: -0.02 }, { upper: sample(scene, laws.stance), lower: 0.02 }],
    thigh: 1,
    profile,
  };
  const x = 50 + sample(scene, laws.aside), y = 48 - 0.06 * h + sample(scene, laws.above);
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
  const { random, world } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit();
  const laws = SEATED_LAWS, h = within(laws.height, world, size);
  const view = random.index(3), profile = view > 0, flip = view === 2;
  const x = 50 + sample(scene, laws.aside) - (profile ? 8 : 0), y = 54 + sample(scene, laws.above);
  const seat = pickColor(scene), target = mirrored(scene, flip);
  SEATS[world](target, seat.rgb, { x, y, h, profile });
  const lap = sample(scene, laws.lap), upper = sample(scene, laws.frontUpper), lower = sample(scene, laws.frontLower);
  const pose: Pose = profile
    ? {
      lean: sample(scene, laws.lean),
      shoulders: 0.02,
      arms: [{ upper: lap * 0.5, lower: sample(scene, laws.farLower) }, {
        upper: lap * 0.4,
        lower: sample(scene, laws.nearLower),
      }],
      legs: [{ upper: 1.5, lower: sample(scene, laws.farShin) }, { upper: 1.42, lower: sample(scene, laws.nearShin) }],
      thigh: 1,
      profile,
    }
    : {
      lean: sample(scene, laws.frontLean),
      shoulders: sample(scene, laws.frontShoulders),
      arms: [{ upper: -upper, lower }, { upper, lower: -lower }],
      legs: [{ upper: -sample(scene, laws.thigh), lower: sample(scene, laws.shin) }, {
        upper: sample(scene, laws.thigh),
        lower: sample(scene, laws.shin),
      }],
      thigh: 0.52,
      profile,
    };
  drawFigure(target, pose, clothing, h, x, y);
  const facing = profile ? flip ? "left" : "right" : "front";
  return { ...worn(clothing, skinName), view: facing, seat: seat.name, distance: distanceOf(size) };
}

function running(scene: Scene): Facts {
  const { random, world } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit();
  const laws = RUNNING_LAWS, h = within(laws.height, world, size), flip = random.chance(0.5);
  const stride = sample(scene, laws.stride), swing = sample(scene, laws.swing), elbow = sample(scene, laws.elbow);
  const forward = { upper: stride, lower: stride - sample(scene, laws.foreKnee) },
    back = { upper: -stride * 0.7, lower: -stride * 0.7 - sample(scene, laws.backKnee) };
  const pose: Pose = {
    lean: sample(scene, laws.lean),
    shoulders: 0.015,
    arms: [{ upper: swing, lower: swing + elbow }, { upper: -swing, lower: -swing + elbow }],
    legs: random.chance(0.5) ? [back, forward] : [forward, back],
    thigh: 1,
    profile: true,
  };
  const x = 47 + sample(scene, laws.aside), y = 50 - 0.04 * h + sample(scene, laws.above);
  drawShadow(scene, flip ? 100 - x : x, y + 0.5 * h, 0.2 * h);
  drawFigure(mirrored(scene, flip), pose, clothing, h, x, y);
  return { ...worn(clothing, skinName), view: flip ? "left" : "right", distance: distanceOf(size) };
}

function armsRaised(scene: Scene): Facts {
  const { random, world } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit();
  const laws = RAISED_LAWS, h = within(laws.height, world, size);
  const lift = sample(scene, laws.lift),
    bend = sample(scene, laws.bend),
    other = random.chance(0.3) ? sample(scene, laws.level) : lift;
  const pose: Pose = {
    lean: sample(scene, laws.lean),
    shoulders: sample(scene, laws.shoulders),
    arms: [{ upper: -lift, lower: -lift - bend }, { upper: other, lower: other + bend }],
    legs: [{ upper: -sample(scene, laws.thigh), lower: -sample(scene, laws.shin) }, {
      upper: sample(scene, laws.thigh),
      lower: sample(scene, laws.shin),
    }],
    thigh: 1,
    profile: false,
  };
  const x = 50 + sample(scene, laws.aside), y = 56 - 0.06 * h + sample(scene, laws.above);
  drawShadow(scene, x, y + 0.53 * h, 0.18 * h);
  drawFigure(scene, pose, clothing, h, x, y);
  return { ...worn(clothing, skinName), arms: other === lift ? "both up" : "one up", distance: distanceOf(size) };
}

function torso(scene: Scene): Facts {
  const { random, canvas, light, world } = scene, { clothing, skinName } = drawClothing(scene), size = random.unit();
  const laws = TORSO_LAWS, h = within(laws.height, world, size);
  const crossed = random.chance(0.35), bare = random.chance(0.35);
  const upper = sample(scene, laws.foldedUpper), lower = sample(scene, laws.foldedLower);
  const shirt = bare ? { name: "bare", rgb: clothing.skin } : clothing.shirt,
    dressed = { ...clothing, shirt };
  const pose: Pose = {
    lean: sample(scene, laws.lean),
    shoulders: sample(scene, laws.shoulders),
    arms: crossed ? [{ upper: -upper, lower }, { upper, lower: -lower }] : [{
      upper: -sample(scene, laws.upper),
      lower: sample(scene, laws.leftLower),
    }, {
      upper: sample(scene, laws.upper),
      lower: sample(scene, laws.rightLower),
    }],
    legs: [{ upper: -0.05, lower: 0 }, { upper: 0.05, lower: 0 }],
    thigh: 1,
    profile: false,
  };
  const x = 50 + sample(scene, laws.aside), y = 20 + 0.36 * h + sample(scene, laws.above);
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
  const skin = scene.random.pick(SKINS[scene.world]);
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
