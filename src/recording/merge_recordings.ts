import { type Moments, poolMoments } from "../statistics/mod.ts";
import { groupKey } from "./groups_of.ts";
import type { LayerRecording, Recording, RecordingHeader, RecordingSource } from "./recording.ts";
import { recordingKey } from "./recording_key.ts";

/**
 * Joins recordings: parts of one recording that hold different groups, and recordings of one network on different images of the
 * same conditions. They may be given in any order; layers are joined when they are read.
 *
 * Parts join to the very recording that they are parts of. Moments over different images merge by Chan's update, images and
 * responses follow each other in the order of the recordings' keys.
 *
 * @param recordings They stay open as long as what is returned, which closes them.
 * @throws {RangeError} where a group or an image is in two of them, where they differ in network, preprocessing, device, conditions,
 *   number of blocks, layers or sample, or where one of several sets of images lacks groups.
 */
export function mergeRecordings(recordings: readonly Recording[]): Recording {
  if (recordings.length === 0) throw new RangeError("Cannot merge recordings: none given; expected one at least");
  const byKey = new Map<string, Recording>();
  for (const recording of recordings) {
    const key = recordingKey(recording.header);
    const same = byKey.get(key);
    byKey.set(key, same === undefined ? recording : joinParts(same, recording));
  }
  const sets = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, recording]) => recording);
  if (sets.length > 1) sets.forEach(checkWhole);
  return sets.reduce(joinImages);
}

/** Parts of the same recording. */
function joinParts(a: Recording, b: Recording): Recording {
  const { header } = a;
  const [lackedByA, lackedByB] = [a, b].map(({ missing }) => new Set(missing.map(groupKey)));
  const twice = header.images.find((image) => !lackedByA.has(groupKey(image)) && !lackedByB.has(groupKey(image)));
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot merge recordings: ${header.conditions[twice.condition]}, block ${twice.block}, is in two of them; ` +
        "expected different groups",
    );
  }
  const fromB = header.images.map((image) => lackedByA.has(groupKey(image)));
  return joined(a, b, {
    header,
    missing: a.missing.filter((group) => lackedByB.has(groupKey(group))),
    moments: (one, other) => one.n > 0 ? one : other,
    rows: (one, other) => {
      const width = one.length / fromB.length;
      return one.map((value, at) => fromB[Math.floor(at / width)] ? other[at] : value);
    },
  });
}

/** Different images of the same conditions. */
function joinImages(a: Recording, b: Recording): Recording {
  checkAlike(a.header, b.header);
  const known = new Set(a.header.images.map(({ id }) => id));
  const twice = b.header.images.find(({ id }) => known.has(id));
  if (twice !== undefined) {
    throw new RangeError(`Cannot merge recordings: image "${twice.id}" is in two of them; expected different images`);
  }
  return joined(a, b, {
    header: {
      ...a.header,
      images: [...a.header.images, ...b.header.images],
      source: sourceOfBoth(a.header.source, b.header.source),
    },
    missing: [],
    moments: poolInFloat32,
    rows: (one, other) => {
      const all = new Float32Array(one.length + other.length);
      all.set(one);
      all.set(other, one.length);
      return all;
    },
  });
}

/** How two recordings become one. */
interface Join extends Pick<Recording, "header" | "missing"> {
  readonly moments: (a: Moments, b: Moments) => Moments;
  /** Joins rows of images. */
  readonly rows: (a: Float32Array, b: Float32Array) => Float32Array;
}

function joined(a: Recording, b: Recording, { header, missing, moments, rows }: Join): Recording {
  return {
    header,
    path: null,
    missing,
    selfCheck: Math.max(a.selfCheck, b.selfCheck),
    async readLayer(index): Promise<LayerRecording> {
      const [one, other] = [await a.readLayer(index), await b.readLayer(index)];
      checkSample(one, other);
      const responses = rows(one.sample.responses, other.sample.responses);
      return {
        layer: one.layer,
        moments: one.moments.map((blocks, condition) =>
          blocks.map((group, block) => moments(group, other.moments[condition][block]))
        ),
        sample: { units: one.sample.units, responses },
        channelMeans: one.channelMeans === one.sample.responses
          ? responses
          : rows(one.channelMeans, other.channelMeans),
      };
    },
    async close(): Promise<void> {
      await a.close();
      await b.close();
    },
  };
}

/** In float32, like what was merged: in float64 a large network would take twice the memory for rounding noise. */
function poolInFloat32(a: Moments, b: Moments): Moments {
  if (b.n === 0) return a;
  if (a.n === 0) return b;
  const { n, mean, m2 } = poolMoments(a, b);
  return { n, mean: Float32Array.from(mean), m2: Float32Array.from(m2) };
}

function checkWhole({ header, missing }: Recording): void {
  if (missing.length === 0) return;
  const [{ condition, block }] = missing;
  throw new RangeError(
    `Cannot merge recordings: ${
      header.conditions[condition]
    }, block ${block}, was not recorded; expected every group ` +
      "where recordings are of different images",
  );
}

function checkAlike(a: RecordingHeader, b: RecordingHeader): void {
  const differ = (what: string, found: unknown, expected: unknown): never => {
    throw new RangeError(`Cannot merge recordings: ${what} ${found}; expected ${expected}`);
  };
  const list = (names: readonly string[]): string => names.join(", ");
  if (list(a.conditions) !== list(b.conditions)) {
    differ("conditions", list(b.conditions), `${list(a.conditions)}, in that order`);
  }
  if (a.blocks !== b.blocks) differ("blocks:", b.blocks, a.blocks);
  if (a.layers.length !== b.layers.length) differ("layers:", b.layers.length, a.layers.length);
  a.layers.forEach(({ name, units }, index) => {
    const other = b.layers[index];
    if (other.name !== name || other.units !== units) {
      differ("layer", `"${other.name}" of ${other.units} units`, `"${name}" of ${units}`);
    }
  });
  for (const field of ["graph", "preprocessing", "sampledUnits", "seed", "device", "runtime", "format"] as const) {
    const [one, other] = [a, b].map(({ source }) => JSON.stringify(source?.[field] ?? null));
    if (one !== other) differ(field, other, `${one}, as in the others`);
  }
}

/** Nothing is known of the set as a whole. */
function sourceOfBoth(a: RecordingSource | null, b: RecordingSource | null): RecordingSource | null {
  if (a === null || b === null) return null;
  return { ...a, stimuli: null, batch: Math.max(a.batch, b.batch) };
}

function checkSample({ layer, sample: { units: a } }: LayerRecording, { sample: { units: b } }: LayerRecording): void {
  if (a.length === b.length && a.every((unit, j) => unit === b[j])) return;
  throw new RangeError(
    `Cannot merge recordings: other units of "${layer.name}" were sampled; expected the same seed and number in both`,
  );
}
