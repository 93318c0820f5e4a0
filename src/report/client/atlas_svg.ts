import { escapeHtml } from "../_html.ts";
import { textWidth } from "../_text_width.ts";
import { FONT, PAPER } from "../figures/_theme.ts";
import type { AtlasLook, FigureRow, Layout } from "../figures/figure.ts";

/** Sizes in pixels. */
interface Sizes {
  readonly width: number;
  readonly columns: number;
  readonly gap: number;
  readonly most: number;
  readonly least: number;
  readonly names: number;
  readonly bar: number;
  readonly text: number;
}

const SIZES: Readonly<Record<Layout, Sizes>> = {
  wide: { width: 888, columns: 3, gap: 24, most: 67, least: 50, names: 98, bar: 11, text: 10 },
  narrow: { width: 320, columns: 2, gap: 16, most: 35, least: 27, names: 76, bar: 11, text: 8.5 },
};
const SPACE = 4;
/** Height of a line of small text, and of the heading of a category. */
const LINE = 15, HEADING = 30;
/** Room for a number after the longest bar. */
const NUMBER = 30;

/** Pieces of a card, from the top down, and how high they are. */
interface Card {
  readonly parts: string[];
  height: number;
}

/**
 * The atlas as SVG: for each category a row of cards, one a channel, with the pictures that drive it most and least, the map of
 * its selected units and its response to every condition. Pictures are `<use>` of the page's symbols `picture-…`.
 *
 * @param rows One a channel, in order.
 * @param readable Puts on each mark what it says, as JSON in `data-says`.
 */
export function atlasSvg(rows: readonly FigureRow[], look: AtlasLook, layout: Layout, readable: boolean): string {
  const sizes = SIZES[layout];
  const width = (sizes.width - sizes.gap * (sizes.columns - 1)) / sizes.columns;
  const draw = new CardDrawing(look, sizes, width, readable);
  const parts: string[] = [];
  let y = 0;
  for (const target of look.targets) {
    const own = rows.filter(({ category }) => category === target);
    if (own.length === 0) continue;
    parts.push(
      `<text y="${y + 20}" font-size="12px" font-weight="600" fill="${PAPER.ink}">${escapeHtml(target)}</text>`,
    );
    y += HEADING;
    if (own.every(({ empty }) => empty === true)) {
      parts.push(`<text y="${y + 8}" font-size="11px" fill="${PAPER.muted}">none selected</text>`);
      y += HEADING;
      continue;
    }
    const cards = own.map((row) => draw.card(row));
    for (let first = 0; first < cards.length; first += sizes.columns) {
      const line = cards.slice(first, first + sizes.columns);
      line.forEach(({ parts: card }, at) =>
        parts.push(`<g transform="translate(${at * (width + sizes.gap)},${y})">${card.join("")}</g>`)
      );
      y += Math.max(...line.map(({ height }) => height)) + 14;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${sizes.width}" height="${y}" viewBox="0 0 ${sizes.width} ${y}" ` +
    `font-family="${FONT}"><rect width="${sizes.width}" height="${y}" fill="${PAPER.paper}"/>${parts.join("")}</svg>`;
}

/** Draws the card of a channel. */
class CardDrawing {
  readonly #look: AtlasLook;
  readonly #sizes: Sizes;
  readonly #width: number;
  readonly #readable: boolean;

  constructor(look: AtlasLook, sizes: Sizes, width: number, readable: boolean) {
    this.#look = look;
    this.#sizes = sizes;
    this.#width = width;
    this.#readable = readable;
  }

  card(row: FigureRow): Card {
    const card: Card = { parts: [], height: 0 };
    this.#line(card, `Channel ${row.channel} · ${percent(Number(row.share))} of units selective`, PAPER.ink);
    const pictures = [...row.mostPictures as number[], ...row.leastPictures as number[]].some((at) => at >= 0);
    if (pictures) {
      this.#line(card, "Drive it most");
      this.#pictures(card, row, "most", this.#sizes.most);
    }
    const counts = row.counts as number[];
    const top = card.height;
    if (pictures) {
      this.#line(card, "Drive it least");
      this.#pictures(card, row, "least", this.#sizes.least);
    }
    if (counts.length > 0) this.#map(card, row, counts, pictures ? top : card.height);
    this.#profile(card, row);
    return card;
  }

  #line(card: Card, text: string, color: string = PAPER.muted, x = 0, y = card.height): void {
    card.parts.push(
      `<text x="${x}" y="${y + 11}" font-size="${this.#sizes.text}px" fill="${color}">${escapeHtml(text)}</text>`,
    );
    card.height = Math.max(card.height, y + LINE);
  }

  #pictures(card: Card, row: FigureRow, side: "most" | "least", size: number): void {
    const images = row[side] as string[];
    (row[`${side}Pictures`] as number[]).forEach((picture, at) => {
      if (picture < 0) return;
      const says = this.#says(row, { [side === "most" ? "Drives it" : "Suppresses it"]: images[at] });
      card.parts.push(
        `<use href="#picture-${picture}" x="${
          at * (size + SPACE)
        }" y="${card.height}" width="${size}" height="${size}"${says}/>`,
      );
    });
    card.height += size;
  }

  /** Beside the pictures that drive it least, or by itself. */
  #map(card: Card, row: FigureRow, counts: readonly number[], top: number): void {
    const [rows, columns] = [Number(row.rows), Number(row.columns)];
    const side = this.#sizes.least;
    const left = top < card.height ? this.#width - side : 0;
    this.#line(card, "Where", PAPER.muted, left, top);
    const scale = side / Math.max(rows, columns);
    const color = this.#color(row);
    const body = [0.5, 1].map((least, level) =>
      `<path fill="${color}" fill-opacity="${level === 0 ? 0.45 : 1}" d="${
        cells(counts, columns, (count) => level === 0 ? count > 0 && count < 1 : count >= least)
      }"/>`
    );
    const selected = `${counts.filter((count) => count > 0).length} of ${counts.length}`;
    card.parts.push(
      `<g transform="translate(${left},${top + LINE}) scale(${fixed(scale)})">${
        body.join("")
      }<rect width="${columns}" ` +
        `height="${rows}" fill="transparent" stroke="${PAPER.rule}" stroke-width="${fixed(1 / scale)}"${
          this.#says(row, { "Positions with selected units": selected })
        }/></g>`,
    );
    card.height = Math.max(card.height, top + LINE + side);
  }

  #profile(card: Card, row: FigureRow): void {
    const { conditions } = this.#look;
    const values = conditions.map((condition) => row[`response ${condition}`] as number | null | undefined ?? null);
    if (values.every((value) => value === null)) return;
    this.#line(card, "Held-out response (× layer noise)");
    const { names, bar, text } = this.#sizes;
    const least = Math.min(0, ...values.map((value) => value ?? 0)),
      most = Math.max(0, ...values.map((value) => value ?? 0));
    const scale = (this.#width - names - NUMBER) / (most - least || 1);
    const zero = names - least * scale;
    const color = this.#color(row);
    conditions.forEach((condition, at) => {
      const y = card.height + at * bar;
      const value = values[at];
      const own = condition === row.category;
      card.parts.push(
        `<text x="${names - 6}" y="${y + bar - 2.5}" text-anchor="end" font-size="${text - 0.5}px" fill="${
          own ? PAPER.ink : PAPER.muted
        }">${escapeHtml(shortened(condition, names - 6, text - 0.5))}</text>`,
      );
      if (value === null) return;
      const [from, to] = value < 0 ? [zero + value * scale, zero] : [zero, zero + value * scale];
      card.parts.push(
        `<rect x="${fixed(from)}" y="${y + 1.5}" width="${fixed(Math.max(0.5, to - from))}" height="${
          bar - 3
        }" fill="${color}" ` +
          `fill-opacity="${own ? 1 : 0.4}"${
            this.#says(row, { Condition: condition, Response: value.toPrecision(3) })
          }/>`,
        `<text x="${fixed(Math.max(to, zero) + 3)}" y="${y + bar - 2.5}" font-size="${
          text - 1.5
        }px" fill="${PAPER.muted}">${value.toFixed(1).replace("-", "−")}</text>`,
      );
    });
    card.height += conditions.length * bar;
    card.parts.push(
      `<path d="M${fixed(zero)},${
        card.height - conditions.length * bar
      }V${card.height}" stroke="${PAPER.muted}" stroke-width="0.8"/>`,
    );
  }

  #color(row: FigureRow): string {
    return this.#look.colors[String(row.family)];
  }

  #says(row: FigureRow, more: Readonly<Record<string, string>>): string {
    if (!this.#readable) return "";
    const says = { Network: row.network, Layer: row.layer, Category: row.category, Channel: row.channel, ...more };
    return ` data-says="${escapeHtml(JSON.stringify(says))}"`;
  }
}

/** The cells of a row-major grid that pass, as a path in which neighbours of a row are one rectangle. */
function cells(counts: readonly number[], columns: number, pass: (count: number) => boolean): string {
  let path = "";
  for (let at = 0; at < counts.length; at++) {
    if (!pass(counts[at])) continue;
    const row = Math.floor(at / columns);
    let run = 1;
    while (at + run < counts.length && Math.floor((at + run) / columns) === row && pass(counts[at + run])) run++;
    path += `M${at % columns},${row}h${run}v1h-${run}z`;
    at += run - 1;
  }
  return path;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}\u00a0%`;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A name that would run out of its room, cut. */
function shortened(name: string, room: number, fontSize: number): string {
  if (textWidth({ fontSize }, name) <= room) return name;
  let cut = name;
  while (cut.length > 1 && textWidth({ fontSize }, `${cut}…`) > room) cut = cut.slice(0, -1);
  return `${cut}…`;
}
