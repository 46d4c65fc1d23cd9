import { readFile } from 'node:fs/promises';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** Parses PowerShell text to the root of its syntax tree, a tree that has nodes `ERROR` or missing tokens where the text is no PowerShell. */
export type Parse = (text: string) => Node;

/** The PowerShell grammar (tree-sitter-powershell, WebAssembly). It knows the language up to 5.1 and the `&&` and `||` of 7. */
export async function loadGrammar(): Promise<Parse> {
  await Parser.init();
  const wasm = await readFile(new URL('node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm', import.meta.url));
  const parser = new Parser().setLanguage(await Language.load(wasm));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('the parser has no language');
    return tree.rootNode;
  };
}

/** A node and everything below it, in the order of the text. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) if (child) yield* walk(child);
}
