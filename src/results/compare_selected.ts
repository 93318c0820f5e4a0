import type { SelectedUnits } from "./selected_units.ts";

/** How the units that two runs select for a target in a layer overlap, over both halves of the first split. */
export interface SelectedOverlap {
  /** Id of the network. */
  readonly network: string;
  /** Name of the layer. */
  readonly layer: string;
  /** The target. */
  readonly target: string;
  /** Units that the first run selects, over both halves. */
  readonly a: number;
  /** The same for the second. */
  readonly b: number;
  /** Twice the shared units over the sum of both, 0–1; null where neither run selects any. */
  readonly dice: number | null;
}

/**
 * Compares the units that two runs of the same networks and images select.
 *
 * @param targets In the order of both runs.
 * @returns One for each network, layer and target that both have.
 */
export function compareSelected(a: SelectedUnits, b: SelectedUnits, targets: readonly string[]): SelectedOverlap[] {
  return [...a].flatMap(([network, layers]) =>
    [...layers].flatMap(([layer, halves]) => {
      const others = b.get(network)?.get(layer);
      if (others === undefined) return [];
      return targets.map((target, t): SelectedOverlap => {
        let [own, other, shared] = [0, 0, 0];
        halves.forEach((half, h) => {
          const set = new Set(others[h][t]);
          own += half[t].length;
          other += set.size;
          shared += half[t].reduce((sum, unit) => sum + Number(set.has(unit)), 0);
        });
        return {
          network,
          layer,
          target,
          a: own,
          b: other,
          dice: own + other === 0 ? null : 2 * shared / (own + other),
        };
      });
    })
  );
}
