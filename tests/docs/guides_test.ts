import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inFolder } from "../in_folder.ts";
import { network, RECIPE, writeImages } from "../planted_onnx.ts";

const ROOT = new URL("../../", import.meta.url);

/** The blocks of one language in a guide. */
async function blocks(guide: string, language: string): Promise<string[]> {
  const text = await readFile(new URL(`docs/${guide}.md`, ROOT), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block]) => block);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  assert.ok(success, `${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** The files that the guides name, small. */
async function writeFiles(folder: string): Promise<void> {
  for (const seed of [0, 1]) {
    await Deno.writeFile(join(folder, `labels-${seed}.onnx`), network(seed, 4));
    await Deno.writeFile(join(folder, `captions-${seed}.onnx`), network(10 + seed, 60));
  }
  await writeImages(join(folder, "images"));
  await writeImages(join(folder, "other-images"), "again");
  for (const [from, to] of [["objects", "tools"], ["words", "streets"]]) {
    for (const images of ["images", "other-images"]) {
      await Deno.rename(join(folder, images, from), join(folder, images, to));
    }
  }
  await Deno.writeTextFile(join(folder, "recipe.json"), JSON.stringify(RECIPE));
}

for (const guide of ["own-networks", "own-stimuli"]) {
  Deno.test(`every command of docs/${guide}.md runs, and its JSON is what the program reads`, () =>
    inFolder(async (folder) => {
      await writeFiles(folder);
      for (const json of await blocks(guide, "json")) {
        const value = JSON.parse(json);
        // The small networks take small images.
        for (const each of value.networks ?? []) each.preprocessing = RECIPE;
        if (value.networks !== undefined) await Deno.writeTextFile(join(folder, "study.json"), JSON.stringify(value));
        if (value.conditions !== undefined) {
          const described = join(folder, "described");
          await writeImages(described);
          await Deno.rename(join(described, "words"), join(described, "streets"));
          await Deno.writeTextFile(join(described, "conditions.json"), json);
        }
      }
      const commands = (await blocks(guide, "sh")).flatMap((block) => block.trim().split("\n"));
      if (guide === "own-stimuli") commands.push("deno task reproduce --network mini-vision-s0 --stimuli described");
      assert.ok(commands.length > 2);
      for (const command of commands) {
        const [deno, task, name, ...args] = command.split(" ");
        assert.deepEqual([deno, task, name], ["deno", "task", "reproduce"]);
        const quick = ["--fast", "--device", "cpu", "--no-keep", "--out", join(folder, "out")];
        const script = new URL("tasks/reproduce.ts", ROOT).pathname;
        const config = new URL("deno.json", ROOT).pathname;
        const out = await run(Deno.execPath(), [
          "run",
          "-A",
          "--no-check",
          "--config",
          config,
          script,
          ...args,
          ...quick,
        ], folder);
        assert.ok(out.length > 0, command);
      }
    }));
}

Deno.test("every example of docs/library.md runs", () =>
  inFolder(async (folder) => {
    await writeFiles(folder);
    const examples = await blocks("library", "ts");
    assert.equal(examples.length, 3);
    const module = new URL("mod.ts", ROOT).href;
    for (const [index, example] of examples.entries()) {
      const file = join(folder, `example-${index}.ts`);
      const said = `const preprocessing = ${JSON.stringify(RECIPE)} as const;\n`;
      await Deno.writeTextFile(file, example.replace("@fusiform/fusiform", module).replace("\n\n", `\n${said}\n`));
      const config = new URL("deno.json", ROOT).pathname;
      const out = await run(
        Deno.execPath(),
        ["run", "-A", "--no-check", "--config", config, pathToFileURL(file).href],
        folder,
      );
      assert.match(out, /\d/, example);
    }
  }));

/** Whether a program is there and runs a line. */
async function has(command: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args: [...args], stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

const python = Deno.env.get("FUSIFORM_TEST_PYTHON") ?? "python3";
const READERS = {
  pandas: await has(python, ["-c", "import pandas, pyarrow"]),
  polars: await has(python, ["-c", "import polars"]),
  duckdb: await has(python, ["-c", "import duckdb"]),
  arrow: await has("Rscript", ["-e", "library(arrow)"]),
};

Deno.test({
  name: "the code of docs/tables.md reads the tables of a run, where the tools are there",
  ignore: !Object.values(READERS).some((there) => there),
  fn: () =>
    inFolder(async (folder) => {
      await writeFiles(folder);
      const config = new URL("deno.json", ROOT).pathname, script = new URL("tasks/reproduce.ts", ROOT).pathname;
      const args = ["--network", "labels-0.onnx", "--network", "captions-0.onnx", "--preprocessing", "recipe.json"];
      const flags = ["--stimuli", "images", "--units", "all", "--fast", "--device", "cpu", "--no-keep", "--json"];
      const out = await run(
        Deno.execPath(),
        ["run", "-A", "--no-check", "--config", config, script, ...args, ...flags],
        folder,
      );
      const directory = join(folder, JSON.parse(out).directory);
      const code = [...await blocks("tables", "python"), ...await blocks("tables", "r")];
      assert.equal(code.length, 4);
      for (const [index, there] of Object.values(READERS).entries()) {
        if (!there) continue;
        const [command, flag] = index < 3 ? [python, "-c"] : ["Rscript", "-e"];
        assert.match(await run(command, [flag, code[index]], directory), /labels-0/);
      }
    }),
});

Deno.test("every file that a guide links to is there", async () => {
  for (const guide of ["own-networks", "own-stimuli", "library", "tables"]) {
    const text = await readFile(new URL(`docs/${guide}.md`, ROOT), "utf8");
    for (const [, path] of text.matchAll(/\]\(([^):]+)\)/g)) {
      assert.ok((await Deno.stat(new URL(`docs/${path}`, ROOT))).isFile, path);
    }
  }
});
