/** Whether the text matches an EC2 filter value: `*` stands for any characters, `?` for one, a backslash takes the next one literally. Case-sensitive. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return compile(pattern).test(text);
}

function compile(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|[\s\S]/gu, (character: string, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    if (character === '*') return '[\\s\\S]*';
    return character === '?' ? '[\\s\\S]' : literal(character);
  });
  return new RegExp(`^${source}$`, 'u');
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
