import { explain } from './explain.ts';
import type { Spots } from './places.ts';
import type { Problem } from './problem.ts';
import { Manifest } from './schema.ts';

/** Problems of the whole file's shape: empty, not a mapping, no images, and everything that the schema refuses. */
export function checkShape(value: unknown, spots: Spots): readonly Problem[] {
  const whole = {
    path: [],
    at: 'value',
    code: 'MANIFEST_INVALID',
    hint: 'start with `version: 1`, then `images:` with one entry per image',
  } as const;
  if (value === undefined || value === null) return [{ ...whole, message: 'the file is empty' }];
  const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? undefined : 'plain text';
  if (kind !== undefined) return [{ ...whole, message: `the file must be a mapping with \`version\` and \`images\`, got ${kind}` }];
  const parsed = Manifest.safeParse(value, { error: () => '' });
  if (!parsed.success) return parsed.error.issues.flatMap((violation) => explain(violation, { value, spots }));
  if (Object.keys(parsed.data.images).length > 0) return [];
  return [
    {
      path: ['images'],
      at: 'key',
      code: 'MANIFEST_INVALID',
      message: 'images holds no image',
      hint: 'add an entry such as `web-golden:` below it',
    },
  ];
}
