import fc from 'fast-check';
import { expect, test } from 'vitest';
import { armPath } from '../../../src/adapters/azure/connection/arm-path.ts';
import { oneLine } from '../../../src/adapters/one-line.ts';
import { plainText } from '../../../src/adapters/plain-text.ts';
import { uploadSummary } from '../../../src/ci/annotations.ts';
import { armLiteral, armText } from '../../../src/deploy/arm.ts';
import { commentText } from '../../../src/deploy/comment.ts';
import { base64Lines } from '../../../src/guest/quote.ts';
import { hostile } from '../../fakes/hostile-text.ts';

const text = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 40 }));

test('a value in a path of Resource Manager is one segment, which says the value', () => {
  fc.assert(
    fc.property(text, (value) => {
      fc.pre(!['', '.', '..'].includes(value) && value.isWellFormed());
      const { pathname, search, hash } = new URL(armPath`/subscriptions/${value}/end`, 'https://arm.example');
      const [, , segment = '', end] = pathname.split('/');
      expect([decodeURIComponent(segment), end, search, hash]).toEqual([value, 'end', '', '']);
    }),
  );
});

test('what a cloud says is one line without a control character', () => {
  fc.assert(fc.property(text, (said) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(oneLine(said))));
});

test('a log keeps its lines and brings no control character to a terminal', () => {
  fc.assert(
    fc.property(text, (said) => {
      const shown = plainText(said.replaceAll('-----', ''));
      expect(shown).not.toMatch(/[^\P{Cc}\n\t]/u);
      expect(shown.split('\n')).toHaveLength(said.split('\n').length);
    }),
  );
});

test('a comment ends with its line, and says what the text says', () => {
  fc.assert(
    fc.property(text, (said) => {
      const shown = commentText(said);
      expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      fc.pre(!said.includes('\\'));
      const back = shown.replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
      expect(back).toBe(said.toWellFormed());
    }),
  );
});

// Microsoft's rules of template expressions: what begins with one bracket and ends with one is an expression; a quote within a literal is doubled.
test('no text is an expression of Resource Manager, and a literal is what it says', () => {
  fc.assert(
    fc.property(text, (value) => {
      const written = armText(value);
      expect(/^\[(?!\[)[\s\S]*\]$/.test(written)).toBe(false);
      expect(written.replace(/^\[(?=\[[\s\S]*\]$)/, '')).toBe(value);
      const literal = armLiteral(value);
      expect(literal.slice(1, -1).replaceAll("''", '')).not.toContain("'");
      expect(literal.slice(1, -1).replaceAll("''", "'")).toBe(value);
    }),
  );
});

test('base64 in lines is what it was, and a file is handed over by one command', () => {
  fc.assert(
    fc.property(text, (said) => {
      const bytes = Buffer.from(said);
      expect(Buffer.from(base64Lines(bytes.toString('base64')), 'base64')).toEqual(bytes);
      const command = uploadSummary(said);
      expect(command).not.toMatch(/[\r\n]/);
      const path = command.slice('##vso[task.uploadsummary]'.length).replaceAll('%0D', '\r').replaceAll('%0A', '\n');
      expect(path.replaceAll('%AZP25', '%')).toBe(said);
    }),
  );
});
