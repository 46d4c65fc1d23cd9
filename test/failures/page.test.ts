import { expect, test } from 'vitest';
import { SIGNATURES } from '../../src/failures/signatures/index.ts';

test('docs/reference/failures.md lists every known failure (vitest --update writes it)', async () => {
  const page = [
    '# Known failures',
    '',
    'What Azure, VM Image Builder, Packer, the guest, Sysprep and AWS say when something fails, and what it means. regild looks every failure up here and',
    'prints cause and cure as the hint; what is not here is printed as it came. One row is one line in `src/failures/signatures/`: add yours with the wording',
    'as you saw it and where it can be read.',
    '',
    ...SIGNATURES.flatMap(({ id, cause, cure, example, source, verified }) => [
      `## ${id}`,
      '',
      '```text',
      example,
      '```',
      '',
      `**Cause:** ${cause}.`,
      '',
      `**Cure:** ${cure}.`,
      '',
      `Source: ${source} (${verified})`,
      '',
    ]),
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('../../docs/reference/failures.md');
});
