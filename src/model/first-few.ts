/** The first of a list as one line has room for, and how many more there are: `a, b, and 3 more`. */
export function firstFew(items: readonly string[], most: number): string {
  const more = items.length > most ? `, and ${items.length - most} more` : '';
  return `${items.slice(0, most).join(', ')}${more}`;
}
