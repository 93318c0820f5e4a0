import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "../in_folder.ts";
import { network, RECIPE, writeImages } from "../planted_onnx.ts";
import { runCommand } from "../tasks/run_command.ts";
import { repeatedViews } from "./weights_bombs.ts";

Deno.test("a network whose file is refused is told and reported as not run, and the others run", () =>
  inFolder(async (folder) => {
    const images = join(folder, "images"), good = join(folder, "good.onnx"), bomb = join(folder, "bomb.pt");
    await writeImages(images);
    await Deno.writeFile(good, network(0, 60));
    await Deno.writeFile(bomb, repeatedViews(200));
    const shared = [
      "--preprocessing",
      JSON.stringify(RECIPE),
      "--stimuli",
      images,
      "--device",
      "wasm",
      "--fast",
      "--no-keep",
    ];
    const out = ["--json", "--out", join(folder, "out")];
    const both = await runCommand("reproduce.ts", ["--network", bomb, "--network", good, ...shared, ...out]);
    assert.equal(both.code, 1, both.error);
    assert.match(
      both.error,
      /notice: Cannot use --network .*bomb\.pt: .* are stored for them; .*; the other networks run/,
    );
    const { notRun, report } = JSON.parse(both.out);
    assert.deepEqual(notRun.map(({ id }: { id: string }) => id), ["bomb"]);
    assert.match(notRun[0].reason, /bomb\.pt.* are stored for them/);
    assert.ok((await Deno.stat(report)).isFile);
    const alone = await runCommand("reproduce.ts", ["--network", bomb, ...shared, ...out]);
    assert.equal(alone.code, 2, alone.error);
    assert.match(alone.error, /^error: Cannot use --network .*bomb\.pt/m);
  }));
