import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import colors from "picocolors";
import type { RecordedShard, Reproduction } from "../reproduce/mod.ts";
import { anyRan } from "../results/mod.ts";
import { duplicatesNotice, notRunAccounts, summary } from "./summary.ts";

/** How much is said of what was done. */
export interface TellFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Says what a run left; 1 where a network could not be run. */
export function tellRun({ results, directory }: Reproduction, flags: TellFlags): number {
  const page = anyRan(results) ? join(directory, "index.html") : null;
  const notRun = results.networks.filter((network) => network.status === "not run");
  if (flags.json === true) {
    console.log(JSON.stringify({
      id: results.id,
      directory,
      report: page,
      results: join(directory, "results.json"),
      claims: Object.fromEntries(results.claims.map((claim) => [claim.id, claim.verdict])),
      duplicates: results.stimuli.duplicates ?? [],
      notRun: notRun.map((network) => ({ id: network.id, reason: network.reason })),
    }));
  } else if (flags.quiet === true) {
    for (const line of notRunAccounts(results)) console.error(line);
  } else {
    console.log(summary(results));
    const notice = duplicatesNotice(results);
    if (notice !== null) console.log(notice);
    console.log(
      `${results.timing.images} images, ${results.networks.length - notRun.length} networks, ` +
        `${results.timing.wallSeconds.toFixed(0)} s on ${results.provenance.device} (${results.provenance.adapter})`,
    );
    if (page === null) {
      console.log(`nothing ran, so there is no report; results: ${colors.bold(join(directory, "results.json"))}`);
    } else {
      console.log(`report: ${colors.bold(page)}`);
      if (process.stdout.isTTY) console.log(colors.dim(pathToFileURL(page).href));
    }
  }
  return notRun.length > 0 ? 1 : 0;
}

/** Says what a shard left; 1 where a network of it could not be run. */
export function tellShard({ directory, manifest: { networks } }: RecordedShard, { json, quiet }: TellFlags): number {
  const notRun = networks.filter(({ recording }) => recording === null)
    .map(({ id, description }) => ({ id, reason: description.reason! }));
  if (json === true) console.log(JSON.stringify({ directory, networks: networks.map(({ id }) => id), notRun }));
  else {
    for (const { id, reason } of notRun) console.error(`${id} was not run: ${reason}`);
    if (quiet !== true) {
      console.log(`recorded ${networks.length - notRun.length} of ${networks.length} networks of this shard`);
      console.log(`shard: ${colors.bold(directory)}`);
    }
  }
  return notRun.length > 0 ? 1 : 0;
}
