import { InvalidArgumentError } from "commander";
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { RequestError } from "../errors.ts";
import { parseImageRecipe } from "../reproduce/mod.ts";
import { LARGEST_WRITTEN, readWholeText } from "../store/mod.ts";
import {
  FAMILY_NAME,
  type FileNetwork,
  findStudy,
  idOfFile,
  isNetworkFile,
  type LayerChoice,
  parseStudy,
  type PreprocessingChoice,
  RECIPE_NAMES,
  stimuliOf,
  type StimulusFolder,
  type Study,
  type StudyNetwork,
  type StudyPair,
} from "../study/mod.ts";

/** Names separated by commas. */
export function list(value: string): string[] {
  const items = value.split(",").map((item) => item.trim()).filter((item) => item !== "");
  if (items.length === 0) throw new InvalidArgumentError("Expected names separated by commas.");
  return items;
}

/** `A:B`, the difference B − A. */
export function pair(value: string, before: readonly StudyPair[]): StudyPair[] {
  const [a, b, ...rest] = value.split(":").map((name) => name.trim());
  if (!a || !b || rest.length > 0) {
    throw new InvalidArgumentError("Expected two families as A:B; the difference is B − A.");
  }
  return [...before, { a, b }];
}

/** A family and what belongs to it; a path with `=` further on has none. */
function splitFamily(text: string): { family?: string; rest: string } {
  const at = text.indexOf("=");
  if (at < 0 || /[\\/]/.test(text.slice(0, at))) return { rest: text };
  const family = text.slice(0, at);
  if (!FAMILY_NAME.test(family)) {
    throw new RequestError(
      `Cannot use --network ${text}: "${family}" is no name of a family; expected letters, digits, dots, hyphens and ` +
        "underscores, or a path such as ./NAME where the = is the file's",
    );
  }
  return { family, rest: text.slice(at + 1) };
}

/** An id that no other network has yet. */
function unusedId(wanted: string, used: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; used.has(id); number++) id = `${wanted}-${number}`;
  return id;
}

/** What `--network` names: files as networks of their families, other names as ids or families of the lock. */
export function networksOf(
  names: readonly string[],
  { architecture, ...said }: Partial<FileNetwork>,
): StudyNetwork[] {
  const used = new Set<string>();
  return names.map((text): StudyNetwork => {
    const { family, rest } = splitFamily(text);
    if (!isNetworkFile(rest)) return { lock: rest, ...(family === undefined ? {} : { family }) };
    const id = unusedId(idOfFile(rest), used);
    used.add(id);
    return {
      id,
      ...(family === undefined ? {} : { family }),
      weights: rest,
      ...(architecture !== undefined && !/\.onnx$/i.test(rest) ? { architecture } : {}),
      ...said,
    };
  });
}

/** Which layers `--layers` names. */
export function layersOf(text: string | undefined): LayerChoice | undefined {
  if (text === undefined || text === "stages" || text === "blocks") return text;
  return list(text);
}

/** What `--preprocessing` says of files of one's own: a recipe by name, a JSON file or JSON. */
export async function recipeOf(text: string | undefined): Promise<Partial<FileNetwork>> {
  if (text === undefined) return {};
  const said = text.trim();
  if (RECIPE_NAMES.some((name) => name === said)) return { preprocessing: said as PreprocessingChoice };
  let json = said;
  if (!said.startsWith("{")) {
    try {
      json = await readWholeText(said, LARGEST_WRITTEN);
    } catch (error) {
      const { message } = error as Error;
      throw new RequestError(
        `Cannot use --preprocessing ${said}: ${message}; expected ${RECIPE_NAMES.join(", ")}, a file or JSON`,
      );
    }
  }
  const { resize, crop, interpolation, mean, std, ...rest } = parseImageRecipe(
    json,
    said.startsWith("{") ? "--preprocessing" : `"${said}"`,
  );
  return { preprocessing: { resize, crop, interpolation, mean, std }, ...rest };
}

/** The study's images, or others, with what the command line says of their conditions. */
export function stimuliWith(
  own: Study["stimuli"],
  named: string | undefined,
  said: Pick<StimulusFolder, "targets" | "controls" | "conditions">,
): Study["stimuli"] {
  const form = named === undefined ? own : stimuliOf(named);
  const stated = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (Object.keys(stated).length === 0) return form;
  return { ...(typeof form === "string" ? { set: form } : form), ...stated };
}

/** The study that the command line names: one that comes with the project, or a file. */
export async function studyOf(name: string): Promise<Study> {
  if (isNetworkFile(name)) {
    throw new RequestError(`Cannot use "${name}" as a study: it is a network; expected --network ${name}`);
  }
  if (!/\.json$/i.test(name)) return findStudy(name);
  let text: string;
  try {
    text = await readWholeText(name, LARGEST_WRITTEN);
  } catch (error) {
    throw new RequestError(`Cannot read the study "${name}": ${(error as Error).message}`, { cause: error });
  }
  return parseStudy(text, {
    file: name,
    folder: await realpath(dirname(name)),
    name: idOfFile(name.replace(/\.json$/i, "")),
  });
}
