import type { Criterion, SampledResponses } from "../criteria/mod.ts";
import { averageMeasured, type Design, measureUnits, selectedUnits, type Split, unitContext } from "../localize/mod.ts";
import { DPRIME, type Measured } from "../measures/mod.ts";
import type { RecordedImage } from "../recording/mod.ts";
import type { LayerCategory } from "../results/mod.ts";
import { emptyMoments, type Moments, momentsOfResponses, poolMoments, Random } from "../statistics/mod.ts";
import type { UnitSubset } from "./_unit_subset.ts";

type Generalization = LayerCategory["generalization"][number];

/** The finer categories of each condition, in order of their names. */
function categoriesOf(images: readonly RecordedImage[], condition: number): string[] {
  return [...new Set(images.filter((image) => image.condition === condition).map(({ category }) => category))].sort();
}

/**
 * Tests whether units selected on some finer categories of a condition prefer the ones left out: selected on adult faces,
 * tested on child faces. Selection and test use different halves, both ways, averaged.
 *
 * Beside it stands the held-out d′ of the same units on the categories that selected them, and the share that is selected again
 * from as few images of these categories: few images select fewer units, whether or not they generalize.
 *
 * @returns Per target, one entry for each finer category left out; none where a condition has a single one.
 */
export function generalize(
  { images, design, split, subset, criterion, seed }: {
    images: readonly RecordedImage[];
    design: Design;
    split: Split;
    subset: UnitSubset;
    criterion: Criterion;
    seed: number;
  },
): Generalization[][] {
  const { conditions, targets, derived } = design;
  const halfOf = images.map(({ block }) => split[block]);
  const leftOut = (c: number): boolean => !criterion.usesDerived && derived.includes(c);
  const units = subset.columns.length;
  const names = conditions.map((_, c) => categoriesOf(images, c));
  const keys = names.flatMap((own, c) => own.map((category) => ({ c, category })));
  const groupOf = images.map(({ condition, category }) =>
    keys.findIndex((key) => key.c === condition && key.category === category)
  );
  const moments = [0, 1].map((half) =>
    momentsOfResponses({
      values: subset.responses,
      units,
      condition: Int32Array.from(
        images,
        (image, i) => (halfOf[i] === half && !leftOut(image.condition) ? groupOf[i] : -1),
      ),
      conditions: keys.length,
    })
  );
  const whole = moments.map((groups) =>
    conditions.map((_, c) => {
      const own = keys.flatMap((key, g) => (key.c === c ? [groups[g]] : []));
      return own.length > 0 ? poolMoments(...own) : emptyMoments(units);
    })
  );

  /** The moments of a half with the target standing for some of its finer categories alone. */
  function withTarget(half: number, target: number, chosen: (category: string) => boolean): Moments[] {
    const own = keys.flatMap((key, g) => (key.c === target && chosen(key.category) ? [moments[half][g]] : []));
    return whole[half].map((group, c) => (c === target ? poolMoments(...own) : group));
  }

  /** A selection on a half from `own` moments of the target, which are those of the images that `shows`. */
  function select(half: number, target: number, own: Moments[], shows: (image: number) => boolean): Uint8Array {
    const responses: SampledResponses = {
      units: Uint32Array.from({ length: units }, (_, u) => u),
      values: subset.responses,
      condition: Int32Array.from(
        images,
        (image, i) =>
          halfOf[i] === half && !leftOut(image.condition) && (image.condition !== target || shows(i))
            ? image.condition
            : -1,
      ),
    };
    return criterion.select({
      conditions,
      targets,
      target,
      moments: own,
      ...(criterion.needsResponses ? { responses } : {}),
    });
  }

  function reselect(half: number, target: number, chosen: (category: string) => boolean): Uint8Array {
    return select(half, target, withTarget(half, target, chosen), (i) => chosen(images[i].category));
  }

  /** Selects from as many images of the other categories as the half has of the one left out; null where it has fewer. */
  function selectAsFew(half: number, target: number, left: string): Uint8Array | null {
    const own = images.flatMap((image, i) => (halfOf[i] === half && image.condition === target ? [i] : []));
    const kept = Uint32Array.from(own.filter((i) => images[i].category !== left));
    const count = own.length - kept.length;
    if (kept.length < count) return null;
    new Random(seed, `kinds ${conditions[target]} ${left} ${half}`).shuffle(kept, 0, kept.length);
    const drawn = new Set(kept.subarray(0, count));
    const [few] = momentsOfResponses({
      values: subset.responses,
      units,
      condition: Int32Array.from(images, (_, i) => (drawn.has(i) ? 0 : -1)),
      conditions: 1,
    });
    return select(half, target, whole[half].map((group, c) => (c === target ? few : group)), (i) => drawn.has(i));
  }

  function leaveOut(target: number, left: string): Generalization {
    const from = names[target].filter((category) => category !== left);
    const dprimes: Measured[] = [];
    const selecting: Measured[] = [];
    const retained: Measured[] = [];
    const asFew: Measured[] = [];
    for (const half of [0, 1] as const) {
      const selected = selectedUnits(reselect(half, target, (category) => category !== left));
      if (selected.length === 0) {
        dprimes.push({ value: null, reason: "no unit is selected" });
        continue;
      }
      const tested = withTarget(1 - half, target, (category) => category === left);
      if (tested[target].n < 2) {
        dprimes.push({ value: null, reason: "the category left out has fewer than two held-out images" });
        continue;
      }
      dprimes.push(dprimeOf(tested, whole[half], target, selected));
      const kept = withTarget(1 - half, target, (category) => category !== left);
      if (kept[target].n > 1) selecting.push(dprimeOf(kept, whole[half], target, selected));
      const shareOf = (again: Uint8Array): Measured => ({
        value: selected.reduce((sum, unit) => sum + again[unit], 0) / selected.length,
      });
      retained.push(shareOf(reselect(1 - half, target, (category) => category === left)));
      const few = selectAsFew(1 - half, target, left);
      if (few !== null) asFew.push(shareOf(few));
    }
    const dprime = averageMeasured(dprimes);
    const within = averageMeasured(selecting).value;
    const ratio = dprime.value === null || within === null || !(within > 0) ? null : dprime.value / within;
    const retainedSelecting = averageMeasured(asFew).value;
    const reason = dprime.reason ??
      (within === null
        ? "the categories that selected have fewer than two held-out images"
        : ratio === null
        ? "d′ on the categories that selected is not above 0"
        : retainedSelecting === null
        ? "the categories that selected have fewer held-out images than the one left out"
        : undefined);
    return {
      from: from.join(" + "),
      to: left,
      dprime: dprime.value,
      dprimeSelecting: within,
      ratio,
      retained: averageMeasured(retained).value,
      retainedSelecting,
      ...(reason === undefined ? {} : { reason }),
    };
  }

  return targets.map((target) => names[target].length < 2 ? [] : names[target].map((left) => leaveOut(target, left)));
}

/** Mean d′ of some units on a half of the images, against the runner-up of the half that selected them. */
function dprimeOf(
  moments: readonly Moments[],
  otherMoments: readonly Moments[],
  target: number,
  units: Uint32Array,
): Measured {
  return measureUnits(DPRIME, unitContext({ moments, otherMoments, target, units, noise: 1 }));
}
