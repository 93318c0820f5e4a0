import assert from "node:assert/strict";
import { RowProducts } from "../../src/kernels/mod.ts";
import { allClose, seeded } from "../statistics/golden.ts";
import { runCommand } from "../tasks/run_command.ts";

Deno.test("products of rows are those of the definition, whatever was multiplied before", () => {
  const { normal } = seeded(1);
  const kernel = new RowProducts();
  for (const [count, width] of [[9, 300], [2, 1], [1, 5], [4, 128], [5, 129], [37, 2], [8, 256], [0, 3], [3, 0]]) {
    const rows = Array.from({ length: count }, () => Float64Array.from({ length: width }, normal));
    const expected = rows.flatMap((a, i) =>
      rows.slice(i + 1).map((b) => a.reduce((sum, value, column) => sum + value * b[column], 0))
    );
    const found = kernel.products(count, width, (index, into) => into.set(rows[index]));
    assert.equal(found.length, expected.length);
    allClose(found, expected, { tolerance: 1e-12 });
  }
});

Deno.test("the committed code is what its source compiles to", async () => {
  const { code, out, error } = await runCommand("kernels.ts", ["--check"]);
  assert.equal(code, 0, out + error);
});
