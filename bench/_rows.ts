import Table from "cli-table3";

/** One thing that was timed. */
export interface BenchRow {
  readonly suite: string;
  readonly group: string;
  readonly name: string;
  readonly runs: number;
  /** Median over the runs. */
  readonly seconds: number;
  readonly rate?: { readonly of: string; readonly perSecond: number };
  /** How many times as fast as another one of the group. */
  readonly ratio?: { readonly to: string; readonly value: number };
  /** The most memory of the processes that it ran in. */
  readonly peakBytes?: number;
  /** Bytes that one run read from the device. */
  readonly readBytes?: number;
}

/** What marks a line of rows for the task that started a suite. */
export const ROWS_MARK = "rows of this suite: ";

function secondsText(seconds: number): string {
  if (seconds >= 10) return `${seconds.toFixed(1)} s`;
  if (seconds >= 1) return `${seconds.toFixed(2)} s`;
  if (seconds >= 1e-3) return `${(seconds * 1e3).toPrecision(3)} ms`;
  return `${(seconds * 1e6).toPrecision(3)} µs`;
}

function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}

/** Prints rows as a table, and as one line for whoever started the suite and reads it. */
export function printRows(rows: readonly BenchRow[]): void {
  for (const [group, members] of Map.groupBy(rows, (row) => row.group)) {
    const columns = ["", "median", "rate", "ratio", "memory", "read", "runs"];
    const table = new Table({ head: [group, ...columns.slice(1)], style: { head: [], border: [] } });
    for (const { name, seconds, rate, ratio, runs, peakBytes, readBytes } of members) {
      table.push([
        name,
        secondsText(seconds),
        rate === undefined ? "" : `${rate.perSecond.toPrecision(3)} ${rate.of}/s`,
        ratio === undefined ? "" : `${ratio.value.toFixed(2)} ×`,
        peakBytes === undefined ? "" : bytesText(peakBytes),
        readBytes === undefined ? "" : bytesText(readBytes),
        String(runs),
      ]);
    }
    console.log(table.toString());
    const to = members.find(({ ratio }) => ratio !== undefined)?.ratio?.to;
    if (to !== undefined) console.log(`ratio: how many times as fast as ${to}`);
  }
  if (Deno.env.get("FUSIFORM_BENCH_ROWS") === "1") console.log(ROWS_MARK + JSON.stringify(rows));
}
