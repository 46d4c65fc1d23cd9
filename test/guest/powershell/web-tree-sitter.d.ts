/** The part of web-tree-sitter that the suite uses. Its own types are not read: without `npm ci` in this folder they are not there. */
declare module 'web-tree-sitter' {
  export interface Node {
    readonly type: string;
    readonly text: string;
    readonly isError: boolean;
    readonly isMissing: boolean;
    readonly startPosition: { readonly row: number; readonly column: number };
    readonly children: readonly (Node | null)[];
  }

  export class Parser {
    static init(): Promise<void>;
    setLanguage(language: Language): this;
    parse(text: string): { readonly rootNode: Node } | null;
  }

  export class Language {
    static load(wasm: Uint8Array): Promise<Language>;
    readonly abiVersion: number;
  }
}
