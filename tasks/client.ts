/** `deno task client`: bundles the scripts of the report's page and of the site's index, whose source is src/report/client/. */
import { Command } from "commander";
import { build, type Plugin, stop } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** A script, and the module that holds its bundle. It is committed, so that neither a run nor the packed library needs the bundler. */
interface Script {
  readonly entry: URL;
  readonly module: URL;
  /** The constant in the module, and what it is. */
  readonly name: string;
  readonly about: string;
}

const SCRIPTS: readonly Script[] = [
  {
    entry: new URL("../src/report/client/main.ts", import.meta.url),
    module: new URL("../src/report/_client_script.ts", import.meta.url),
    name: "CLIENT_SCRIPT",
    about: "The page's own script.",
  },
  {
    entry: new URL("../src/report/client/site.ts", import.meta.url),
    module: new URL("../src/report/_site_script.ts", import.meta.url),
    name: "SITE_SCRIPT",
    about: "The script of the site's index.",
  },
];

/** Finds packages in the cache of Deno, which makes no folder of them for esbuild to look into. */
const PACKAGES: Plugin = {
  name: "packages",
  setup({ onResolve }) {
    onResolve(
      { filter: /^[^./]/ },
      ({ path, importer, kind }) =>
        kind === "entry-point" ? null : { path: createRequire(importer).resolve(path), sideEffects: false },
    );
  },
};

/** The text of the module: one classic script in which everything is included. */
async function bundle({ entry, name, about }: Script): Promise<string> {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    // Shorter names would change with every comment in the source.
    minifyWhitespace: true,
    minifySyntax: true,
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    tsconfigRaw: {},
    plugins: [PACKAGES],
  });
  return `// Made by \`deno task client\` from src/report/client/; do not edit.\n// deno-fmt-ignore-file\n` +
    `/** ${about} */\nexport const ${name}: string = ${JSON.stringify(text)};\n`;
}

async function main(): Promise<number> {
  const command = new Command("client").description("Bundle the scripts of the pages again.")
    .option("--check", "write nothing; exit with 1 where a committed script is not what its source bundles to");
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { check = false } = command.opts<{ check?: boolean }>();
  let stale = 0;
  for (const script of SCRIPTS) {
    const text = await bundle(script), path = fileURLToPath(script.module);
    if (check) {
      const same = await readFile(script.module, "utf8") === text;
      console.log(same ? `${path} is up to date` : `${path} is not what its source bundles to; run deno task client`);
      if (!same) stale++;
      continue;
    }
    await writeFile(script.module, text);
    console.log(path);
  }
  await stop();
  return stale === 0 ? 0 : 1;
}

if (import.meta.main) await runTask(main);
