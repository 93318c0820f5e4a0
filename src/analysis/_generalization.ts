import { type Criterion, type Moments, poolMoments, type SampledResponses } from "../localizer/mod.ts";
import { type Measure, momentsOfResponses, selectedUnits, unitSpecificity } from "../measures/mod.ts";
import { Random } from "../resampling/mod.ts";
import type { RecordedImage } from "../localizer/mod.ts";
import type { TapCategory } from "../results/mod.ts";
import { averageMeasures } from "./_measure_folds.ts";
import { emptyMoments, type ImageLayout, type UnitSubset } from "./_layout.ts";

type Generalization = TapCategory["generalization"][number];

/** The finer categories of each condition, in order of their names. */
function categoriesOf(images: readonly RecordedImage[], condition: number): string[] {
  return [...new Set(images.filter((image) => image.condition === condition).map(({ category }) => category))].sort();
}

/**
 * Tests whether units selected on some finer categories of a domain prefer the ones left out: selected on adult faces,
 * tested on child faces. Selection and test use different folds, both ways, averaged.
 *
 * Beside it stands the held-out d′ of the same units on the kinds that selected them, and how many are selected again from as many
 * images of those kinds: with the few images of one kind, fewer units are selected whether or not they generalize.
 *
 * @returns Per target, one entry for each finer category left out; none where a domain has a single one.
 */
export function generalize(
  { images, layout, subset, criterion, seed }: {
    images: readonly RecordedImage[];
    layout: ImageLayout;
    subset: UnitSubset;
    criterion: Criterion;
    seed: number;
  },
): Generalization[][] {
  const { conditions, targets } = layout;
  const units = subset.columns.length;
  const names = conditions.map((_, c) => categoriesOf(images, c));
  const keys = names.flatMap((own, c) => own.map((category) => ({ c, category })));
  const groupOf = images.map(({ condition, category }) =>
    keys.findIndex((key) => key.c === condition && key.category === category)
  );
  const moments = [0, 1].map((fold) =>
    momentsOfResponses({
      values: subset.responses,
      units,
      condition: Int32Array.from(images, (image, i) => (image.fold === fold ? groupOf[i] : -1)),
      conditions: keys.length,
    })
  );
  const whole = moments.map((groups) =>
    conditions.map((_, c) => {
      const own = keys.flatMap((key, g) => (key.c === c ? [groups[g]] : []));
      return own.length > 0 ? poolMoments(...own) : emptyMoments(units);
    })
  );

  /** The moments of a fold with the target standing for some of its finer categories alone. */
  function withTarget(fold: number, target: number, chosen: (category: string) => boolean): Moments[] {
    const own = keys.flatMap((key, g) => (key.c === target && chosen(key.category) ? [moments[fold][g]] : []));
    return whole[fold].map((group, c) => (c === target ? poolMoments(...own) : group));
  }

  /** A selection on a fold from `own` moments of the target, which are those of the images that `shows`. */
  function select(fold: number, target: number, own: Moments[], shows: (image: number) => boolean): Uint8Array {
    const responses: SampledResponses = {
      units: Uint32Array.from({ length: units }, (_, u) => u),
      values: subset.responses,
      condition: Int32Array.from(
        images,
        (image, i) => image.fold === fold && (image.condition !== target || shows(i)) ? image.condition : -1,
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

  function reselect(fold: number, target: number, chosen: (category: string) => boolean): Uint8Array {
    return select(fold, target, withTarget(fold, target, chosen), (i) => chosen(images[i].category));
  }

  /** Selects from as many images of the other kinds as the fold has of the one left out; null where it has fewer. */
  function selectAsFew(fold: number, target: number, left: string): Uint8Array | null {
    const own = images.flatMap((image, i) => (image.fold === fold && image.condition === target ? [i] : []));
    const kept = Uint32Array.from(own.filter((i) => images[i].category !== left));
    const count = own.length - kept.length;
    if (kept.length < count) return null;
    new Random(seed, `kinds ${conditions[target]} ${left} ${fold}`).shuffle(kept, 0, kept.length);
    const drawn = new Set(kept.subarray(0, count));
    const [few] = momentsOfResponses({
      values: subset.responses,
      units,
      condition: Int32Array.from(images, (_, i) => (drawn.has(i) ? 0 : -1)),
      conditions: 1,
    });
    return select(fold, target, whole[fold].map((group, c) => (c === target ? few : group)), (i) => drawn.has(i));
  }

  function leaveOut(target: number, left: string): Generalization {
    const from = names[target].filter((category) => category !== left);
    const dprimes: Measure[] = [];
    const selecting: Measure[] = [];
    const retained: Measure[] = [];
    const asFew: Measure[] = [];
    for (const fold of [0, 1]) {
      const selected = selectedUnits(reselect(fold, target, (category) => category !== left));
      if (selected.length === 0) {
        dprimes.push({ value: null, reason: "no unit is selected" });
        continue;
      }
      const tested = withTarget(1 - fold, target, (category) => category === left);
      if (tested[target].n < 2) {
        dprimes.push({ value: null, reason: "the category left out has fewer than two held-out images" });
        continue;
      }
      const { dprime } = unitSpecificity({ moments: tested, target, units: selected });
      dprimes.push({ value: dprime.reduce((sum, value) => sum + value, 0) / selected.length });
      const kept = withTarget(1 - fold, target, (category) => category !== left);
      if (kept[target].n > 1) {
        const { dprime } = unitSpecificity({ moments: kept, target, units: selected });
        selecting.push({ value: dprime.reduce((sum, value) => sum + value, 0) / selected.length });
      }
      const shareOf = (again: Uint8Array): Measure => ({
        value: selected.reduce((sum, unit) => sum + again[unit], 0) / selected.length,
      });
      retained.push(shareOf(reselect(1 - fold, target, (category) => category === left)));
      const few = selectAsFew(1 - fold, target, left);
      if (few !== null) asFew.push(shareOf(few));
    }
    const dprime = averageMeasures(dprimes);
    const within = averageMeasures(selecting).value;
    const ratio = dprime.value === null || within === null || !(within > 0) ? null : dprime.value / within;
    const retainedSelecting = averageMeasures(asFew).value;
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
      retained: averageMeasures(retained).value,
      retainedSelecting,
      ...(reason === undefined ? {} : { reason }),
    };
  }

  return targets.map((target) => names[target].length < 2 ? [] : names[target].map((left) => leaveOut(target, left)));
}
