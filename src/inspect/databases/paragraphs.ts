/** Fields of one paragraph by name; lines of a field that go on are joined by line feeds. */
export type Paragraph = Readonly<Record<string, string>>;

/** Paragraphs of `Field: value` lines with blank lines between them, as deb822(5) writes them. What is no field is passed over. */
export function paragraphs(text: string): readonly Paragraph[] {
  return text
    .split(/\n[ \t]*\n+/)
    .map(paragraph)
    .filter((fields) => Object.keys(fields).length > 0);
}

function paragraph(text: string): Paragraph {
  const fields = text.replaceAll(/\n[ \t]/g, '\u0000').split('\n');
  const entries = fields.flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon <= 0 || line.startsWith('#')) return [];
    return [
      [
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .replaceAll('\u0000', '\n')
          .trim(),
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
}
