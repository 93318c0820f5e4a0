/** `deno task kernels`: compiles the loops of kernels/ to WebAssembly. */
import asc from "assemblyscript/asc";
import { Command } from "commander";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

const SOURCE = new URL("../kernels/row_products.ts", import.meta.url);
/** The module that holds the code. It is committed, so that neither a run nor the packed library needs the compiler. */
const MODULE: URL = new URL("../src/kernels/_row_products_code.ts", import.meta.url);
const OPTIONS = "--runtime stub --enable simd --optimizeLevel 3 --noAssert --importMemory".split(" ");

/** The text of the module. */
async function compile(): Promise<string> {
  const source = await readFile(SOURCE, "utf8");
  let code: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["source.ts", "--outFile", "code.wasm", ...OPTIONS], {
    readFile: (name) => name === "source.ts" ? source : null,
    writeFile: (_, contents) => void (code = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error !== null || code === undefined) throw new Error(`Cannot compile ${SOURCE}: ${stderr}`);
  return `// Made by \`deno task kernels\` from kernels/; do not edit.\n// deno-fmt-ignore-file\n` +
    `/** WebAssembly, in base64. */\nexport const ROW_PRODUCTS_CODE: string = "${code.toBase64()}";\n`;
}

async function main(): Promise<number> {
  const command = new Command("kernels").description("Compile the loops of kernels/ to WebAssembly again.")
    .option("--check", "write nothing; exit with 1 where the committed code is not what its source compiles to");
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const module = await compile(), path = fileURLToPath(MODULE);
  if (command.opts<{ check?: boolean }>().check === true) {
    const same = await readFile(MODULE, "utf8") === module;
    console.log(same ? `${path} is up to date` : `${path} is not what its source compiles to; run deno task kernels`);
    return same ? 0 : 1;
  }
  await writeFile(MODULE, module);
  console.log(path);
  return 0;
}

if (import.meta.main) await runTask(main);
