/** `deno task kernels`: compiles the loops of kernels/ to WebAssembly. */
import asc from "assemblyscript/asc";
import { Command } from "commander";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

const SOURCES = new URL("../kernels/", import.meta.url);
/** Where the code is kept. It is committed, so that neither a run nor the packed library needs the compiler. */
const MODULES = new URL("../src/kernels/", import.meta.url);
const OPTIONS = "--runtime stub --enable simd --optimizeLevel 3 --noAssert --importMemory".split(" ");

/** The text of the module that holds the code of one source. */
async function compile(file: string): Promise<string> {
  const source = await readFile(new URL(file, SOURCES), "utf8");
  let code: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["source.ts", "--outFile", "code.wasm", ...OPTIONS], {
    readFile: (name) => name === "source.ts" ? source : null,
    writeFile: (_, contents) => void (code = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error !== null || code === undefined) throw new Error(`Cannot compile kernels/${file}: ${stderr}`);
  return `// Made by \`deno task kernels\` from kernels/${file}; do not edit.\n// deno-fmt-ignore-file\n` +
    `/** WebAssembly, in base64. */\nexport const CODE: string = "${code.toBase64()}";\n`;
}

async function main(): Promise<number> {
  const command = new Command("kernels").description("Compile the loops of kernels/ to WebAssembly again.")
    .option("--check", "write nothing; exit with 1 where the committed code is not what its source compiles to");
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { check = false } = command.opts<{ check?: boolean }>();
  let status = 0;
  for (const file of (await readdir(SOURCES)).sort()) {
    const text = await compile(file);
    const path = fileURLToPath(new URL(`_${file.replace(/\.ts$/, "")}_code.ts`, MODULES));
    const same = await readFile(path, "utf8").catch(() => null) === text;
    if (!check) await writeFile(path, text);
    else if (!same) status = 1;
    console.log(
      !check ? path : `${path} is ${same ? "up to date" : "not what its source compiles to; run deno task kernels"}`,
    );
  }
  return status;
}

if (import.meta.main) await runTask(main);
