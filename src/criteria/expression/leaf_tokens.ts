/** A name, number or text in an expression, with where it stands. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD_OPERATORS = new Set(["and", "or", "not", "xor", "mod", "to", "in"]);
const PATTERN =
  /#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|0[xob][\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[\p{L}_$][\p{L}\p{N}_$]*/giu;

/**
 * The names, numbers and texts of an expression in order: the leaves of its tree, which carry no positions of their own.
 */
export function leafTokens(source: string): Token[] {
  const tokens: Token[] = [];
  for (const match of source.matchAll(PATTERN)) {
    const text = match[0];
    const member = /\.\s*$/.test(source.slice(0, match.index));
    if (text.startsWith("#") || (WORD_OPERATORS.has(text) && !member)) continue;
    tokens.push({ text, start: match.index, end: match.index + text.length });
  }
  return tokens;
}
