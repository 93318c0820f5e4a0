import { median } from "./_median.ts";
import { type BenchRow, printRows } from "./_rows.ts";

/** Marks the part of a run that counts, where not all of it does. */
export interface Clock {
  start(): void;
  end(): void;
}

/** Something to be timed. */
export interface Timed {
  readonly name: string;
  /** What it is compared with; results of a group stand together. */
  readonly group: string;
  /** Whether the others of its group are given as a ratio to it: how many times as fast they are. */
  readonly baseline?: boolean;
  /** How often it runs. @default 7 */
  readonly n?: number;
  /** Runs before that do not count. @default 1 */
  readonly warmup?: number;
  /** What one run does as many of, so that a rate can be given: images, units. */
  readonly count?: { readonly of: string; readonly n: number };
  /** Bytes that were read from the device since the last call, where they are counted. */
  readonly read?: () => number;
  fn(clock: Clock): void | Promise<void>;
}

const RUNS = 7;
const registered: Timed[] = [];

/** Adds something to what {@linkcode runBenches} times. */
export function bench(timed: Timed): void {
  registered.push(timed);
}

/** What takes less time than this runs several times in a row, in seconds. */
const SHORT = 0.01;

/** Seconds of one run, or the mean of several; of those that have a clock of their own only one counts. */
async function timeOnce({ fn }: Timed, times = 1): Promise<number> {
  let start = performance.now();
  let end: number | undefined;
  const clock = { start: () => void (start = performance.now()), end: () => void (end = performance.now()) };
  for (let i = 0; i < times; i++) await fn(clock);
  return end === undefined ? (performance.now() - start) / 1000 / times : (end - start) / 1000;
}

/**
 * Times everything that was added, group by group, and prints it: medians, and ratios to the baseline of the group.
 *
 * The members of a group take turns, so that what slows the machine slows them all.
 */
export async function runBenches(suite: string): Promise<void> {
  const groups = Map.groupBy(registered, ({ group }) => group);
  const rows: BenchRow[] = [];
  for (const [group, members] of groups) {
    const seconds = members.map((): number[] => []);
    const readBytes = members.map(() => 0);
    const times: number[] = [];
    for (const member of members) {
      let last = Infinity;
      for (let i = 0; i < (member.warmup ?? 1); i++) last = await timeOnce(member);
      times.push(Math.max(1, Math.ceil(SHORT / last)));
    }
    const most = Math.max(...members.map(({ n = RUNS }) => n));
    for (let run = 0; run < most; run++) {
      for (const [m, member] of members.entries()) {
        if (run >= (member.n ?? RUNS)) continue;
        member.read?.();
        seconds[m].push(await timeOnce(member, times[m]));
        readBytes[m] = (member.read?.() ?? 0) / times[m];
      }
    }
    const baseline = members.findIndex((member) => member.baseline);
    rows.push(...members.map(({ name, count, read }, m): BenchRow => ({
      suite,
      group,
      name,
      runs: seconds[m].length,
      seconds: median(seconds[m]),
      ...(read === undefined ? {} : { readBytes: readBytes[m] }),
      ...(count === undefined ? {} : { rate: { of: count.of, perSecond: count.n / median(seconds[m]) } }),
      ...(baseline < 0 || baseline === m ? {} : {
        ratio: { to: members[baseline].name, value: median(seconds[baseline]) / median(seconds[m]) },
      }),
    })));
  }
  printRows(rows);
}
