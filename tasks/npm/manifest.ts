/** A `package.json`, as far as packing is concerned. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What is read of `deno.json`. */
export interface Project {
  readonly description: string;
  readonly imports: Readonly<Record<string, string>>;
}

/** Import attributes, `import.meta.resolve` and `Dirent.parentPath` are all there from this version on. */
const NODE = ">=20.12";

/** The command line, from the package's root. */
export const BIN = "./bin.js";

const KEYWORDS = [
  "neuroscience",
  "fmri",
  "functional-localizer",
  "category-selectivity",
  "interpretability",
  "vision",
  "clip",
  "resnet",
  "onnx",
  "webgpu",
];

/** The exact version in `npm:name@1.2.3` or `npm:@scope/name@1.2.3`. */
function pinned(name: string, imports: Project["imports"]): string {
  const specifier = imports[name];
  const version = specifier?.startsWith(`npm:${name}@`) ? specifier.slice(`npm:${name}@`.length) : "";
  if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return version;
  throw new Error(`Cannot pin "${name}": deno.json imports ${specifier ?? "nothing"}; expected npm:${name}@x.y.z`);
}

/**
 * Completes the manifest that `deno pack` writes: the description, which it drops, the command line, what Node is needed, and every
 * dependency at the exact version that is tested, which it loosens.
 *
 * @throws {Error} Where a dependency is not pinned in `deno.json`, or the project has no description.
 */
export function completeManifest(packed: Manifest, project: Project): Manifest {
  if (!project.description) {
    throw new Error("Cannot write package.json: deno.json has no description; expected a sentence");
  }
  const { name, version, dependencies, ...rest } = packed;
  return {
    name,
    version,
    description: project.description,
    keywords: KEYWORDS,
    ...rest,
    bin: { [name.replace(/^@[^/]*\//, "")]: BIN },
    engines: { node: NODE },
    publishConfig: { access: "public" },
    dependencies: Object.fromEntries(
      Object.keys(dependencies).sort().map((dependency) => [dependency, pinned(dependency, project.imports)]),
    ),
  };
}
