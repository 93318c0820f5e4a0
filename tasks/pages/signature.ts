/** A declaration as `deno doc --json` tells it. */
export interface Declaration {
  readonly kind: string;
  /** Line from 0; what is exported begins a line. */
  readonly location: { readonly filename: string; readonly line: number };
}

/**
 * What a declaration looks like to its callers: functions and classes without bodies, variables without values.
 *
 * @param source The text of its file.
 */
export function signature({ kind, location }: Declaration, source: string): string {
  const start = source.split("\n").slice(0, location.line).reduce(
    (sum, line) => sum + line.length + 1,
    0,
  );
  const whole = kind === "interface" || kind === "enum";
  let depth = 0, end = start;
  for (; end < source.length; end++) {
    const character = source[end];
    if (source.startsWith("/*", end)) {
      end = source.indexOf("*/", end) + 1;
    } else if (/["'`]/.test(character)) {
      end = source.indexOf(character, end + 1);
    } else if (/[({[]/.test(character)) {
      if (depth === 0 && character === "{" && !whole && opensBody(source.slice(start, end), kind)) break;
      depth++;
    } else if (/[)}\]]/.test(character)) {
      depth--;
      if (whole && depth === 0 && character === "}") {
        end++;
        break;
      }
    } else if (depth === 0 && (character === ";" || (kind === "variable" && /^= /.test(source.slice(end))))) break;
  }
  return source.slice(start, end).replace(/^export (default )?/, "").trim();
}

/** Whether a brace after this text opens a body, and not a type. */
function opensBody(before: string, kind: string): boolean {
  return kind === "class" || (kind === "function" && !/[:|&<,>=]\s*$/.test(before.replace(/Promise<[^]*>\s*$/, "x")));
}
