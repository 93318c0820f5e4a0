import { RequestError } from "../errors.ts";

/** A part of a run: shard `index` of `of`. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** What a shard records of a network. */
export interface ShardPart {
  /** The network's place in the run. */
  readonly network: number;
  /** Places of its groups of images, in the order of `groupsOf`; null for all. */
  readonly groups: readonly number[] | null;
}

/** A network as far as its cost goes. */
export interface NetworkCost {
  readonly id: string;
  /** In any unit, such as the bytes of its weights. */
  readonly cost: number;
}

/**
 * Spreads a run over shards. Where there are as many networks as shards or more, each network goes whole to one shard: the
 * most costly first, each to the shard with the least to do (longest processing time first; Graham 1969,
 * doi:10.1137/0117039). Where there are fewer, every network gets shards of its own, as its cost deserves, and its groups of
 * images are cut into as many runs. The same networks and images always give the same parts.
 *
 * @param networks In the order of the run.
 * @param images Images of each group, in the order of `groupsOf`.
 * @param of How many shards.
 * @returns One list of parts per shard, in the order of the networks.
 * @throws {RequestError} where there are more shards than groups of images over all networks.
 */
export function planShards(
  networks: readonly NetworkCost[],
  images: readonly number[],
  of: number,
): ShardPart[][] {
  const most = networks.length * images.length;
  if (of > most) {
    throw new RequestError(
      `Cannot cut the run into ${of} shards: it has ${networks.length} networks and ${images.length} groups of images; ` +
        `expected ${most} shards at most`,
    );
  }
  return networks.length >= of ? wholeNetworks(networks, of) : cutNetworks(networks, images, of);
}

function wholeNetworks(networks: readonly NetworkCost[], of: number): ShardPart[][] {
  const load = new Array<number>(of).fill(0);
  const shards = load.map((): ShardPart[] => []);
  const order = [...networks.keys()].sort((a, b) => networks[b].cost - networks[a].cost || a - b);
  for (const network of order) {
    // No shard stays empty, even where networks cost nothing.
    const least = load.reduce(
      (best, cost, shard) =>
        cost < load[best] || (cost === load[best] && shards[shard].length < shards[best].length) ? shard : best,
      0,
    );
    load[least] += networks[network].cost;
    shards[least].push({ network, groups: null });
  }
  return shards.map((parts) => parts.sort((a, b) => a.network - b.network));
}

function cutNetworks(networks: readonly NetworkCost[], images: readonly number[], of: number): ShardPart[][] {
  const counts = networks.map(() => 1);
  for (let left = of - networks.length; left > 0; left--) {
    // The next shard goes where each has most to do.
    const next = [...networks.keys()].filter((network) => counts[network] < images.length).reduce((best, network) =>
      networks[network].cost / counts[network] > networks[best].cost / counts[best] ? network : best
    );
    counts[next]++;
  }
  return counts.flatMap((count, network) =>
    count === 1
      ? [[{ network, groups: null }]]
      : cutGroups(images, count).map((groups): ShardPart[] => [{ network, groups }])
  );
}

/** Cuts groups into runs of about as many images, none of them empty. */
function cutGroups(images: readonly number[], count: number): number[][] {
  const total = images.reduce((sum, n) => sum + n, 0);
  const runs = Array.from({ length: count }, (): number[] => []);
  let before = 0;
  images.forEach((n, group) => {
    const middle = (before + n / 2) / total;
    before += n;
    const wanted = Math.min(count - 1, Math.floor(middle * count));
    // Each run takes one group at least, and leaves one for each that follows.
    const current = runs.findLastIndex((run) => run.length > 0);
    const latest = count - (images.length - group);
    runs[Math.max(latest, Math.min(wanted, current + 1))].push(group);
  });
  return runs;
}
