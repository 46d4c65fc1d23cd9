import fc from 'fast-check';

/** Texts rich in what the languages read meaning into. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '${',
        '%{',
        '$${',
        '%%{',
        '$',
        '%',
        '{',
        '}',
        '{{',
        '"',
        "'",
        '\\',
        '\n',
        '\r',
        '\t',
        '\b',
        '\f',
        '\0',
        '#',
        '//',
        '~}',
        '’',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
