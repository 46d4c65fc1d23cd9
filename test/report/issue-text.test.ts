import { expect, test } from 'vitest';
import { renderIssue } from '../../src/report/issue-text.ts';

test('an issue with everything', () => {
  const place = { file: 'images.yaml', line: 14, column: 13 };
  const issue = {
    severity: 'error',
    code: 'AMI_NOT_FOUND',
    message: 'no AMI ami-0abc123 in eu-west-1',
    image: 'web-golden',
    place,
    hint: 'AMI ids differ per region',
  } as const;
  expect(renderIssue(issue)).toBe(`error AMI_NOT_FOUND: no AMI ami-0abc123 in eu-west-1
  image  web-golden (images.yaml:14:13)
  hint   AMI ids differ per region
`);
});

test('a place without an image, and a bare issue', () => {
  const bare = { severity: 'warning', code: 'EOL_SOURCE', message: 'a\u001b[2Jb' } as const;
  expect(renderIssue({ ...bare, place: { file: 'images.yaml', line: 1, column: 1 } })).toBe(
    'warning EOL_SOURCE: a\\u001b[2Jb\n  at     images.yaml:1:1\n',
  );
  expect(renderIssue(bare)).toBe('warning EOL_SOURCE: a\\u001b[2Jb\n');
});
