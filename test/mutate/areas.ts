/** The rules of which a wrong answer builds the wrong image, builds nothing, deletes something, or lets hostile text out; by the words of the report. */
export const AREAS: Readonly<Record<string, readonly string[]>> = {
  match: ['src/match/**/*.ts'],
  plan: ['src/plan/*.ts'],
  publish: ['src/publish/*.ts'],
  sweep: ['src/sweep/*.ts'],
  resume: ['src/{stage,fleet,image-report}.ts', 'src/engines/staged.ts'],
  'exit codes': ['src/exit-code.ts'],
  encoders: ['src/engines/{encode,handlebars}.ts', 'src/engines/image-builder/deliver.ts', 'src/guest/quote.ts', 'src/report/encode.ts'],
  vocabulary: [
    'src/catalog/variant-words.ts',
    'src/model/{compare-text,confidence,features,gallery-ref,our-names,resource-name,run,version-order}.ts',
  ],
};
