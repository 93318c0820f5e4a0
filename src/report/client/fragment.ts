/** The parts of the page's address after `#`, by name; `at` is the section the reader went to. */
export type FragmentState = Readonly<Record<string, string>>;

/** Reads `#category=faces&layer=3`; a plain `#proportion` is the section alone. Broken escapes are read as they stand. */
export function readFragment(fragment: string): FragmentState {
  const text = fragment.replace(/^#/, "");
  if (text === "") return {};
  if (!text.includes("=")) return { at: text };
  return Object.fromEntries(new URLSearchParams(text));
}

/** The fragment for a state, without what equals its default; empty where nothing differs. */
export function writeFragment(state: FragmentState, defaults: FragmentState): string {
  const parts = Object.entries(state).filter(([name, value]) => value !== "" && value !== defaults[name]);
  if (parts.length === 0) return "";
  if (parts.length === 1 && parts[0][0] === "at") return `#${parts[0][1]}`;
  return `#${new URLSearchParams(parts)}`;
}
