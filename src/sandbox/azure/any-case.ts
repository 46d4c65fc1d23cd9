import * as z from 'zod';

/** One of these words, in whatever case it is sent; it is kept as it is written here. Azure's services read their closed lists so. */
export function anyCase<const Words extends readonly [string, ...string[]]>(words: Words): z.ZodType<Words[number]> {
  const known = (sent: unknown) => words.find((word) => typeof sent === 'string' && word.toLowerCase() === sent.toLowerCase()) ?? sent;
  return z.preprocess(known, z.enum(words)) as unknown as z.ZodType<Words[number]>;
}
