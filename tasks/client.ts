/** `deno task client`: bundles the script of the report's page, whose source is src/report/client/. */
import { Command } from "commander";
import { build, type Plugin, stop } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

const ENTRY = new URL("../src/report/client/main.ts", import.meta.url);
/** The module that holds the bundle. It is committed, so that neither a run nor the packed library needs the bundler. */
const CLIENT_MODULE: URL = new URL("../src/report/_client_script.ts", import.meta.url);

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
async function bundleClient(): Promise<string> {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [fileURLToPath(ENTRY)],
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
  await stop();
  return `// Made by \`deno task client\` from src/report/client/; do not edit.\n// deno-fmt-ignore-file\n` +
    `/** The page's own script. */\nexport const CLIENT_SCRIPT: string = ${JSON.stringify(text)};\n`;
}

async function main(): Promise<number> {
  const command = new Command("client").description("Bundle the script of the report's page again.")
    .option("--check", "write nothing; exit with 1 where the committed script is not what its source bundles to");
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const module = await bundleClient(), path = fileURLToPath(CLIENT_MODULE);
  if (command.opts<{ check?: boolean }>().check === true) {
    const same = await readFile(CLIENT_MODULE, "utf8") === module;
    console.log(same ? `${path} is up to date` : `${path} is not what its source bundles to; run deno task client`);
    return same ? 0 : 1;
  }
  await writeFile(CLIENT_MODULE, module);
  console.log(path);
  return 0;
}

if (import.meta.main) await runTask(main);
