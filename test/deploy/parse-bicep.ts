/** What a Bicep file declares, read by the rules of the language for what regild writes: comments, strings with `${…}`, objects and lists. Throws where it is no Bicep. */
export interface Bicep {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, { readonly type: string; readonly body: Readonly<Record<string, unknown>> }>>;
}

type Names = Readonly<Record<string, unknown>>;

/** Reads a file; parameters without a default have the given values, and `symbol.id` those of `ids`. */
export function parseBicep(source: string, given: Names, ids: Names): Bicep {
  const reader = new Reader(source, given, ids);
  return reader.file();
}

class Reader {
  private at = 0;
  private readonly parameters: Record<string, unknown> = {};

  private readonly source: string;
  private readonly given: Names;
  private readonly ids: Names;

  constructor(source: string, given: Names, ids: Names) {
    this.source = source;
    this.given = given;
    this.ids = ids;
  }

  file(): Bicep {
    const resources: Record<string, { type: string; body: Record<string, unknown> }> = {};
    for (this.skip(true); this.at < this.source.length; this.skip(true)) {
      if (this.take(/@secure\(\)/y) !== undefined) continue;
      if (this.take(/@description\(/y) !== undefined) {
        this.text();
        this.need(/\)/y);
        continue;
      }
      const word = this.need(/param|resource/y);
      this.need(/ +/y);
      const name = this.need(/[A-Za-z_]\w*/y);
      this.need(/ +/y);
      if (word === 'param') this.parameter(name);
      else {
        const type = this.text();
        this.need(/ = /y);
        resources[name] = { type, body: this.object() };
      }
      this.line();
    }
    return { parameters: this.parameters, resources };
  }

  private parameter(name: string): void {
    this.need(/string|int/y);
    const byDefault = this.take(/ = /y) === undefined ? undefined : this.value();
    this.parameters[name] = this.given[name] ?? byDefault;
    if (this.parameters[name] === undefined) throw new Error(`the parameter ${name} has no value`);
  }

  private value(): unknown {
    const next = this.source[this.at];
    if (next === "'") return this.text();
    if (next === '{') return this.object();
    if (next === '[') return this.list();
    const word = this.need(/-?\d+|[A-Za-z_][\w.]*/y);
    if (/^-?\d/.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    return this.named(word);
  }

  private named(word: string): unknown {
    const found = word.endsWith('.id') ? this.ids[word.slice(0, -3)] : this.parameters[word];
    if (found === undefined) throw new Error(`nothing is named ${word}`);
    return found;
  }

  private object(): Record<string, unknown> {
    this.need(/\{/y);
    this.line();
    const made: Record<string, unknown> = {};
    for (this.skip(true); this.take(/\}/y) === undefined; this.skip(true)) {
      const key = this.need(/[A-Za-z_]\w*/y);
      this.need(/: /y);
      made[key] = this.value();
      this.line();
    }
    return made;
  }

  private list(): unknown[] {
    this.need(/\[/y);
    if (this.take(/\]/y) !== undefined) return [];
    this.line();
    const made: unknown[] = [];
    for (this.skip(true); this.take(/\]/y) === undefined; this.skip(true)) {
      made.push(this.value());
      this.line();
    }
    return made;
  }

  /** A string of one line. Source: Bicep data types, strings. */
  private text(): string {
    this.need(/'/y);
    let made = '';
    while (this.take(/'/y) === undefined) {
      const sequence = this.take(/\\(?:[\\'nrt]|\$(?=\{)|u\{[0-9a-f]+\})/y);
      if (sequence !== undefined) made += unescaped(sequence);
      else if (this.take(/\$\{/y) !== undefined) {
        made += String(this.named(this.need(/[A-Za-z_]\w*/y)));
        this.need(/\}/y);
      } else made += this.need(/[^\\\n\r]/uy);
    }
    return made;
  }

  private skip(lines: boolean): void {
    while (this.take(lines ? /[ \n]+|\/\/[^\n\r\u0085\u2028\u2029]*(?=\n)/y : / +/y) !== undefined);
  }

  private line(): void {
    this.need(/\n/y);
  }

  private take(what: RegExp): string | undefined {
    what.lastIndex = this.at;
    const [found] = what.exec(this.source) ?? [];
    if (found === undefined || found === '') return undefined;
    this.at += found.length;
    return found;
  }

  private need(what: RegExp): string {
    const found = this.take(what);
    if (found !== undefined) return found;
    throw new Error(`expected ${what} at ${JSON.stringify(this.source.slice(Math.max(0, this.at - 40), this.at + 40))}`);
  }
}

function unescaped(sequence: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  const code = /^\\u\{([0-9a-f]+)\}$/.exec(sequence)?.[1];
  return code === undefined ? (named[sequence.slice(1)] ?? sequence.slice(1)) : String.fromCodePoint(Number.parseInt(code, 16));
}
