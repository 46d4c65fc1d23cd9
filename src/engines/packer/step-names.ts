import type { RenderedTemplate } from '../../model/index.ts';

/** A provisioner of the rendered template that Packer announces when it begins, and its name as an HCL string. */
const PROVISIONER = /^ {2}provisioner "(?:shell|powershell|windows-restart)" \{\n {4}name += ("(?:[^"\\]|\\.)*")$/gm;

/**
 * The names of the steps of a rendered template in the order in which Packer begins them. Packer itself names none: it says which temporary file it
 * runs. Uploads of files have no name and are not among them.
 */
export function stepNames({ files }: RenderedTemplate): readonly string[] {
  const build = files.find(({ path }) => path === 'build.pkr.hcl')?.content ?? '';
  return [...build.matchAll(PROVISIONER)].map(([, name = '""']) => fromHcl(name));
}

/** An HCL string as `hclString` writes it is a JSON string, but for the two openings of templates, which are doubled. */
function fromHcl(text: string): string {
  const value: unknown = JSON.parse(text);
  return String(value).replace(/([$%])\1\{/g, '$1{');
}
