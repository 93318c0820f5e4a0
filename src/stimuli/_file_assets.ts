import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { useAssets } from "./assets.ts";

// Where packages are installed, their files are read from there.
useAssets(async (name) => new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(name)))));
