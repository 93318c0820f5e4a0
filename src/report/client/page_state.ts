import { type FragmentState, readFragment, writeFragment } from "./fragment.ts";
import type { PageData, PageFigure } from "./page_data.ts";
import type { Selection } from "./select_rows.ts";

/** What the reader has chosen, held alike in the controls, the address and the figures. */
export interface PageState {
  /** The choices that every figure follows. */
  selection(): Selection;
  /** The reader's choices for one figure alone, by column. */
  wanted(figure: PageFigure): Record<string, string>;
  /** Takes a choice, and puts it into the address. */
  choose(name: string, value: string): void;
  /** Takes over what the controls say, and puts it into the address. */
  fromControls(): void;
  /** Takes over an address; what it does not name, or names wrongly, is as at first. */
  fromAddress(fragment: string): void;
  /** The section that the address names beside a choice; null where there is none. */
  section(): string | null;
  /** What is shown, in words. */
  summary(): string;
}

/** The state of a page, as its address says at first. */
export function pageState(data: PageData, controls: HTMLFormElement): PageState {
  const names = ["category", "layer", "criterion"];
  const field = (name: string): HTMLSelectElement => controls.elements.namedItem(name) as HTMLSelectElement;
  const boxes = [...controls.querySelectorAll<HTMLInputElement>("input[name=family]")];
  const defaults: Record<string, string> = {
    category: data.initial.category,
    layer: String(data.initial.layer),
    criterion: data.initial.criterion,
    networks: data.families.join(","),
  };
  for (const { id, choices } of data.figures) {
    for (const { column, initial } of choices) defaults[`${id}.${column}`] = initial;
  }
  let state: Record<string, string> = { ...defaults };

  const families = (): string[] => state.networks === "none" ? [] : state.networks.split(",");
  const adopt = (read: FragmentState): void => {
    state = { ...defaults, ...read };
    for (const name of names) {
      const known = [...field(name).options].some((option) => option.value === state[name]);
      if (!known) state[name] = defaults[name];
      field(name).value = state[name];
    }
    const present = families().filter((family) => data.families.includes(family));
    if (state.networks !== "none") state.networks = present.length > 0 ? present.join(",") : defaults.networks;
    for (const box of boxes) box.checked = families().includes(box.value);
  };
  const remember = (): void => {
    history.replaceState(null, "", writeFragment(state, defaults) || location.pathname + location.search);
  };
  adopt(readFragment(location.hash));

  return {
    selection: () => ({
      category: state.category,
      layer: Number(state.layer),
      criterion: state.criterion,
      families: families(),
      choices: {},
    }),
    wanted: ({ id, choices }) => Object.fromEntries(choices.map(({ column }) => [column, state[`${id}.${column}`]])),
    choose(name, value) {
      state[name] = value;
      remember();
    },
    fromControls() {
      for (const name of names) state[name] = field(name).value;
      state.networks = boxes.filter((box) => box.checked).map((box) => box.value).join(",") || "none";
      remember();
    },
    fromAddress(fragment) {
      adopt(readFragment(fragment));
      remember();
    },
    section: () => state.at && writeFragment(state, defaults).includes("=") ? state.at : null,
    summary() {
      const chosen = names.map((name) => field(name).selectedOptions[0]?.textContent ?? "");
      return `Showing ${chosen.join(", ")}, ${families().length} of ${data.families.length} families.`;
    },
  };
}
