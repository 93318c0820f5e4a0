import assert from "node:assert/strict";
import {
  CALIBRATION_ROWS,
  type Finding,
  type Outcome,
  type RowResult,
  simulate,
  summarizeRow,
} from "../../src/validation/mod.ts";

/** A row with small layers and few simulations. */
export async function quick(id: string, simulations: number, seed = 1): Promise<RowResult> {
  const row = CALIBRATION_ROWS.find((each) => each.id === id)!;
  const outcomes: Outcome[] = [];
  for (let index = 0; index < simulations; index++) {
    outcomes.push(await simulate(row, { seed, index, quick: true }));
  }
  return summarizeRow(row, outcomes);
}

/** What a row found of a quantity. */
export function finding({ id, findings }: RowResult, quantity: string): Finding {
  const found = findings.find((each) => each.quantity === quantity);
  assert.ok(found, `${id} says nothing of ${quantity}`);
  return found;
}

/** Every finding that is judged passes, and those named are. */
export function assertHolds(row: RowResult, judged: readonly string[]): void {
  for (const { quantity, value, verdict } of row.findings) {
    assert.notEqual(verdict, "fail", `${row.id}, ${quantity}: ${value}`);
  }
  for (const quantity of judged) assert.equal(finding(row, quantity).verdict, "pass", `${row.id}, ${quantity}`);
}
