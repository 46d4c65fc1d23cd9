import { describe, expect, test } from 'vitest';
import { hereDocument, makeFolders, writeFile } from '../../../src/engines/image-builder/deliver.ts';

test('folders are made from the top', () => {
  const files = ['a', 'x/y/b', 'x/c'].map((path) => ({ path, content: '' }));
  expect(makeFolders('linux', files)).toEqual(['sudo install -d -m 0700 /opt/regild /opt/regild/x /opt/regild/x/y']);
  expect(makeFolders('windows', files)).toEqual(
    ['C:\\regild', 'C:\\regild\\x', 'C:\\regild\\x\\y'].map((path) => `[void](New-Item -ItemType Directory -Force -Path '${path}')`),
  );
});

test('the delimiter is none of the lines', () => {
  expect(hereDocument('cat', 'REGILD_1\n REGILD_2\nREGILD_2\n')).toEqual([
    "cat << 'REGILD_3'",
    'REGILD_1',
    ' REGILD_2',
    'REGILD_2',
    'REGILD_3',
  ]);
});

describe('a file on Linux', () => {
  test('is readable where it can be', () => {
    expect(writeFile('linux', { path: 'my file', content: '$HOME `x`\n\tä\n' })).toEqual([
      "sudo tee '/opt/regild/my file' > /dev/null << 'REGILD_1'",
      '$HOME `x`',
      '\tä',
      'REGILD_1',
    ]);
  });

  test.each(['', 'no newline', 'a {{ template }}\n', 'a\r\n', 'nul\0\n', 'escape\u001b[0m\n'])('is base64 for %j', (content) => {
    const lines = writeFile('linux', { path: 'f', content });
    expect(lines[0]).toBe("base64 -d << 'REGILD_1' | sudo tee /opt/regild/f > /dev/null");
    expect(Buffer.from(lines.slice(1, -1).join(''), 'base64').toString()).toBe(content);
  });
});

describe('a file on Windows', () => {
  test('is readable where it can be', () => {
    expect(writeFile('windows', { path: 'x/f.ps1', content: "Say 'a'@\n" })).toEqual([
      "[IO.File]::WriteAllText('C:\\regild\\x\\f.ps1', @'",
      "Say 'a'@",
      '',
      "'@)",
    ]);
  });

  test.each(["a\n'@\nb\n", 'ä\n', 'a {{ b }}\n', 'a\r\nb\n', 'x'])('is base64 for %j', (content) => {
    const lines = writeFile('windows', { path: 'f', content });
    expect(lines[0]).toBe("[IO.File]::WriteAllBytes('C:\\regild\\f', [Convert]::FromBase64String(@'");
    expect(Buffer.from(lines.slice(1, -1).join(''), 'base64').toString()).toBe(content);
    expect(lines.at(-1)).toBe("'@))");
  });
});
