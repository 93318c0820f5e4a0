/** How a difference is named: the second family minus the first. */
export function pairLabel({ a, b }: { readonly a: string; readonly b: string }): string {
  return `${b} − ${a}`;
}
