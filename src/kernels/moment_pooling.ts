import { CODE } from "./_pool_moments_code.ts";
import { FoundUnits } from "./_found_units.ts";
import { KernelMemory, startKernel } from "./_start_kernel.ts";
import { conditionsOf, type Screen, type Screened } from "./screen.ts";

/** So many units are read or copied together. */
const PIECE = 4096;
/** So many units, with the moments of every condition, stay in the processor's cache. A piece is a multiple of it. */
const CHUNK = 1024;
/** Groups that take more memory are not held. */
const MOST_HELD_BYTES = 64 * 2 ** 20;

interface Loops {
  pool32: Pool;
  pool64: Pool;
  secondLargest(conditions: number, count: number, units: number, second: number): void;
  screen(
    mean: number,
    m2: number,
    units: number,
    tests: number,
    count: number,
    second: number,
    scale: number,
    leastSquare: number,
    found: number,
  ): number;
}

type Pool = (
  groups: number,
  count: number,
  units: number,
  weights: number,
  scale: number,
  mean: number,
  m2: number,
) => void;

/** How many images, and mean and sum of squared deviations of every unit, `[units]`. */
export interface MomentGroup {
  /** How many images. */
  readonly n: number;
  /** Of every unit. */
  readonly mean: Float32Array | Float64Array;
  /** Of every unit. */
  readonly m2: Float32Array | Float64Array;
  /** Reads some units, as many as the arrays hold, where the moments stay in a file. */
  read?(from: number, mean: Float32Array, m2: Float32Array): void;
}

/** A condition to be put together from groups of its images. */
export interface PooledCondition {
  /** Disjoint groups, none of them empty, `[units]` each; none where the condition has no image. */
  readonly groups: readonly MomentGroup[];
  /** What its sums of squared deviations are multiplied by. @default 1 */
  readonly scale?: number;
  /** `[units]` each, overwritten; left out where only the units of a screen are wanted. */
  readonly into?: { readonly mean: Float64Array; readonly m2: Float64Array };
}

/** A condition, and where it is worked on. */
interface Prepared extends PooledCondition {
  readonly loop: Pool;
  /** Where the groups' addresses, their weights, and the pooled means are. */
  readonly at: { readonly table: number; readonly weights: number; readonly mean: number };
  readonly sources: readonly Source[];
}

/** A screen, and where it is worked on. */
interface PreparedScreen {
  readonly at: { readonly mean: number; readonly tests: number; readonly second: number };
  readonly count: number;
  readonly scale: number;
  readonly leastSquare: number;
}

/** Conditions of which the second largest mean is wanted, and where it goes. */
interface Ranked {
  readonly conditions: readonly number[];
  readonly at: { readonly table: number; readonly second: number };
}

/** Where the values of a group are: held, or copied piece by piece. */
type Source =
  & { readonly at: number; readonly m2: number; readonly bytes: number }
  & ({ readonly held: true } | { readonly held: false; readonly group: MomentGroup });

/** Puts groups of images together and finds units that tests may select, compiled from `kernels/pool_moments.ts`. */
export class MomentPooling {
  readonly #memory = new KernelMemory();
  readonly #loops: Loops = startKernel<Loops>(CODE, this.#memory);
  #held = new WeakMap<MomentGroup, Source>();
  #heldBytes = 0;

  /**
   * Keeps groups in the memory of the loops, for callers that pool them again and again; what was held before is let go. Groups
   * in float64 or in a file, and those that take too much memory, are copied each time.
   *
   * @param groups `[units]` each; they must not change while they are held.
   */
  hold(groups: readonly MomentGroup[]): void {
    this.#held = new WeakMap();
    this.#heldBytes = 0;
    const single = groups.filter((group) => group.read === undefined && isSingle(group));
    const row = (group: MomentGroup): number => roundUp(group.mean.length, CHUNK) * 4;
    const bytes = single.reduce((sum, group) => sum + 2 * row(group), 0);
    if (bytes > MOST_HELD_BYTES) return;
    const buffer = this.#memory.reserve(bytes);
    for (const group of single) {
      const at = this.#heldBytes;
      const m2 = at + row(group);
      new Float32Array(buffer, at, group.mean.length).set(group.mean);
      new Float32Array(buffer, m2, group.m2.length).set(group.m2);
      this.#held.set(group, { held: true, at, m2, bytes: 4 });
      this.#heldBytes = m2 + row(group);
    }
  }

  /**
   * Pools the moments of conditions, by the pairwise update of Chan, Golub & LeVeque, doi:10.1080/00031305.1983.10483115, and
   * screens their units.
   *
   * @param units Of every condition.
   * @param screens May look at conditions that have images alone.
   * @returns One a screen.
   */
  pool(units: number, conditions: readonly PooledCondition[], screens: readonly Screen[] = []): Screened[] {
    const { prepared, ranked, preparedScreens, foundAt } = this.#prepare(conditions, screens);
    const buffer = this.#memory.memory.buffer;
    const found = screens.map((screen) => new FoundUnits(conditionsOf(screen)));
    const places = new Uint32Array(buffer, foundAt, CHUNK);
    const pooled = prepared.map(({ at }) => ({
      mean: new Float64Array(buffer, at.mean, CHUNK),
      m2: new Float64Array(buffer, at.mean + CHUNK * 8, CHUNK),
    }));
    for (let piece = 0; piece < units; piece += PIECE) {
      const pieceEnd = Math.min(units, piece + PIECE);
      for (const { sources } of prepared) for (const source of sources) this.#copy(source, piece, pieceEnd);
      for (let from = piece; from < pieceEnd; from += CHUNK) {
        const count = Math.min(CHUNK, pieceEnd - from);
        prepared.forEach((condition, c) => {
          if (condition.groups.length === 0) return;
          this.#poolChunk(condition, from, from - piece, count);
          if (condition.into === undefined) return;
          const whole = count === CHUNK;
          condition.into.mean.set(whole ? pooled[c].mean : pooled[c].mean.subarray(0, count), from);
          condition.into.m2.set(whole ? pooled[c].m2 : pooled[c].m2.subarray(0, count), from);
        });
        for (const { conditions: { length }, at } of ranked) {
          this.#loops.secondLargest(at.table, length, count, at.second);
        }
        preparedScreens.forEach(({ at, count: tests, scale, leastSquare }, s) => {
          const m2 = at.mean + CHUNK * 8;
          const { mean, tests: testsAt, second } = at;
          const passing = this.#loops.screen(mean, m2, count, testsAt, tests, second, scale, leastSquare, foundAt);
          if (passing > 0) found[s].add(from, places.subarray(0, passing), pooled);
        });
      }
    }
    return found.map((own) => own.found(conditions.length));
  }

  #poolChunk({ loop, at, scale = 1, sources }: Prepared, from: number, inPiece: number, count: number): void {
    const table = new Uint32Array(this.#memory.memory.buffer, at.table, 2 * sources.length);
    sources.forEach((source, g) => {
      const moved = (source.held ? from : inPiece) * source.bytes;
      table[2 * g] = source.at + moved;
      table[2 * g + 1] = source.m2 + moved;
    });
    loop(at.table, sources.length, roundUp(count, 4), at.weights, scale, at.mean, at.mean + CHUNK * 8);
  }

  /** Copies the units of a piece where they are not held. */
  #copy(source: Source, from: number, to: number): void {
    if (source.held) return;
    const { group, at, m2, bytes } = source;
    const { buffer } = this.#memory.memory;
    const Values = bytes === 4 ? Float32Array : Float64Array;
    const [mean, squares] = [at, m2].map((place) => new Values(buffer, place, to - from));
    if (group.read !== undefined && mean instanceof Float32Array && squares instanceof Float32Array) {
      group.read(from, mean, squares);
      return;
    }
    mean.set(group.mean.subarray(from, to));
    squares.set(group.m2.subarray(from, to));
  }

  /** Lays out the memory behind what is held, and writes what stays the same from chunk to chunk. */
  #prepare(
    conditions: readonly PooledCondition[],
    screens: readonly Screen[],
  ): {
    readonly prepared: readonly Prepared[];
    readonly ranked: readonly Ranked[];
    readonly preparedScreens: readonly PreparedScreen[];
    readonly foundAt: number;
  } {
    let end = this.#heldBytes;
    const take = (bytes: number): number => {
      const at = end;
      end += roundUp(bytes, 16);
      return at;
    };
    const screened = new Set(screens.flatMap(conditionsOf));
    const prepared = conditions.map((condition, c): Prepared => {
      const groups = condition.into !== undefined || screened.has(c) ? condition.groups : [];
      const single = groups.every((group) => group.read !== undefined || isSingle(group));
      const bytes = single ? 4 : 8;
      return {
        ...condition,
        groups,
        loop: single ? this.#loops.pool32 : this.#loops.pool64,
        at: { table: take(groups.length * 8), weights: take(groups.length * 16), mean: take(2 * CHUNK * 8) },
        sources: groups.map((group): Source =>
          (single ? this.#held.get(group) : undefined) ??
            { held: false, group, at: take(PIECE * bytes), m2: take(PIECE * bytes), bytes }
        ),
      };
    });
    // Screens for several conditions mostly compare the same ones.
    const ranked = new Map<string, Ranked>();
    const rankedOf = (screen: Screen): Ranked => {
      const compared = conditionsOf(screen).sort((a, b) => a - b);
      const known = ranked.get(compared.join());
      if (known !== undefined) return known;
      const made = { conditions: compared, at: { table: take(compared.length * 4), second: take(CHUNK * 8) } };
      ranked.set(compared.join(), made);
      return made;
    };
    const preparedScreens = screens.map((screen): PreparedScreen => ({
      at: {
        mean: prepared[screen.condition].at.mean,
        tests: take(screen.tests.length * 32),
        second: screen.above ? rankedOf(screen).at.second : 0,
      },
      count: screen.tests.length,
      scale: Math.min(...screen.tests.map(({ scales }) => scales[0])),
      leastSquare: Math.min(...screen.tests.map(({ leastSquare }) => leastSquare)),
    }));
    const foundAt = take(CHUNK * 4);
    const buffer = this.#memory.reserve(end);
    for (const { groups, at } of prepared) weigh(groups, new Float64Array(buffer, at.weights, 2 * groups.length));
    screens.forEach(({ tests }, s) =>
      tests.forEach(({ other, scales, leastSquare }, t) => {
        const at = preparedScreens[s].at.tests + t * 32;
        const { mean } = prepared[other].at;
        new Uint32Array(buffer, at, 2).set([mean, mean + CHUNK * 8]);
        new Float64Array(buffer, at + 8, 3).set([...scales, leastSquare]);
      })
    );
    for (const { conditions: compared, at } of ranked.values()) {
      new Uint32Array(buffer, at.table, compared.length).set(compared.map((condition) => prepared[condition].at.mean));
    }
    return { prepared, ranked: [...ranked.values()], preparedScreens, foundAt };
  }
}

function isSingle({ mean, m2 }: MomentGroup): boolean {
  return mean instanceof Float32Array && m2 instanceof Float32Array;
}

/** Per group its share of the images so far, and how much a squared difference from their mean adds. */
function weigh(groups: readonly MomentGroup[], weights: Float64Array): void {
  let n = 0;
  groups.forEach((group, g) => {
    const total = n + group.n;
    weights[2 * g] = group.n / total;
    weights[2 * g + 1] = n * (group.n / total);
    n = total;
  });
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
